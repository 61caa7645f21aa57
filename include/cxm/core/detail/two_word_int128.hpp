// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// A signed 128-bit integer made of two words, for compilers without a built-in one (32-bit
/// targets, MSVC). It is compiled and compared with the built-in one by the normal tests, so the
/// rare platform runs tested code. Arithmetic wraps; nothing in it is undefined but division by 0.
#include <cxm/core/detail/round_to_double.hpp>

#include <bit>
#include <compare>
#include <concepts>
#include <cstdint>

namespace cxm::detail {
/// Two words as one unsigned number: `high * 2^64 + low`.
struct word_pair {
  std::uint64_t low;
  std::uint64_t high;
  friend constexpr bool operator==(word_pair const&, word_pair const&) = default;
};

/// The exact product of two words by four products of half words.
constexpr word_pair multiply_words_portably(std::uint64_t a, std::uint64_t b) noexcept {
  constexpr std::uint64_t half = 0xffffffffU;
  std::uint64_t const low = (a & half) * (b & half);
  std::uint64_t const middle = (a >> 32) * (b & half) + (low >> 32);
  std::uint64_t const cross = (a & half) * (b >> 32) + (middle & half);
  return {(cross << 32) | (low & half), (a >> 32) * (b >> 32) + (middle >> 32) + (cross >> 32)};
}

/// What an unsigned division gives.
struct word_pair_division {
  word_pair quotient;
  word_pair remainder;
};

/// Long division bit by bit: it runs when a result is read, not when a record is added.
constexpr word_pair_division divide_words(word_pair dividend, word_pair divisor) noexcept {
  if (dividend.high == 0 && divisor.high == 0) {
    return {{dividend.low / divisor.low, 0}, {dividend.low % divisor.low, 0}};
  }
  word_pair quotient{0, 0};
  word_pair rest{0, 0};
  for (int bit = 127; bit >= 0; --bit) {
    bool const next = ((bit < 64 ? dividend.low >> bit : dividend.high >> (bit - 64)) & 1) != 0;
    bool const carry = rest.high >> 63 != 0;
    rest = {(rest.low << 1) | (next ? 1U : 0U), (rest.high << 1) | (rest.low >> 63)};
    bool const fits =
        carry || rest.high > divisor.high || (rest.high == divisor.high && rest.low >= divisor.low);
    quotient = {(quotient.low << 1) | (fits ? 1U : 0U),
                (quotient.high << 1) | (quotient.low >> 63)};
    if (!fits) continue;
    rest.high -= divisor.high + (rest.low < divisor.low ? 1 : 0);
    rest.low -= divisor.low;
  }
  return {quotient, rest};
}

/// See the head of the file. Behaves as the built-in type does, implicit construction included.
class two_word_int128 {
 public:
  constexpr two_word_int128() noexcept = default;
  template <std::integral Integer>
  constexpr two_word_int128(Integer value) noexcept
      : low_(static_cast<std::uint64_t>(value)), high_(value < Integer{} ? ~std::uint64_t{0} : 0) {}
  constexpr two_word_int128(std::uint64_t low, std::int64_t high) noexcept
      : low_(low), high_(static_cast<std::uint64_t>(high)) {}

  constexpr std::uint64_t low() const noexcept { return low_; }
  constexpr std::int64_t high() const noexcept { return static_cast<std::int64_t>(high_); }
  constexpr bool negative() const noexcept { return high() < 0; }
  /// The absolute value, which is right for the smallest number too.
  constexpr word_pair magnitude() const noexcept {
    two_word_int128 const positive = negative() ? -*this : *this;
    return {positive.low_, positive.high_};
  }

  template <std::integral Integer>
  constexpr explicit operator Integer() const noexcept {
    return static_cast<Integer>(low_);
  }
  constexpr explicit operator bool() const noexcept { return (low_ | high_) != 0; }
  /// Rounded to nearest, ties to even.
  constexpr explicit operator double() const noexcept {
    auto const [low, high] = magnitude();
    double result;
    if (high == 0) {
      result = round_to_double(low, false, 0);
    } else {
      int const lead = std::countl_zero(high);
      std::uint64_t const top = lead == 0 ? high : (high << lead) | (low >> (64 - lead));
      result = round_to_double(top, (low << lead) != 0, 64 - lead);
    }
    return negative() ? -result : result;
  }

