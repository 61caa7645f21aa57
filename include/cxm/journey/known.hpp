// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

/// \file
/// From when and until when a log tells what happened. What is not over by then is not known to be
/// over: an open journey, a promise that may still be kept.

namespace cxm {

/// The question until when anything is known.
struct observation_end;
/// The question from when on anything is known.
struct observation_start;
/// The question whether a store remembers how each journey ended.
struct remembered_endings;

/// The time until which events are known. Without it nothing that has not happened counts as unmet,
/// and journeys are seen up to the latest time in the log.
template <class Time>
struct known_until {
  using policy_kind = observation_end;
  Time time;
};
template <class Time>
known_until(Time) -> known_until<Time>;

/// Nothing is said of how long events are known.
struct known_for_ever_after {
  using policy_kind = observation_end;
};

/// The time from which on events are known. Without it, the first time in the log.
template <class Time>
struct known_from {
  using policy_kind = observation_start;
  Time time;
};
template <class Time>
known_from(Time) -> known_from<Time>;

/// Nothing is said of what was before the log.
struct known_from_the_first {
  using policy_kind = observation_start;
};

/// `reconstruct` remembers how each journey began and ended, in two bytes a journey, for the fields
/// of journey/endings.hpp. `known_from` and `known_until` ask for it as well.
struct remember_endings {
  using policy_kind = remembered_endings;
};

/// The default: nothing is kept, nothing is spent.
struct forget_endings {
  using policy_kind = remembered_endings;
};

}  // namespace cxm
