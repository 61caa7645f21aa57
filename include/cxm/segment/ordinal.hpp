// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/field.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// What may be a feature: numbers, yes or no, and durations, which become seconds. The values of an
/// enum are names, and the distance between two names is anybody's guess, unless the user says that
/// they are in order: `ordinal(&contact::tariff)`.

namespace cxm {

/// A field whose enum values are taken for the numbers behind them. Made by `ordinal`.
template <class Field>
class ordinal_field {
 public:
  constexpr explicit ordinal_field(Field field) : field_(std::move(field)) {}
  constexpr std::string_view name() const { return name_of(field_); }

  template <class In>
  constexpr auto operator()(In const& in) const {
    decltype(auto) value = cxm::read(field_, in);
    using kind = std::remove_cvref_t<decltype(value)>;
    if constexpr (detail::is_optional<kind>) {
      using number = std::underlying_type_t<typename kind::value_type>;
      return value ? std::optional(static_cast<number>(*value)) : std::nullopt;
    } else {
      static_assert(std::is_enum_v<kind>, "cxm::ordinal: the field must give an enum");
      return static_cast<std::underlying_type_t<kind>>(value);
    }
  }
  friend bool operator==(ordinal_field const&, ordinal_field const&) = default;

 private:
  Field field_;
};

/// Says that the values of an enum are in order and about equally far apart, so that the numbers
/// behind them may be a feature.
template <class Field>
constexpr auto ordinal(Field field) {
  return ordinal_field<Field>(std::move(field));
}

/// True for a number that may be a feature: finite, and within ±1e140, beyond which the squares of
/// differences would not be doubles.
constexpr bool is_feature(double value) {
  return detail::is_finite(value) && value <= 1e140 && value >= -1e140;
}

namespace detail {

/// The value of a feature as a number, +0 for -0. Durations are in seconds.
template <class Value>
constexpr double feature_number(Value const& value) {
  constexpr bool time = is_time_point<Value>;
  static_assert(!time,
                "cxm::features: a point in time is no feature; give how long something took, or "
                "how long ago it was");
  static_assert(
      !std::is_enum_v<Value>,
      "cxm::features: an enum is no number; say ordinal(field) if its values are in order");
  static_assert(
      time || std::is_enum_v<Value> || std::is_arithmetic_v<Value> || is_duration<Value>,
      "cxm::features: a feature is a number, yes or no, a duration, or an optional of these");
  if constexpr (is_duration<Value>)
    return std::chrono::duration<double>(value).count() + 0.0;
  else if constexpr (std::is_arithmetic_v<Value>)
    return static_cast<double>(value) + 0.0;
  else
    return 0;
}

/// The same for an optional; empty for an answer that was not given.
template <class Value>
constexpr std::optional<double> read_feature(Value const& value) {
  if constexpr (is_optional<Value>)
    return value ? std::optional(feature_number(*value)) : std::nullopt;
  else
    return feature_number(value);
}

}  // namespace detail
}  // namespace cxm
