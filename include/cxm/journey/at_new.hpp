// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/zone.hpp>
#include <cxm/fwd.hpp>
#include <cxm/journey/boundary.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

/// \file
/// The calendar as a boundary: `at_new{calendar_unit::month, zone}` cuts where a month begins for
/// the customer. Days are those that clocks of the zone show: 23 or 25 hours long where the clocks
/// are changed, and none at all where a country skips one.

namespace cxm {

/// What a calendar is divided into. Weeks begin on Monday, as in ISO 8601.
enum class calendar_unit : std::uint8_t { day, week, month, quarter, year };

namespace detail {

/// The number of the day, week, month, quarter or year in which a local time lies; they rise by
/// one.
template <class Duration>
constexpr std::int64_t calendar_number(calendar_unit unit, std::chrono::local_time<Duration> at) {
  using namespace std::chrono;
  auto const day = floor<days>(at);
  std::int64_t const since_1970 = day.time_since_epoch().count();
  if (unit == calendar_unit::day) return since_1970;
  if (unit == calendar_unit::week) {
    std::int64_t const since_monday = since_1970 + 3;  // 1970 began on a Thursday
    return (since_monday - ((since_monday % 7) + 7) % 7) / 7;
  }
  year_month_day const date(day);
  std::int64_t const years = static_cast<int>(date.year());
  if (unit == calendar_unit::year) return years;
  std::int64_t const months = static_cast<unsigned>(date.month()) - 1;
  return unit == calendar_unit::month ? 12 * years + months : 4 * years + months / 3;
}

}  // namespace detail

/// Cuts before the first contact of another calendar unit than that in which the journey began, by
/// the clocks of `Zone`. Where clocks are set back over midnight, the contacts of the hour that is
/// lived twice stay with the day that had begun: a calendar does not go back.
template <class Zone>
class at_new {
 public:
  using policy_kind = journey_boundary;

  constexpr explicit at_new(calendar_unit unit, Zone zone = {})
      : unit_(unit), zone_(std::move(zone)) {}

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return by_time(so_far, next.time());
  }
  constexpr cut by_time(auto const& so_far, auto const& time) const {
    return {.before = number(time) > number(so_far.empty() ? so_far.ended() : so_far.started())};
  }

 private:
  constexpr std::int64_t number(auto const& time) const {
    return detail::calendar_number(unit_, zone_(time));
  }

  calendar_unit unit_;
  [[no_unique_address]] Zone zone_;
};

}  // namespace cxm
