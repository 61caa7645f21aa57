// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/fixed_string.hpp>
#include <cxm/fwd.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <type_traits>

/// \file
/// What the fields that are made of a contact's field share: a name of their own, so that tables
/// and fingerprints tell `worst(rating)` from `best(rating)`, and the reading of one rating.

namespace cxm::detail {

/// `Prefix` and the name of `Field`, where that is known at compile time.
template <fixed_string Prefix, class Field>
struct joined_name {
  static constexpr auto text = [] {
    constexpr std::string_view first = Prefix.view(), second = Field::name();
    std::array<char, first.size() + second.size()> joined{};
    for (std::size_t i = 0; i < first.size(); ++i) joined[i] = first[i];
    for (std::size_t i = 0; i < second.size(); ++i) joined[first.size() + i] = second[i];
    return joined;
  }();
};

/// The name of a field that is derived from `field`: "worst rating"; that of `field` where it is
/// known at run time only, and empty where it has none.
template <fixed_string Prefix, class Field>
constexpr std::string_view derived_name(Field const& field) {
  if constexpr (requires { std::integral_constant<std::size_t, Field::name().size()>(); }) {
    auto const& text = joined_name<Prefix, Field>::text;
    return {text.data(), text.size()};
  } else {
    return name_of(field);
  }
}

/// The same, with another prefix where low is good.
template <fixed_string Prefix, fixed_string Turned, class Direction, class Field>
constexpr std::string_view directed_name(Field const& field) {
  if constexpr (std::is_same_v<Direction, high_is_good>)
    return derived_name<Prefix>(field);
  else
    return derived_name<Turned>(field);
}

/// A whole number or a double as text, the shortest that reads back.
template <class Number>
std::string number_name(Number number) {
  char text[40];
  auto const end = std::to_chars(text, text + sizeof text, number).ptr;
  return std::string(text, end);
}

/// A duration as text: "24 h", "30 min"; ticks with their length in seconds where the unit has no
/// short name.
template <class Rep, class Period>
std::string duration_name(std::chrono::duration<Rep, Period> const& duration) {
  std::string text = number_name(duration.count());
  if constexpr (std::is_same_v<Period, std::ratio<1>>)
    return text + " s";
  else if constexpr (std::is_same_v<Period, std::ratio<60>>)
    return text + " min";
  else if constexpr (std::is_same_v<Period, std::ratio<3600>>)
    return text + " h";
  else if constexpr (std::is_same_v<Period, std::ratio<86400>>)
    return text + " d";
  else
    return text + " x " + number_name(Period::num) + "/" + number_name(Period::den) + " s";
}

/// The rating at a position, empty where that is.
template <class Journey, class Field>
constexpr auto rating_at(Journey const& journey, Field const& field,
                         std::optional<std::size_t> position) {
  using rating = answered_t<decltype(cxm::read(field, journey[0]))>;
  std::optional<rating> found;
  if (position)
    if_answered(
        cxm::read(field, journey[*position]), [&](auto const& value) { found = value; }, [] {});
  return found;
}

/// The rating at a position that has one, as a number.
template <class Journey, class Field>
constexpr double number_at(Journey const& journey, Field const& field, std::size_t position) {
  auto const rating = rating_at(journey, field, position);
  using value = typename std::remove_cvref_t<decltype(rating)>::value_type;
  static_assert(std::is_arithmetic_v<value> || std::is_enum_v<value>,
                "cxm: a rating is a number, an enum, or std::optional of one");
  return static_cast<double>(*rating);
}

/// a − b as a number.
template <class Rating>
constexpr double difference(std::optional<Rating> const& a, std::optional<Rating> const& b) {
  return static_cast<double>(*a) - static_cast<double>(*b);
}

}  // namespace cxm::detail
