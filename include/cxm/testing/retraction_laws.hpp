// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/bind.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/save.hpp>
#include <cxm/testing/merge_laws.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

/// \file
/// For users whose accumulators take events back: what `retractable` promises, checked on saved
/// bytes. \code
///   CHECK(cxm::check_retraction_laws(my_metric(), answers).holds());
/// \endcode

namespace cxm {

namespace detail {

/// A refusal must leave the bytes as they were; true where there was one.
template <class State, class Event>
bool refused_unchanged(law_report& report, State& state, Event const& event) {
  auto const before = save(state);
  try {
    state.remove(event);
  } catch (std::invalid_argument const&) {
    report.check(save(state) == before, "remove: a refused event changes the bytes");
    return true;
  }
  return false;
}

}  // namespace detail

/// Checks on random parts of `events` that removing is the inverse of adding: what is left after
/// some events are removed, in any order, and merged with others or loaded in between, saves as the
/// bytes of those that remain; nothing is left where all are removed, and then any event is
/// refused. O(rounds · events).
template <accumulator Plan, class Events>
law_report check_retraction_laws(Plan const& plan, Events const& events, law_effort effort = {}) {
  detail::law_events<Events> const given(events);
  using event = typename detail::law_events<Events>::event;
  auto const fresh = cxm::bind<event>(plan);
  using state = std::remove_const_t<decltype(fresh)>;
  static_assert(retractable<state>,
                "cxm::check_retraction_laws: this accumulator does not declare that it retracts");
  std::vector<event const*> all = given.addresses();
  law_report report;
  detail::law_dice dice(effort.seed);
  report.check(fresh.empty(), "empty: false for a fresh plan");
  for (std::uint64_t round = 0; round < effort.rounds; ++round) {
    dice.shuffle(all);
    auto const middle = all.begin() + static_cast<std::ptrdiff_t>(dice.below(all.size() + 1));
    std::vector<event const*> const kept(all.begin(), middle);
    std::vector<event const*> gone(middle, all.end());
    auto const expected = save(detail::counted(fresh, kept));
    auto left = detail::counted(fresh, all);
    dice.shuffle(gone);
    for (auto const* one : gone) left.remove(*one);
    report.check(save(left) == expected, "remove: what is left differs from what remained");
    auto const half = gone.size() / 2;
    for (std::size_t i = 0; i < half; ++i) left.add(*gone[i]);
    left = load(fresh, save(left));
    for (std::size_t i = half; i-- > 0;) left.remove(*gone[i]);
    report.check(save(left) == expected, "remove: after a load it leaves other bytes");
    if constexpr (merge_law_of<state> == merge_law::exact) {
      left.merge(detail::counted(fresh, gone));
      for (auto const* one : gone) left.remove(*one);
      report.check(save(left) == expected, "remove: after a merge it leaves other bytes");
    }
    for (auto const* one : kept) left.remove(*one);
    report.check(left.empty() && save(left) == save(fresh), "remove: all removed is not empty");
    if (!all.empty() && !skips_events<state>)
      report.check(detail::refused_unchanged(report, left, *all.front()),
                   "remove: an empty state gives an event back");
  }
  return report;
}

}  // namespace cxm
