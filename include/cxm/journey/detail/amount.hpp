// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/event/money.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// What a field of costs says: whole minor units, or money, of which one currency is counted.

namespace cxm::detail {

/// No currency is asked for: amounts are plain numbers.
struct any_amount {
  using policy_kind = counted_currency;
  friend constexpr bool operator==(any_amount, any_amount) = default;
};
constexpr bool operator==(in_currency const& a, in_currency const& b) {
  return a.which == b.which;
}

/// An amount that is there and counted; whether it is there but in another currency, or too large.
struct read_amount {
  std::optional<std::int64_t> minor;
  bool foreign = false;
};

template <class Value, class Currency>
constexpr read_amount amount_of(Value const& value, Currency const& in) {
  if constexpr (is_optional<Value>) {
    return value ? amount_of(*value, in) : read_amount{};
  } else if constexpr (std::is_same_v<Value, money>) {
    static_assert(std::is_same_v<Currency, in_currency>,
                  "cxm::cost_against_plan: money of several currencies can't be added; "
                  "in_currency{\"EUR\"} says which is counted");
    if constexpr (std::is_same_v<Currency, in_currency>)
      return value.in == in.which ? read_amount{value.minor, false} : read_amount{{}, true};
    else
      return {};
  } else {
    static_assert(std::integral<Value> && !std::is_same_v<Value, bool>,
                  "cxm::cost_against_plan: an amount is a whole number of minor units, or money");
    static_assert(std::is_same_v<Currency, any_amount>,
                  "cxm::cost_against_plan: in_currency needs fields that give money");
    if (!std::in_range<std::int64_t>(value)) return {};
    return {static_cast<std::int64_t>(value), false};
  }
}

constexpr maybe<std::int64_t> in_64_bits(int128 value) {
  auto const narrow = static_cast<std::int64_t>(value);
  if (int128(narrow) != value) return reason::overflow;
  return narrow;
}

}  // namespace cxm::detail
