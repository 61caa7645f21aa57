// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/core/time_window.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <random>
#include <stdexcept>
#include <vector>

using namespace std::chrono;

namespace {
struct answer {
  sys_seconds when;
};
}  // namespace

TEST_CASE("tumbling: each time lies in its window, before 1970 too") {
  auto const window = cxm::tumbling(&answer::when, 15min, 5min);
  std::mt19937 random(1);
  for (int i = 0; i < 5000; ++i) {
    answer const one{sys_seconds(seconds(static_cast<int>(random() % 2'000'000) - 1'000'000))};
    auto const found = window(one);
    REQUIRE(found.from() <= one.when);
    REQUIRE(one.when < found.until());
    REQUIRE(found.until() - found.from() == 15min);
    REQUIRE((found.from().time_since_epoch() - 5min) % 15min == 0s);
    REQUIRE(found.next().previous() == found);
    REQUIRE(found.next().from() == found.until());
  }
  CHECK(window(answer{sys_seconds(-1s)}).from() == sys_seconds(-10min));
}

TEST_CASE("tumbling: a key that merges, saves, and has a name") {
  std::vector<answer> answers;
  std::mt19937 random(2);
  for (int i = 0; i < 200; ++i) answers.push_back({sys_seconds(seconds(random() % 90'000))});
  auto const plan = cxm::by(cxm::tumbling(&answer::when, 1h), cxm::count());
  auto const report = cxm::check_merge_laws(plan, answers, {.seed = 1, .rounds = 3});
  INFO(report.text());
  CHECK(report.holds());
  auto const found = cxm::measure(answers, plan).result();
  CHECK(found.begin()->key.label() == "1970-01-01 00:00");
  CHECK((found.end() - 1)->key.label().substr(0, 10) == "1970-01-02");
  auto other = cxm::by(cxm::tumbling(&answer::when, 2h), cxm::count());
  CHECK_THROWS_AS(other.merge(plan), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(other, cxm::save(plan)), cxm::bad_state);
}

TEST_CASE("tumbling: a window has a width") {
  CHECK_THROWS_AS(cxm::tumbling(&answer::when, 0h), std::invalid_argument);
}
