// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// How the value of a field becomes the sample type of a set: never wrapped, rounded or cut. Boost
/// computes with whatever it is given (it would square an int before adding it to an exact sum), so
/// the conversion comes first.

namespace cxm::detail {

template <class Type>
inline constexpr bool is_exact_number = requires(Type const& number) {
  Type::denominator;
  number.units();
};

/// A double that is a whole number of 64 bits.
inline std::optional<std::int64_t> whole_of(double value) {
  if (!(value >= -0x1p63 && value < 0x1p63) || std::trunc(value) != value) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

/// The sample, or nothing where `value` is not finite, or not in the range of the sample type.
template <class Sample, class Value>
std::optional<Sample> to_sample(Value const& value) {
  if constexpr (is_duration<Value>) {
    return to_sample<Sample>(value.count());
  } else if constexpr (std::is_enum_v<Value>) {
    return to_sample<Sample>(static_cast<std::underlying_type_t<Value>>(value));
  } else if constexpr (std::floating_point<Sample> && std::is_arithmetic_v<Value>) {
    auto const sample = static_cast<Sample>(value);
    return std::isfinite(sample) ? std::optional<Sample>(sample) : std::nullopt;
  } else if constexpr (std::integral<Sample> && std::integral<Value>) {
    auto const number = +value;  // bool and character types are numbers from here on
    return std::in_range<Sample>(number) ? std::optional<Sample>(static_cast<Sample>(number))
                                         : std::nullopt;
  } else if constexpr ((std::integral<Sample> ||
                        is_exact_number<Sample>)&&std::floating_point<Value>) {
    auto const whole = whole_of(static_cast<double>(value));
    return whole ? to_sample<Sample>(*whole) : std::nullopt;
  } else {
    static_assert(std::convertible_to<Value const&, Sample>,
                  "cxm::from_boost: the field gives a type that is no sample of this set");
    return Sample(value);
  }
}

}  // namespace cxm::detail
