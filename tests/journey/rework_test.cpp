// SPDX-License-Identifier: BSL-1.0
// The worked example of B13, and repeats against the obvious double loop.
#include <cxm/core/save.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/repeats.hpp>
#include <cxm/journey/rework.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

using namespace Catch::Matchers;
using logs::contact;

TEST_CASE("Worked example B13: A B C B D repeats once in five, a loop of length 2 at B") {
  auto const log = logs::written({"ABCBD"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK(cxm::repeated_contacts(journeys[0]) == 1);
  CHECK(cxm::self_loops(journeys[0]) == 0);
  CHECK(cxm::loop_returns(journeys[0]) == 1);
  auto const found = cxm::measure(journeys, cxm::rework()).result();
  CHECK_THAT(*found.rework_share, WithinAbs(0.2, 1e-15));
  CHECK(found.by_value.size() == 1);
  CHECK(found.by_value.at('B') == 1);
  CHECK(*found.mean_loop_length == 2.0);
  auto const loops = cxm::measure(
      journeys,
      cxm::each_repeat(cxm::at_touchpoint,
                       cxm::by(cxm::at_touchpoint, cxm::on(cxm::loop_length, cxm::quantiles()))));
  CHECK(loops.result().at('B').ascending == std::vector<std::uint64_t>{2});
}

TEST_CASE("Self loops and loop returns are told apart, each to the last one alike") {
  auto const log = logs::written({"AABBA", "ABC"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const found = cxm::measure(journeys, cxm::rework()).result();
  CHECK(found.journeys == 2);
  CHECK(found.again.successes == 1);
  CHECK(found.contacts == 8);
  CHECK(found.repeats == 3);
  CHECK(found.self_loops == 2);
  CHECK(found.loop_returns == 1);
  CHECK(*found.mean_loop_length == 3.0);  // from the second A to the third
  auto const nothing = cxm::measure(std::vector<decltype(journeys)::value_type>(), cxm::rework());
  CHECK(nothing.result().rework_share.why() == cxm::reason::no_data);
}

TEST_CASE("The same failure again, by a field that most contacts don't have") {
  auto log = logs::written({"abcde"});
  log[0].order = 7;  // the failure, reported
  log[2].order = 8;
  log[3].order = 7;  // and met again
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK(cxm::repeated_contacts(&contact::order)(journeys[0]) == 1);
  auto const found = cxm::measure(journeys, cxm::rework(&contact::order)).result();
  CHECK(found.contacts == 3);
  CHECK(found.repeats == 1);
  CHECK(found.by_value.at(7) == 1);
  CHECK(*found.mean_loop_length == 3.0);
}

TEST_CASE("Repeats agree with a double loop on random journeys") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto const log = logs::random(seed, 300, 20, 10'000);
    auto const journeys = cxm::reconstruct(log, logs::fields());
    std::uint64_t repeats = 0, at_once = 0, lengths = 0;
    for (auto const& journey : journeys) {
      std::uint64_t own = 0;
      for (std::size_t i = 0; i < journey.size(); ++i)
        for (std::size_t j = i; j-- > 0;)
          if (journey[i].touchpoint() == journey[j].touchpoint()) {
            ++own;
            at_once += i - j == 1 ? 1 : 0;
            lengths += i - j == 1 ? 0 : i - j;
            break;
          }
      REQUIRE(cxm::repeated_contacts(journey) == own);
      repeats += own;
    }
    auto const found = cxm::measure(journeys, cxm::rework()).result();
    REQUIRE(found.repeats == repeats);
    REQUIRE(found.self_loops == at_once);
    REQUIRE_THAT(*found.mean_loop_length * static_cast<double>(found.loop_returns),
                 WithinRel(static_cast<double>(lengths), 1e-12));
  }
}

TEST_CASE("Rework keeps the merge laws and saved bytes") {
  auto const log = logs::random(3, 300, 40, 10'000);
  auto const store = cxm::reconstruct(log, logs::fields());
  std::vector<decltype(store)::value_type> const journeys(store.begin(), store.end());
  auto const report = cxm::check_merge_laws(cxm::rework(), journeys,
                                            {.seed = 3, .rounds = 3, .bytes_to_flip = 500});
  INFO(report.text());
  CHECK(report.holds());
}
