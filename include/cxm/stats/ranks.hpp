// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Comparison of answers by their order alone, for scales whose distances mean nothing: how often
/// is an answer of the first group above one of the second? Ties count half. Everything is computed
/// from the counts a value, in O(values) however many answers there are. Sources: Mann & Whitney,
/// Annals of Mathematical Statistics 18 (1947); Cliff, Psychological Bulletin 114 (1993); Feng &
/// Cliff, J. Modern Applied Statistical Methods 3 (2004) for the interval; Kruskal & Wallis, JASA
/// 47 (1952).
#include <cxm/stats/chi_square.hpp>
#include <cxm/stats/comparison.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm {
/// A comparison by ranks. `value` is Cliff's delta, P(first > second) - P(first < second), in
/// -1..1.
struct rank_comparison : comparison {
  double u = 0;  ///< Mann and Whitney's U: pairs with first above second, ties counted half
  maybe<double> corrected_p = reason::no_data;  ///< p with correction for continuity
};

namespace detail {
/// The variance of Cliff's delta from the placements of each group in the other, unbiased.
struct placements {
  double n = 0;
  double sum = 0;
  double squares = 0;
  void add(double count, double placement) noexcept {
    n += count;
    sum += count * placement;
    squares += count * placement * placement;
  }
  double variance() const noexcept { return std::max(0.0, squares - sum * (sum / n)) / (n - 1); }
};

inline void check_same_values(std::size_t first, std::size_t second) {
  if (first != second) refuse("cxm::mann_whitney: the groups are counted on different scales");
}

struct feng_cliff {
  static constexpr std::string_view name = "Feng-Cliff";
};
/// Feng and Cliff's interval, which stays within -1..1.
inline maybe<bounded_interval> delta_interval(double delta, double variance, double df,
                                              confidence level) {
  if (!(variance > 0)) return reason::degenerate;
  double const t = students_t_quantile(level.tail(), df);
  double const square = t * t * variance;
  double const free = 1 - delta * delta;
  double const centre = delta * free / (free + square);
  double const half = std::sqrt(square * (free * free + square)) / (free + square);
  return made_by<feng_cliff>(level, around(centre, half, net_range));
}
}  // namespace detail

/// first[i] and second[i] answers have the i-th value. The test is Mann and Whitney's by the normal
/// approximation with the variance of tied ranks, without continuity correction; `degenerate` where
/// all answers are alike. The interval wants two answers a group and some overlap.
inline rank_comparison mann_whitney(std::span<std::uint64_t const> first,
                                    std::span<std::uint64_t const> second, confidence level = {}) {
  detail::check_same_values(first.size(), second.size());
  rank_comparison found;
  found.quantity = "Cliff's delta";
  found.test = "Mann-Whitney";
  for (auto const count : first) found.first_n += count;
  for (auto const count : second) found.second_n += count;
  if (found.first_n == 0 || found.second_n == 0) return found;
  double const n1 = static_cast<double>(found.first_n);
  double const n2 = static_cast<double>(found.second_n);
  detail::placements one;
  detail::placements two;
  double below1 = 0;
  double below2 = 0;
  double ties = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    double const a = static_cast<double>(first[i]);
    double const b = static_cast<double>(second[i]);
    one.add(a, (below2 - (n2 - below2 - b)) / n2);
    two.add(b, (below1 - (n1 - below1 - a)) / n1);
    below1 += a;
    below2 += b;
    ties += (a + b) * (a + b - 1) * (a + b + 1);
  }
  double const delta = one.sum / n1;
  found.u = (delta + 1) / 2 * n1 * n2;
  found.value = delta;
  double const n = n1 + n2;
  double const null_variance = (n + 1 - ties / (n * (n - 1))) / (3 * n1 * n2);
  detail::test_by_z(found, delta, std::sqrt(std::max(0.0, null_variance)));
  // U moves half a pair towards its mean, delta by twice that over n1 n2.
  double const nearer = std::max(0.0, std::abs(delta) - 1 / (n1 * n2));
  found.corrected_p = found.p.why();
  if (found.p) found.corrected_p = detail::two_sided(nearer / std::sqrt(null_variance));
  found.standard_error = reason::degenerate;
  found.interval = reason::degenerate;
  if (n1 < 2 || n2 < 2) return found;
  double const v1 = one.variance() / n1;
  double const v2 = two.variance() / n2;
  found.standard_error = std::sqrt(v1 + v2);
  double const df = (v1 + v2) * (v1 + v2) / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
  found.interval = detail::delta_interval(delta, v1 + v2, df, level);
  return found;
}

/// The same for values as they are; NaN is refused. O(n log n).
inline rank_comparison mann_whitney(std::span<double const> first, std::span<double const> second,
                                    confidence level = {}) {
  std::vector<double> values(first.begin(), first.end());
  values.insert(values.end(), second.begin(), second.end());
  for (double const value : values)
    if (std::isnan(value)) detail::refuse("cxm::mann_whitney: not a number among the values");
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  auto const counted = [&](std::span<double const> group) {
    std::vector<std::uint64_t> counts(values.size());
    for (double const value : group)
      ++counts[static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), value) -
                                        values.begin())];
    return counts;
  };
  return mann_whitney(counted(first), counted(second), level);
}

/// Hodges and Lehmann's shift: the median of all differences first - second, which goes with the
/// test of Mann and Whitney as the difference of means goes with Student's. O(n log n) for n values
/// and O(k²) for k different ones. Source: Annals of Mathematical Statistics 34 (1963).
inline maybe<double> median_shift(std::span<double const> first, std::span<double const> second) {
  if (first.empty() || second.empty()) return reason::no_data;
  auto const counted = [](std::span<double const> values) {
    std::vector<double> sorted(values.begin(), values.end());
    for (double const value : sorted)
      if (std::isnan(value)) detail::refuse("cxm::median_shift: not a number among the values");
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::pair<double, std::uint64_t>> counts;
    for (double const value : sorted) {
      if (counts.empty() || counts.back().first != value) counts.emplace_back(value, 0);
      ++counts.back().second;
    }
    return counts;
  };
  std::vector<std::pair<double, std::uint64_t>> differences;
  auto const b = counted(second);
  for (auto const& [value, count] : counted(first))
    for (auto const& [other, times] : b) differences.emplace_back(value - other, count * times);
  std::sort(differences.begin(), differences.end());
  std::uint64_t const pairs = std::uint64_t{first.size()} * second.size();
  auto const at = [&](std::uint64_t rank) {
    std::size_t i = 0;
    while (rank >= differences[i].second) rank -= differences[i++].second;
    return differences[i].first;
  };
  double const low = at((pairs - 1) / 2);
  return low + (at(pairs / 2) - low) / 2;
}
}  // namespace cxm
