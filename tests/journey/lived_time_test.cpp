// SPDX-License-Identifier: BSL-1.0
// The worked numbers of B9: sales 0–1, back office 5–7, field 48–52, billing 50–53 hours: of 53
// hours 8 are busy and 45 idle.
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/lived_time.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "catch.hpp"
#include "logs.hpp"
#include "oracle.hpp"

using namespace std::chrono_literals;
using logs::at;

TEST_CASE("Worked example B9: 8 hours busy, 45 idle") {
  std::vector<logs::contact> const log = {{1, at(0), 's', at(60), {}, {}},
                                          {1, at(300), 'b', at(420), {}, {}},
                                          {1, at(2880), 'f', at(3120), {}, {}},
                                          {1, at(3000), 'i', at(3180), {}, {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  CHECK(cxm::busy_time(journeys[0]) == 8h);
  CHECK(cxm::idle_time(journeys[0]) == 45h);
  CHECK(cxm::at_contact{cxm::last_to_end, cxm::time_spent}(journeys[0]) == 3h);
}

TEST_CASE("Busy time is the length of a union, minute by minute") {
  auto const log = logs::random(8, 1200, 90, 600);
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  for (auto const& journey : journeys) {
    int minutes = 0;
    for (int minute = 0; minute < 700; ++minute) {
      bool open = false;
      for (auto const& one : journey)
        open = open || (one.time() <= at(minute) && at(minute) < one.ended());
      minutes += open ? 1 : 0;
    }
    REQUIRE(cxm::busy_time(journey) == std::chrono::minutes(minutes));
    REQUIRE(cxm::idle_time(journey) + cxm::busy_time(journey) == journey.cycle_time());
  }
}
