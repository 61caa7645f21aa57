// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Differences of weighted estimates: nets, shares and means of which each is worth so many answers
/// of equal weight. The formulas are those of two_nets.hpp, two_shares.hpp and two_means.hpp, whose
/// n need not be whole here.
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/effective_counts.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/stats/two_nets.hpp>

#include <cmath>

namespace cxm::detail {
/// A mean of `n` answers with the deviation of one of them.
struct effective_mean {
  double mean;
  double deviation;
  double n;
};

inline double net_of(effective_net const& of) {
  return (of.promoters - of.detractors) / of.n;
}

template <class Method>
maybe<bounded_interval> difference_interval(effective_net const& a, effective_net const& b,
                                            Method const& method, confidence level) {
  if constexpr (requires { Method::added; }) {
    auto const first = padded_net(a, Method::added);
    auto const second = padded_net(b, Method::added);
    double const error = std::sqrt(first.variance + second.variance);
    return made_by<Method>(
        level, around(first.net - second.net, z_of(level) * error, net_difference_range));
  } else {
    return square_and_add<Method>(net_of(a), method.net(a, level), net_of(b), method.net(b, level),
                                  net_difference_range, level);
  }
}

/// Fills in the difference of two nets, its interval and the Z test.
template <class Method>
void fill_difference(comparison& found, effective_net const& a, effective_net const& b,
                     Method const& method, confidence level) {
  double const error = std::sqrt(padded_net(a, {}).variance + padded_net(b, {}).variance);
  found.value = net_of(a) - net_of(b);
  found.standard_error = error;
  found.interval = difference_interval(a, b, method, level);
  found.quantity = "net share";
  found.test = "Z";
  test_by_z(found, *found.value, error);
}

/// Of two shares, with Pearson's test.
template <class Method>
void fill_difference(comparison& found, effective_share const& a, effective_share const& b,
                     Method const& method, confidence level) {
  double const n1 = a.n(), n2 = b.n();
  double const p1 = a.successes / n1, p2 = b.successes / n2;
  found.value = p1 - p2;
  found.standard_error = std::sqrt(p1 * (a.failures / n1) / n1 + p2 * (b.failures / n2) / n2);
  found.interval = square_and_add<Method>(p1, method.share(a, level), p2, method.share(b, level),
                                          net_range, level);
  found.quantity = "share";
  found.test = "Pearson's chi-square";
  found.in = unit::share;
  double const pooled = (a.successes + b.successes) / (n1 + n2);
  double const rest = (a.failures + b.failures) / (n1 + n2);
  test_by_z(found, p1 - p2, std::sqrt(pooled * rest * (1 / n1 + 1 / n2)));
}

/// Of two means, by Welch's t.
inline void fill_difference(comparison& found, effective_mean const& a, effective_mean const& b,
                            confidence level, interval range) {
  found = without(found, reason::degenerate);
  found.value = a.mean - b.mean;
  found.quantity = "mean";
  found.test = welch::name;
  if (!(a.n > 1) || !(b.n > 1)) return;
  double const v1 = a.deviation * a.deviation / a.n;
  double const v2 = b.deviation * b.deviation / b.n;
  double const error = std::sqrt(v1 + v2);
  found.standard_error = error;
  if (!(error > 0)) return;
  double const df = (v1 + v2) * (v1 + v2) / (v1 * v1 / (a.n - 1) + v2 * v2 / (b.n - 1));
  found.interval = made_by<welch>(
      level, around(*found.value, -students_t_quantile(level.tail(), df) * error, range));
  found.statistic = *found.value / error;
  found.degrees_of_freedom = df;
  found.p = two_sided(*found.statistic, df);
}
}  // namespace cxm::detail
