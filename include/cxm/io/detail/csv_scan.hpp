// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Finds the next separator, line feed or NUL eight bytes at a time (SWAR). The buffer ends in a
/// NUL sentinel and padding, so the inner loop needs no bound.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cxm::detail {

/// Bit 7 of each byte that is zero, exactly: unlike `(x - 1s) & ~x & 0x80s`, no borrow leaks into
/// the byte above a match, so every bit of the mask may be used, not only the lowest.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  constexpr std::uint64_t low7 = 0x7F7F7F7F7F7F7F7Fu;
  return ~(((word & low7) + low7) | word | low7);
}

/// Walks over the bytes of interest in order. Each word's matches are found once and then consumed
/// bit by bit, which is what makes short fields cheap.
class csv_scan {
 public:
  static constexpr std::size_t padding = 8;  ///< readable bytes needed after the sentinel

  explicit csv_scan(char delimiter)
      : delimiters_(0x0101010101010101u * static_cast<unsigned char>(delimiter)) {}

  /// Goes on from `at`.
  void start(char const* at) {
    word_ = at;
    mask_ = matches(at);
  }

  /// The next separator, line feed or NUL at or after the last position; there must be one.
  char const* next() {
    while (mask_ == 0) {
      word_ += 8;
      mask_ = matches(word_);
    }
    char const* const found = word_ + (std::countr_zero(mask_) >> 3);
    mask_ &= mask_ - 1;
    return found;
  }

 private:
  std::uint64_t matches(char const* at) const {
    constexpr std::uint64_t line_feeds = 0x0101010101010101u * 0x0Au;
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return zero_bytes(word) | zero_bytes(word ^ line_feeds) | zero_bytes(word ^ delimiters_);
  }

  std::uint64_t delimiters_;
  char const* word_ = nullptr;
  std::uint64_t mask_ = 0;
};

}  // namespace cxm::detail
