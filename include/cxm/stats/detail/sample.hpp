// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/field.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

/// \file
/// What leaf accumulators share: how a value of a field becomes a number, and in which unit results
/// come back. A duration is counted in its own ticks and comes back as a duration of double in the
/// same unit.

namespace cxm::detail {

/// Whole numbers, enums and durations of whole ticks.
template <class Value>
consteval bool whole_number() {
  if constexpr (is_duration<Value>)
    return std::integral<typename Value::rep>;
  else
    return (std::integral<Value> && !std::same_as<Value, bool>) || std::is_enum_v<Value>;
}

template <class Value>
struct real {
  using type = double;
};
template <template <class, class> class Duration, class Rep, class Period>
requires is_duration<Duration<Rep, Period>>
struct real<Duration<Rep, Period>> {
  using type = Duration<double, Period>;
};
/// The unit in which a mean or a quantile of `Value` comes back.
template <class Value>
using real_t = typename real<Value>::type;

/// The unit of a value for the fingerprint: seconds must not be merged with milliseconds.
template <class Value>
constexpr std::array<std::int64_t, 2> unit_of() {
  if constexpr (is_duration<Value>)
    return {Value::period::num, Value::period::den};
  else
    return {1, 1};
}

/// A whole value as ticks; `fits` is false for unsigned numbers beyond the signed range.
template <class Value>
constexpr std::int64_t ticks_of(Value value, bool& fits) {
  if constexpr (is_duration<Value>) {
    return ticks_of(value.count(), fits);
  } else if constexpr (std::is_enum_v<Value>) {
    return ticks_of(static_cast<std::underlying_type_t<Value>>(value), fits);
  } else {
    fits = std::in_range<std::int64_t>(value);
    return static_cast<std::int64_t>(value);
  }
}

/// Any number or duration as a double, in its own unit.
template <class Value>
constexpr double as_double(Value value) {
  if constexpr (is_duration<Value>)
    return static_cast<double>(value.count());
  else
    return static_cast<double>(value);
}

/// Numbers, durations and times that are counted with a floating number.
template <class Value>
consteval bool floating_inside() {
  if constexpr (is_duration<Value>)
    return std::floating_point<typename Value::rep>;
  else if constexpr (is_time_point<Value>)
    return std::floating_point<typename Value::rep>;
  else
    return std::floating_point<Value>;
}

/// False for NaN and infinities.
template <class Value>
constexpr bool is_finite_value(Value value) {
  if constexpr (!floating_inside<Value>())
    return true;
  else if constexpr (is_time_point<Value>)
    return is_finite_value(value.time_since_epoch());
  else
    return std::isfinite(as_double(value));
}

/// +0 for −0, so that equal values have equal bytes.
template <class Value>
constexpr Value without_negative_zero(Value value) {
  if constexpr (!floating_inside<Value>())
    return value;
  else if constexpr (is_time_point<Value>)
    return Value(without_negative_zero(value.time_since_epoch()));
  else
    return value + Value{};
}

/// What a state may hold of a value: finite, and no −0.
template <class Value>
constexpr bool is_canonical(Value value) {
  if constexpr (!floating_inside<Value>())
    return true;
  else if constexpr (is_time_point<Value>)
    return is_canonical(value.time_since_epoch());
  else
    return is_finite_value(value) && (as_double(value) != 0.0 || !std::signbit(as_double(value)));
}

/// Calls `with(answer)` for an answer that was given, `without()` for an empty optional.
template <class Value, class With, class Without>
constexpr void if_answered(Value const& value, With&& with, Without&& without) {
  if constexpr (is_optional<Value>) {
    if (value)
      with(*value);
    else
      without();
  } else {
    with(value);
  }
}

}  // namespace cxm::detail
