// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Unsigned integers of a fixed number of words, for the few places where 128 bits are not enough:
/// sums of squares, and the exact numerators from which a mean or a variance is rounded once.
/// Adding is cheap; the rest runs only when a result is read, so it is written to be checked.
#include <cxm/core/detail/round_to_double.hpp>
#include <cxm/core/int128.hpp>

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cxm::detail {
/// `sum = a + b + carry`; gives the carry out (0 or 1).
constexpr std::uint64_t add_word(std::uint64_t a, std::uint64_t b, std::uint64_t carry,
                                 std::uint64_t& sum) noexcept {
  std::uint64_t const partial = a + b;
  sum = partial + carry;
  return (partial < a ? 1U : 0U) | (sum < partial ? 1U : 0U);
}

/// An unsigned integer of `Words` words of 64 bits, the least significant first. Wraps.
template <std::size_t Words>
struct wide_unsigned {
  static constexpr std::string_view type_name = "wide";
  std::array<std::uint64_t, Words> words{};

  constexpr wide_unsigned() noexcept = default;
  constexpr explicit wide_unsigned(std::uint64_t value) noexcept { words[0] = value; }
  constexpr explicit wide_unsigned(word_pair value) noexcept requires(Words >= 2) {
    words[0] = value.low;
    words[1] = value.high;
  }
  /// Zero-extends, or drops the words that do not fit.
  template <std::size_t Other>
  constexpr explicit wide_unsigned(wide_unsigned<Other> const& other) noexcept {
    for (std::size_t i = 0; i < Words && i < Other; ++i) words[i] = other.words[i];
  }

  constexpr bool is_zero() const noexcept {
    for (std::uint64_t word : words)
      if (word != 0) return false;
    return true;
  }
  /// The number of bits up to the highest that is set; 0 for 0.
  constexpr int bit_width() const noexcept {
    for (std::size_t i = Words; i-- > 0;)
      if (words[i] != 0) return static_cast<int>(64 * i) + 64 - std::countl_zero(words[i]);
    return 0;
  }

  /// Adds; gives the carry out of the highest word.
  constexpr std::uint64_t add(wide_unsigned const& other) noexcept {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < Words; ++i)
      carry = add_word(words[i], other.words[i], carry, words[i]);
    return carry;
  }
  /// Adds two words, the usual case of one square; gives the carry out of the highest word.
  constexpr std::uint64_t add(word_pair value) noexcept requires(Words >= 2) {
    std::uint64_t carry = add_word(words[0], value.low, 0, words[0]);
    carry = add_word(words[1], value.high, carry, words[1]);
    for (std::size_t i = 2; i < Words && carry != 0; ++i) carry = ++words[i] == 0 ? 1 : 0;
    return carry;
  }
  /// Subtracts; gives the borrow out of the highest word.
  constexpr std::uint64_t subtract(wide_unsigned const& other) noexcept {
    std::uint64_t carry = 1;  // a - b = a + ~b + 1
    for (std::size_t i = 0; i < Words; ++i)
      carry = add_word(words[i], ~other.words[i], carry, words[i]);
    return carry ^ 1;
  }
  constexpr wide_unsigned& operator+=(wide_unsigned const& other) noexcept {
    add(other);
    return *this;
  }
  constexpr wide_unsigned& operator-=(wide_unsigned const& other) noexcept {
    subtract(other);
    return *this;
  }
  friend constexpr wide_unsigned operator+(wide_unsigned a, wide_unsigned const& b) noexcept {
    return a += b;
  }
  friend constexpr wide_unsigned operator-(wide_unsigned a, wide_unsigned const& b) noexcept {
    return a -= b;
  }

  constexpr wide_unsigned& operator<<=(int count) noexcept {
    auto const whole = static_cast<std::size_t>(count / 64);
    int const bits = count % 64;
    for (std::size_t i = Words; i-- > 0;) {
      std::uint64_t const from = i >= whole ? words[i - whole] : 0;
      std::uint64_t const below = i > whole ? words[i - whole - 1] : 0;
      words[i] = bits == 0 ? from : (from << bits) | (below >> (64 - bits));
    }
    return *this;
  }
  constexpr wide_unsigned& operator>>=(int count) noexcept {
    auto const whole = static_cast<std::size_t>(count / 64);
    int const bits = count % 64;
    for (std::size_t i = 0; i < Words; ++i) {
      std::uint64_t const from = i + whole < Words ? words[i + whole] : 0;
      std::uint64_t const above = i + whole + 1 < Words ? words[i + whole + 1] : 0;
      words[i] = bits == 0 ? from : (from >> bits) | (above << (64 - bits));
    }
    return *this;
  }
  friend constexpr wide_unsigned operator<<(wide_unsigned a, int count) noexcept {
    return a <<= count;
  }
  friend constexpr wide_unsigned operator>>(wide_unsigned a, int count) noexcept {
    return a >>= count;
  }

  static constexpr void describe(auto& self, auto& visit) { visit.state("words", self.words); }

  friend constexpr bool operator==(wide_unsigned const&, wide_unsigned const&) = default;
  friend constexpr std::strong_ordering operator<=>(wide_unsigned const& a,
                                                    wide_unsigned const& b) noexcept {
    for (std::size_t i = Words; i-- > 0;)
      if (a.words[i] != b.words[i]) return a.words[i] <=> b.words[i];
    return std::strong_ordering::equal;
  }
};

