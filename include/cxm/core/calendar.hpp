// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/bind.hpp>
#include <cxm/core/detail/zone_offsets.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/core/zone.hpp>

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Days, ISO weeks, months, quarters and years as the clocks of a zone show them, and the fields
/// that read them off events: `by(month_of(&answer::when, zone), on(&answer::recommend, nps()))`. A
/// day may have 23 or 25 hours; that is the zone's business.

namespace cxm {

/// The units of the civil calendar. A week begins on Monday and is named as ISO 8601 does.
enum class calendar : std::uint8_t { day, week, month, quarter, year };

/// The name of a unit.
constexpr std::string_view name(calendar unit) {
  constexpr std::string_view names[] = {"day", "week", "month", "quarter", "year"};
  return names[static_cast<std::size_t>(unit)];
}

namespace detail {

/// Year and month (from 0) of a day, in the proleptic Gregorian calendar; in 64 bits, since
/// std::chrono::year ends at 32767 and a damaged clock does not. After H. Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms".
struct civil_month {
  std::int64_t year;
  std::int64_t month;

  static constexpr civil_month of(std::int64_t day) {
    day += 719'468;  // from 0000-03-01
    std::int64_t const era = (day >= 0 ? day : day - 146'096) / 146'097;
    std::int64_t const of_era = day - era * 146'097;
    std::int64_t const year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    std::int64_t const of_year = of_era - (365 * year + year / 4 - year / 100);
    std::int64_t const from_march = (5 * of_year + 2) / 153;
    bool const next_year = from_march >= 10;
    return {year + era * 400 + (next_year ? 1 : 0), next_year ? from_march - 10 : from_march + 2};
  }
  /// The first day of the month.
  constexpr std::int64_t first() const {
    std::int64_t const from_march = month >= 2 ? month - 2 : month + 10;
    std::int64_t const since = month >= 2 ? year : year - 1;
    std::int64_t const era = (since >= 0 ? since : since - 399) / 400;
    std::int64_t const of_era = since - era * 400;
    std::int64_t const days = of_era * 365 + of_era / 4 - of_era / 100;
    return era * 146'097 + days + (153 * from_march + 2) / 5 - 719'468;
  }
  constexpr civil_month plus(std::int64_t months) const {
    std::int64_t const all = year * 12 + month + months;
    std::int64_t const years = (all >= 0 ? all : all - 11) / 12;
    return {years, all - years * 12};
  }
};

}  // namespace detail

/// One day, week, month, quarter or year. A key of groups: ordered by its first day.
class calendar_period {
 public:
  static constexpr std::string_view type_name = "calendar_period";

  constexpr calendar_period() = default;
  /// The period of this unit that holds `day`. Days beyond ±5.8 million years, which only a damaged
  /// clock shows, count as the last ones before.
  constexpr calendar_period(calendar unit, std::chrono::local_days day)
      : unit_(unit),
        first_(first_of(unit, std::clamp(std::int64_t{day.time_since_epoch().count()}, -most_days,
                                         most_days))) {}

  constexpr calendar unit() const { return unit_; }
  constexpr std::chrono::local_days first_day() const {
    return std::chrono::local_days(std::chrono::days(static_cast<int>(first_)));
  }
  constexpr calendar_period next() const { return later(1); }
  constexpr calendar_period previous() const { return later(-1); }
  /// How many periods after `other`, of the same unit, this one is: 1 for `other.next()`.
  constexpr std::int64_t periods_since(calendar_period const& other) const {
    if (unit_ == calendar::day || unit_ == calendar::week)
      return (first_ - other.first_) / (unit_ == calendar::day ? 1 : 7);
    auto const here = detail::civil_month::of(first_),
               there = detail::civil_month::of(other.first_);
    return ((here.year - there.year) * 12 + here.month - there.month) / months_in(unit_);
  }
  constexpr std::chrono::days length() const {
    return std::chrono::days(static_cast<int>(next().first_ - first_));
  }

  /// No `first_day` and no neighbour of it leaves 32 bits of days.
  static constexpr std::int64_t most_days = (std::int64_t{1} << 31) - 1000;

  /// "2021-03-05", "2021-W09", "2021-03", "2021-Q1" or "2021", as ISO 8601 writes them (it knows no
  /// quarters).
  std::string label() const {
    auto const [year, month] = detail::civil_month::of(first_ + (unit_ == calendar::week ? 3 : 0));
    std::string text = year < 0 ? "-" : "";
    std::string const digits = std::to_string(year < 0 ? -year : year);
    text.append(digits.size() < 4 ? 4 - digits.size() : 0, '0').append(digits);
    auto const two = [&](std::int64_t number) {
      text += static_cast<char>('0' + number / 10);
      text += static_cast<char>('0' + number % 10);
    };
    if (unit_ == calendar::year) return text;
    text += '-';
    if (unit_ == calendar::quarter) return text + 'Q' + std::to_string(month / 3 + 1);
    if (unit_ == calendar::week) {
      text += 'W';
      two((first_ + 3 - detail::civil_month{year, 0}.first()) / 7 + 1);
      return text;
    }
    two(month + 1);
    if (unit_ == calendar::month) return text;
    text += '-';
    two(first_ - detail::civil_month{year, month}.first() + 1);
    return text;
  }

