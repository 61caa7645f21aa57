// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/byte_stream.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/core/int128.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// How the values inside a state become bytes and come back: fixed width, little-endian, one
/// spelling for each value, so that equal states have equal bytes. The reader trusts nothing: it
/// takes lengths for claims and allocates only for bytes that are there. What can be written:
/// integers, enums, bool, double, text, durations and times, optional, pair, tuple, array, vector,
/// anything with `describe`, and types with their own `encode`/`decode`.

namespace cxm::detail {

/// Types that name the members of their state.
struct any_visitor {
  void policy(std::string_view, auto const&) {}
  void state(std::string_view, auto&) {}
};
template <class Type>
concept described = requires(Type& self, any_visitor& visit) {
  { Type::type_name } -> std::convertible_to<std::string_view>;
  Type::describe(self, visit);
};

template <class Type>
inline constexpr bool is_tuple = false;
template <class... Types>
inline constexpr bool is_tuple<std::tuple<Types...>> = true;
template <class First, class Second>
inline constexpr bool is_tuple<std::pair<First, Second>> = true;
template <class Type>
inline constexpr bool is_vector = false;
template <class Element>
inline constexpr bool is_vector<std::vector<Element>> = true;
template <class Type>
inline constexpr bool is_array = false;
template <class Element, std::size_t Size>
inline constexpr bool is_array<std::array<Element, Size>> = true;
// Told by their form: a plan of scores that never meets a time is spared <chrono>, which costs a
// quarter of what survey.hpp does.
template <class Type>
inline constexpr bool is_duration = requires {
  typename Type::rep;
  typename Type::period;
  Type::zero();
  std::declval<Type const&>().count();
};
template <class Type>
inline constexpr bool is_time_point = requires {
  typename Type::clock;
  typename Type::duration;
  std::declval<Type const&>().time_since_epoch();
};

template <class Type>
void encode(byte_writer& out, Type const& value);
template <class Type>
bool decode(byte_reader& in, Type& value);

/// Writes the state members that a type describes; policies are in the fingerprint instead.
struct state_writer {
  byte_writer& out;
  void policy(std::string_view, auto const&) {}
  void state(std::string_view, auto const& member) { detail::encode(out, member); }
};
struct state_reader {
  byte_reader& in;
  bool good = true;
  void policy(std::string_view, auto const&) {}
  void state(std::string_view, auto& member) { good = good && detail::decode(in, member); }
};

template <class Type>
void encode(byte_writer& out, Type const& value) {
  if constexpr (requires { value.encode(out); }) {
    value.encode(out);
  } else if constexpr (described<Type>) {
    state_writer visit{out};
    Type::describe(value, visit);
  } else if constexpr (std::same_as<Type, bool>) {
    out.word(std::uint8_t{value});
  } else if constexpr (std::is_enum_v<Type>) {
    detail::encode(out, static_cast<std::underlying_type_t<Type>>(value));
  } else if constexpr (std::same_as<Type, int128>) {
    auto const words = words_of(value);
    out.word(words.low);
    out.word(static_cast<std::uint64_t>(words.high));
  } else if constexpr (std::integral<Type>) {
    out.word(static_cast<std::make_unsigned_t<Type>>(value));
  } else if constexpr (std::same_as<Type, double>) {
    out.word(std::bit_cast<std::uint64_t>(value));
  } else if constexpr (std::same_as<Type, float>) {
    out.word(std::bit_cast<std::uint32_t>(value));
  } else if constexpr (is_duration<Type>) {
    detail::encode(out, value.count());
  } else if constexpr (is_time_point<Type>) {
    detail::encode(out, value.time_since_epoch());
  } else if constexpr (is_optional<Type>) {
    out.word(std::uint8_t{value.has_value()});
    if (value) detail::encode(out, *value);
  } else if constexpr (is_tuple<Type>) {
    std::apply([&](auto const&... part) { (detail::encode(out, part), ...); }, value);
  } else if constexpr (is_array<Type>) {
    for (auto const& element : value) detail::encode(out, element);
  } else if constexpr (is_vector<Type>) {
    out.word(std::uint64_t{value.size()});
    for (auto const& element : value) detail::encode(out, element);
  } else if constexpr (std::convertible_to<Type const&, std::string_view>) {
    out.text(value);
  } else {
    static_assert(described<Type>,
                  "cxm::save: this type can't be saved; give it type_name and describe");
  }
}

/// Whether `encode` knows the type.
template <class Type>
consteval bool can_be_saved() {
  if constexpr (described<Type> || std::is_arithmetic_v<Type> || std::is_enum_v<Type> ||
                std::same_as<Type, int128> || is_duration<Type> || is_time_point<Type> ||
                std::convertible_to<Type const&, std::string_view>)
    return true;
  else if constexpr (is_tuple<Type>)
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return (can_be_saved<std::remove_cvref_t<std::tuple_element_t<I, Type>>>() && ...);
    }
  (std::make_index_sequence<std::tuple_size_v<Type>>{});
  else if constexpr (is_optional<Type> || is_vector<Type> ||
                     is_array<Type>) return can_be_saved<typename Type::value_type>();
  else return requires(Type const& value, byte_writer& out) {
    value.encode(out);
  };
}

