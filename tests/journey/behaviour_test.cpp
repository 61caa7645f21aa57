// SPDX-License-Identifier: BSL-1.0
// The worked numbers of B13 (A B C B D has one repeat of five) and B10 (four departments one after
// the other: three handovers).
#include <cxm/journey/behaviour.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/lived_time.hpp>

#include "catch.hpp"
#include "logs.hpp"
#include "ratings.hpp"

#include <set>
#include <stdexcept>
#include <string>

using namespace std::chrono_literals;
using ratings::contact;

TEST_CASE("Worked example B13: A B C B D has one repeat") {
  auto const log = logs::written({"ABCBD", "A", "AAAA", "ABAB"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK(cxm::repeats(journeys[0]) == 1);
  CHECK(cxm::repeats(journeys[1]) == 0);
  CHECK(cxm::repeats(journeys[2]) == 3);
  CHECK(cxm::repeats(journeys[3]) == 2);
}

TEST_CASE("Worked example B10: sales, back office, field, billing: three handovers") {
  auto const log = logs::written({"sbfi"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK(cxm::switches{&logs::contact::what}(journeys[0]) == 3);
}

TEST_CASE("Repeats and switches of random journeys, the slow way; what is unknown is passed over") {
  auto const log = ratings::random(31, 700, 9);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  for (auto const& journey : journeys) {
    std::set<int> seen;
    std::uint64_t again = 0, changes = 0;
    std::optional<int> held;
    for (auto const& one : journey) {
      if (!seen.insert(one.touchpoint()).second) ++again;
      auto const channel = one.read(&contact::channel);
      if (!channel) continue;
      if (held && *held != *channel) ++changes;
      held = channel;
    }
    REQUIRE(cxm::repeats(journey) == again);
    REQUIRE(cxm::switches{&contact::channel}(journey) == changes);
  }
}

TEST_CASE("Repeats and switches of text") {
  struct visit {
    std::string who;
    std::chrono::sys_seconds when;
    std::string where;
  };
  auto const at = [](int hour) { return std::chrono::sys_seconds(std::chrono::hours(hour)); };
  std::vector<visit> const log = {
      {"x", at(0), "web"}, {"x", at(1), "call"}, {"x", at(2), "web"}, {"x", at(3), "web"}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&visit::who, &visit::when, &visit::where});
  CHECK(cxm::repeats(journeys[0]) == 2);
  CHECK(cxm::switches{&visit::where}(journeys[0]) == 2);
}

TEST_CASE("Waits longer than a limit, the slow way") {
  auto const log = logs::random(13, 1500, 100, 3000);
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  for (auto const& journey : journeys) {
    std::uint64_t n = 0;
    for (std::size_t i = 1; i < journey.size(); ++i) {
      auto ended = journey[0].ended();
      for (std::size_t j = 0; j < i; ++j) ended = std::max(ended, journey[j].ended());
      n += journey[i].time() > ended + 2h ? 1 : 0;
    }
    REQUIRE(cxm::waits{2h}(journey) == n);
  }
  CHECK(cxm::name_of(cxm::waits{2h}) == "waits over 2 h");
  CHECK(cxm::name_of(cxm::waits{30min}) == "waits over 30 min");
  CHECK(cxm::name_of(cxm::waits{5ms}) == "waits over 5 x 1/1000 s");
}

TEST_CASE("Durations in whole units, and units that are refused") {
  auto const log = logs::written({"abc"});  // ten minutes apart
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK(cxm::in_whole{6min, cxm::idle_time}(journeys[0]) == 3);
  CHECK(cxm::in_whole{24h, cxm::idle_time}(journeys[0]) == 0);
  CHECK_FALSE(cxm::in_whole{1min, cxm::time_to{cxm::reached{'x'}}}(journeys[0]));
  CHECK(cxm::in_whole{1s, cxm::time_to{cxm::reached{'c'}}}(journeys[0]) == 1200);
  CHECK(cxm::name_of(cxm::in_whole{24h, cxm::idle_time}) == "idle_time in 24 h");
  CHECK_THROWS_AS((cxm::in_whole{0min, cxm::idle_time}), std::invalid_argument);
}
