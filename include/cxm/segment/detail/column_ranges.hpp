// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

/// \file
/// How large and how small the numbers of each column are: what a fixed point needs to hold their
/// sums, and a float to hold their differences.

namespace cxm::detail {

/// The largest and the smallest size of the numbers other than 0 in each column.
template <class Number>
class column_ranges {
 public:
  template <class Points>
  explicit column_ranges(Points const& all)
      : highest_(all.dimension(), Number{0}),
        lowest_(all.dimension(), std::numeric_limits<Number>::infinity()) {
    for (std::size_t i = 0; i < all.size(); ++i) take(all[i]);
  }

  Number highest(std::size_t column) const { return highest_[column]; }
  /// All numbers of a column are below 2 to this.
  int above(std::size_t column) const {
    return highest_[column] > 0 ? std::ilogb(highest_[column]) + 1 : 0;
  }
  /// All numbers of a column are multiples of 2 to this.
  int unit(std::size_t column) const {
    using limits = std::numeric_limits<Number>;
    if (!(lowest_[column] <= limits::max())) return 0;
    return std::max(std::ilogb(lowest_[column]) + 1 - limits::digits,
                    limits::min_exponent - limits::digits);
  }

 private:
  void take(Number const* row) {
    Number* const high = highest_.data();
    Number* const low = lowest_.data();
    for (std::size_t j = 0; j < highest_.size(); ++j) {
      Number const size = std::fabs(row[j]);
      high[j] = size > high[j] ? size : high[j];
      Number const positive = size > 0 ? size : std::numeric_limits<Number>::infinity();
      low[j] = positive < low[j] ? positive : low[j];
    }
  }
  std::vector<Number> highest_;
  std::vector<Number> lowest_;
};

}  // namespace cxm::detail
