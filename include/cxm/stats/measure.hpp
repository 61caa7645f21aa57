// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/rows.hpp>

#include <iterator>
#include <type_traits>
#include <utility>

/// \file
/// `measure(events, plan)`: one loop. Everything it does can be written by hand as `for (…)
/// plan.add(event)`; events that lie in one piece of memory or in columns are counted by
/// `plan.add_many(rows)` where the plan offers it, to the same bytes.

namespace cxm {

/// Events whose order is declared. Made by `in_order`.
template <class Events>
struct ordered_events {
  static constexpr bool in_order = true;
  Events const& events;
  auto begin() const { return std::begin(events); }
  auto end() const { return std::end(events); }
};
/// Says of events that they stand in the order in which they should be counted, for plans that need
/// one: `measure(in_order(log), windowed(…))`. A view; the events must outlive it.
template <class Events>
ordered_events<Events> in_order(Events const& events) {
  return {events};
}
template <class Events>
void in_order(Events const&& events) = delete;  // it would point to events that are gone

/// A copy of `plan`, bound to the type of the events, that has counted every event of `events`, in
/// order. O(events); the plan itself is not changed, so that it can be given to any number of
/// threads. A plan that needs events in order (`needs_order`) is refused unless the range declares
/// its order by a member `static constexpr bool in_order = true`, as `in_order(events)` does.
template <class Events, accumulator Plan>
constexpr auto measure(Events const& events, Plan plan) {
  if constexpr (needs_order<Plan>) {
    static_assert(
        requires { requires Events::in_order; },
        "cxm::measure: this plan needs its events in order, and the range does not declare an "
        "order");
  }
  auto counted = cxm::bind<std::remove_cvref_t<decltype(*std::begin(events))>>(std::move(plan));
  if constexpr (detail::declared_rows<Events> || detail::contiguous_events<Events>) {
    if (!std::is_constant_evaluated()) {
      detail::add_rows(counted, detail::rows_in(events));
      return counted;
    }
  }
  for (auto const& event : events) counted.add(event);
  return counted;
}

}  // namespace cxm
