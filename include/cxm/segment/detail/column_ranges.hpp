// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/nearest_kernel.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#if defined(CXM_SEGMENT_X86)
#include <emmintrin.h>
#endif

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
      : highest_(all.dimension(), Number{0}), lowest_(all.dimension(), infinite) {
    for (std::size_t i = 0; i < all.size(); ++i) take(all[i]);
  }

  /// False if a number is none, or beyond ±1e140.
  bool usable() const { return usable_; }
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
  static constexpr Number infinite = std::numeric_limits<Number>::infinity();
  static constexpr Number most =
      std::is_same_v<Number, float> ? std::numeric_limits<Number>::max() : Number(1e140);

  void take(Number const* row) {
    Number* const high = highest_.data();
    Number* const low = lowest_.data();
    std::size_t j = 0;
#if defined(CXM_SEGMENT_X86)
    for (; j + 16 / sizeof(Number) <= highest_.size(); j += 16 / sizeof(Number))
      usable_ &= take_some(row + j, high + j, low + j);
#endif
    for (; j < highest_.size(); ++j) {
      Number const size = std::fabs(row[j]);
      high[j] = size > high[j] ? size : high[j];
      Number const positive = size > 0 ? size : infinite;
      low[j] = positive < low[j] ? positive : low[j];
      usable_ &= size <= most;
    }
  }

#if defined(CXM_SEGMENT_X86)
  static bool take_some(float const* row, float* high, float* low) {
    __m128 const size = _mm_andnot_ps(_mm_set1_ps(-0.0F), _mm_loadu_ps(row));
    __m128 const none = _mm_cmpeq_ps(size, _mm_setzero_ps());
    __m128 const positive = _mm_or_ps(size, _mm_and_ps(none, _mm_set1_ps(infinite)));
    _mm_storeu_ps(high, _mm_max_ps(_mm_loadu_ps(high), size));
    _mm_storeu_ps(low, _mm_min_ps(_mm_loadu_ps(low), positive));
    return _mm_movemask_ps(_mm_cmple_ps(size, _mm_set1_ps(most))) == 15;
  }
  static bool take_some(double const* row, double* high, double* low) {
    __m128d const size = _mm_andnot_pd(_mm_set1_pd(-0.0), _mm_loadu_pd(row));
    __m128d const none = _mm_cmpeq_pd(size, _mm_setzero_pd());
    __m128d const positive = _mm_or_pd(size, _mm_and_pd(none, _mm_set1_pd(infinite)));
    _mm_storeu_pd(high, _mm_max_pd(_mm_loadu_pd(high), size));
    _mm_storeu_pd(low, _mm_min_pd(_mm_loadu_pd(low), positive));
    return _mm_movemask_pd(_mm_cmple_pd(size, _mm_set1_pd(most))) == 3;
  }
#endif

  std::vector<Number> highest_;
  std::vector<Number> lowest_;
  bool usable_ = true;
};

}  // namespace cxm::detail
