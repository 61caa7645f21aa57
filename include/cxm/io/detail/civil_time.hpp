// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A time as written, field by field, and the one place where it is checked and becomes an instant.

#include <cxm/core/zone.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cxm {

/// A time that was read from text.
struct parsed_time {
  std::chrono::sys_time<std::chrono::microseconds> at;  ///< the instant
  std::chrono::year_month_day date;  ///< the calendar date as written (for epochs: in the zone)
  std::optional<std::chrono::minutes> offset;  ///< ahead of UTC, if the text had an offset

  friend bool operator==(parsed_time const&, parsed_time const&) = default;
};

namespace detail {

/// Not checked yet; `unreadable` stands for digits that are none, and is out of every range.
struct civil_time {
  static constexpr int unreadable = 100'000;
  int year = unreadable, month = unreadable, day = unreadable;
  int hour = 0, minute = 0, second = 0, microsecond = 0;
  bool has_offset = false;
  int offset_minutes = 0;
};

/// A digit, or more than 9.
constexpr unsigned digit(char c) {
  return static_cast<unsigned>(static_cast<unsigned char>(c)) - '0';
}

/// Two digits.
constexpr int two_digits(char const* text) {
  unsigned const tens = digit(text[0]);
  unsigned const ones = digit(text[1]);
  return tens > 9 || ones > 9 ? civil_time::unreadable : static_cast<int>(10 * tens + ones);
}

/// Four digits.
constexpr int four_digits(char const* text) {
  return 100 * two_digits(text) + two_digits(text + 2);
}

/// Digits of a fraction from `at` on, which moves behind them: its first `places` digits as a whole
/// number, the rest cut off. `rest` tells whether any digit cut off was not 0. False without
/// digits.
constexpr bool read_fraction(std::string_view text, std::size_t& at, int places, int& value,
                             bool* rest = nullptr) {
  std::size_t const begin = at;
  value = 0;
  for (; at < text.size() && digit(text[at]) <= 9; ++at) {
    if (static_cast<int>(at - begin) < places)
      value = 10 * value + static_cast<int>(digit(text[at]));
    else if (rest != nullptr && text[at] != '0')
      *rest = true;
  }
  for (std::size_t i = at - begin; i < static_cast<std::size_t>(places); ++i) value *= 10;
  return at > begin;
}

/// `Z`, `+hh:mm`, `+hhmm` or `+hh` (or a minus), which must be all of the text.
constexpr bool read_offset(std::string_view text, civil_time& time) {
  time.has_offset = true;
  if (text.size() == 1) return text[0] == 'Z' || text[0] == 'z';
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return false;
  bool const colon = text.size() == 6 && text[3] == ':';
  if (!colon && text.size() != 5 && text.size() != 3) return false;
  int const hours = two_digits(text.data() + 1);
  int const minutes = text.size() == 3 ? 0 : two_digits(text.data() + (colon ? 4 : 3));
  if (hours > 23 || minutes > 59) return false;
  time.offset_minutes = (text[0] == '-' ? -1 : 1) * (60 * hours + minutes);
  return true;
}

/// Checks every field and finds the instant. Years are 0001 to 9999, hours 00 to 23. Second 60 is
/// taken only where leap seconds are, in the last minute of a UTC day, and counts as the second
/// after (system time has no leap seconds).
template <class Zone>
std::optional<parsed_time> resolve(civil_time const& time, Zone const& zone) {
  using namespace std::chrono;
  if (time.year < 1 || time.year > 9999 || time.month > 12 || time.day > 31 || time.hour > 23 ||
      time.minute > 59 || time.second > 60)
    return std::nullopt;
  year_month_day const date{year(time.year), month(static_cast<unsigned>(time.month)),
                            day(static_cast<unsigned>(time.day))};
  if (!date.ok()) return std::nullopt;
  bool const leap = time.second == 60;
  local_time<microseconds> const local =
      local_days(date) + hours(time.hour) + minutes(time.minute) +
      seconds(time.second - (leap ? 1 : 0)) + microseconds(time.microsecond);
  parsed_time result{{}, date, std::nullopt};
  if (time.has_offset) {
    result.offset = minutes(time.offset_minutes);
    result.at = sys_time<microseconds>(local.time_since_epoch() - *result.offset);
  } else {
    result.at = to_sys(zone, local);
  }
  if (leap) {
    if (result.at - floor<days>(result.at) < hours(24) - seconds(1)) return std::nullopt;
    result.at += seconds(1);
  }
  return result;
}

}  // namespace detail
}  // namespace cxm
