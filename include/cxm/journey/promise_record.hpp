// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// One promise and what became of it, as `promise_of` reads it off an event or a journey.

#include <cstdint>
#include <optional>

namespace cxm {

/// What became of a promise.
enum class promise_fate : std::uint8_t {
  kept,
  early,    ///< before what was promised, by more than is tolerated
  late,     ///< after it, by more than is tolerated
  no_show,  ///< an appointment at which nobody came
  unmet,    ///< has not happened, although its time has passed
  pending,  ///< has not happened, and may still be kept
  invalid   ///< a window that ends before it begins
};

/// One promise and what became of it.
template <class Duration>
struct promise_record {
  using duration = Duration;

  promise_fate fate = promise_fate::pending;
  std::optional<Duration> deviation;  ///< delivered − promised; empty where not delivered
  std::optional<Duration> overdue;    ///< end of observation − promised, of what is not delivered
  std::optional<Duration> promised_in;  ///< from the making of the promise until it was due
  std::optional<Duration> window;       ///< how long the appointment was

  /// Decided, and not kept.
  constexpr bool broken() const {
    return fate != promise_fate::kept && fate != promise_fate::pending &&
           fate != promise_fate::invalid;
  }
  /// Delivered, but after the promised time.
  constexpr bool too_late() const {
    return deviation && (fate == promise_fate::late || fate == promise_fate::no_show);
  }
  constexpr bool decided() const { return fate == promise_fate::kept || broken(); }
};

}  // namespace cxm
