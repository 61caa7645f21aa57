// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/hash.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// Points in space for clustering, and the arithmetic that decides: written so that neither
/// compiler nor instruction set, nor the order of the rows, can change a label.

namespace cxm::detail {

/// The squared distance, by fused multiply-adds in the order of the coordinates. As each operation
/// is named and rounded once, there is nothing left that a compiler could contract or reorder.
inline double squared_distance(double const* a, double const* b, std::size_t dimension) {
  double sum = 0;
  for (std::size_t j = 0; j < dimension; ++j) {
    double const difference = a[j] - b[j];
    sum = std::fma(difference, difference, sum);
  }
  return sum;
}

/// True if `a` is nearer to `x` than `b` is, in exact arithmetic: compares |a|² - 2 x·a with
/// |b|² - 2 x·b, sums of products that are never rounded. Of two at exactly the same distance the
/// one whose coordinates come first is nearer, so that the answer does not depend on how the
/// centres are numbered.
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
/// points side by side. What is drawn at random is drawn by position in it.
class points {
 public:
  points(double const* data, std::size_t size, std::size_t dimension)
      : data_(data), size_(size), dimension_(dimension) {
    if (size > UINT32_MAX) refuse("cxm::segment: more than 4,294,967,295 rows");
    sort();
  }

  std::size_t size() const { return size_; }
  std::size_t dimension() const { return dimension_; }
  double const* operator[](std::size_t row) const { return data_ + row * dimension_; }
  /// Row numbers in canonical order.
  std::vector<std::uint32_t> const& order() const { return order_; }
  /// How many different points there are.
  std::size_t distinct() const { return distinct_; }

 private:
  struct keyed {
    std::uint64_t hash;
    std::uint32_t row;
  };
  std::uint64_t hash_of(std::size_t row) const {
    word_hash hash;
    for (std::size_t j = 0; j < dimension_; ++j)
      hash.add(std::bit_cast<std::uint64_t>((*this)[row][j]));
    return hash.value();
  }
  bool before(std::size_t a, std::size_t b) const {
    return std::lexicographical_compare((*this)[a], (*this)[a] + dimension_, (*this)[b],
                                        (*this)[b] + dimension_);
  }
  void sort() {
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

  double const* data_;
  std::size_t size_;
  std::size_t dimension_;
  std::vector<std::uint32_t> order_;
  std::size_t distinct_ = 0;
};

}  // namespace cxm::detail