  constexpr two_word_int128 operator-() const noexcept {
    return from(~low_ + 1, ~high_ + (low_ == 0 ? 1 : 0));
  }
  constexpr two_word_int128 operator+() const noexcept { return *this; }
  friend constexpr two_word_int128 operator+(two_word_int128 a, two_word_int128 b) noexcept {
    std::uint64_t const low = a.low_ + b.low_;
    return from(low, a.high_ + b.high_ + (low < a.low_ ? 1 : 0));
  }
  friend constexpr two_word_int128 operator-(two_word_int128 a, two_word_int128 b) noexcept {
    return from(a.low_ - b.low_, a.high_ - b.high_ - (a.low_ < b.low_ ? 1 : 0));
  }
  friend constexpr two_word_int128 operator*(two_word_int128 a, two_word_int128 b) noexcept {
    word_pair const low = multiply_words_portably(a.low_, b.low_);
    return from(low.low, low.high + a.low_ * b.high_ + a.high_ * b.low_);
  }
  /// Towards zero. The divisor must not be 0.
  friend constexpr two_word_int128 operator/(two_word_int128 a, two_word_int128 b) noexcept {
    two_word_int128 const quotient = from(divide_words(a.magnitude(), b.magnitude()).quotient);
    return a.negative() != b.negative() ? -quotient : quotient;
  }
  /// Has the sign of the dividend. The divisor must not be 0.
  friend constexpr two_word_int128 operator%(two_word_int128 a, two_word_int128 b) noexcept {
    two_word_int128 const remainder = from(divide_words(a.magnitude(), b.magnitude()).remainder);
    return a.negative() ? -remainder : remainder;
  }
  /// `count` in 0..127.
  friend constexpr two_word_int128 operator<<(two_word_int128 a, int count) noexcept {
    if (count == 0) return a;
    if (count >= 64) return from(0, a.low_ << (count - 64));
    return from(a.low_ << count, (a.high_ << count) | (a.low_ >> (64 - count)));
  }
  /// Keeps the sign; `count` in 0..127.
  friend constexpr two_word_int128 operator>>(two_word_int128 a, int count) noexcept {
    std::int64_t const high = a.high();
    if (count == 0) return a;
    if (count >= 64) return {static_cast<std::uint64_t>(high >> (count - 64)), high >> 63};
    return {(a.low_ >> count) | (a.high_ << (64 - count)), high >> count};
  }
  constexpr two_word_int128& operator+=(two_word_int128 b) noexcept { return *this = *this + b; }
  constexpr two_word_int128& operator-=(two_word_int128 b) noexcept { return *this = *this - b; }
  constexpr two_word_int128& operator*=(two_word_int128 b) noexcept { return *this = *this * b; }
  constexpr two_word_int128& operator/=(two_word_int128 b) noexcept { return *this = *this / b; }
  constexpr two_word_int128& operator%=(two_word_int128 b) noexcept { return *this = *this % b; }
  constexpr two_word_int128& operator<<=(int count) noexcept { return *this = *this << count; }
  constexpr two_word_int128& operator>>=(int count) noexcept { return *this = *this >> count; }

  friend constexpr bool operator==(two_word_int128 a, two_word_int128 b) noexcept {
    return a.low_ == b.low_ && a.high_ == b.high_;
  }
  friend constexpr std::strong_ordering operator<=>(two_word_int128 a, two_word_int128 b) noexcept {
    auto const order = a.high() <=> b.high();
    return order != 0 ? order : a.low_ <=> b.low_;
  }

 private:
  static constexpr two_word_int128 from(std::uint64_t low, std::uint64_t high) noexcept {
    return {low, static_cast<std::int64_t>(high)};
  }
  static constexpr two_word_int128 from(word_pair words) noexcept {
    return from(words.low, words.high);
  }

  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};
}  // namespace cxm::detail
