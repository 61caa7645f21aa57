// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/exact_sum.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/wide.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <utility>

/// \file
/// A weight, as a whole number of billionths: sums of weights and of their squares are then
/// integers, and equal whatever the order in which they were added. A weight such as 1/3 is rounded
/// to the nearest billionth.

namespace cxm {

/// A weight ≥ 0 in units of 1/1,000,000,000.
struct weight {
  static constexpr std::int64_t one = 1'000'000'000;
  std::int64_t units = 0;

  constexpr double value() const { return static_cast<double>(units) / static_cast<double>(one); }
};

/// That an event stands for so many alike.
struct copies {
  std::uint64_t count = 0;
};

namespace detail {

/// The lowest word of `(high · 2^64 + low) / 2^count`, for `count` from 0 to 127.
constexpr std::uint64_t shift_right(std::uint64_t low, std::uint64_t high, int count) {
  if (count == 0) return low;
  return count >= 64 ? high >> (count - 64) : (low >> count) | (high << 1 << (63 - count));
}

/// Can `n` weights, each of a billionth or more, have this sum and this sum of squares?
/// n ≤ Σw ≤ Σw² ≤ (Σw)² ≤ n Σw².
constexpr bool are_weights(std::uint64_t n, wide_unsigned<2> const& sum,
                           square_sum const& squares) {
  auto const square = sum * sum;
  wide_unsigned<4> const found(squares);
  return wide_unsigned<2>(n) <= sum && wide_unsigned<4>(sum) <= found && found <= square &&
         square <= squares * wide_unsigned<1>(n);
}

/// Sums of weights and of their squares, doubled `times` times; refuses what does not fit.
inline int128 doubled_weights(int128 sum, unsigned times) {
  wide_unsigned<2> const size(magnitude_of(sum));
  if (!size.is_zero() && static_cast<unsigned>(size.bit_width()) + times > 126)
    refuse("cxm::weight: the sum of doubled weights is out of range");
  return sum << static_cast<int>(times);
}
inline square_sum doubled_squares(square_sum const& sum, unsigned times) {
  if (!sum.is_zero() && static_cast<unsigned>(sum.bit_width()) + 2 * times > 191)
    refuse("cxm::weight: the sum of doubled weights is out of range");
  return sum << static_cast<int>(2 * times);
}

}  // namespace detail

/// Reads a weight; empty where the value is missing, negative, not finite, or above 9.2e9.
template <class Value>
constexpr std::optional<weight> weight_from(Value const& value) {
  if constexpr (detail::is_optional<Value>) {
    if (!value) return std::nullopt;
    return weight_from(*value);
  } else if constexpr (std::same_as<Value, bool>) {
    return weight_from(int{value});
  } else if constexpr (std::integral<Value>) {
    constexpr std::int64_t most = INT64_MAX / weight::one;
    if (std::cmp_less(value, 0) || std::cmp_greater(value, most)) return std::nullopt;
    return weight{static_cast<std::int64_t>(value) * weight::one};
  } else {
    static_assert(std::floating_point<Value>,
                  "cxm::weighted: a weight is a number or std::optional of one");
    double const number = static_cast<double>(value);
    if (!(number >= 0.0 && number < 9.2e9)) return std::nullopt;
    // In integers, rounded half up: a product of doubles would be rounded differently where it is
    // fused with a sum.
    auto const [significand, position, negative] = detail::parts_of(number);
    auto const [low, high] =
        detail::multiply_words(significand, static_cast<std::uint64_t>(weight::one));
    int const shift = 1074 - static_cast<int>(position);  // 19 and more: the number is below 2^34
    if (negative || shift > 84) return weight{0};
    std::uint64_t const half = detail::shift_right(low, high, shift - 1);
    return weight{static_cast<std::int64_t>(half / 2 + half % 2)};
  }
}

}  // namespace cxm
