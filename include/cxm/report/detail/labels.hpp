// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The keys of groups as texts. Enums are numbers here: whoever has names for them says so by
/// `labelled{…}`.

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/stats/detail/key.hpp>

#include <charconv>
#include <chrono>
#include <concepts>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace cxm::detail {

template <class Number>
std::string number_label(Number number) {
  char digits[128];
  return std::string(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

inline std::string two_digits(unsigned number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

/// A date, with the time of day where that is not midnight.
template <class Clock, class Duration>
std::string time_label(std::chrono::time_point<Clock, Duration> time) {
  using namespace std::chrono;
  auto const since = time.time_since_epoch();
  auto const whole = floor<days>(since);
  year_month_day const date{local_days(whole)};
  std::string text = number_label(static_cast<int>(date.year())) + '-' +
                     two_digits(static_cast<unsigned>(date.month())) + '-' +
                     two_digits(static_cast<unsigned>(date.day()));
  auto const rest = floor<seconds>(since - whole).count();
  if (rest == 0) return text;
  auto const second = static_cast<unsigned>(rest);
  return text + ' ' + two_digits(second / 3600) + ':' + two_digits(second / 60 % 60) + ':' +
         two_digits(second % 60);
}

/// A key as one text.
template <class Key>
std::string label(Key const& key) {
  if constexpr (text_view<Key>) {
    return std::string(std::string_view(key));
  } else if constexpr (std::is_same_v<Key, bool>) {
    return key ? "yes" : "no";
  } else if constexpr (std::is_enum_v<Key>) {
    return number_label(static_cast<std::int64_t>(key));
  } else if constexpr (is_optional<Key>) {
    return key ? label(*key) : "(none)";
  } else if constexpr (requires {
                         { key.label() } -> std::same_as<std::string>;
                       }) {
    return key.label();
  } else if constexpr (is_time_point<Key>) {
    return time_label(key);
  } else if constexpr (is_duration<Key>) {
    return number_label(key.count());
  } else if constexpr (is_vector<Key>) {
    std::string text;
    for (auto const& part : key) text += (text.empty() ? "" : " \xE2\x86\x92 ") + label(part);
    return text;
  } else {
    static_assert(std::is_arithmetic_v<Key>,
                  "cxm::publish: this key has no text of its own; labelled{...} gives it one");
    return number_label(key);
  }
}

/// The parts of a key: one text for a field, two for two fields.
template <class Key>
std::vector<std::string> labels(Key const& key) {
  if constexpr (std::is_same_v<Key, std::vector<std::string>>) {
    return key;
  } else if constexpr (is_tuple<Key>) {
    return std::apply([](auto const&... part) { return std::vector{label(part)...}; }, key);
  } else {
    return {label(key)};
  }
}

inline std::vector<std::string> as_labels(std::string text) {
  std::vector<std::string> parts;
  parts.push_back(std::move(text));
  return parts;
}
inline std::vector<std::string> as_labels(std::string_view text) {
  return as_labels(std::string(text));
}
inline std::vector<std::string> as_labels(char const* text) {
  return as_labels(std::string(text));
}
inline std::vector<std::string> as_labels(std::vector<std::string> parts) {
  return parts;
}

}  // namespace cxm::detail