  /// What stands for it as the key of a group, see stats/detail/key.hpp.
  constexpr std::int64_t key_word() const { return first_ * 8 + static_cast<std::int64_t>(unit_); }

  constexpr bool valid() const {
    constexpr std::int64_t most = std::int64_t{1} << 32;  // no clock shows more days
    return unit_ <= calendar::year && -most < first_ && first_ < most &&
           first_ == first_of(unit_, first_);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("unit", self.unit_);
    visit.state("first", self.first_);
  }
  friend constexpr bool operator==(calendar_period const& a, calendar_period const& b) {
    return a.unit_ == b.unit_ && a.first_ == b.first_;
  }
  friend constexpr std::strong_ordering operator<=>(calendar_period const& a,
                                                    calendar_period const& b) {
    return a.first_ != b.first_ ? a.first_ <=> b.first_ : a.unit_ <=> b.unit_;
  }

 private:
  static constexpr std::int64_t months_in(calendar unit) {
    return unit == calendar::month ? 1 : unit == calendar::quarter ? 3 : 12;
  }
  static constexpr std::int64_t first_of(calendar unit, std::int64_t day) {
    if (unit == calendar::day) return day;
    if (unit == calendar::week) {
      std::int64_t const from_monday = ((day + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
      return day - from_monday;
    }
    auto const at = detail::civil_month::of(day);
    return detail::civil_month{at.year, at.month - at.month % months_in(unit)}.first();
  }
  constexpr calendar_period later(std::int64_t periods) const {
    calendar_period moved = *this;
    if (unit_ == calendar::day || unit_ == calendar::week)
      moved.first_ += periods * (unit_ == calendar::day ? 1 : 7);
    else
      moved.first_ = detail::civil_month::of(first_).plus(periods * months_in(unit_)).first();
    return moved;
  }

  calendar unit_ = calendar::day;
  std::int64_t first_ = 0;  ///< days since 1970-01-01
};

/// Which period a time falls in. Made by `period_of`, `day_of`, `week_of` …
template <class Field, class Zone>
class calendar_field {
 public:
  calendar_field(Field field, calendar unit, Zone zone)
      : field_(std::move(field)), unit_(unit), zone_(std::move(zone)) {}

  std::string_view name() const { return cxm::name(unit_); }
  Field const& field() const { return field_; }

  /// The period, or an optional of it where the time is one.
  template <class In>
  auto operator()(In const& in) const {
    auto const& time = cxm::read(field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(time)>>)
      return time ? std::optional(period(*time)) : std::nullopt;
    else
      return period(time);
  }

  /// Two of one unit are not the same where their clocks differ.
  bool same_field_as(calendar_field const& other) const {
    return unit_ == other.unit_ && detail::same_field(field_, other.field_) &&
           offsets() == other.offsets();
  }
  void describe_field(auto& visit) const { visit.policy("zone", offsets()); }

 private:
  template <class Duration>
  calendar_period period(std::chrono::sys_time<Duration> time) const {
    using namespace std::chrono;
    // No zone is asked for times so near to the ends of their type that its offset has no room.
    constexpr auto room = duration_cast<days>(detail::with_seconds<Duration>::max()).count() - 2;
    constexpr days most(static_cast<int>(std::min<std::int64_t>(room, calendar_period::most_days)));
    auto const day = floor<days>(time).time_since_epoch();
    if (day < -most || day > most) return {unit_, local_days(day)};
    return {unit_, floor<days>(zone_(time))};
  }
  template <class Duration>
  calendar_period period(std::chrono::local_time<Duration> time) const {
    return {unit_, std::chrono::floor<std::chrono::days>(time)};
  }

  std::uint64_t offsets() const { return detail::offsets_of(zone_); }
  Field field_;
  calendar unit_;
  [[no_unique_address]] Zone zone_;
};

namespace detail {

template <class Field, class Zone>
struct event_of<calendar_field<Field, Zone>> : event_of<Field> {};

}  // namespace detail

/// The period of a time field, of a unit that may be chosen at run time. The field gives a
/// `sys_time`, a `local_time`, whose clock has been read already, or an optional of one.
template <class Field, class Zone = utc>
auto period_of(Field field, calendar unit, Zone zone = {}) {
  return calendar_field<Field, Zone>(std::move(field), unit, std::move(zone));
}
template <class Field, class Zone = utc>
auto day_of(Field field, Zone zone = {}) {
  return cxm::period_of(std::move(field), calendar::day, std::move(zone));
}
template <class Field, class Zone = utc>
auto week_of(Field field, Zone zone = {}) {
  return cxm::period_of(std::move(field), calendar::week, std::move(zone));
}
template <class Field, class Zone = utc>
auto month_of(Field field, Zone zone = {}) {
  return cxm::period_of(std::move(field), calendar::month, std::move(zone));
}
template <class Field, class Zone = utc>
auto quarter_of(Field field, Zone zone = {}) {
  return cxm::period_of(std::move(field), calendar::quarter, std::move(zone));
}
template <class Field, class Zone = utc>
auto year_of(Field field, Zone zone = {}) {
  return cxm::period_of(std::move(field), calendar::year, std::move(zone));
}

}  // namespace cxm
