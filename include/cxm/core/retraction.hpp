// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>

#include <cstdint>

/// \file
/// Taking an event back: a correction, an erasure request, or a window that slides on. An
/// accumulator that can do it declares `static constexpr bool retracts = true` and offers
/// `remove(in)`, the inverse of `add(in)` to the byte, and `empty()`. Combinators can where all of
/// their parts can.

namespace cxm {

namespace detail {

template <class Accumulator>
consteval bool find_retracts() {
  if constexpr (requires { Accumulator::retracts; })
    return Accumulator::retracts;
  else
    return false;
}
template <class Accumulator>
consteval bool find_skips_events() {
  if constexpr (requires { Accumulator::skips_events; })
    return Accumulator::skips_events;
  else
    return false;
}

}  // namespace detail

/// Does `Accumulator` say that it can take events back?
template <class Accumulator>
inline constexpr bool retracts = detail::find_retracts<Accumulator>();

/// True for accumulators in which some events leave no trace, as `where`: `empty()` alone does not
/// tell then whether all that was added has been removed, and `by` counts the events of a group
/// beside them.
template <class Accumulator>
inline constexpr bool skips_events = detail::find_skips_events<Accumulator>();

/// An accumulator that takes back what it has counted: after `a.add(x); a.remove(x);` it saves as
/// the bytes that it saved as before.
template <class Type>
concept retractable = accumulator<Type> && retracts<Type> && requires(Type const& self) {
  self.empty();
};

namespace detail {

/// `from.remove(in, weight…)`, or the sentence why that can't be.
template <class Accumulator, class In, class... Weight>
constexpr void retract(Accumulator& from, In const& in, Weight const&... weight) {
  static_assert(retracts<Accumulator>,
                "cxm::remove: this accumulator can't take an event back: extrema, log_histogram "
                "and others keep too little for that; quantiles() keeps all values");
  if constexpr (retracts<Accumulator>) from.remove(in, weight...);
}

/// For `remove`: what was never added is refused, and the state stays as it was.
constexpr void require_counted(bool counted) {
  if (!counted) refuse("cxm::remove: this event was never added");
}
/// Takes so many off a counter.
constexpr void uncount(std::uint64_t& counter, std::uint64_t events = 1) {
  require_counted(counter >= events);
  counter -= events;
}

/// Runs `step`; where it throws, `undo` puts back what was done before it.
template <class Step, class Undo>
constexpr void or_undo(Step const& step, Undo const& undo) {
  try {
    step();
  } catch (...) {
    undo();
    throw;
  }
}

}  // namespace detail
}  // namespace cxm
