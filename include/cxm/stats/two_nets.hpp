// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The difference of two independent nets, as of two NPS, in -2..2. The test is
/// Z = (m1 - m2) / sqrt(v1/n1 + v2/n2). Intervals: `adjusted_wald` (default) adds its answers to
/// each group and keeps 94.6 % or more down to 10 answers a group, where the plain one falls to 86
/// %; so significance is decided by whether it excludes 0. Any other interval of a net is squared
/// and added. Sources: Agresti & Caffo, The American Statistician 54 (2000), for the idea; Rocks,
/// same journal 70 (2016).
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/interval.hpp>

#include <cmath>
#include <cstdint>

namespace cxm {
/// Promoters and detractors of n answers.
struct net_counts {
  std::uint64_t promoters = 0;
  std::uint64_t detractors = 0;
  std::uint64_t n = 0;
};

namespace detail {
inline constexpr interval net_difference_range{-2, 2};

template <class Method>
maybe<bounded_interval> net_difference_interval(net_counts a, net_counts b, Method const& method,
                                                confidence level) {
  if constexpr (requires { Method::added; }) {
    auto const first = padded_net(a.promoters, a.detractors, a.n, Method::added);
    auto const second = padded_net(b.promoters, b.detractors, b.n, Method::added);
    double const error = std::sqrt(first.variance + second.variance);
    return made_by<Method>(
        level, around(first.net - second.net, z_of(level) * error, net_difference_range));
  } else {
    return square_and_add<Method>(net_share(a.promoters, a.detractors, a.n),
                                  method.net(a.promoters, a.detractors, a.n, level),
                                  net_share(b.promoters, b.detractors, b.n),
                                  method.net(b.promoters, b.detractors, b.n, level),
                                  net_difference_range, level);
  }
}
}  // namespace detail

/// first - second, with its interval and the Z test.
template <class Method = adjusted_wald>
comparison net_difference(net_counts first, net_counts second, confidence level = {},
                          Method const& method = {}) {
  detail::check_net(first.promoters, first.detractors, first.n);
  detail::check_net(second.promoters, second.detractors, second.n);
  comparison found{first.n, second.n};
  found.quantity = "net share";
  found.test = "Z";
  if (first.n == 0 || second.n == 0) return found;
  double const difference = net_share(first.promoters, first.detractors, first.n) -
                            net_share(second.promoters, second.detractors, second.n);
  double const error = std::sqrt(
      net_variance(first.promoters, first.detractors, first.n) / static_cast<double>(first.n) +
      net_variance(second.promoters, second.detractors, second.n) / static_cast<double>(second.n));
  found.value = difference;
  found.standard_error = error;
  found.interval = detail::net_difference_interval(first, second, method, level);
  detail::test_by_z(found, difference, error);
  return found;
}
}  // namespace cxm
