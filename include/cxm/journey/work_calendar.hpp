// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/zone.hpp>
#include <cxm/fwd.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// When a firm works: opening hours by weekday and holidays, on the clocks of a zone, and the
/// business time between two instants. It makes any time of the ledger one of office hours:
///
///     auto const office = work_calendar(berlin).open(monday_to_friday, 9h, 17h)
///                                              .closed_on(2026y / 12 / 25);
///     on(touch_time(during{office}), moments())

namespace cxm {

/// Five days of the week, for `open`.
inline constexpr std::array monday_to_friday = {std::chrono::Monday, std::chrono::Tuesday,
                                                std::chrono::Wednesday, std::chrono::Thursday,
                                                std::chrono::Friday};

/// Opening hours in a zone (any callable from system to local time). A new calendar is never open.
///
/// Hours run from the first instant at which clocks show their beginning or a later time to the
/// first instant that shows their end or a later one. So 00:00 to 24:00 is the whole day, which has
/// 23 or 25 hours where clocks change; 09:00 to 17:00 is always eight hours; a shift that works
/// while clocks are set back works an hour longer; and a day that a zone skipped has no hours.
template <class Zone>
class work_calendar {
 public:
  static constexpr std::string_view type_name = "work_calendar";

  explicit work_calendar(Zone zone = Zone()) : zone_(std::move(zone)) {}

  /// Open every such weekday between two times of day, of which the later is at most 24 h. Several
  /// hours a day leave a break; where they overlap is refused. Work past midnight is written as
  /// hours of both days.
  work_calendar& open(std::chrono::weekday day, std::chrono::seconds from,
                      std::chrono::seconds to) {
    if (!day.ok()) detail::refuse("cxm::work_calendar: there is no such weekday");
    insert(week_[day.c_encoding()], from, to);
    return *this;
  }
  /// The same hours on each weekday of a list.
  template <class Days>
  requires requires(Days const& days) { days.begin(); }
  work_calendar& open(Days const& days, std::chrono::seconds from, std::chrono::seconds to) {
    for (auto const day : days) open(day, from, to);
    return *this;
  }
  /// Hours of one date, which replace those of its weekday.
  work_calendar& open_on(std::chrono::year_month_day date, std::chrono::seconds from,
                         std::chrono::seconds to) {
    insert(special(date), from, to);
    return *this;
  }
  /// A holiday.
  work_calendar& closed_on(std::chrono::year_month_day date) {
    special(date).clear();
    return *this;
  }

  Zone const& zone() const { return zone_; }

  /// The time for which the calendar is open between two instants, exact in ticks; negative where
  /// `to` comes before `from`. It adds up: from a to b and from b to c is from a to c. Takes some
  /// calls of the zone for every day between.
  template <class From, class To>
  auto between(std::chrono::sys_time<From> from, std::chrono::sys_time<To> to) const {
    using tick = detail::with_seconds<std::common_type_t<From, To>>;
    std::chrono::sys_time<tick> const begin = from, end = to;
    return end < begin ? -open_time(end, begin) : open_time(begin, end);
  }

  static void describe(auto& self, auto& visit) {
    visit.policy("week", self.week_);
    visit.policy("special", self.special_);
  }
  friend bool operator==(work_calendar const& a, work_calendar const& b) {
    return a.week_ == b.week_ && a.special_ == b.special_ && same_zone(a.zone_, b.zone_);
  }

 private:
  using hours = std::vector<std::pair<std::chrono::seconds, std::chrono::seconds>>;
  using dated_hours = std::pair<std::chrono::local_days, hours>;

