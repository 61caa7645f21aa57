// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The difference of two independent shares x1/n1 - x2/n2. The test is Pearson's chi-square without
/// correction (the signed root of it is the statistic). Intervals: `wilson` gives Newcombe's hybrid
/// score interval (default); `miettinen_nurminen` the score interval, a little nearer to its level;
/// `wald` the textbook's; any other interval of a share is squared and added as Wilson's is.
/// Sources: Newcombe, Statistics in Medicine 17 (1998), method 10; Miettinen & Nurminen, Statistics
/// in Medicine 4 (1985).
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/interval.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace cxm {
/// x of n.
struct share_counts {
  std::uint64_t successes = 0;
  std::uint64_t n = 0;
  double value() const { return static_cast<double>(successes) / static_cast<double>(n); }
};

/// All differences that a score test with the variance (N / (N - 1)) (p1 q1 / n1 + p2 q2 / n2) does
/// not reject, p1 and p2 being the most likely shares with that difference. By bisection.
struct miettinen_nurminen {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Miettinen-Nurminen";

  static maybe<bounded_interval> share_difference(share_counts first, share_counts second,
                                                  confidence level = {}) {
    detail::check_share(first.successes, first.n);
    detail::check_share(second.successes, second.n);
    if (first.n == 0 || second.n == 0) return reason::no_data;
    double const z = z_of(level);
    interval const ends{-high(second, first, z), high(first, second, z)};
    return detail::made_by<miettinen_nurminen>(level, {ends, ends});
  }

 private:
  /// The most likely p2 with p1 = p2 + difference: where the likelihood, which is concave, is flat.
  static double likeliest(share_counts first, share_counts second, double difference) noexcept {
    double low = std::max(0.0, -difference);
    double high = std::min(1.0, 1 - difference);
    auto const part = [](std::uint64_t count, double share) {
      return count == 0 ? 0.0 : static_cast<double>(count) / share;
    };
    while (true) {
      double const p = low + (high - low) / 2;
      if (!(low < p && p < high)) return p;
      double const slope = part(first.successes, p + difference) -
                           part(first.n - first.successes, 1 - p - difference) +
                           part(second.successes, p) - part(second.n - second.successes, 1 - p);
      (slope > 0 ? low : high) = p;
    }
  }
  static bool inside(share_counts first, share_counts second, double difference,
                     double z) noexcept {
    double const p2 = likeliest(first, second, difference);
    double const p1 = std::clamp(p2 + difference, 0.0, 1.0);
    double const n1 = static_cast<double>(first.n);
    double const n2 = static_cast<double>(second.n);
    double const variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * ((n1 + n2) / (n1 + n2 - 1));
    return difference - (first.value() - second.value()) <= z * std::sqrt(variance);
  }
  static double high(share_counts first, share_counts second, double z) noexcept {
    double low = first.value() - second.value();
    double high = 1;
    if (low >= 1 || inside(first, second, 1, z)) return 1;
    while (true) {
      double const middle = low + (high - low) / 2;
      if (!(low < middle && middle < high)) return middle;
      (inside(first, second, middle, z) ? low : high) = middle;
    }
  }
};

namespace detail {
template <class Method>
maybe<bounded_interval> share_difference_interval(share_counts a, share_counts b,
                                                  Method const& method, confidence level) {
  if constexpr (requires { method.share_difference(a, b, level); }) {
    return method.share_difference(a, b, level);
  } else if constexpr (requires { Method::added; }) {
    double const n1 = static_cast<double>(a.n);
    double const n2 = static_cast<double>(b.n);
    double const variance = a.value() * (static_cast<double>(a.n - a.successes) / n1) / n1 +
                            b.value() * (static_cast<double>(b.n - b.successes) / n2) / n2;
    return made_by<Method>(
        level, around(a.value() - b.value(), z_of(level) * std::sqrt(variance), net_range));
  } else {
    return square_and_add<Method>(a.value(), method.share(a.successes, a.n, level), b.value(),
                                  method.share(b.successes, b.n, level), net_range, level);
  }
}
}  // namespace detail

/// first - second, with its interval and Pearson's test.
template <class Method = wilson>
comparison share_difference(share_counts first, share_counts second, confidence level = {},
                            Method const& method = {}) {
  detail::check_share(first.successes, first.n);
  detail::check_share(second.successes, second.n);
  comparison found{first.n, second.n};
  found.quantity = "share";
  found.test = "Pearson's chi-square";
  found.in = unit::share;
  if (first.n == 0 || second.n == 0) return found;
  double const n1 = static_cast<double>(first.n);
  double const n2 = static_cast<double>(second.n);
  double const p1 = first.value();
  double const p2 = second.value();
  double const q1 = static_cast<double>(first.n - first.successes) / n1;
  double const q2 = static_cast<double>(second.n - second.successes) / n2;
  found.value = p1 - p2;
  found.standard_error = std::sqrt(p1 * q1 / n1 + p2 * q2 / n2);
  found.interval = detail::share_difference_interval(first, second, method, level);
  double const pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
  double const rest = (q1 * n1 + q2 * n2) / (n1 + n2);
  detail::test_by_z(found, p1 - p2, std::sqrt(pooled * rest * (1 / n1 + 1 / n2)));
  return found;
}
}  // namespace cxm