/// The exact product.
template <std::size_t Left, std::size_t Right>
constexpr wide_unsigned<Left + Right> operator*(wide_unsigned<Left> const& a,
                                                wide_unsigned<Right> const& b) noexcept {
  wide_unsigned<Left + Right> product;
  for (std::size_t i = 0; i < Left; ++i) {
    if (a.words[i] == 0) continue;
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < Right; ++j) {
      // x * y + carry + word is at most 2^128 - 1: the high word can't wrap.
      auto [low, high] = multiply_words(a.words[i], b.words[j]);
      high += add_word(low, carry, 0, low);
      high += add_word(product.words[i + j], low, 0, product.words[i + j]);
      carry = high;
    }
    product.words[i + Right] = carry;
  }
  return product;
}

/// `number * 2^exponent`, rounded once to the nearest double (ties to even).
template <std::size_t Words>
constexpr double to_double(wide_unsigned<Words> const& number, int exponent = 0) noexcept {
  int const width = number.bit_width();
  if (width <= 64) return round_to_double(number.words[0], false, exponent);
  wide_unsigned<Words> const top = number >> (width - 64);
  bool const more = top << (width - 64) != number;
  return round_to_double(top.words[0], more, exponent + width - 64);
}

/// `numerator / denominator * 2^exponent`, rounded once to the nearest double (ties to even).
/// The denominator must not be 0. Long division for 64 bits; what is left over only breaks ties.
template <std::size_t Numerator, std::size_t Denominator>
constexpr double ratio_to_double(wide_unsigned<Numerator> const& numerator,
                                 wide_unsigned<Denominator> const& denominator,
                                 int exponent = 0) noexcept {
  constexpr std::size_t words = (Numerator > Denominator ? Numerator : Denominator) + 1;
  if (numerator.is_zero()) return 0.0;
  wide_unsigned<words> rest{numerator};
  wide_unsigned<words> divisor{denominator};
  int shift = rest.bit_width() - divisor.bit_width();
  if (shift > 0) divisor <<= shift;
  if (shift < 0) rest <<= -shift;
  if (rest < divisor) {
    rest <<= 1;
    --shift;
  }
  std::uint64_t quotient = 0;
  for (int bit = 0; bit < 64; ++bit) {
    bool const fits = rest >= divisor;
    if (fits) rest -= divisor;
    quotient = (quotient << 1) | (fits ? 1U : 0U);
    rest <<= 1;
  }
  return round_to_double(quotient, !rest.is_zero(), exponent + shift - 63);
}

/// `value / divisor`, rounded once. The divisor must not be 0.
template <any_int128 Wide>
constexpr double divide_to_double(Wide value, std::uint64_t divisor) noexcept {
  double const size =
      ratio_to_double(wide_unsigned<2>{magnitude_of(value)}, wide_unsigned<1>{divisor});
  return value < 0 ? -size : size;
}

/// The sum of squares of 64-bit integers: 2^64 of them fit.
using square_sum = wide_unsigned<3>;

/// The square of an integer, to be added to a `square_sum`.
constexpr word_pair square_of(std::int64_t value) noexcept {
  auto const word = static_cast<std::uint64_t>(value);
  std::uint64_t const size = value < 0 ? ~word + 1 : word;
  return multiply_words(size, size);
}

/// The sample variance `(n * squares - sum^2) / (n * (n - 1))` of `n >= 2` integers, rounded once:
/// exactly 0 for equal numbers, never negative, and the same for every order and partition.
template <any_int128 Wide>
constexpr double sample_variance(std::uint64_t n, Wide sum, square_sum const& squares) noexcept {
  wide_unsigned<2> const size{magnitude_of(sum)};
  wide_unsigned<1> const count{n};
  return ratio_to_double(squares * count - size * size, count * wide_unsigned<1>{n - 1});
}

/// The variance divided by n, `(n * squares - sum^2) / n^2`, of `n >= 1` integers, rounded once.
template <any_int128 Wide>
constexpr double population_variance(std::uint64_t n, Wide sum,
                                     square_sum const& squares) noexcept {
  wide_unsigned<2> const size{magnitude_of(sum)};
  wide_unsigned<1> const count{n};
  return ratio_to_double(squares * count - size * size, count * count);
}
}  // namespace cxm::detail
