// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

/// \file
/// What became of every event that a stream was given.

namespace cxm {

/// Each event is counted once in `counted`, `incomplete`, `too_late`, `over_cap` or `spilled`;
/// those that were late or skewed, but taken, also there.
struct stream_counts {
  static constexpr std::string_view type_name = "stream_counts";

  std::uint64_t events = 0;      ///< all that came
  std::uint64_t incomplete = 0;  ///< without customer, time or touchpoint, or end before start
  std::uint64_t too_late = 0;    ///< earlier than the allowed lateness
  std::uint64_t over_cap = 0;    ///< beyond `most_contacts`
  std::uint64_t spilled = 0;     ///< of customers beyond `at_most_bytes`
  std::uint64_t late = 0;        ///< after the watermark, but taken
  std::uint64_t skewed = 0;      ///< from a fast clock, but taken
  std::uint64_t journeys = 0;    ///< final ones
  std::uint64_t contacts = 0;    ///< in final journeys

  /// Events that are taken, in final and open journeys.
  std::uint64_t counted() const { return events - incomplete - too_late - over_cap - spilled; }

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("events", self.events);
    visit.state("incomplete", self.incomplete);
    visit.state("too_late", self.too_late);
    visit.state("over_cap", self.over_cap);
    visit.state("spilled", self.spilled);
    visit.state("late", self.late);
    visit.state("skewed", self.skewed);
    visit.state("journeys", self.journeys);
    visit.state("contacts", self.contacts);
  }
};

}  // namespace cxm
