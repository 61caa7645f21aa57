// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Where the time of a journey went: `time_spent` in a contact, and of the whole journey the time
/// in which any contact was open (`busy_time`) and the rest (`idle_time`), in which the customer
/// waited. Contacts that overlap count once; contacts without an end take no time.

#include <cxm/core/field.hpp>

#include <algorithm>
#include <string_view>

namespace cxm {

/// How long a contact took: a field of a contact, a duration; 0 where it has no end.
struct contact_duration {
  using reads_contact = void;
  using needs_contact = void;
  static constexpr std::string_view name() { return "time_spent"; }
  constexpr auto operator()(auto const& contact) const { return contact.ended() - contact.time(); }
};
inline constexpr contact_duration time_spent{};

/// In how much of the journey at least one contact was open: the length of the union of their
/// times.
inline constexpr auto busy_time = field<"busy_time">([](auto const& journey) {
  auto open_until = journey.started();
  auto busy = open_until - open_until;
  for (std::size_t i = 0; i < journey.size(); ++i) {  // in the order of their starts
    auto const from = std::max(open_until, journey[i].time());
    auto const to = std::max(from, journey[i].ended());
    busy += to - from;
    open_until = to;
  }
  return busy;
});

/// In how much of the journey no contact was open: `cycle_time` − `busy_time`.
inline constexpr auto idle_time = field<"idle_time">(
    [](auto const& journey) { return journey.cycle_time() - busy_time(journey); });

}  // namespace cxm
