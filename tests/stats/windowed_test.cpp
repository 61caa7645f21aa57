// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/by_each.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/stats/windowed.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <tuple>
#include <vector>

using namespace std::chrono;

namespace {

struct answer {
  static constexpr std::string_view type_name = "answer";
  sys_seconds when;
  int touchpoint = 0;
  std::optional<int> score;
  static void describe(auto& self, auto& visit) {
    visit.state("when", self.when);
    visit.state("touchpoint", self.touchpoint);
    visit.state("score", self.score);
  }
};

/// In order but for some that are up to `late` seconds behind.
std::vector<answer> random_stream(std::size_t count, unsigned seed, unsigned late) {
  std::mt19937 random(seed);
  std::vector<answer> made;
  std::int64_t now = -5000;
  for (std::size_t i = 0; i < count; ++i) {
    now += random() % 40 == 0 ? 3000 : random() % 60;
    answer one{sys_seconds(seconds(now)), static_cast<int>(random() % 6), {}};
    if (late > 0 && random() % 5 == 0) one.when -= seconds(random() % late);
    if (random() % 6 != 0) one.score = static_cast<int>(random() % 12);
    made.push_back(one);
  }
  return made;
}
auto plan_of(auto inner) {
  return cxm::windowed(&answer::when, cxm::sliding{1h}, inner);
}
auto scores() {
  return cxm::by(&answer::touchpoint, cxm::on(&answer::score, cxm::nps()));
}

/// After each event, the inner accumulator counted anew from the events in the window.
template <class Inner>
void check_against_counting_anew(Inner const& inner, std::vector<answer> const& stream) {
  auto sliding = plan_of(inner);
  std::vector<answer> seen;
  auto latest = sys_seconds::min();
  std::uint64_t late = 0, out_of_order = 0;
  for (auto const& one : stream) {
    if (one.when < latest) ++(one.when + 1h <= latest ? late : out_of_order);
    if (one.when + 1h > latest) seen.push_back(one);
    latest = std::max(latest, one.when);
    std::erase_if(seen, [&](answer const& old) { return old.when + 1h <= latest; });
    sliding.add(one);
    auto const found = sliding.result();
    REQUIRE(*found.latest == latest);
    REQUIRE(found.n == seen.size());
    REQUIRE(found.late == late);
    auto anew = inner;
    for (auto const& old : seen) anew.add(old);
    REQUIRE(cxm::save(sliding.inner()) == cxm::save(anew));
  }
  // What is late is late against the last in the queue, out of order as well.
  CHECK(sliding.result().out_of_order <= out_of_order);
  CHECK((out_of_order == 0) == (sliding.result().out_of_order == 0));
}

}  // namespace

TEST_CASE("windowed: at every event as if the window were counted anew") {
  for (unsigned late : {0U, 200U, 9000U}) {
    auto const stream = random_stream(600, late + 1, late);
    check_against_counting_anew(cxm::count(), stream);
    check_against_counting_anew(scores(), stream);
    check_against_counting_anew(
        cxm::all(cxm::on(&answer::score, cxm::moments()),
                 cxm::by(&answer::touchpoint,
                         cxm::where([](answer const& a) { return a.score > 8; }, cxm::count()))),
        stream);
  }
}

TEST_CASE("windowed: an event as old as the window has left; advance empties it") {
  auto sliding = plan_of(cxm::count());
  CHECK_FALSE(sliding.result().latest);
  sliding.add(answer{sys_seconds(0s), 0, {}});
  sliding.add(answer{sys_seconds(3599s), 0, {}});
  CHECK(sliding.result().result == 2);
  sliding.advance(sys_seconds(3600s));
  CHECK(sliding.result().result == 1);
  sliding.add(answer{sys_seconds(0s), 0, {}});
  CHECK(sliding.result().late == 1);
  sliding.add(answer{sys_seconds(1s), 0, {}});
  CHECK(sliding.result().result == 2);
  CHECK(sliding.result().out_of_order == 1);
  sliding.advance(sys_seconds(10h));
  CHECK(sliding.result().result == 0);
  CHECK(sliding.result().n == 0);
  sliding.advance(sys_seconds(5h));
  CHECK(*sliding.result().latest == sys_seconds(10h));
}

TEST_CASE("windowed: an erasure request is answered in the window as well") {
  auto sliding = plan_of(scores());
  auto without = plan_of(scores());
  for (auto const& one : random_stream(300, 3, 400)) {
    sliding.add(one);
    if (one.touchpoint != 2) without.add(one);
  }
  auto const before = sliding.result().n;
  auto const gone = sliding.forget([](answer const& one) { return one.touchpoint == 2; });
  CHECK(gone > 0);
  CHECK(sliding.result().n == before - gone);
  CHECK(cxm::save(sliding.inner()) == cxm::save(without.inner()));
}

