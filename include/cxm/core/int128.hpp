// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `cxm::int128`, the integer that exact sums are kept in: the built-in type where there is one,
/// two words elsewhere (`detail::two_word_int128`, which always exists and is always tested).
/// Sums of 2^64 numbers of 64 bits fit, so an addition of one record needs no check; merges and
/// bulk additions check with `add_overflows`.
#include <cxm/core/detail/two_word_int128.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

namespace cxm {
#if defined(__SIZEOF_INT128__)
/// A signed integer of 128 bits.
__extension__ typedef __int128 int128;
namespace detail {
__extension__ typedef unsigned __int128 native_uint128;
}  // namespace detail
#else
using int128 = detail::two_word_int128;
#endif

namespace detail {
/// The types that stand for a 128-bit number: the built-in one (where it exists) and ours.
template <class Type>
concept any_int128 = std::same_as<Type, int128> || std::same_as<Type, two_word_int128>;

/// The exact product of two words.
constexpr word_pair multiply_words(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
  auto const product = static_cast<native_uint128>(a) * b;
  return {static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64)};
#else
  return multiply_words_portably(a, b);
#endif
}

/// The exact product of two 64-bit integers.
template <any_int128 Wide = int128>
constexpr Wide multiply(std::int64_t a, std::int64_t b) noexcept {
  return static_cast<Wide>(a) * static_cast<Wide>(b);
}
}  // namespace detail

/// The two halves of a 128-bit number in two's complement: how saved bytes hold it.
struct int128_words {
  std::uint64_t low = 0;
  std::int64_t high = 0;
  friend constexpr bool operator==(int128_words const&, int128_words const&) = default;
};

/// The words of a number.
template <detail::any_int128 Wide>
constexpr int128_words words_of(Wide value) noexcept {
  return {static_cast<std::uint64_t>(value), static_cast<std::int64_t>(value >> 64)};
}

/// The number with these words; the inverse of `words_of`.
template <detail::any_int128 Wide = int128>
constexpr Wide from_words(int128_words words) noexcept {
  if constexpr (std::same_as<Wide, detail::two_word_int128>) {
    return {words.low, words.high};
  } else {
    return (static_cast<Wide>(words.high) << 64) | static_cast<Wide>(words.low);
  }
}

/// The smallest and the largest number.
template <detail::any_int128 Wide = int128>
inline constexpr Wide int128_min = from_words<Wide>({0, INT64_MIN});
template <detail::any_int128 Wide = int128>
inline constexpr Wide int128_max = from_words<Wide>({UINT64_MAX, INT64_MAX});

/// The absolute value as an unsigned number, which is right for the smallest number too.
template <detail::any_int128 Wide>
constexpr detail::word_pair magnitude_of(Wide value) noexcept {
  auto const [low, high] = words_of(value);
  return detail::two_word_int128{low, high}.magnitude();
}

/// `sum = a + b`; true if that does not fit, and then `sum` is the wrapped value.
template <detail::any_int128 Wide>
constexpr bool add_overflows(Wide a, std::type_identity_t<Wide> b, Wide& sum) noexcept {
  if constexpr (std::same_as<Wide, detail::two_word_int128>) {
    sum = a + b;
    return a.negative() == b.negative() && sum.negative() != a.negative();
  } else {
    return __builtin_add_overflow(a, b, &sum);
  }
}

/// `product = a * b`; true if that does not fit, and then `product` is left alone. By words, since
/// the built-in check of clang needs a run-time library that is often absent.
template <detail::any_int128 Wide>
constexpr bool multiply_overflows(Wide a, std::type_identity_t<Wide> b, Wide& product) noexcept {
  auto const x = magnitude_of(a);
  auto const y = magnitude_of(b);
  if (x.high != 0 && y.high != 0) return true;
  auto const cross =
      x.high != 0 ? detail::multiply_words(x.high, y.low) : detail::multiply_words(x.low, y.high);
  auto const low = detail::multiply_words(x.low, y.low);
  std::uint64_t const high = low.high + cross.low;
  if (cross.high != 0 || high < cross.low) return true;
  // -2^127 fits, 2^127 does not.
  bool const negative = (a < 0) != (b < 0);
  constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
  if (high >= sign_bit && !(negative && high == sign_bit && low.low == 0)) return true;
  detail::two_word_int128 const size{low.low, static_cast<std::int64_t>(high)};
  auto const result = negative ? -size : size;
  product = from_words<Wide>({result.low(), result.high()});
  return false;
}

/// Decimal text, as `std::to_string` writes the shorter integers.
template <detail::any_int128 Wide>
constexpr std::string to_string(Wide value) {
  constexpr std::int64_t digits_at_once = 1'000'000'000'000'000'000;  // 10^18
  std::string text;
  bool const negative = value < 0;
  do {
    auto part = static_cast<std::int64_t>(value % digits_at_once);  // keeps the sign: no overflow
    value /= digits_at_once;
    bool const last = value == 0;
    for (int digit = 0; digit < 18 && !(last && part == 0 && digit > 0); ++digit, part /= 10) {
      auto const units = static_cast<int>(part % 10);
      text.insert(text.begin(), static_cast<char>('0' + (units < 0 ? -units : units)));
    }
  } while (value != 0);
  if (negative) text.insert(text.begin(), '-');
  return text;
}
}  // namespace cxm
