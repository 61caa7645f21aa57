// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/rng.hpp>
#include <cxm/segment/detail/instructions.hpp>
#include <cxm/segment/detail/points.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// Draws of members in proportion to weight times squared distance to the nearest centre so far.
/// The shares are whole numbers, so that their sum does not depend on the order of the rows, a draw
/// is a whole number below it, and nothing that lies apart from all centres has no chance.

namespace cxm::detail {

template <class Points>
class distance_draw {
 public:
  /// Before the first centre all are equally far.
  explicit distance_draw(Points const& all) : points_(all), nearest_(all.size(), 1.0) { measure(); }

  /// So many members, drawn independently. One walk along the canonical order finds them all.
  std::vector<std::size_t> draw(std::size_t count, random_stream& random) const {
    // Where all members sit on centres, as far as doubles can tell, any will do.
    if (total_ == 0) return std::vector<std::size_t>(count, points_.order().front());
    std::vector<std::pair<std::uint64_t, std::size_t>> at;
    for (std::size_t t = 0; t < count; ++t) at.emplace_back(random.below(total_), t);
    std::sort(at.begin(), at.end());
    std::vector<std::size_t> rows(count);
    std::uint64_t sum = 0;
    std::size_t next = 0;
    for (auto const row : points_.order()) {
      sum += share(row, nearest_[row]);
      for (; next < count && at[next].first < sum; ++next) rows[at[next].second] = row;
      if (next == count) break;
    }
    return rows;
  }

  /// Which of some members leaves the smallest sum when it becomes a centre; the first of several.
  std::size_t best(std::vector<std::size_t> const& candidates) const {
    if (candidates.size() < 2) return 0;
    std::size_t const d = points_.dimension();
    std::vector<double> centres;
    for (auto const row : candidates) centres.insert(centres.end(), points_[row], points_[row] + d);
    std::vector<std::uint64_t> sums(candidates.size());
    for (std::size_t i = 0; i < nearest_.size(); ++i)
      for (std::size_t t = 0; t < sums.size(); ++t)
        sums[t] +=
            share(i, std::min(nearest_[i], distance_(points_[i], centres.data() + t * d, d)));
    return static_cast<std::size_t>(std::min_element(sums.begin(), sums.end()) - sums.begin());
  }

  /// Makes a member a centre.
  void take(std::size_t row) {
    std::size_t const d = points_.dimension();
    std::vector<double> const centre(points_[row], points_[row] + d);
    for (std::size_t i = 0; i < nearest_.size(); ++i) {
      double const now = distance_(points_[i], centre.data(), d);
      nearest_[i] = first_ ? now : std::min(nearest_[i], now);
    }
    first_ = false;
    measure();
  }

 private:
  /// Scales the shares so that all of them together stay below 2^63.
  void measure() {
    double largest = 0;
    for (std::size_t i = 0; i < nearest_.size(); ++i)
      largest = std::max(largest, points_.weight(i) * nearest_[i]);
    int const room = 62 - static_cast<int>(std::bit_width(nearest_.size()));
    exponent_ = largest > 0 ? room - std::ilogb(largest) - 1 : 0;
    total_ = 0;
    for (std::size_t i = 0; i < nearest_.size(); ++i) total_ += share(i, nearest_[i]);
  }
  std::uint64_t share(std::size_t row, double distance) const {
    double const mass = points_.weight(row) * distance;
    if (!(mass > 0)) return distance > 0 ? 1 : 0;
    // In two steps, for a power of two beyond the range of double.
    double const half = power(exponent_ / 2), rest = power(exponent_ - exponent_ / 2);
    return std::max(static_cast<std::uint64_t>(mass * half * rest), std::uint64_t{1});
  }
  static double power(int exponent) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + exponent) << 52);
  }

  Points const& points_;
  distance_function<typename Points::number> distance_ = fast_distance<typename Points::number>();
  std::vector<double> nearest_;
  std::uint64_t total_ = 0;
  int exponent_ = 0;
  bool first_ = true;
};

}  // namespace cxm::detail
