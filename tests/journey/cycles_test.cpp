// SPDX-License-Identifier: BSL-1.0
// Journeys that come again: the next trip, the next renewal.
#include <cxm/journey/cycles.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "catch.hpp"
#include "oracle.hpp"

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

TEST_CASE("A journey knows its number, and the time to its neighbours") {
  std::vector<contact> const log = {{1, at(0), 'a', at(30)},
                                    {1, at(100), 'a', at(110)},
                                    {1, at(105), 'x'},
                                    {1, at(300), 'a'},
                                    {2, at(7), 'a'}};
  auto const trips = cxm::reconstruct(log, logs::fields_with_end(), cxm::starting_with{'a'});
  for (auto const& trip : trips) {
    if (trip.customer() == 2) {
      CHECK(cxm::cycle_number(trip) == 1);
      CHECK_FALSE(cxm::since_former(trip));
      CHECK_FALSE(cxm::until_next(trip));
      CHECK_FALSE(trip.former());
    } else if (trip.started() == at(100)) {
      CHECK(cxm::cycle_number(trip) == 2);
      CHECK(cxm::since_former(trip) == 70min);
      CHECK(cxm::until_next(trip) == 190min);
      CHECK(trip.former()->started() == at(0));
      CHECK(trip.next()->started() == at(300));
    }
  }
}

TEST_CASE("A contact that goes on beside the next journey makes the time to it negative") {
  std::vector<contact> const log = {{1, at(0), 'a', at(30)}, {1, at(20), 'a'}};
  auto const trips = cxm::reconstruct(log, logs::fields_with_end(), cxm::starting_with{'a'});
  CHECK(cxm::since_former(trips[1]) == -10min);
}

TEST_CASE("Numbers are those of counting, on random logs") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    auto const log = logs::random(seed, 400, 1 + static_cast<int>(seed), 3000);
    auto const trips = cxm::reconstruct(log, logs::fields(), cxm::until{'a'});
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < trips.size(); ++i) {
      bool const again = i > 0 && trips[i - 1].customer() == trips[i].customer();
      number = again ? number + 1 : 1;
      REQUIRE(cxm::cycle_number(trips[i]) == number);
      REQUIRE(trips[i].former().has_value() == again);
    }
  }
}