  /// What can't be compared is taken for equal, as everywhere with callables.
  static bool same_zone(Zone const& a, Zone const& b) {
    if constexpr (requires { static_cast<bool>(a == b); })
      return static_cast<bool>(a == b);
    else
      return true;
  }
  static void insert(hours& list, std::chrono::seconds from, std::chrono::seconds to) {
    if (from < from.zero() || to <= from || to > std::chrono::hours(24))
      detail::refuse("cxm::work_calendar: hours begin at 0 h or later and end after that, by 24 h");
    auto const after = std::upper_bound(list.begin(), list.end(), std::pair(from, to));
    if ((after != list.end() && to > after->first) ||
        (after != list.begin() && std::prev(after)->second > from))
      detail::refuse("cxm::work_calendar: two opening hours of one day overlap");
    list.insert(after, {from, to});
  }
  hours& special(std::chrono::year_month_day date) {
    if (!date.ok()) detail::refuse("cxm::work_calendar: there is no such date");
    std::chrono::local_days const day(date);
    auto const found = first_special(day);
    if (found != special_.size() && special_[found].first == day) return special_[found].second;
    return special_
        .insert(special_.begin() + static_cast<std::ptrdiff_t>(found), dated_hours(day, {}))
        ->second;
  }
  std::size_t first_special(std::chrono::local_days day) const {
    auto const found = std::lower_bound(
        special_.begin(), special_.end(), day,
        [](dated_hours const& one, std::chrono::local_days at) { return at > one.first; });
    return static_cast<std::size_t>(found - special_.begin());
  }
  hours const& hours_of(std::chrono::local_days day) const {
    auto const found = first_special(day);
    if (found != special_.size() && special_[found].first == day) return special_[found].second;
    return week_[std::chrono::weekday(day).c_encoding()];
  }

  /// A day more at both ends: where clocks are set back across midnight, the hours of a day may
  /// begin before an instant that shows the day before.
  template <class Tick>
  Tick open_time(std::chrono::sys_time<Tick> from, std::chrono::sys_time<Tick> to) const {
    using instant = std::chrono::sys_time<Tick>;
    Tick open{};
    auto const last = day_of(to) + std::chrono::days(1);
    for (auto day = day_of(from) - std::chrono::days(1); day <= last; day += std::chrono::days(1))
      for (auto const& [begin, end] : hours_of(day)) {
        auto const opens = std::max<instant>(from, first_showing(day + begin));
        if (opens >= to) break;
        auto const closes = std::min<instant>(to, first_showing(day + end));
        if (opens < closes) open += closes - opens;
      }
    return open;
  }
  std::chrono::local_seconds shown(std::chrono::sys_seconds at) const {
    return std::chrono::floor<std::chrono::seconds>(zone_(at));
  }
  template <class Duration>
  std::chrono::local_days day_of(std::chrono::sys_time<Duration> at) const {
    return std::chrono::floor<std::chrono::days>(
        shown(std::chrono::floor<std::chrono::seconds>(at)));
  }
  /// The first instant at which clocks show `local` or a later time.
  std::chrono::sys_seconds first_showing(std::chrono::local_seconds local) const {
    std::chrono::sys_seconds late = to_sys(zone_, local);
    auto const skipped = shown(late) - local;
    // Clocks were set forward over `local`: within as much time before they had not been yet.
    for (auto early = late - skipped; late - early > std::chrono::seconds(1);) {
      auto const middle = early + (late - early) / 2;
      (shown(middle) < local ? early : late) = middle;
    }
    return late;
  }

  Zone zone_;
  std::array<hours, 7> week_;         // from Sunday, as std::chrono counts
  std::vector<dated_hours> special_;  // by date
};

/// The question which time counts: all of it, or only that of a calendar.
struct counted_time;

/// All time counts. The default.
struct around_the_clock {
  using policy_kind = counted_time;
  template <class Time>
  constexpr auto between(Time from, Time to) const {
    return to - from;
  }
  friend constexpr bool operator==(around_the_clock, around_the_clock) { return true; }
};

/// Only the time of a calendar counts: a `work_calendar`, or anything with a member
/// `between(from, to)` that gives a duration and adds up.
template <class Calendar>
struct during {
  using policy_kind = counted_time;
  Calendar calendar;

  constexpr explicit during(Calendar open) : calendar(std::move(open)) {}
  template <class Time>
  constexpr auto between(Time from, Time to) const {
    return calendar.between(from, to);
  }
};

}  // namespace cxm
