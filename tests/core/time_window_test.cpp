// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/core/time_window.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
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

TEST_CASE("tumbling: times at both ends of their type have a window") {
  using limits = std::numeric_limits<std::int64_t>;
  for (auto const width : {minutes(15), minutes(7)}) {
    auto const window = cxm::tumbling(&answer::when, width, 5min);
    auto const first = window(answer{sys_seconds(seconds(limits::min()))});
    CHECK(first.from() == sys_seconds::min());
    CHECK(first.previous().from() == sys_seconds::min());
    CHECK(first.next().from() == sys_seconds::min() + width);
    CHECK(!first.label().empty());
    auto const final = window(answer{sys_seconds(seconds(limits::max()))});
    CHECK(final.from() > sys_seconds::max() - width);
    CHECK(final.until() == sys_seconds::max());
    CHECK(final.next().from() == sys_seconds::max());
    CHECK(final.previous().from() == final.from() - width);
    CHECK(!final.label().empty());
  }
  auto const end = cxm::tumbling([](answer const& one) { return one.when; }, 250ms);
  CHECK(end(answer{sys_seconds::max()}).until() <= sys_time<milliseconds>::max());
  CHECK(end(answer{sys_seconds::min()}).from() == sys_time<milliseconds>::min());
  auto const widest = cxm::tumbling(&answer::when, hours(limits::max()), hours(limits::min()));
  CHECK(widest(answer{sys_seconds::max()}).from() < sys_seconds::max());
}

TEST_CASE("tumbling: windows know their distance") {
  auto const window = cxm::tumbling(&answer::when, 15min, 5min);
  auto const early = window(answer{sys_seconds(-40min)});
  auto later = early;
  for (int i = 0; i < 9; ++i) {
    CHECK(later.periods_since(early) == i);
    CHECK(early.periods_since(later) == -i);
    later = later.next();
  }
}
