// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/segment/detail/instructions.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// Points in space for clustering, and the arithmetic that decides: written so that neither
/// compiler nor instruction set, nor the order of the rows, can change a label.

namespace cxm::detail {

/// True if `a` is nearer to `x` than `b` is, in exact arithmetic: compares |a|² - 2 x·a with
/// |b|² - 2 x·b, sums of products that are never rounded. Of two at exactly the same distance the
/// one whose coordinates come first is nearer: the lowest index where centres are numbered by their
/// coordinates, so that the answer does not change when they are numbered otherwise.
inline bool exactly_nearer(double const* x, double const* a, double const* b,
                           std::size_t dimension) {
  exact_product_sum difference;
  for (std::size_t j = 0; j < dimension; ++j) {
    difference.add_product(a[j], a[j]);
    difference.add_product(-2 * x[j], a[j]);
    difference.subtract_product(b[j], b[j]);
    difference.subtract_product(-2 * x[j], b[j]);
  }
  if (difference.negative()) return true;
  if (!difference.magnitude().is_zero()) return false;
  return std::lexicographical_compare(a, a + dimension, b, b + dimension);
}

/// Rows of coordinates, borrowed, with their canonical order: by a hash of the row, then by the
/// row. It depends on which points there are and not on their order in the input, and puts equal
/// points side by side. What is drawn at random is drawn by position in it. Some rows may be left
/// out, and the others may have weights.
template <class Number>
class basic_points {
 public:
  using number = Number;

  basic_points(Number const* data, std::size_t size, std::size_t dimension)
      : data_(data), size_(size), dimension_(dimension) {
    require_few();
  }
  /// Only the rows `kept`, in ascending order, each with a weight above 0 unless there are none.
  basic_points(Number const* data, std::vector<std::uint32_t> kept, std::size_t dimension,
               std::vector<double> weights)
      : data_(data),
        size_(kept.size()),
        dimension_(dimension),
        kept_(std::move(kept)),
        weights_(std::move(weights)) {
    require_few();
  }

  std::size_t size() const { return size_; }
  std::size_t dimension() const { return dimension_; }
  Number const* operator[](std::size_t row) const { return data_ + source(row) * dimension_; }
  /// Where the row stands among all that were given.
  std::size_t source(std::size_t row) const { return kept_.empty() ? row : kept_[row]; }
  bool weighted() const { return !weights_.empty(); }
  double weight(std::size_t row) const { return weights_.empty() ? 1.0 : weights_[row]; }

  /// Row numbers in canonical order; sorted when first asked for. Not by two threads at once.
  std::vector<std::uint32_t> const& order() const {
    if (order_.size() != size_) sort();
    return order_;
  }
  /// How many different points there are.
  std::size_t distinct() const {
    order();
    return distinct_;
  }

 private:
  struct keyed {
    std::uint64_t hash;
    std::uint32_t row;
  };
  void require_few() const {
    if (size_ >= UINT32_MAX) refuse("cxm::segment: more than 4,294,967,294 rows");
  }
  std::uint64_t hash_of(std::size_t row) const {
    word_hash hash;
    Number const* point = (*this)[row];
    for (std::size_t j = 0; j < dimension_; ++j)
      hash.add(std::bit_cast<std::uint64_t>(static_cast<double>(point[j])));
    return hash.value();
  }
  bool before(std::size_t a, std::size_t b) const {
    return std::lexicographical_compare((*this)[a], (*this)[a] + dimension_, (*this)[b],
                                        (*this)[b] + dimension_);
  }
  void sort() const {
    std::vector<keyed> keys(size_);
    for (std::size_t i = 0; i < size_; ++i) keys[i] = {hash_of(i), static_cast<std::uint32_t>(i)};
    std::sort(keys.begin(), keys.end(), [this](auto const& a, auto const& b) {
      if (a.hash != b.hash) return a.hash < b.hash;
      if (before(a.row, b.row)) return true;
      return !before(b.row, a.row) && a.row < b.row;
    });
    order_.reserve(size_);
    for (auto const& [hash, row] : keys) {
      bool const repeats = !order_.empty() && std::equal((*this)[row], (*this)[row] + dimension_,
                                                         (*this)[order_.back()]);
      distinct_ += repeats ? 0 : 1;
      order_.push_back(row);
    }
  }

  Number const* data_;
  std::size_t size_;
  std::size_t dimension_;
  std::vector<std::uint32_t> kept_;  // empty: all
  std::vector<double> weights_;      // empty: all 1
  mutable std::vector<std::uint32_t> order_;
  mutable std::size_t distinct_ = 0;
};

using real_points = basic_points<double>;

}  // namespace cxm::detail
