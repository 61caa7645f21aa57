// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// A table from a few small whole numbers to a slot: touchpoint 7 by channel 2 is one load away. The table grows by
/// powers of two in each direction as larger numbers come, up to 65,536 cells in all; what does not fit is left to
/// the hash table beside it.

namespace cxm::detail {

template <std::size_t Digits>
class dense_index {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;
  using digits = std::array<std::uint64_t, Digits>;

  /// The cell of these digits, or null when they lie outside the table as it is.
  std::uint32_t* find(digits const& number) {
    std::uint64_t at = 0;
    std::uint64_t outside = 0;
    for (std::size_t i = 0; i < Digits; ++i) {
      outside |= number[i] >> bits_[i];
      at = (at << bits_[i]) | number[i];
    }
    return outside == 0 ? &cells_[static_cast<std::size_t>(at)] : nullptr;
  }

  /// Makes room for these digits; false when the table would become too large.
  bool grow_to(digits const& number) {
    std::array<unsigned, Digits> bits = bits_;
    unsigned total = 0;
    for (std::size_t i = 0; i < Digits; ++i) {
      bits[i] = std::max(bits[i], static_cast<unsigned>(std::bit_width(number[i])));
      if (bits[i] > most_bits) return false;
      total += bits[i];
    }
    if (total > most_bits) return false;
    relay(bits, total);
    return true;
  }

  void clear() { std::fill(cells_.begin(), cells_.end(), none); }

 private:
  static constexpr unsigned most_bits = 16;

  void relay(std::array<unsigned, Digits> const& bits, unsigned total) {
    std::vector<std::uint32_t> cells(std::size_t{1} << total, none);
    for (std::size_t from = 0; from < cells_.size(); ++from) {
      std::size_t rest = from, to = 0;
      unsigned shift = 0;
      for (std::size_t i = Digits; i-- > 0;) {  // the last digit is the lowest
        to |= (rest & ((std::size_t{1} << bits_[i]) - 1)) << shift;
        rest >>= bits_[i];
        shift += bits[i];
      }
      cells[to] = cells_[from];
    }
    cells_ = std::move(cells);
    bits_ = bits;
  }

  std::array<unsigned, Digits> bits_{};
  std::vector<std::uint32_t> cells_ = {none};
};

/// Keys without digits have no dense table.
template <>
class dense_index<0> {};

}  // namespace cxm::detail
