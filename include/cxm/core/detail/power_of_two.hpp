// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/int128.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

/// \file
/// 2^x for x from 0 to 1 in whole numbers: the exp2 of libm differs between machines in its last
/// digit, and a weight that enters a state must not.

namespace cxm::detail {

/// The product of two numbers with 62 binary places.
constexpr std::uint64_t multiply_62(std::uint64_t a, std::uint64_t b) noexcept {
  auto const [low, high] = multiply_words(a, b);
  return (high << 2) | (low >> 62);
}

/// 2^(i · 2^−Bits) for the bits of i from 1 to 8 and from 9 to 16, with 62 binary places.
struct power_tables {
  std::array<std::uint64_t, 256> first{};
  std::array<std::uint64_t, 256> second{};

  constexpr power_tables() {
    // 2^(1/2), 2^(1/4) … 2^(1/65536)
    constexpr std::array<std::uint64_t, 16> roots = {
        0x5a827999fcef3242, 0x4c1bf828c6dc54b8, 0x45cae0f1f545eb73, 0x42d561b3e6243d8a,
        0x4166c34c5615d0ec, 0x40b268f9de0183ba, 0x4058f6a7ecccd5b6, 0x402c6be96af2fb58,
        0x4016321b687027a8, 0x400b18178ba33b14, 0x40058bce410147e8, 0x4002c5d7bff71daf,
        0x400162e807ee7e5b, 0x4000b1730df6a524, 0x400058b9497b8152, 0x40002c5c955dd701};
    for (std::size_t i = 0; i < 256; ++i) {
      first[i] = second[i] = std::uint64_t{1} << 62;
      for (std::size_t bit = 0; bit < 8; ++bit) {
        if ((i >> (7 - bit) & 1) == 0) continue;
        first[i] = multiply_62(first[i], roots[bit]);
        second[i] = multiply_62(second[i], roots[bit + 8]);
      }
    }
  }
};
inline constexpr power_tables powers;

/// 2^(fraction / 2^32) in billionths, from 1,000,000,000 to 2,000,000,000; within 0.6 of them.
constexpr std::int64_t power_in_billionths(std::uint32_t fraction) noexcept {
  std::uint64_t const power =
      multiply_62(powers.first[fraction >> 24], powers.second[fraction >> 16 & 255]);
  // The last 16 bits are so little that 2^x is 1 + x ln 2 there; ln 2 with 32 binary places.
  std::uint64_t const rest = (fraction & 0xffff) * std::uint64_t{2'977'044'472};
  std::uint64_t const whole = power + multiply_words(power, rest).high;
  auto const [low, high] = multiply_words(whole, 1'000'000'000);
  std::uint64_t const halves = (high << 3) | (low >> 61);
  return static_cast<std::int64_t>(halves / 2 + halves % 2);
}

}  // namespace cxm::detail
