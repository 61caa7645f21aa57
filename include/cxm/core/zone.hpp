// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Time zones as values. A zone is anything callable with a system time that returns the local time
/// (`std::chrono::local_time`) shown by clocks there: a lambda of the application will do. `to_sys`
/// inverts any of them. Here are the two zones without rules; posix_zone.hpp and tz_rules.hpp have
/// the ones with summer time, any_zone.hpp holds whichever is named at run time.

#include <cxm/core/error.hpp>

#include <algorithm>
#include <chrono>
#include <type_traits>

namespace cxm {

namespace detail {

/// Offsets of real zones lie within (-25 h, +26 h), as RFC 8536 bounds them.
inline constexpr std::chrono::seconds widest_offset = std::chrono::hours(26);

/// The duration in which a time and an offset of whole seconds add up.
template <class Duration>
using with_seconds = std::common_type_t<Duration, std::chrono::seconds>;

}  // namespace detail

/// Coordinated universal time: local is system time.
struct utc {
  constexpr std::chrono::seconds offset_at(std::chrono::sys_seconds) const { return {}; }

  template <class Duration>
  constexpr std::chrono::local_time<Duration> operator()(std::chrono::sys_time<Duration> at) const {
    return std::chrono::local_time<Duration>(at.time_since_epoch());
  }
  friend constexpr bool operator==(utc, utc) { return true; }
};

/// A zone that is always the same time ahead of UTC (behind, when negative).
class fixed_offset {
 public:
  /// Throws std::invalid_argument outside (-26 h, +26 h).
  constexpr explicit fixed_offset(std::chrono::seconds ahead) : ahead_(ahead) {
    if (ahead <= -detail::widest_offset || ahead >= detail::widest_offset)
      detail::refuse("cxm::fixed_offset: an offset is less than 26 hours");
  }

  constexpr std::chrono::seconds offset_at(std::chrono::sys_seconds) const { return ahead_; }

  template <class Duration>
  constexpr auto operator()(std::chrono::sys_time<Duration> at) const {
    return std::chrono::local_time<detail::with_seconds<Duration>>(at.time_since_epoch() + ahead_);
  }
  friend constexpr bool operator==(fixed_offset, fixed_offset) = default;

 private:
  std::chrono::seconds ahead_;
};

/// The system time at which clocks of `zone` show `local`, by these rules:
/// - a time shown twice (clocks were set back) is the *earlier* instant;
/// - a time never shown (clocks were set forward) is moved *forward* by as much as the clocks were,
///   that is, read with the offset in force before: 02:30 in a gap 02:00 to 03:00 is 03:30.
///
/// Takes two to four calls of the zone. A zone must not change twice within 52 hours (none does).
template <class Zone, class Duration>
constexpr auto to_sys(Zone const& zone, std::chrono::local_time<Duration> local) {
  using tick = detail::with_seconds<Duration>;
  using instant = std::chrono::sys_time<tick>;
  tick const shown = local.time_since_epoch();
  // Clocks differ from UTC by less than the margin: at `early` no clock shows `local` yet, at
  // `late` none does any more, so that the offsets of the two are the only ones that matter.
  auto const offset = [&](tick at) { return tick(zone(instant(at)).time_since_epoch()) - at; };
  tick const before = offset(shown - detail::widest_offset);
  tick const after = offset(shown + detail::widest_offset);
  if (before == after) return instant(shown - before);
  tick const first = shown - std::max(before, after);
  tick const second = shown - std::min(before, after);
  if (first + offset(first) == shown) return instant(first);
  if (second + offset(second) == shown) return instant(second);
  return instant(shown - before);
}

/// UTC needs no search.
template <class Duration>
constexpr std::chrono::sys_time<Duration> to_sys(utc, std::chrono::local_time<Duration> local) {
  return std::chrono::sys_time<Duration>(local.time_since_epoch());
}

/// Nor does a fixed offset.
template <class Duration>
constexpr auto to_sys(fixed_offset zone, std::chrono::local_time<Duration> local) {
  return std::chrono::sys_time<detail::with_seconds<Duration>>(local.time_since_epoch() -
                                                               zone.offset_at({}));
}

}  // namespace cxm
