// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The run-time twin of the zone types: whichever of them a configuration names, as one value.

#include <cxm/core/posix_zone.hpp>
#include <cxm/core/tz_rules.hpp>
#include <cxm/core/zone.hpp>

#include <chrono>
#include <utility>
#include <variant>

namespace cxm {

/// A zone like any other; UTC unless made from another one.
class any_zone {
 public:
  any_zone() = default;
  any_zone(utc) {}
  any_zone(fixed_offset zone) : zone_(zone) {}
  any_zone(posix_zone zone) : zone_(std::move(zone)) {}
  any_zone(tz_rules zone) : zone_(std::move(zone)) {}

  /// How far clocks are ahead of UTC.
  std::chrono::seconds offset_at(std::chrono::sys_seconds at) const {
    return std::visit([&](auto const& zone) { return zone.offset_at(at); }, zone_);
  }

  template <class Duration>
  auto operator()(std::chrono::sys_time<Duration> at) const {
    return std::chrono::local_time<detail::with_seconds<Duration>>(
        at.time_since_epoch() + offset_at(std::chrono::floor<std::chrono::seconds>(at)));
  }

  /// One dispatch for the whole search instead of one a step.
  template <class Duration>
  friend auto to_sys(any_zone const& any, std::chrono::local_time<Duration> local) {
    using instant = std::chrono::sys_time<detail::with_seconds<Duration>>;
    return std::visit([&](auto const& zone) -> instant { return cxm::to_sys(zone, local); },
                      any.zone_);
  }

 private:
  std::variant<utc, fixed_offset, posix_zone, tz_rules> zone_;
};

}  // namespace cxm
