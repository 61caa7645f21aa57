// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>

/// \file
/// A weight, as a whole number of billionths: sums of weights and of their squares are then integers, and equal
/// whatever the order in which they were added. A weight such as 1/3 is rounded to the nearest billionth.

namespace cxm {

/// A weight ≥ 0 in units of 1/1,000,000,000.
struct weight {
  static constexpr std::int64_t one = 1'000'000'000;
  std::int64_t units = 0;

  constexpr double value() const { return static_cast<double>(units) / static_cast<double>(one); }
};

/// Reads a weight; empty where the value is missing, negative, not finite, or above 9.2e9.
template <class Value>
constexpr std::optional<weight> weight_from(Value const& value) {
  if constexpr (detail::is_optional<Value>) {
    if (!value) return std::nullopt;
    return weight_from(*value);
  } else if constexpr (std::integral<Value>) {
    constexpr std::int64_t most = INT64_MAX / weight::one;
    if (std::cmp_less(value, 0) || std::cmp_greater(value, most)) return std::nullopt;
    return weight{static_cast<std::int64_t>(value) * weight::one};
  } else {
    static_assert(std::floating_point<Value>, "cxm::weighted: a weight is a number or std::optional of one");
    double const scaled = static_cast<double>(value) * static_cast<double>(weight::one);
    if (!(scaled >= 0.0 && scaled < 9.2e18)) return std::nullopt;
    return weight{static_cast<std::int64_t>(scaled + 0.5)};
  }
}

}  // namespace cxm
