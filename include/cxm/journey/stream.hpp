// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/detail/row_reader.hpp>
#include <cxm/journey/journey_stream.hpp>
#include <cxm/journey/stream_policies.hpp>

#include <chrono>
#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// `stream(touchpoint_fields{…}, boundary, plan, policies…)`: journeys while events come, late ones
/// and all:
///
///     auto live = stream(fields, after_silence{30min}, on(cycle_time, moments()),
///                        out_of_order_by{5min}, allowed_lateness{24h}, late_to{sink});
///     for (auto const& event : incoming) live.add(event);
///     live.finish();
///     live.result();                          // of measure(reconstruct(log, fields, …), plan)
///
/// A journey is counted once it is final: nothing that may still come can change it.

namespace cxm {

namespace detail {

template <class... Policies>
consteval bool known_stream_policies() {
  return (answers_one_of<Policies, watermark_delay, lateness_allowed, event_source, source_idleness,
                         clock_trust, left_out_sink, journey_emission, contacts_cap, bytes_cap> &&
          ...);
}

template <class Time, class Row, class Boundary, class... Policies>
auto stream_setup_of(Boundary boundary, Policies const&... policies) {
  using ticks = typename Time::duration;
  auto source = pick<event_source>(one_source{}, policies...);
  auto trust = pick<clock_trust>(trust_all_clocks{}, policies...);
  auto notify = pick<left_out_sink>(late_to_nobody{}, policies...);
  auto emit = pick<journey_emission>(only_counted{}, policies...);
  stream_setup<Row, Time, Boundary, decltype(source), decltype(trust), decltype(notify),
               decltype(emit)>
      setup(std::move(boundary), std::move(source), std::move(trust), std::move(notify),
            std::move(emit));
  auto const cap = pick<contacts_cap>(all_contacts{}, policies...);
  if constexpr (requires { cap.most; }) {
    setup.most_contacts = cap.most;
    setup.span = std::chrono::ceil<ticks>(cap.span);
  }
  setup.most_bytes = pick<bytes_cap>(at_most_bytes{}, policies...).most;
  return setup;
}

template <class Watermark, class Time, class... Policies>
Watermark watermark_of(Policies const&... policies) {
  using ticks = typename Time::duration;
  using std::chrono::ceil;
  using std::chrono::hours;
  auto const delay = pick<watermark_delay>(out_of_order_by{hours(1)}, policies...);
  auto const lateness = pick<lateness_allowed>(allowed_lateness{hours(24)}, policies...);
  auto const idle = pick<source_idleness>(never_idle{}, policies...);
  std::optional<ticks> silence;
  if constexpr (requires { idle.silence; }) silence = ceil<ticks>(idle.silence);
  return Watermark(ceil<ticks>(delay.delay), ceil<ticks>(lateness.lateness), silence);
}

}  // namespace detail

/// Journeys by `boundary` out of events that will come, counted by `plan` as they become final. The
/// fields tell the type of the events, or it is given: `stream<contact>(…)`. Policies:
/// `out_of_order_by` (1 h where not given), `allowed_lateness` (24 h), `by_source`, `idle_after`,
/// `seen_at`, `late_to`, `on_final`, `most_contacts`, `at_most_bytes`
/// (journey/stream_policies.hpp). For every order of arrival in which no event is too late the
/// journeys are those of `reconstruct`. Contacts at one instant that no `ordered_by` field orders
/// stand as they arrived. Copies of events are kept out by a `copy_filter` in front. A boundary
/// whose `by_time` says that a journey is over must judge the next contact as it would one without
/// that journey, as those of cxm do.
template <class Row = void, class... Fields, class Boundary, accumulator Plan, class... Policies>
auto stream(touchpoint_fields<Fields...> fields, Boundary boundary, Plan plan,
            Policies... policies) {
  static_assert(answers<Boundary, journey_boundary>,
                "cxm::stream: after the fields comes a boundary, as never{} or after_silence{12h}");
  static_assert(
      detail::no_question_twice<watermark_delay, lateness_allowed, event_source, source_idleness,
                                clock_trust, left_out_sink, journey_emission, contacts_cap,
                                bytes_cap>::template in<Policies...>,
      "cxm::stream: two policies answer the same question");
  static_assert(detail::known_stream_policies<Policies...>(),
                "cxm::stream: this policy answers another question than a stream asks");
  static_assert(!needs_order<Plan>,
                "cxm::stream: this plan needs its journeys in order, and they come as they end");
  using event =
      std::conditional_t<std::is_void_v<Row>, detail::event_of_t<decltype(fields.customer)>, Row>;
  static_assert(!std::is_void_v<event>,
                "cxm::stream: the fields don't tell the type of the events; name it, as in "
                "stream<contact>(…)");
  using reader = detail::row_reader<event, Fields...>;
  using time = typename reader::time_type;
  auto setup = detail::stream_setup_of<time, event>(std::move(boundary), policies...);
  using watermark_type = typename decltype(setup)::watermark_type;
  auto bound = cxm::bind<typename detail::stream_ready<event, reader>::journey>(std::move(plan));
  return journey_stream<event, reader, decltype(setup), decltype(bound)>(
      reader(std::move(fields)), std::move(setup),
      detail::watermark_of<watermark_type, time>(policies...), std::move(bound));
}

}  // namespace cxm
