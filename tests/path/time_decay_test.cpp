// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/time_decay.hpp>
#include <cxm/stats/measure.hpp>

#include "../journey/oracle.hpp"
#include "catch.hpp"

#include <vector>

using namespace Catch::Matchers;
using logs::at;
using logs::contact;

TEST_CASE("Worked example E6: ages of 10, 5 and 0 days at a half-life of 7") {
  int const day = 24 * 60;
  std::vector<contact> const log = {
      {1, at(0), 'a', {}}, {1, at(5 * day), 'b', {}}, {1, at(10 * day), 'c', {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const plan = cxm::time_decay(cxm::half_life{std::chrono::days(7)},
                                    [](auto const& journey) { return journey.size() == 3; });
  auto const found = cxm::measure(journeys, plan).result();
  CHECK(found.conversions == 1);
  CHECK_THAT(found.find('a')->credit, WithinAbs(.188, 5e-4));
  CHECK_THAT(found.find('b')->credit, WithinAbs(.308, 5e-4));
  CHECK_THAT(found.find('c')->credit, WithinAbs(.505, 5e-4));
  CHECK(found.find('a')->credit + found.find('b')->credit + found.find('c')->credit == 1);
}