/// Parameters that a field compares with, in its `describe_field`; those of a type that can't be
/// written (a touchpoint of the user's that only has `==`) can't be told apart on load.
template <class Value>
constexpr void visit_parameter(auto& visit, std::string_view what, Value const& value) {
  if constexpr (can_be_saved<Value>()) visit.policy(what, value);
}

template <class Type>
bool decode_integer(byte_reader& in, Type& value) {
  std::make_unsigned_t<Type> word{};
  if (!in.word(word)) return false;
  value = static_cast<Type>(word);
  return true;
}

template <class Element>
bool decode_vector(byte_reader& in, std::vector<Element>& value) {
  std::uint64_t size = 0;
  if (!in.length(size)) return false;
  value.clear();
  for (std::uint64_t i = 0; i < size; ++i) {
    Element element{};
    if (!detail::decode(in, element)) return false;
    value.push_back(std::move(element));
  }
  return true;
}

template <class Type>
bool decode_bool_and(byte_reader& in, Type& value) {
  std::uint8_t flag = 0;
  if (!in.word(flag) || flag > 1) return in.fail();
  value = flag != 0;
  return true;
}

template <class Value>
bool decode_optional(byte_reader& in, std::optional<Value>& value) {
  bool present = false;
  if (!decode_bool_and(in, present)) return false;
  value.reset();
  return !present || detail::decode(in, value.emplace());
}

template <class Type>
bool decode_described(byte_reader& in, Type& value) {
  state_reader visit{in};
  Type::describe(value, visit);
  if constexpr (requires { value.valid(); }) {
    if (visit.good && !value.valid()) return in.fail();
  }
  return visit.good;
}

template <class Type>
bool decode(byte_reader& in, Type& value) {
  if constexpr (requires { value.decode(in); }) {
    return value.decode(in);
  } else if constexpr (described<Type>) {
    return decode_described(in, value);
  } else if constexpr (std::same_as<Type, bool>) {
    return decode_bool_and(in, value);
  } else if constexpr (std::is_enum_v<Type>) {
    std::underlying_type_t<Type> number{};
    if (!decode_integer(in, number)) return false;
    value = static_cast<Type>(number);
    return true;
  } else if constexpr (std::same_as<Type, int128>) {
    std::uint64_t low = 0, high = 0;
    if (!in.word(low) || !in.word(high)) return false;
    value = from_words({low, static_cast<std::int64_t>(high)});
    return true;
  } else if constexpr (std::integral<Type>) {
    return decode_integer(in, value);
  } else if constexpr (std::floating_point<Type>) {
    using word = std::conditional_t<sizeof(Type) == 8, std::uint64_t, std::uint32_t>;
    word bits{};
    if (!in.word(bits)) return false;
    value = std::bit_cast<Type>(bits);
    return true;
  } else if constexpr (is_duration<Type>) {
    typename Type::rep count{};
    if (!detail::decode(in, count)) return false;
    value = Type(count);
    return true;
  } else if constexpr (is_time_point<Type>) {
    typename Type::duration since{};
    if (!detail::decode(in, since)) return false;
    value = Type(since);
    return true;
  } else if constexpr (is_optional<Type>) {
    return decode_optional(in, value);
  } else if constexpr (is_tuple<Type>) {
    return std::apply([&](auto&... part) { return (detail::decode(in, part) && ...); }, value);
  } else if constexpr (is_array<Type>) {
    for (auto& element : value)
      if (!detail::decode(in, element)) return false;
    return true;
  } else if constexpr (is_vector<Type>) {
    return decode_vector(in, value);
  } else if constexpr (std::same_as<Type, std::string>) {
    return in.text(value);
  } else {
    static_assert(described<Type>,
                  "cxm::load: this type can't be loaded; give it type_name and describe");
    return false;
  }
}

}  // namespace cxm::detail
