// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/boundary.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// How a journey ended, and whether its beginning was seen: what a store remembers when it is
/// asked.

namespace cxm {

/// How a journey ended.
enum class journey_end : std::uint8_t {
  reached,    ///< with its goal
  closed,     ///< by another boundary: an end, a new start, another key, a new month
  abandoned,  ///< in silence, without a goal
  truncated,  ///< not by itself: it had its full size (`max_contacts`, `max_duration`)
  open        ///< not yet: at the end of observation it may still go on (right-censored)
};

/// The name of an ending, as tables print it.
constexpr std::string_view name(journey_end how) {
  constexpr std::string_view names[] = {"reached", "closed", "abandoned", "truncated", "open"};
  return names[static_cast<std::size_t>(how)];
}

/// How a journey began and ended.
struct journey_fate {
  journey_end ending = journey_end::open;
  /// It may have begun before the log: what was before would not have been cut off.
  bool left_truncated = false;

  friend bool operator==(journey_fate, journey_fate) = default;
};

namespace detail {

/// How a journey ended before a contact with this verdict, or by time. One that others would have
/// cut there as well is not truncated; one after a silence is abandoned, whatever came then.
constexpr journey_end end_before(cut verdict) {
  if (verdict.before) return verdict.silent ? journey_end::abandoned : journey_end::closed;
  return verdict.full ? journey_end::truncated : journey_end::open;
}
/// How it ended after a contact with this verdict.
constexpr journey_end end_after(cut verdict) {
  return verdict.reached ? journey_end::reached : journey_end::closed;
}

}  // namespace detail
}  // namespace cxm
