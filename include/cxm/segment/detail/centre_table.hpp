// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/segment/detail/points.hpp>
#include <cxm/segment/ordinal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// Centres, and which is nearest. A fast kernel, which may be compiled to any instructions, finds
/// the two smallest distances with a proven relative error; where they lie within it, exact
/// arithmetic decides. So the answer is always the exactly nearest centre.

namespace cxm::detail {

class centre_table {
 public:
  centre_table() = default;
  /// `flat` holds one centre after the other.
  centre_table(std::vector<double> flat, std::size_t dimension)
      : flat_(std::move(flat)), dimension_(dimension) {
    pack();
  }

  std::size_t size() const { return dimension_ == 0 ? 0 : flat_.size() / dimension_; }
  std::size_t dimension() const { return dimension_; }
  double const* operator[](std::size_t centre) const { return flat_.data() + centre * dimension_; }
  std::vector<double> const& flat() const { return flat_; }

  /// The exactly nearest centre; there must be one. O(size · dimension).
  std::uint32_t nearest(double const* x) const {
    double best = infinite;
    double second = infinite;
    std::size_t at = 0;
    for (std::size_t first = 0; first < size(); first += lanes) {
      double sums[lanes];
      distances(x, first, sums);
      std::size_t const count = std::min(lanes, size() - first);
      for (std::size_t l = 0; l < count; ++l) {
        if (sums[l] < best) {
          second = best;
          best = sums[l];
          at = first + l;
        } else if (sums[l] < second) {
          second = sums[l];
        }
      }
    }
    if (second == infinite || apart(best, second)) return static_cast<std::uint32_t>(at);
    return settle(x);
  }

  void encode(byte_writer& out) const {
    detail::encode(out, std::uint64_t{dimension_});
    detail::encode(out, flat_);
  }
  bool decode(byte_reader& in) {
    std::uint64_t dimension = 0;
    std::vector<double> flat;
    if (!in.word(dimension) || !detail::decode(in, flat)) return false;
    bool const whole = dimension == 0 ? flat.empty() : flat.size() % dimension == 0;
    if (!whole || dimension > UINT32_MAX || flat.size() > UINT32_MAX) return in.fail();
    if (!std::all_of(flat.begin(), flat.end(), is_feature)) return in.fail();
    *this = centre_table(std::move(flat), static_cast<std::size_t>(dimension));
    return true;
  }
  static void hash_kind(word_hash& hash) { hash.add("centres"); }

 private:
  static constexpr std::size_t lanes = 8;
  static constexpr double infinite = std::numeric_limits<double>::infinity();

  /// Lays the centres out in blocks of eight, coordinate by coordinate, for the kernel.
  void pack() {
    std::size_t const blocks = (size() + lanes - 1) / lanes;
    packed_.assign(blocks * lanes * dimension_, 0.0);
    for (std::size_t c = 0; c < size(); ++c)
      for (std::size_t j = 0; j < dimension_; ++j)
        packed_[(c / lanes * dimension_ + j) * lanes + c % lanes] = (*this)[c][j];
  }

  /// The squared distances to the eight centres from `first` on, roughly.
  void distances(double const* x, std::size_t first, double* sums) const {
    double sum[lanes] = {};
    double const* centre = packed_.data() + first * dimension_;
    for (std::size_t j = 0; j < dimension_; ++j, centre += lanes)
      for (std::size_t l = 0; l < lanes; ++l) {
        double const difference = x[j] - centre[l];
        sum[l] += difference * difference;
      }
    std::copy(sum, sum + lanes, sums);
  }

  /// True if the true distances are in the order of the rough ones. With u = 2^-53 a difference has
  /// the relative error u, its square 2u + u, and a sum of d such positive terms, in any order and
  /// with or without contraction, at most (d + 3)u in the first order. Twice that on either side
  /// would do, twice again is taken; the constant covers squares that underflow.
  bool apart(double best, double second) const {
    auto const d = static_cast<double>(dimension_);
    return second - best > second * ((d + 8) * 0x1p-50) + (d + 1) * 1e-300;
  }

  /// Decides among all centres that may be nearest.
  std::uint32_t settle(double const* x) const {
    std::vector<double> rough(size() + lanes);
    for (std::size_t first = 0; first < size(); first += lanes)
      distances(x, first, rough.data() + first);
    rough.resize(size());
    double const best = *std::min_element(rough.begin(), rough.end());
    std::size_t at = size();
    for (std::size_t c = 0; c < size(); ++c) {
      if (apart(best, rough[c])) continue;
      if (at == size() || exactly_nearer(x, (*this)[c], (*this)[at], dimension_)) at = c;
    }
    return static_cast<std::uint32_t>(at);
  }

  std::vector<double> flat_;
  std::vector<double> packed_;
  std::size_t dimension_ = 0;
};

}  // namespace cxm::detail
