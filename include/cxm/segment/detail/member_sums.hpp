// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/exact_sum.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/segment/detail/column_ranges.hpp>
#include <cxm/segment/detail/nearest_kernel.hpp>

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cstddef>
#include <cstdint>
#include <vector>

#if defined(CXM_SEGMENT_X86)
#include <emmintrin.h>
#endif

/// \file
/// The sums of the members of each cluster, exact, so that a member that moves is taken out of one
/// and added to the other without a trace, and parts of the members can be summed apart. Where the
/// numbers of every column span few enough powers of two, as real data do, two words of fixed point
/// hold a sum, and adding costs a tenth of what it costs in an exact_sum; the sums are the same.

namespace cxm::detail {

/// How the numbers of each column become two whole numbers: x = high · 2^(e-w) + low · 2^(e-2w),
/// where |x| < 2^e. Adding 1.5 · 2^52 of a unit to a double rounds it to whole units and leaves
/// their number in its low bits, in two's complement; the rest of x is again a double.
class fixed_point {
 public:
  fixed_point() = default;
  template <class Number>
  fixed_point(column_ranges<Number> const& ranges, std::size_t dimension, std::size_t rows)
      : width_(std::min(50, 62 - static_cast<int>(std::bit_width(rows)))) {
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0 && !defined(__FAST_MATH__)
    fits_ = true;
#endif
    for (std::size_t j = 0; j < dimension && fits_; ++j) {
      int const above = ranges.above(j);
      fits_ = above - ranges.unit(j) <= 2 * width_ && above < 900 && above > -900;
      if (!fits_) return;
      unit_.push_back(above - 2 * width_);
      high_.push_back(std::ldexp(1.5, 52 + above - width_));
      low_.push_back(std::ldexp(1.5, 52 + above - 2 * width_));
    }
  }

  /// False where the columns need more than two words.
  bool fits() const {
    return fits_;
  }
  /// Adds a row to the sums of a cluster: d high words, then d low ones.
  template <class Number>
  void add(Number const* row, std::int64_t* to) const {
    std::size_t const d = unit_.size();
    std::size_t j = 0;
#if defined(CXM_SEGMENT_X86)
    for (; j + 2 <= d; j += 2) {
      auto const [high, low] = two_words(row + j, j);
      add_two(to + j, high);
      add_two(to + d + j, low);
    }
#endif
    for (; j < d; ++j) {
      auto const [high, low] = words(static_cast<double>(row[j]), j);
      to[j] += high;
      to[d + j] += low;
    }
  }
  /// Adds it to one and takes it from another.
  template <class Number>
  void move(Number const* row, std::int64_t* from, std::int64_t* to) const {
    std::size_t const d = unit_.size();
    std::size_t j = 0;
#if defined(CXM_SEGMENT_X86)
    for (; j + 2 <= d; j += 2) {
      auto const [high, low] = two_words(row + j, j);
      add_two(to + j, high);
      add_two(to + d + j, low);
      subtract_two(from + j, high);
      subtract_two(from + d + j, low);
    }
#endif
    for (; j < d; ++j) {
      auto const [high, low] = words(static_cast<double>(row[j]), j);
      from[j] -= high;
      from[d + j] -= low;
      to[j] += high;
      to[d + j] += low;
    }
  }
  /// The sum that two words stand for, correctly rounded.
  double value(std::int64_t high, std::int64_t low, std::size_t column) const {
    auto const total = multiply(high, std::int64_t{1} << width_) + static_cast<int128>(low);
    double const size = to_double(wide_unsigned<2>(magnitude_of(total)), unit_[column]);
    return total < 0 ? -size : size;
  }

 private:
  struct pair {
    std::int64_t high, low;
  };
  pair words(double x, std::size_t column) const {
    double const up = x + high_[column];
    double const rest = x - (up - high_[column]);
    double const down = rest + low_[column];
    return {std::bit_cast<std::int64_t>(up) - std::bit_cast<std::int64_t>(high_[column]),
            std::bit_cast<std::int64_t>(down) - std::bit_cast<std::int64_t>(low_[column])};
  }
#if defined(CXM_SEGMENT_X86)
  struct two_pairs {
    __m128i high, low;
  };
  static __m128d load_two(float const* x) {
    return _mm_cvtps_pd(_mm_loadl_pi(_mm_setzero_ps(), reinterpret_cast<__m64 const*>(x)));
  }
  static __m128d load_two(double const* x) {
    return _mm_loadu_pd(x);
  }
  /// The words of two neighbours, as `words` makes them.
  template <class Number>
  two_pairs two_words(Number const* row, std::size_t column) const {
    __m128d const x = load_two(row), above = _mm_loadu_pd(high_.data() + column),
                  below = _mm_loadu_pd(low_.data() + column);
    __m128d const up = _mm_add_pd(x, above);
    __m128d const down = _mm_add_pd(_mm_sub_pd(x, _mm_sub_pd(up, above)), below);
    return {_mm_sub_epi64(_mm_castpd_si128(up), _mm_castpd_si128(above)),
            _mm_sub_epi64(_mm_castpd_si128(down), _mm_castpd_si128(below))};
  }
  static void add_two(std::int64_t* to, __m128i words) {
    auto* const at = reinterpret_cast<__m128i*>(to);
    _mm_storeu_si128(at, _mm_add_epi64(_mm_loadu_si128(at), words));
  }
  static void subtract_two(std::int64_t* from, __m128i words) {
    auto* const at = reinterpret_cast<__m128i*>(from);
    _mm_storeu_si128(at, _mm_sub_epi64(_mm_loadu_si128(at), words));
  }
#endif