TEST_CASE("windowed: an event from the future that is forgotten leaves no window in the future") {
  auto sliding = plan_of(scores());
  auto const at = [](int hour) {
    answer one{};
    one.when = sys_seconds(hours(hour));
    one.score = 9;
    return one;
  };
  sliding.add(at(1));
  sliding.add(at(1'000'000));
  sliding.add(at(2));
  CHECK(sliding.result().late == 1);
  auto const future = [&](answer const& one) { return one.when > sys_seconds(100h); };
  CHECK(sliding.forget(future) == 1);
  CHECK(sliding.result().latest.why() == cxm::reason::no_data);
  sliding.add(at(3));
  CHECK(sliding.result().n == 1);
  CHECK(*sliding.result().latest == sys_seconds(3h));
  CHECK(cxm::save(cxm::load(plan_of(scores()), cxm::save(sliding))) == cxm::save(sliding));
  // The window ends with the latest that is left; forgetting an earlier one moves nothing.
  answer early = at(3), late = at(3);
  early.when -= 5min, late.when += 5min;
  sliding.add(late);
  sliding.add(early);
  CHECK(sliding.forget([&](answer const& one) { return one.when == early.when; }) == 1);
  CHECK(*sliding.result().latest == late.when);
  CHECK(sliding.forget([&](answer const& one) { return one.when == late.when; }) == 1);
  CHECK(*sliding.result().latest == sys_seconds(3h));
  // Nor does it where the window was moved on without an event.
  sliding.advance(sys_seconds(3h + 10min));
  sliding.forget([](answer const&) { return true; });
  CHECK(*sliding.result().latest == sys_seconds(3h + 10min));
}

TEST_CASE("windowed: shards merge to one pass but for how events arrived; saving keeps it") {
  auto const stream = random_stream(500, 4, 0);
  auto const whole = cxm::measure(cxm::in_order(stream), plan_of(scores()));
  std::mt19937 random(5);
  for (int round = 0; round < 10; ++round) {
    std::vector shards(3, plan_of(scores()));
    for (auto const& one : stream) shards[random() % 3].add(one);
    auto total = plan_of(scores());
    for (auto const& shard : shards) total.merge(cxm::load(plan_of(scores()), cxm::save(shard)));
    CHECK(cxm::save(total) == cxm::save(whole));
    CHECK(cxm::save(total.inner()) == cxm::save(whole.inner()));
  }
  auto twice = whole;
  twice.merge(twice);
  CHECK(twice.result().n == 2 * whole.result().n);
  auto loaded = cxm::load(plan_of(scores()), cxm::save(whole));
  auto longer = whole;
  for (auto const& one : random_stream(50, 6, 100)) {
    auto later = one;
    later.when = whole.result().latest.value() + (one.when - sys_seconds(-5000s));
    loaded.add(later);
    longer.add(later);
  }
  CHECK(cxm::save(loaded) == cxm::save(longer));
  auto const few = random_stream(60, 7, 300);
  auto const small = cxm::measure(cxm::in_order(few), plan_of(scores()));
  auto const report = cxm::check_saved_bytes(plan_of(scores()), small);
  INFO(report.text());
  CHECK(report.holds());
}

TEST_CASE("windowed: times at the ends of their type, missing times, refusals") {
  struct event {
    std::optional<sys_time<nanoseconds>> at;
  };
  auto plan = cxm::windowed(&event::at, cxm::sliding{1h}, cxm::count());
  for (auto at : {sys_time<nanoseconds>::min(), sys_time<nanoseconds>::max(),
                  sys_time<nanoseconds>::min(), sys_time<nanoseconds>::max() - 1ns})
    plan.add(event{at});
  plan.add(event{});
  CHECK(plan.result().n == 2);
  CHECK(plan.result().late == 1);
  CHECK(plan.result().missing == 1);
  CHECK_THROWS_AS(cxm::windowed(&event::at, cxm::sliding{0s}, cxm::count()), std::invalid_argument);
  auto hour = cxm::windowed(&event::at, cxm::sliding{1h}, cxm::count());
  CHECK_THROWS_AS(hour.merge(cxm::windowed(&event::at, cxm::sliding{2h}, cxm::count())),
                  std::invalid_argument);
}

TEST_CASE("windowed: in groups, each by its own latest event") {
  auto plan = cxm::by(&answer::touchpoint, plan_of(cxm::count()));
  plan.add(answer{sys_seconds(0s), 1, {}});
  plan.add(answer{sys_seconds(10h), 2, {}});
  plan.add(answer{sys_seconds(10h), 2, {}});
  auto const found = plan.result();
  CHECK(found.at(1).n == 1);
  CHECK(found.at(2).n == 2);
  STATIC_REQUIRE(cxm::needs_order<decltype(plan)>);
}
