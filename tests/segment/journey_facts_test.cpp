// SPDX-License-Identifier: BSL-1.0
// The facts of journeys as features of segments: one table from one list of fields.
#include <cxm/journey/facts.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/ordinal.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace std::chrono_literals;

TEST_CASE("Facts of journeys are features") {
  using instant = std::chrono::sys_time<std::chrono::minutes>;
  struct contact {
    int customer;
    instant when;
    int what;
    std::optional<int> stage;
    std::optional<instant> promised = {}, kept_at = {};
    std::optional<int> valence = {};
  };
  auto const at = [](int minute) { return instant(std::chrono::minutes(minute)); };
  std::vector<contact> const log = {{1, at(0), 1, 1, at(5), at(6), 4},
                                    {1, at(30), 2, 3, at(40), at(40), -2},
                                    {2, at(0), 1, 2, {}, {}, 1},
                                    {3, at(0), 1, {}, {}, {}, 3}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what});
  auto const promise = cxm::promise_of(&contact::promised, &contact::kept_at);
  auto const facts =
      std::tuple(cxm::cycle_time, cxm::contacts, cxm::repeats,
                 cxm::stage_reached{cxm::field<"stage">(&contact::stage)},
                 cxm::broken_promises{promise}, cxm::effort(cxm::cost{2, cxm::contacts}),
                 cxm::worst(cxm::field<"valence">(&contact::valence)));
  auto const table = std::apply(
      [&](auto const&... fact) { return cxm::features(journeys, fact..., cxm::unscaled{}); },
      facts);
  REQUIRE(table.rows() == 2);
  CHECK(table.left_out().missing == 1);  // no stage is known
  CHECK(table.names() == std::vector<std::string>{"cycle_time", "contacts", "repeats",
                                                  "furthest stage", "broken promise", "effort",
                                                  "worst valence"});
  double const first[] = {30 * 60, 2, 0, 3, 1, 4, -2};
  for (int i = 0; i < 7; ++i) CHECK(table.values()(0, i) == first[i]);
}
