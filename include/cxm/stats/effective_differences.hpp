// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Differences of weighted estimates: nets, shares and means of which each is worth so many answers
/// of equal weight. The formulas are those of two_nets.hpp, two_shares.hpp and two_means.hpp, whose
/// n need not be whole here, whose errors may be those of a finite population, and whose variances
/// may be known from few clusters.
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/detail/sampled.hpp>
#include <cxm/stats/effective_counts.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/stats/two_nets.hpp>

#include <cmath>
#include <limits>

namespace cxm::detail {
/// A mean of `n` answers with the deviation of one of them.
struct effective_mean {
  double mean;
  double deviation;
  double n;
};

template <class Method>
maybe<bounded_interval> difference_interval(sampled<effective_net> const& a,
                                            sampled<effective_net> const& b, Method const& method,
                                            confidence level) {
  if constexpr (requires { Method::added; }) {
    auto const first = padded_net(a, Method::added, level);
    auto const second = padded_net(b, Method::added, level);
    double const error = std::sqrt(first.variance + second.variance);
    return made_by<Method>(
        level, around(first.net - second.net, z_of(level) * error, net_difference_range));
  } else {
    return square_and_add<Method>(net_of(a.counts), ends_of(a, method, level), net_of(b.counts),
                                  ends_of(b, method, level), net_difference_range, level);
  }
}

/// The test of a difference of variances v1 and v2 by z, or by t where both come from few clusters,
/// with Satterthwaite's degrees of freedom.
inline void test_difference(comparison& found, double difference, double v1, double df1, double v2,
                            double df2) {
  double const sum = v1 + v2;
  test_by_z(found, difference, std::sqrt(sum));
  double const df = sum * sum / (v1 * v1 / df1 + v2 * v2 / df2);
  if (!(sum > 0) || !(df < std::numeric_limits<double>::infinity())) return;
  found.degrees_of_freedom = df;
  found.p = two_sided(*found.statistic, df);
}

/// Fills in the difference of two nets, its interval and the test.
template <class Method>
void fill_difference(comparison& found, sampled<effective_net> const& a,
                     sampled<effective_net> const& b, Method const& method, confidence level) {
  double const v1 = a.squared(padded_net(a.counts, {}).variance);
  double const v2 = b.squared(padded_net(b.counts, {}).variance);
  found.value = net_of(a.counts) - net_of(b.counts);
  found.standard_error = std::sqrt(v1 + v2);
  found.interval = difference_interval(a, b, method, level);
  found.quantity = "net share";
  found.test = "Z";
  test_difference(found, *found.value, v1, a.df, v2, b.df);
}

/// Of two shares, with Pearson's test.
template <class Method>
void fill_difference(comparison& found, sampled<effective_share> const& a,
                     sampled<effective_share> const& b, Method const& method, confidence level) {
  double const n1 = a.counts.n(), n2 = b.counts.n();
  double const p1 = a.counts.successes / n1, p2 = b.counts.successes / n2;
  found.value = p1 - p2;
  found.standard_error = std::sqrt(a.squared(p1 * (a.counts.failures / n1) / n1) +
                                   b.squared(p2 * (b.counts.failures / n2) / n2));
  found.interval = square_and_add<Method>(p1, ends_of(a, method, level), p2,
                                          ends_of(b, method, level), net_range, level);
  found.quantity = "share";
  found.test = "Pearson's chi-square";
  found.in = unit::share;
  double const pooled = (a.counts.successes + b.counts.successes) / (n1 + n2);
  double const rest = (a.counts.failures + b.counts.failures) / (n1 + n2);
  test_difference(found, p1 - p2, a.squared(pooled * rest / n1), a.df,
                  b.squared(pooled * rest / n2), b.df);
}

/// Of two means, by Welch's t.
inline void fill_difference(comparison& found, sampled<effective_mean> const& a,
                            sampled<effective_mean> const& b, confidence level, interval range) {
  auto const freedom = [](sampled<effective_mean> const& of) {
    return of.df < std::numeric_limits<double>::infinity() ? of.df : of.counts.n - 1;
  };
  found = without(found, reason::degenerate);
  found.value = a.counts.mean - b.counts.mean;
  found.quantity = "mean";
  found.test = welch::name;
  if (!(freedom(a) > 0) || !(freedom(b) > 0)) return;
  double const v1 = a.squared(a.counts.deviation * a.counts.deviation / a.counts.n);
  double const v2 = b.squared(b.counts.deviation * b.counts.deviation / b.counts.n);
  double const error = std::sqrt(v1 + v2);
  found.standard_error = error;
  if (!(error > 0)) return;
  double const df = (v1 + v2) * (v1 + v2) / (v1 * v1 / freedom(a) + v2 * v2 / freedom(b));
  found.interval = made_by<welch>(
      level, around(*found.value, -students_t_quantile(level.tail(), df) * error, range));
  found.statistic = *found.value / error;
  found.degrees_of_freedom = df;
  found.p = two_sided(*found.statistic, df);
}
}  // namespace cxm::detail
