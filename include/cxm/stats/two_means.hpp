// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The difference of two independent means: `welch` (default) lets each group have a spread of its
/// own; `pooled` assumes one spread, Student's original test, for comparison with published
/// figures. Sources: Welch, Biometrika 34 (1947); Satterthwaite, Biometrics Bulletin 2 (1946).
#include <cxm/stats/comparison.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

namespace cxm {
/// A mean of n values with sample standard deviation `deviation` (dividing by n - 1).
struct mean_estimate {
  double mean = 0;
  double deviation = 0;
  std::uint64_t n = 0;
};

namespace detail {
/// The standard error of a difference and its degrees of freedom.
struct t_terms {
  double error;
  double df;
};
}  // namespace detail

/// Standard error sqrt(s1²/n1 + s2²/n2), with Welch and Satterthwaite's degrees of freedom.
struct welch {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Welch's t";
  static detail::t_terms terms(mean_estimate const& a, mean_estimate const& b) noexcept {
    double const n1 = static_cast<double>(a.n);
    double const n2 = static_cast<double>(b.n);
    double const v1 = a.deviation * a.deviation / n1;
    double const v2 = b.deviation * b.deviation / n2;
    double const sum = v1 + v2;
    return {std::sqrt(sum), sum * sum / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1))};
  }
};

/// One spread, estimated from both groups, with n1 + n2 - 2 degrees of freedom.
struct pooled {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Student's t, pooled";
  static detail::t_terms terms(mean_estimate const& a, mean_estimate const& b) noexcept {
    double const n1 = static_cast<double>(a.n);
    double const n2 = static_cast<double>(b.n);
    double const df = n1 + n2 - 2;
    double const variance =
        ((n1 - 1) * a.deviation * a.deviation + (n2 - 1) * b.deviation * b.deviation) / df;
    return {std::sqrt(variance * (1 / n1 + 1 / n2)), df};
  }
};

/// first - second with the t interval and test of `Method`. `degenerate` beyond the difference
/// itself where a group has a single value, or none of the groups any spread. `range` bounds the
/// difference: for a scale from 1 to 5 it is -4..4.
template <class Method = welch>
comparison mean_difference(mean_estimate const& first, mean_estimate const& second,
                           confidence level = {}, Method const& = {},
                           interval range = {-std::numeric_limits<double>::infinity(),
                                             std::numeric_limits<double>::infinity()}) {
  comparison found{first.n, second.n};
  found.quantity = "mean";
  found.test = detail::method_name<Method>();
  if (first.n == 0 || second.n == 0) return found;
  double const difference = first.mean - second.mean;
  found = detail::without(found, reason::degenerate);
  found.value = difference;
  if (first.n == 1 || second.n == 1) return found;
  auto const [error, df] = Method::terms(first, second);
  found.standard_error = error;
  if (!(error > 0)) return found;
  double const half = -students_t_quantile(level.tail(), df) * error;
  found.interval = detail::made_by<Method>(level, detail::around(difference, half, range));
  found.statistic = difference / error;
  found.degrees_of_freedom = df;
  found.p = detail::two_sided(difference / error, df);
  return found;
}
}  // namespace cxm
