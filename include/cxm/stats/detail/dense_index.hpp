// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// A table from a few small whole numbers to a slot: touchpoint 7 by channel 2 is one load away.
/// The table grows by powers of two in each direction as larger numbers come, up to 65,536 cells in
/// all; what does not fit is left to the hash table beside it.

namespace cxm::detail {

template <std::size_t Digits>
class dense_index {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;
  using digits = std::array<std::uint64_t, Digits>;
  /// How many bits of each number the table has room for.
  struct shape_type {
    std::array<unsigned, Digits> bits{};
    unsigned total() const {
      unsigned sum = 0;
      for (auto const one : bits) sum += one;
      return sum;
    }
    friend bool operator==(shape_type const&, shape_type const&) = default;
  };

  /// The slot of these digits, or `none`. On the path of every event, where each cycle from the
  /// event to its counter tells: shifts, for a multiplication takes three of them.
  std::uint32_t slot_of(digits const& number) const {
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < Digits; ++i) {
      if (number[i] >= extent_[i]) return none;
      at = (at << bits_[i]) | number[i];
    }
    return cells_[static_cast<std::size_t>(at)];
  }

  /// Remembers a slot, unless the table would become too large.
  void set(digits const& number, std::uint32_t slot) {
    auto bits = bits_;
    unsigned total = 0;
    for (std::size_t i = 0; i < Digits; ++i) {
      bits[i] = std::max(bits[i], static_cast<unsigned>(std::bit_width(number[i])));
      if (bits[i] > most_bits) return;
      total += bits[i];
    }
    if (total > most_bits) return;
    if (bits != bits_) relay(bits, total);
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < Digits; ++i) at = (at << bits_[i]) | number[i];
    cells_[static_cast<std::size_t>(at)] = slot;
  }

  /// Forgets a slot.
  void forget(digits const& number) {
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < Digits; ++i) {
      if (number[i] >= extent_[i]) return;
      at = (at << bits_[i]) | number[i];
    }
    cells_[static_cast<std::size_t>(at)] = none;
  }

  shape_type shape() const { return {bits_}; }

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
    for (std::size_t i = 0; i < Digits; ++i) extent_[i] = std::uint64_t{1} << bits_[i];
  }

  static constexpr digits ones() {
    digits all{};
    all.fill(1);
    return all;
  }

  digits extent_ = ones();  // 2 to the power of `bits_`
  std::array<unsigned, Digits> bits_{};
  std::vector<std::uint32_t> cells_ = {none};
};

/// Keys without digits have no dense table.
template <>
class dense_index<0> {
 public:
  struct shape_type {};
};

}  // namespace cxm::detail
