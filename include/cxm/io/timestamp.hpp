// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Times from text: strict (30 February is no time), free of locale, never throwing for bad text,
/// and quick for the usual form (some 20 ns). The tick is a microsecond, which holds the years 0001
/// to 9999; finer fractions are cut off toward the past.

#include <cxm/core/zone.hpp>
#include <cxm/io/detail/civil_time.hpp>
#include <cxm/io/detail/time_pattern.hpp>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cxm {

/// How times are written. By default any of
/// - RFC 3339: `2021-03-01T09:30:00.25+01:00`, `t` and `z` in lower case too;
/// - `YYYY-MM-DD[ T]HH:MM[:SS[.fraction]]`, `YYYY/MM/DD` likewise, both with or without an offset
///   (`Z`, `+hh:mm`, `+hhmm`, `+hh`, no blank before it);
/// - a date alone, with or without `Z` or `+hh:mm`: the start of that day.
///
/// Hour 24 is refused; second 60 is taken in the last minute of a UTC day only, as the second
/// after. Blanks around the time are refused.
class time_format {
 public:
  /// The forms above.
  time_format() = default;

  /// `s`, `ms`, `us`, `ns`: an epoch, digits with an optional minus and fraction. Otherwise a
  /// pattern as of strptime: %Y (4 digits) %y (69..99 is 19xx) %m %d %j %H %I %p %M %S (with or
  /// without leading zeros), %f (a fraction's digits), %z, %b = %B (English names, short or long,
  /// any case), %F %T %R %D, %% and text that must stand so. Throws std::invalid_argument for a
  /// pattern that has an unknown or repeated field, or can't give a date.
  explicit time_format(std::string_view format) {
    constexpr std::string_view units[] = {"s", "ms", "us", "ns"};
    for (int i = 0, places = 0; i < 4; ++i, places += 3)
      if (format == units[i]) places_ = places;
    if (places_ < 0) pattern_ = detail::checked_pattern(format);
  }

 private:
  template <class Zone>
  friend std::optional<parsed_time> parse_time(std::string_view, Zone const&, time_format const&);

  int places_ = -1;      // decimal places of an epoch's unit; negative: no epoch
  std::string pattern_;  // empty: the usual forms
};

namespace detail {

/// The usual forms; false for anything else. Ranges are checked by resolve.
constexpr bool read_usual_time(std::string_view text, civil_time& time) {
  char const* const c = text.data();
  if (text.size() < 10 || (c[4] != '-' && c[4] != '/') || c[7] != c[4]) return false;
  time.year = four_digits(c);
  time.month = two_digits(c + 5);
  time.day = two_digits(c + 8);
  if (text.size() == 10) return true;
  if (c[10] != ' ' && c[10] != 'T' && c[10] != 't')
    return (text.size() == 11 || text.size() == 16) && read_offset(text.substr(10), time);
  if (text.size() < 16 || c[13] != ':') return false;
  time.hour = two_digits(c + 11);
  time.minute = two_digits(c + 14);
  std::size_t at = 16;
  if (text.size() >= 19 && c[16] == ':') {
    time.second = two_digits(c + 17);
    at = 19;
    if (text.size() > 19 && c[19] == '.') {
      ++at;
      if (!read_fraction(text, at, 6, time.microsecond)) return false;
    }
  }
  return at == text.size() || read_offset(text.substr(at), time);
}

/// An epoch whose unit has `places` decimal places in a second, in microseconds.
inline std::optional<std::int64_t> read_epoch(std::string_view text, int places) {
  bool const negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  std::int64_t whole = 0;
  if (text.empty() || digit(text[0]) > 9) return std::nullopt;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc()) return std::nullopt;
  auto at = static_cast<std::size_t>(end - text.data());
  int fraction = 0;
  bool rest = false;
  int const missing = 6 - places;  // decimal places of the fraction that a microsecond still shows
  if (at < text.size()) {
    if (text[at++] != '.' || !read_fraction(text, at, missing > 0 ? missing : 0, fraction, &rest))
      return std::nullopt;
    if (at != text.size()) return std::nullopt;
  }
  if (missing < 0) {
    rest = rest || whole % 1000 != 0;
    whole /= 1000;
  }
  std::int64_t scale = 1;
  for (int i = 0; i < missing; ++i) scale *= 10;
  constexpr std::int64_t most = 400'000'000'000'000'000;  // beyond the year 9999, far from overflow
  if (whole > most / scale) return std::nullopt;
  std::int64_t const value = whole * scale + fraction;
  return negative ? -value - (rest ? 1 : 0) : value;  // toward the past
}

}  // namespace detail

/// The time that `text` says, read as `format`; a time without an offset is local time in `zone`,
/// by the rules of to_sys. Nothing for a text that is not such a time, or outside the years 0001 to
/// 9999.
template <class Zone>
std::optional<parsed_time> parse_time(std::string_view text, Zone const& zone,
                                      time_format const& format) {
  using namespace std::chrono;
  if (format.places_ >= 0) {
    auto const ticks = detail::read_epoch(text, format.places_);
    if (!ticks) return std::nullopt;
    sys_time<microseconds> const at{microseconds(*ticks)};
    if (at < sys_days(year(1) / January / 1) || at >= sys_days(year(10000) / January / 1))
      return std::nullopt;
    return parsed_time{at, year_month_day(floor<days>(zone(at))), std::nullopt};
  }
  detail::civil_time time;
  bool const read = format.pattern_.empty()
                        ? detail::read_usual_time(text, time)
                        : detail::pattern_reader(text, time).read(format.pattern_);
  if (!read) return std::nullopt;
  return detail::resolve(time, zone);
}

/// The usual forms.
template <class Zone = utc>
std::optional<parsed_time> parse_time(std::string_view text, Zone const& zone = {}) {
  detail::civil_time time;
  if (!detail::read_usual_time(text, time)) return std::nullopt;
  return detail::resolve(time, zone);
}

}  // namespace cxm