  int width_ = 0;
  bool fits_ = false;
  std::vector<int> unit_;
  std::vector<double> high_, low_;
};

/// Sums and sizes of k clusters.
template <class Number>
class member_sums {
 public:
  member_sums(fixed_point const& form, std::size_t k, std::size_t dimension)
      : form_(&form),
        dimension_(dimension),
        sizes_(k),
        words_(form.fits() ? 2 * k * dimension : 0),
        sums_(form.fits() ? 0 : k * dimension) {}

  std::vector<std::uint64_t>& sizes() { return sizes_; }
  std::vector<std::uint64_t> const& sizes() const { return sizes_; }

  void add(Number const* row, std::size_t to, double) {
    ++sizes_[to];
    if (form_->fits()) return form_->add(row, words_.data() + 2 * to * dimension_);
    for (std::size_t j = 0; j < dimension_; ++j)
      sums_[to * dimension_ + j].add(static_cast<double>(row[j]));
  }
  void move(Number const* row, std::size_t from, std::size_t to, double) {
    --sizes_[from];
    ++sizes_[to];
    if (form_->fits())
      return form_->move(row, words_.data() + 2 * from * dimension_,
                         words_.data() + 2 * to * dimension_);
    for (std::size_t j = 0; j < dimension_; ++j) {
      sums_[from * dimension_ + j].subtract(static_cast<double>(row[j]));
      sums_[to * dimension_ + j].add(static_cast<double>(row[j]));
    }
  }
  /// Adds what another part of the members changed, and forgets it there. Differences may be
  /// negative; words wrap, as two's complement may.
  void take(member_sums& part) {
    for (std::size_t c = 0; c < sizes_.size(); ++c) sizes_[c] += part.sizes_[c];
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] += part.words_[i];
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i].merge(part.sums_[i]);
    part = member_sums(*form_, sizes_.size(), dimension_);
  }
  /// The mean of coordinate `j` of a cluster that has members: a sum rounded once, and a division.
  double mean(std::size_t c, std::size_t j) const {
    auto const* words = words_.data() + 2 * c * dimension_;
    double const sum = form_->fits() ? form_->value(words[j], words[dimension_ + j], j)
                                     : *sums_[c * dimension_ + j].value();
    return sum / static_cast<double>(sizes_[c]);
  }
  /// Puts cluster `from` in the place `to`.
  void rename(std::size_t from, std::size_t to) {
    sizes_[to] = sizes_[from];
    auto const put = [&](auto& all, std::size_t each) {
      if (!all.empty())
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(from * each), each,
                    all.begin() + static_cast<std::ptrdiff_t>(to * each));
    };
    put(words_, 2 * dimension_);
    put(sums_, dimension_);
  }
  void resize(std::size_t k) {
    sizes_.resize(k);
    words_.resize(form_->fits() ? 2 * k * dimension_ : 0);
    sums_.resize(form_->fits() ? 0 : k * dimension_);
  }

 private:
  fixed_point const* form_;
  std::size_t dimension_;
  std::vector<std::uint64_t> sizes_;
  std::vector<std::int64_t> words_;
  std::vector<exact_sum> sums_;
};

/// The same with weights: sums of weight times row, never rounded, and of weights.
template <class Number>
class weighted_member_sums {
 public:
  weighted_member_sums(fixed_point const&, std::size_t k, std::size_t dimension)
      : dimension_(dimension), sizes_(k), weights_(k), sums_(k * dimension) {}

  std::vector<std::uint64_t>& sizes() { return sizes_; }
  std::vector<std::uint64_t> const& sizes() const { return sizes_; }

  void add(Number const* row, std::size_t to, double weight) {
    ++sizes_[to];
    weights_[to].add(weight);
    for (std::size_t j = 0; j < dimension_; ++j)
      sums_[to * dimension_ + j].add_product(static_cast<double>(row[j]), weight);
  }
  void move(Number const* row, std::size_t from, std::size_t to, double weight) {
    add(row, to, weight);
    --sizes_[from];
    weights_[from].subtract(weight);
    for (std::size_t j = 0; j < dimension_; ++j)
      sums_[from * dimension_ + j].subtract_product(static_cast<double>(row[j]), weight);
  }
  void take(weighted_member_sums& part) {
    for (std::size_t c = 0; c < sizes_.size(); ++c) {
      sizes_[c] += part.sizes_[c];
      weights_[c].merge(part.weights_[c]);
    }
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i].merge(part.sums_[i]);
    part = weighted_member_sums({}, sizes_.size(), dimension_);
  }
  double mean(std::size_t c, std::size_t j) const {
    return *sums_[c * dimension_ + j].value() / *weights_[c].value();
  }
  void rename(std::size_t from, std::size_t to) {
    sizes_[to] = sizes_[from];
    weights_[to] = weights_[from];
    for (std::size_t j = 0; j < dimension_; ++j)
      sums_[to * dimension_ + j] = sums_[from * dimension_ + j];
  }
  void resize(std::size_t k) {
    sizes_.resize(k);
    weights_.resize(k);
    sums_.resize(k * dimension_);
  }

 private:
  std::size_t dimension_;
  std::vector<std::uint64_t> sizes_;
  std::vector<exact_sum> weights_;
  std::vector<exact_product_sum> sums_;
};

}  // namespace cxm::detail
