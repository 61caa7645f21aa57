// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <cstdint>
#include <optional>

/// \file
/// Journeys that come again, as trips, orders and renewals do: which one of the customer's this is,
/// and how long after the one before. `by(cycle_number, on(last(&contact::recommend), nps()))`
/// tells what the second trip is like.

namespace cxm {

/// 1 for the customer's first journey in the store, 2 for the next. O(log of the number).
inline constexpr auto cycle_number = field<"cycle_number">([](auto const& journey) {
  auto const first = journey.store().first_journey_beside(journey.position());
  return static_cast<std::uint64_t>(journey.position() - first + 1);
});

/// From the end of the customer's former journey to the start of this one, negative where a contact
/// of the former went on beside it; empty for the first.
inline constexpr auto since_former = field<"since_former">([](auto const& journey) {
  auto const former = journey.former();
  return former ? std::optional(journey.started() - former->ended()) : std::nullopt;
});

/// From the end of this journey to the start of the customer's next one; empty for the last, of
/// which nobody knows.
inline constexpr auto until_next = field<"until_next">([](auto const& journey) {
  auto const next = journey.next();
  return next ? std::optional(next->started() - journey.ended()) : std::nullopt;
});

}  // namespace cxm
