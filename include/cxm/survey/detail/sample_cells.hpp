// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The cells of a sample as adjustments of weights need them: how many answered in each, what they
/// weigh, and words for the errors that name a cell.

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/stats/weighted_count.hpp>
#include <cxm/survey/cell_weights.hpp>

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace cxm::detail {

/// A value of a field in an error text.
template <class Value>
std::string cell_text(Value const& value) {
  if constexpr (is_optional<Value>) {
    return value ? cell_text(*value) : "none";
  } else if constexpr (is_tuple<Value>) {
    return std::apply(
        [](auto const&... part) {
          std::string text;
          ((text += (text.empty() ? "" : ", ") + cell_text(part)), ...);
          return text;
        },
        value);
  } else if constexpr (std::convertible_to<Value const&, std::string_view>) {
    return std::string(std::string_view(value));
  } else if constexpr (std::is_enum_v<Value>) {
    return std::to_string(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_arithmetic_v<Value>) {
    return std::to_string(value);
  } else {
    return "a cell";
  }
}
/// A known number in an error text.
inline std::string number_text(double value) {
  std::array<char, 32> digits{};
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                 std::chars_format::general, 10)
                       .ptr;
  return std::string(digits.data(), end);
}
inline std::string field_text(std::vector<std::string> const& names, std::size_t i) {
  if (i < names.size() && !names[i].empty()) return names[i];
  return "field " + std::to_string(i + 1);
}
inline std::string fields_text(std::vector<std::string> const& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : ", ") + field_text(names, i);
  return text;
}

/// What was counted in a cell: with `count()`, or with `weighted(base, count())`.
inline double mass_of(std::uint64_t count) {
  return static_cast<double>(count);
}
inline double mass_of(weighted_total const& total) {
  return total.weight;
}
inline std::uint64_t answers_of(std::uint64_t count) {
  return count;
}
inline std::uint64_t answers_of(weighted_total const& total) {
  return total.n;
}

template <class Groups>
void require_all_cells(Groups const& cells, std::string_view function) {
  if (cells.other())
    refuse(std::string(function) +
           ": the cells went beyond at_most, and some were thrown together");
}

/// A found weight in billionths.
inline weight cell_weight_from(double value, std::string_view function) {
  auto const found = weight_from(value);
  if (!found) refuse(std::string(function) + ": a weight is not below 9.2e9");
  return *found;
}

}  // namespace cxm::detail
