// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Why do two means differ? In part because their groups have other shares (mix), in part because
/// the groups themselves differ (rate). For group h with shares a, b and means x, y:
///   mix  = (a - b) ((x + y) / 2 - r),   rate = (a + b) / 2 · (x - y)
/// with r the mean of both whole means: it takes nothing from the sum, and makes a group's mix
/// positive where more of what is better than usual came in. This is Kitagawa's symmetric
/// decomposition, and Shapley's value of the two causes; no part is left to an interaction. A group
/// that one side lacks has on that side the mean of the other: it is all mix.
/// Sources: Kitagawa, JASA 50 (1955); Das Gupta, Standardization and Decomposition of Rates, U.S.
/// Bureau of the Census P23-186 (1993).
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace cxm {
/// A group on two sides: how much it weighs (its answers) and its mean. Weight 0: it is not there.
struct two_sided_group {
  double first_weight = 0;
  double first_mean = 0;
  double second_weight = 0;
  double second_mean = 0;
};

/// Two parts of a difference.
struct mix_and_rate {
  double mix = 0;
  double rate = 0;
  friend bool operator==(mix_and_rate const&, mix_and_rate const&) = default;
};

/// A difference, first minus second, taken apart. **The parts add up to the last bit**: all of them
/// and the difference are multiples of one power of two, 2^-42 of that of the largest mean (for NPS
/// 1.5e-11 points), so that sums of doubles are exact in any order. Each is within one such step of
/// what exact arithmetic gives.
struct decomposition {
  double first = 0;       ///< the mean of the first side
  double second = 0;      ///< that of the second
  double difference = 0;  ///< first - second, and mix + rate
  double mix = 0;
  double rate = 0;
  std::vector<mix_and_rate> groups;  ///< in the order of the input
};

namespace detail {
/// Rounds `parts` to whole steps that sum to `sum`: to the nearest, then those that lie nearest to
/// the next step are moved to it until the sum is right.
inline std::vector<std::int64_t> rounded_to_sum(std::vector<double> const& parts,
                                                std::int64_t sum) {
  std::vector<std::int64_t> whole;
  for (double const part : parts) whole.push_back(std::llround(part));
  std::int64_t rest = sum - std::accumulate(whole.begin(), whole.end(), std::int64_t{0});
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::int64_t const step = rest < 0 ? -1 : 1;
  auto const missing = [&](std::size_t i) {
    return static_cast<double>(step) * (parts[i] - static_cast<double>(whole[i]));
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return missing(a) > missing(b); });
  for (std::size_t at = 0; rest != 0; at = (at + 1) % order.size(), rest -= step)
    whole[order[at]] += step;
  return whole;
}

struct sides_of_mix {
  double first_weight = 0, second_weight = 0, first = 0, second = 0, largest = 0;

  explicit sides_of_mix(std::span<two_sided_group const> groups) {
    for (auto const& [a, x, b, y] : groups) {
      if (!(a >= 0) || !(b >= 0) || !std::isfinite(a + b) || !std::isfinite(x) || !std::isfinite(y))
        refuse("cxm::decompose: weights are not negative, and all numbers finite");
      first_weight += a;
      second_weight += b;
      first += a > 0 ? a * x : 0;
      second += b > 0 ? b * y : 0;
      if (a > 0) largest = std::max(largest, std::abs(x));
      if (b > 0) largest = std::max(largest, std::abs(y));
    }
    if (first_weight > 0) first /= first_weight;
    if (second_weight > 0) second /= second_weight;
  }
  double step() const {
    return largest > 0 ? std::ldexp(1.0, std::max(std::ilogb(largest), -900) - 42) : 1;
  }
};
}  // namespace detail

/// Takes the difference of two means apart by groups; `no_data` where a side weighs nothing.
/// O(groups log groups).
inline maybe<decomposition> decompose(std::span<two_sided_group const> groups) {
  detail::sides_of_mix const whole(groups);
  if (!(whole.first_weight > 0) || !(whole.second_weight > 0)) return reason::no_data;
  double const middle = (whole.first + whole.second) / 2;
  double const step = whole.step();
  std::vector<double> parts;
  for (auto const& group : groups) {
    double const a = group.first_weight / whole.first_weight;
    double const b = group.second_weight / whole.second_weight;
    double const x = a > 0 ? group.first_mean : group.second_mean;
    double const y = b > 0 ? group.second_mean : x;
    bool const nowhere = !(a > 0) && !(b > 0);
    parts.push_back(nowhere ? 0 : (a - b) * ((x + y) / 2 - middle) / step);
    parts.push_back(nowhere ? 0 : (a + b) / 2 * (x - y) / step);
  }
  auto const steps =
      detail::rounded_to_sum(parts, std::llround((whole.first - whole.second) / step));
  decomposition found;
  found.first = whole.first;
  found.second = whole.second;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    mix_and_rate const group{static_cast<double>(steps[2 * i]) * step,
                             static_cast<double>(steps[2 * i + 1]) * step};
    found.mix += group.mix;
    found.rate += group.rate;
    found.groups.push_back(group);
  }
  found.difference = found.mix + found.rate;
  return found;
}
}  // namespace cxm
