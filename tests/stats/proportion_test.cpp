// SPDX-License-Identifier: BSL-1.0
// Wilson's interval of 81 of 263 is published by Newcombe (1998): 0.2553 to 0.3662.
#include <cxm/core/save.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>

#include "catch.hpp"

#include <optional>
#include <vector>

using namespace Catch::Matchers;

TEST_CASE("81 of 263, and those who did not answer") {
  struct event {
    std::optional<bool> solved;
  };
  std::vector<event> events(300);
  for (std::size_t i = 0; i < 263; ++i) events[i].solved = i < 81;
  auto const found = cxm::measure(events, cxm::on(&event::solved, cxm::proportion())).result();
  CHECK(found.n == 263);
  CHECK(found.missing == 37);
  CHECK(found.successes == 81);
  CHECK_THAT(*found.value, WithinAbs(81.0 / 263, 1e-15));
  CHECK_THAT(found.interval->low, WithinAbs(0.2553, 5e-5));
  CHECK_THAT(found.interval->high, WithinAbs(0.3662, 5e-5));
}

TEST_CASE("A share of nothing has no value, and parts merge to the whole") {
  auto const plan = cxm::proportion(cxm::wald{}, cxm::confidence{0.9});
  CHECK(plan.result().value.why() == cxm::reason::no_data);
  auto a = plan, b = plan, whole = plan;
  for (int i = 0; i < 100; ++i) {
    (i % 3 ? a : b).add(i % 7 == 0);
    whole.add(i % 7 == 0);
  }
  a.merge(b);
  CHECK(cxm::save(a) == cxm::save(whole));
  CHECK(cxm::load(plan, cxm::save(a)) == whole);
}
