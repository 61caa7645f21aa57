// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

/// \file
/// What a stream (journey/stream.hpp) is told about the world: how far out of order events come,
/// how long it waits for late ones, whose clocks to trust, how much it may hold.

namespace cxm {

struct watermark_delay;   ///< The question how far behind the latest event others may still come.
struct lateness_allowed;  ///< The question how long after the watermark events are still taken.
struct event_source;      ///< The question which source an event came from.
struct source_idleness;   ///< The question when a source is no longer waited for.
struct clock_trust;       ///< The question when a time is too far in the future to be believed.
struct left_out_sink;     ///< The question who gets the events that are left out or doubtful.
struct journey_emission;  ///< The question who gets each journey.
struct contacts_cap;      ///< The question how many contacts of one customer are taken.
struct bytes_cap;         ///< The question how much memory a stream may take.

namespace detail {
template <class Duration>
constexpr Duration not_negative(Duration given, std::string_view otherwise) {
  if (given < given.zero()) refuse(otherwise);
  return given;
}
}  // namespace detail

/// The watermark of a source is its latest time less this: no event earlier is expected any more.
template <class Duration>
struct out_of_order_by {
  using policy_kind = watermark_delay;
  Duration delay;
  constexpr explicit out_of_order_by(Duration by)
      : delay(detail::not_negative(by, "cxm::out_of_order_by: the delay must not be negative")) {}
};

/// An event is late if it is earlier than the watermark; it is still taken while it is at most this
/// much earlier. What is earlier still is too late: counted, and given to the sink.
template <class Duration>
struct allowed_lateness {
  using policy_kind = lateness_allowed;
  Duration lateness;
  constexpr explicit allowed_lateness(Duration of)
      : lateness(
            detail::not_negative(of, "cxm::allowed_lateness: the lateness must not be negative")) {}
};

/// Each source, as `field` of an event tells it, has a watermark of its own; that of the stream is
/// the least of them.
template <class Field>
struct by_source {
  using policy_kind = event_source;
  Field field;
};
template <class Field>
by_source(Field) -> by_source<Field>;
struct one_source {
  using policy_kind = event_source;
};

/// A source whose latest event is this much older than the latest of all is idle: it is not waited
/// for until it speaks again.
template <class Duration>
struct idle_after {
  using policy_kind = source_idleness;
  Duration silence;
  constexpr explicit idle_after(Duration of)
      : silence(detail::not_negative(of, "cxm::idle_after: the silence must not be negative")) {}
};
struct never_idle {
  using policy_kind = source_idleness;
};

/// An event whose time is more than `skew` after the time at which it was seen, as `field` tells
/// it, comes from a fast clock: it is counted, given to the sink, and taken, but does not move the
/// watermark, so that it can't make all honest events late.
template <class Field, class Duration>
struct seen_at {
  using policy_kind = clock_trust;
  Field field;
  Duration skew;
  constexpr seen_at(Field seen, Duration longest)
      : field(std::move(seen)),
        skew(detail::not_negative(longest, "cxm::seen_at: the skew must not be negative")) {}
};
struct trust_all_clocks {
  using policy_kind = clock_trust;
};

/// Why a stream gives an event to the sink.
enum class stream_notice : std::uint8_t {
  too_late,    ///< earlier than the allowed lateness; not counted
  skewed,      ///< from a fast clock; counted, and does not move the watermark
  incomplete,  ///< without customer, time or touchpoint, or ends before it starts; not counted
  over_cap,    ///< more contacts of this customer than the cap; not counted
  spilled      ///< of a customer beyond the memory of the stream; not counted
};

/// Calls `sink(event, notice)` for each event that is left out or doubtful.
template <class Sink>
struct late_to {
  using policy_kind = left_out_sink;
  Sink sink;
};
template <class Sink>
late_to(Sink) -> late_to<Sink>;
struct late_to_nobody {
  using policy_kind = left_out_sink;
  struct nobody {
    void operator()(auto const&, stream_notice) const {}
  } sink;
};

/// Calls `sink(journey)` for each journey once it is final, before the plan counts it. The journey
/// is a view, valid during the call.
template <class Sink>
struct on_final {
  using policy_kind = journey_emission;
  Sink sink;
};
template <class Sink>
on_final(Sink) -> on_final<Sink>;
struct only_counted {
  using policy_kind = journey_emission;
  struct nobody {
    void operator()(auto const&) const {}
  } sink;
};

/// Of each customer's contacts in each `span` of event time, counted from the epoch, the `most`
/// earliest are taken; the others go to the sink. Which ones these are does not depend on when
/// they arrive. A robot's million events in an hour thus take room for at most 2 · `most`.
template <class Duration>
struct most_contacts {
  using policy_kind = contacts_cap;
  std::uint64_t most;
  Duration span;
  constexpr most_contacts(std::uint64_t limit, Duration in_each) : most(limit), span(in_each) {
    if (limit == 0 || limit > UINT32_MAX / 4)
      detail::refuse("cxm::most_contacts: from 1 to 2^30 contacts can be taken");
    if (in_each <= in_each.zero())
      detail::refuse("cxm::most_contacts: the span must be longer than zero");
  }
};
struct all_contacts {
  using policy_kind = contacts_cap;
};

/// Where the open journeys would take more than `most` bytes, the stream goes on with half of its
/// customers, those with the smaller canonical hash: a random sample of whole customers. The open
/// contacts of the others, and all that come later, go to the sink. When that happens depends on
/// what is open at once, hence on arrival.
struct at_most_bytes {
  using policy_kind = bytes_cap;
  std::uint64_t most = UINT64_MAX;
};

}  // namespace cxm
