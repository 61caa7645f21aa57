// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Facts of a journey, as fields: what scores are grouped by, segments are made of, and drivers are
/// sought among.
///
/// | fact | field |
/// |---|---|
/// | how long it took, how many contacts | `cycle_time`, `contacts` |
/// | how often the channel changed, contacts came back | `switches{&contact::channel}`, `repeats` |
/// | how often it was handed over, sent back | `hand_overs(&contact::office)`, `ping_pongs(…)` |
/// | whether there was a human at all | `journey_mode(&contact::mode)` |
/// | how long the customer waited, in days | `in_whole{24h, idle_time}`, `waits{24h}` |
/// | how far it came | `stage_reached{&contact::stage}` |
/// | promises that were broken | `broken_promises{promise_of(…)}`, `broken_promise(…)` |
/// | how late, how early | `overrun(promise_of(…))`, `ahead_of_promise(promise_of(…))` |
/// | news while waiting | `contacts_between{…}`, `longest_silence{…}` |
/// | what became of a failure | `service_fate_of(…)`, `recovery_time{…}` |
/// | what it cost the customer | `effort(cost{…}…)` |
/// | the low point, and after it | `worst(&contact::valence)`, `recovery(&contact::valence)` |
///
/// All go into `by`, `on`, `features(journeys, fact…)` and `all`.

#include <cxm/core/field.hpp>
#include <cxm/journey/behaviour.hpp>
#include <cxm/journey/contactless.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/effort.hpp>
#include <cxm/journey/hand_over.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/lived_time.hpp>
#include <cxm/journey/promise_fields.hpp>
#include <cxm/journey/rated_journeys.hpp>
#include <cxm/journey/service_recovery.hpp>
#include <cxm/journey/waiting.hpp>
#include <cxm/stats/detail/key.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace cxm {

/// The furthest stage that a journey reached: the greatest value of `field`, a number or an enum in
/// the order of the stages. Contacts without a stage don't count; empty where none has one.
template <class Field>
struct stage_reached {
  Field field;
  constexpr explicit stage_reached(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const {
    return detail::derived_name<"furthest ", Field>(field);
  }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using stage = detail::answered_t<decltype(cxm::read(field, journey[0]))>;
    std::optional<stage> furthest;
    for (std::size_t i = 0; i < journey.size(); ++i)
      detail::if_answered(
          cxm::read(field, journey[i]),
          [&](auto const& value) {
            if (!furthest || detail::key_before(*furthest, value)) furthest = value;
          },
          [] {});
    return furthest;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(stage_reached const&, stage_reached const&) = default;
};

}  // namespace cxm
