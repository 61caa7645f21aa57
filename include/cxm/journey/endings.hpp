// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/journey_fate.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// How journeys ended, as fields, for stores that were asked to remember it:
///
///     auto journeys = reconstruct(log, fields, either{goal{activated}, after_silence{30 * 24h}},
///                                 known_until{log_end});
///     measure(journeys, all(by(ending, count()),
///                           on(complete_cycle_time, quantiles()),
///                           on(converted{reached{activated}, 60 * 24h}, proportion())));
///
/// What is open is not short: times over complete journeys alone come out too short, so the others
/// are counted beside them as missing; and a share of journeys that succeed within a time is taken
/// over those that have had that time.

namespace cxm {

/// How the journey ended, a `journey_end`.
inline constexpr auto ending = field<"ending">(
    [](auto const& journey) { return journey.store().fate_at(journey.position()).ending; });

/// True where the journey may have begun before the log: its start is not known.
inline constexpr auto left_truncated = field<"left_truncated">(
    [](auto const& journey) { return journey.store().fate_at(journey.position()).left_truncated; });

/// True where the end of observation came first.
inline constexpr auto still_open = field<"still_open">([](auto const& journey) {
  return journey.store().fate_at(journey.position()).ending == journey_end::open;
});

/// The cycle time of a journey that ended by itself; empty, so counted as missing, for one that is
/// open or truncated.
inline constexpr auto complete_cycle_time = field<"complete_cycle_time">([](auto const& journey) {
  auto const how = journey.store().fate_at(journey.position()).ending;
  bool const complete = how != journey_end::open && how != journey_end::truncated;
  return complete ? std::optional(journey.cycle_time()) : std::nullopt;
});

/// How long the journey has been seen: its cycle time, or of an open one, the time from its start
/// to the end of observation. With `still_open` that is what Kaplan and Meier need.
inline constexpr auto observed_time = field<"observed_time">([](auto const& journey) {
  auto const& store = journey.store();
  if (store.fate_at(journey.position()).ending != journey_end::open) return journey.cycle_time();
  return std::max(journey.ended(), store.observed_until()) - journey.started();
});

/// True for a journey that began early enough to have been seen for the whole of `window`, however
/// it went: `where(mature{60 * 24h}, …)`.
template <class Rep, class Period>
struct mature {
  std::chrono::duration<Rep, Period> window;

  constexpr explicit mature(std::chrono::duration<Rep, Period> of) : window(of) {
    if (of < of.zero()) detail::refuse("cxm::mature: the window must not be negative");
  }
  static constexpr std::string_view name() { return "mature"; }
  constexpr bool operator()(auto const& journey) const {
    return journey.store().observed_until() - journey.started() >= window;
  }
};

/// True where the time that `milestone` gives came within `window` of the journey's start, false
/// where it did not, empty for a journey that is not mature: so `proportion()` of it is the
/// conversion rate, and counts the others as missing.
template <class Milestone, class Rep, class Period>
struct converted {
  Milestone milestone;
  mature<Rep, Period> enough;

  constexpr converted(Milestone when, std::chrono::duration<Rep, Period> window)
      : milestone(std::move(when)), enough(window) {}
  static constexpr std::string_view name() { return "converted"; }

  constexpr std::optional<bool> operator()(auto const& journey) const {
    if (!enough(journey)) return std::nullopt;
    auto const when = milestone(journey);
    return when && *when - journey.started() <= enough.window;
  }
};

}  // namespace cxm
