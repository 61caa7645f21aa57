// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/calendar.hpp>
#include <cxm/core/zone.hpp>
#include <cxm/fwd.hpp>
#include <cxm/journey/boundary.hpp>

#include <chrono>
#include <utility>

/// \file
/// The calendar as a boundary: `at_new{calendar::month, zone}` cuts where a month begins for
/// the customer. Days are those that clocks of the zone show: 23 or 25 hours long where the clocks
/// are changed, and none at all where a country skips one.

namespace cxm {

/// Cuts before the first contact of another calendar unit than that in which the journey began, by
/// the clocks of `Zone`. Where clocks are set back over midnight, the contacts of the hour that is
/// lived twice stay with the day that had begun: a calendar does not go back.
template <class Zone>
class at_new {
 public:
  using policy_kind = journey_boundary;

  constexpr explicit at_new(calendar unit, Zone zone = {}) : unit_(unit), zone_(std::move(zone)) {}

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return by_time(so_far, next.time());
  }
  constexpr cut by_time(auto const& so_far, auto const& time) const {
    return {.before = period(time) > period(so_far.empty() ? so_far.ended() : so_far.started())};
  }

 private:
  constexpr calendar_period period(auto const& time) const {
    return {unit_, std::chrono::floor<std::chrono::days>(zone_(time))};
  }

  calendar unit_;
  [[no_unique_address]] Zone zone_;
};

}  // namespace cxm
