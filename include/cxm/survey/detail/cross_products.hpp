// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/int128.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Exact sums and sums of products of k whole numbers a row, each within ±2³¹, and their
/// covariances times n(n − 1) as exact integers.

namespace cxm::detail {

/// A signed integer of 256 bits in two's complement.
struct signed_wide {
  wide_unsigned<4> bits;

  constexpr bool negative() const { return (bits.words[3] >> 63) != 0; }
  constexpr wide_unsigned<4> size() const { return negative() ? wide_unsigned<4>{} - bits : bits; }
  constexpr double number() const { return negative() ? -to_double(size()) : to_double(size()); }
  constexpr signed_wide operator+(signed_wide const& other) const { return {bits + other.bits}; }
  constexpr signed_wide operator-(signed_wide const& other) const { return {bits - other.bits}; }
  static constexpr signed_wide of(wide_unsigned<4> const& size, bool negative) {
    return {negative ? wide_unsigned<4>{} - size : size};
  }
};

/// a / b, rounded once; b above 0.
constexpr double ratio(signed_wide const& a, signed_wide const& b) {
  double const size = ratio_to_double(a.size(), b.bits);
  return a.negative() ? -size : size;
}

class cross_products {
 public:
  static constexpr std::string_view type_name = "cross_products";

  explicit cross_products(std::size_t items) : sums_(items), products_(items * (items + 1) / 2) {}

  std::size_t items() const { return sums_.size(); }
  std::uint64_t n() const { return n_; }
  int128 const& sum(std::size_t i) const { return sums_[i]; }

  /// Adds one row. (With −1 takes it back, unchecked.)
  void add(std::vector<std::int64_t> const& row, int sign = 1) {
    n_ += static_cast<std::uint64_t>(sign);
    auto product = products_.begin();
    for (std::size_t i = 0; i < row.size(); ++i) {
      sums_[i] += sign * row[i];
      for (std::size_t j = 0; j <= i; ++j) *product++ += multiply(sign * row[i], row[j]);
    }
  }
  /// Takes one row back. Refused, and nothing is changed, where no rows would have the sums that
  /// are left.
  void remove(std::vector<std::int64_t> const& row) {
    require_counted(n_ > 0);
    auto left = *this;
    left.add(row, -1);
    require_counted(left.valid());
    *this = std::move(left);
  }
  void merge(cross_products const& other) {
    n_ += other.n_;
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += other.sums_[i];
    for (std::size_t i = 0; i < products_.size(); ++i) products_[i] += other.products_[i];
  }
  /// n Σxy − Σx Σy: the covariance times n(n − 1).
  signed_wide covariance(std::size_t i, std::size_t j) const {
    auto const signed_product = [](int128 const& a, int128 const& b) {
      auto const size = wide_unsigned<2>{magnitude_of(a)} * wide_unsigned<2>{magnitude_of(b)};
      return signed_wide::of(size, (a < 0) != (b < 0));
    };
    return signed_product(int128(n_), product(i, j)) - signed_product(sums_[i], sums_[j]);
  }

  /// What the rows guarantee: no value is beyond ±2³¹, and by Cauchy and Schwarz every variance and
  /// every pair of items has room for its covariance.
  bool valid() const {
    if (n_ > INT64_MAX || products_.size() != sums_.size() * (sums_.size() + 1) / 2) return false;
    for (std::size_t i = 0; i < items(); ++i) {
      wide_unsigned<2> const squares{magnitude_of(product(i, i))};
      if (product(i, i) < 0 ||
          squares > wide_unsigned<1>{n_} * wide_unsigned<1>{std::uint64_t{1} << 62})
        return false;
      wide_unsigned<2> const size{magnitude_of(sums_[i])};
      if (squares * wide_unsigned<1>{n_} < wide_unsigned<3>{size * size} ||
          size > wide_unsigned<1>{n_} * wide_unsigned<1>{std::uint64_t{1} << 31})
        return false;
    }
    for (std::size_t i = 0; i < items(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        wide_unsigned<2> const cross{magnitude_of(product(i, j))};
        if (cross * cross > wide_unsigned<2>{magnitude_of(product(i, i))} *
                                wide_unsigned<2>{magnitude_of(product(j, j))})
          return false;
      }
    return true;
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("n", self.n_);
    visit.state("sums", self.sums_);
    visit.state("products", self.products_);
  }

 private:
  int128 const& product(std::size_t i, std::size_t j) const {
    return i < j ? product(j, i) : products_[i * (i + 1) / 2 + j];
  }

  std::uint64_t n_ = 0;
  std::vector<int128> sums_;
  std::vector<int128> products_;  // row by row of the lower triangle
};

}  // namespace cxm::detail
