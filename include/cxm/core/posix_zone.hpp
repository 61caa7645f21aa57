// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A zone from a POSIX rule such as `CET-1CEST,M3.5.0,M10.5.0/3` (IEEE Std 1003.1, section 8.3,
/// with the extensions of RFC 8536: hours from -167 to 167, names in <>). The same two days every
/// year: right for today's law, wrong for the past; tz_rules.hpp knows the past.

#include <cxm/core/zone.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cxm {

namespace detail {

/// One end of summer time: `Mm.w.d` (w = 5: the last), `Jn` (1..365, 29 February never counted) or
/// `n` (0..365), and the local time of the change.
struct yearly_change {
  enum class kind : std::uint8_t { weekday_of_month, day_without_leap, day_of_year };
  kind by = kind::weekday_of_month;
  int month = 0, week = 0, day = 0;
  int seconds = 7200;  // 02:00 where the rule says nothing

  constexpr std::chrono::local_seconds in(std::chrono::year year) const {
    using namespace std::chrono;
    local_days const new_year{year / January / 1};
    local_days date = new_year;
    if (by == kind::day_without_leap) {
      date += days(day - 1 + (year.is_leap() && day >= 60 ? 1 : 0));
    } else if (by == kind::day_of_year) {
      date += days(day);
    } else {
      auto const in_month = year / std::chrono::month(static_cast<unsigned>(month));
      std::chrono::weekday const wanted(static_cast<unsigned>(day));
      date = week == 5 ? local_days{in_month / wanted[std::chrono::last]}
                       : local_days{in_month / wanted[static_cast<unsigned>(week)]};
    }
    return date + std::chrono::seconds(seconds);
  }
};

/// Reads a rule from left to right; anything unexpected makes it fail for good.
class posix_text {
 public:
  constexpr explicit posix_text(std::string_view text) : rest_(text) {}

  constexpr bool ok() const { return ok_; }
  constexpr bool at_end() const { return rest_.empty(); }
  constexpr void expect(bool condition) { ok_ = ok_ && condition; }
  constexpr bool accept(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  constexpr int number(int low, int high) {
    int value = 0;
    std::size_t length = 0;
    while (length < rest_.size() && length < 3 && rest_[length] >= '0' && rest_[length] <= '9')
      value = 10 * value + (rest_[length++] - '0');
    rest_.remove_prefix(length);
    expect(length > 0 && value >= low && value <= high);
    return value;
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  constexpr int time(int most_hours) {
    bool const negative = accept('-');
    if (!negative) accept('+');
    int seconds = 3600 * number(0, most_hours);
    if (accept(':')) {
      seconds += 60 * number(0, 59);
      if (accept(':')) seconds += number(0, 59);
    }
    return negative ? -seconds : seconds;
  }

  /// Three letters or more, or anything alphanumeric with signs in angle brackets; only skipped.
  constexpr void name() {
    bool const quoted = accept('<');
    std::size_t length = 0;
    auto const belongs = [&](char c) {
      bool const letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      return letter || (quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
    };
    while (length < rest_.size() && belongs(rest_[length])) ++length;
    rest_.remove_prefix(length);
    expect(length >= 3 && (!quoted || accept('>')));
  }

  constexpr yearly_change change() {
    yearly_change read;
    if (accept('M')) {
      read.month = number(1, 12);
      expect(accept('.'));
      read.week = number(1, 5);
      expect(accept('.'));
      read.day = number(0, 6);
    } else if (accept('J')) {
      read.by = yearly_change::kind::day_without_leap;
      read.day = number(1, 365);
    } else {
      read.by = yearly_change::kind::day_of_year;
      read.day = number(0, 365);
    }
    if (accept('/')) read.seconds = time(167);
    return read;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace detail

/// See the file comment.
class posix_zone {
 public:
  /// A change of the clocks: from `at` on they are `offset` ahead of UTC.
  struct change {
    std::chrono::sys_seconds at;
    std::chrono::seconds offset;
  };

  /// Throws std::invalid_argument for a text that is not a rule. `EST5EDT` without days has those
  /// of the United States since 2007, as is usual.
  constexpr explicit posix_zone(std::string_view rule) {
    auto const read = parse(rule);
    if (!read) detail::refuse("cxm::posix_zone: not a rule such as CET-1CEST,M3.5.0,M10.5.0/3");
    *this = *read;
  }

  /// The same, without exceptions.
  static constexpr std::optional<posix_zone> parse(std::string_view rule) {
    detail::posix_text text(rule);
    posix_zone zone;
    text.name();
    zone.standard_ = zone.summer_ = std::chrono::seconds(-text.time(24));  // POSIX counts westward
    if (text.ok() && !text.at_end()) {
      text.name();
      zone.has_summer_ = true;
      zone.summer_ = zone.standard_ + std::chrono::hours(1);
      detail::posix_text const here = text;
      bool const comma = text.accept(',');
      text = here;
      if (!comma && !text.at_end()) zone.summer_ = std::chrono::seconds(-text.time(24));
      if (text.at_end()) text = detail::posix_text(text.ok() ? ",M3.2.0,M11.1.0" : "");
      text.expect(text.accept(','));
      zone.start_ = text.change();
      text.expect(text.accept(','));
      zone.end_ = text.change();
    }
    if (!text.ok() || !text.at_end()) return std::nullopt;
    return zone;
  }

  /// Whether the clocks change at all.
  constexpr bool has_summer() const { return has_summer_; }

  /// The two changes of a year: to summer time and back, in this order also where summer begins
  /// late in the year.
  constexpr std::array<change, 2> changes(std::chrono::year year) const {
    auto const at = [&](detail::yearly_change const& rule, std::chrono::seconds offset) {
      return std::chrono::sys_seconds(rule.in(year).time_since_epoch() - offset);
    };
    return {change{at(start_, standard_), summer_}, change{at(end_, summer_), standard_}};
  }

  /// The offset in force: that of the latest change. Far outside the years 0001 to 9999, standard.
  constexpr std::chrono::seconds offset_at(std::chrono::sys_seconds at) const {
    using namespace std::chrono;
    constexpr auto edge = sys_days{year{30000} / January / 1}.time_since_epoch();
    if (!has_summer_ || at.time_since_epoch() > edge || at.time_since_epoch() < -edge)
      return standard_;
    std::chrono::year const now = year_month_day(floor<days>(at)).year();
    // Changes up to 167 hours off their day may fall into the year before or after. At equal times
    // the later year wins, so that "0/0,J365/25" is summer all year.
    change latest{sys_seconds::min(), standard_};
    for (int step = -1; step <= 1; ++step)
      for (change const& next : changes(now + years(step)))
        if (next.at <= at && next.at >= latest.at) latest = next;
    return latest.offset;
  }

  template <class Duration>
  constexpr auto operator()(std::chrono::sys_time<Duration> at) const {
    return std::chrono::local_time<detail::with_seconds<Duration>>(
        at.time_since_epoch() + offset_at(std::chrono::floor<std::chrono::seconds>(at)));
  }

 private:
  constexpr posix_zone() = default;

  std::chrono::seconds standard_{}, summer_{};
  bool has_summer_ = false;
  detail::yearly_change start_, end_;
};

}  // namespace cxm
