// SPDX-License-Identifier: BSL-1.0
// The worked numbers of B9, and ledgers against timelines painted tick by tick.
#include <cxm/core/zone.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/journey_ledger.hpp>
#include <cxm/journey/ledger_fields.hpp>
#include <cxm/journey/ledger_of.hpp>
#include <cxm/journey/ledger_policies.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/work_calendar.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include "catch.hpp"
#include "ledgers.hpp"

#include <string>

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using ledgers::step;
using logs::at;

namespace {

/// Open during the first half of each ten minutes, on any clock.
struct half_of_ten {
  template <class Time>
  auto between(Time from, Time to) const {
    return open_until(to) - open_until(from);
  }
  static std::chrono::minutes open_until(logs::minutes time) {
    auto const minutes = since_before(time);
    return std::chrono::minutes(minutes / 10 * 5 + std::min<std::int64_t>(minutes % 10, 5));
  }
  static bool open(logs::minutes time) { return since_before(time) % 10 < 5; }
  static std::int64_t since_before(logs::minutes time) {
    return time.time_since_epoch().count() + 1000;  // never negative here
  }
};

/// A milestone that is always the same.
struct fixed {
  logs::minutes time;
  logs::minutes operator()(auto const&) const { return time; }
};

template <class Ledger>
bool same(Ledger const& ledger, ledgers::painted const& oracle) {
  auto const ticks = [](int n) { return std::chrono::minutes(n); };
  auto const get = [](auto const& map, auto const& key) {
    auto const found = map.find(key);
    return found == map.end() ? 0 : found->second;
  };
  int functional = 0;
  for (auto const& [department, n] : oracle.functional) functional += n;
  bool good = ledger.end_to_end == ticks(oracle.whole) && ledger.overlap == ticks(oracle.overlap) &&
              ledger.hand_off_wait == ticks(oracle.hand_off) &&
              ledger.customer_wait == ticks(oracle.customer) &&
              ledger.unmeasured == ticks(oracle.unmeasured) &&
              ledger.touch == ticks(oracle.touch) && ledger.functional == ticks(functional);
  for (auto const& one : ledger.departments)
    good = good && one.alone == ticks(get(oracle.alone, one.department)) &&
           one.functional == ticks(get(oracle.functional, one.department)) &&
           one.wait_before == ticks(get(oracle.wait_before, one.department)) &&
           one.contacts == static_cast<std::uint64_t>(get(oracle.contacts, one.department));
  auto sum = ledger.overlap + ledger.hand_off_wait + ledger.customer_wait + ledger.unmeasured;
  for (auto const& one : ledger.departments) sum += one.alone;
  return good && sum == ledger.end_to_end;
}

}  // namespace

TEST_CASE("Worked example B9: every department is fast, and the customer waits 53 hours") {
  auto const log = ledgers::worked_example();
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const ledger = cxm::ledger_of(&step::department)(journeys[0]);
  CHECK(ledger.end_to_end == 53h);
  CHECK(ledger.functional == 10h);
  CHECK(ledger.touch == 8h);
  CHECK(ledger.wait() == 45h);
  CHECK_THAT(*ledger.flow_efficiency(), WithinAbs(0.151, 5e-4));
  CHECK_THAT(*ledger.parallelism(), WithinAbs(1.25, 1e-15));
  CHECK(ledger.of('s').functional == 1h);
  CHECK(ledger.of('b').functional == 2h);
  CHECK(ledger.of('f').functional == 4h);
  CHECK(ledger.of('i').functional == 3h);
  CHECK(ledger.of('x').functional == 0h);
  CHECK(ledger.overlap == 2h);
  CHECK(ledger.of('f').alone == 2h);
  CHECK(ledger.of('i').alone == 1h);
  CHECK(ledger.hand_off_wait == 45h);
  CHECK(ledger.of('b').wait_before == 4h);
  CHECK(ledger.of('f').wait_before == 41h);
  CHECK(ledger.customer_wait == 0h);
  CHECK(ledger.unmeasured == 0h);
  CHECK_FALSE(ledger.no_durations);
}

TEST_CASE("Worked example B9 as fields of the journey") {
  auto const log = ledgers::worked_example();
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const journey = journeys[0];
  CHECK(cxm::touch_time(journey) == 8h);
  CHECK(cxm::untouched_time(journey) == 45h);
  CHECK(cxm::functional_time(journey) == 10h);
  CHECK(cxm::functional_time(&step::department, 'f')(journey) == 4h);
  CHECK_THAT(*cxm::flow_efficiency(journey), WithinAbs(8.0 / 53, 1e-15));
  CHECK_THAT(*cxm::parallelism(journey), WithinAbs(1.25, 1e-15));
  CHECK_FALSE(cxm::no_durations(journey));
  CHECK(cxm::name_of(cxm::touch_time) == "touch_time");
  CHECK(*cxm::measure(journeys, cxm::on(cxm::touch_time, cxm::moments())).result().mean == 8h);

  auto const from_check_to_visit =
      cxm::between_milestones{cxm::reached{'c'}, cxm::reached{'v'}};  // from 7 to 52
  CHECK(cxm::measured_time(from_check_to_visit)(journey) == 45h);
  CHECK(cxm::touch_time(from_check_to_visit)(journey) == 4h);
  CHECK(cxm::functional_time(&step::department, 'i', from_check_to_visit)(journey) == 2h);
  CHECK_FALSE(
      cxm::touch_time(cxm::between_milestones{cxm::reached{'v'}, cxm::reached{'c'}})(journey));
  CHECK_FALSE(
      cxm::touch_time(cxm::between_milestones{cxm::start_time, cxm::reached{'x'}})(journey));
}

TEST_CASE("Without durations efficiency is no number, and in no time it is none either") {
  std::vector<step> const log = {{1, at(0), 'p', at(0), 'a', {}},
                                 {1, at(9), 'p', at(9), 'a', {}},
                                 {2, at(5), 'p', at(5), 'a', {}},
                                 {3, at(0), 'p', at(4), 'a', {}},
                                 {3, at(9), 'q', at(9), 'a', {}}};
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  REQUIRE(journeys.size() == 3);
  for (auto const& journey : journeys) {
    auto const ledger = cxm::ledger_of(&step::department)(journey);
    if (journey.customer() == 3) {
      CHECK_THAT(*ledger.flow_efficiency(), WithinAbs(4.0 / 9, 1e-15));
    } else {
      CHECK(ledger.no_durations);
      CHECK(ledger.flow_efficiency().why() == cxm::reason::no_data);
      CHECK_FALSE(cxm::flow_efficiency(journey));
      CHECK(cxm::no_durations(journey));
    }
    if (journey.customer() == 2)
      CHECK(cxm::ledger_of(&step::department,
                           cxm::between_milestones{cxm::start_time, cxm::start_time})(journey)
                ->end_to_end == 0min);
  }
}

TEST_CASE("Each instant of a ledger is what its definition says, one rule at a time") {
  auto const parts = [](std::vector<step> const& log, auto... policies) {
    auto const journeys = cxm::reconstruct(log, ledgers::fields());
    return cxm::ledger_of(&step::department, policies...)(journeys[0]);
  };
  auto const own = cxm::customer_side{&step::own};
  SECTION("a pause inside one department is nobody's") {
    CHECK(parts({{1, at(0), 'p', at(2), 'a', {}}, {1, at(9), 'p', at(9), 'a', {}}}).unmeasured ==
          7min);
  }
  SECTION("so is one before an unknown owner") {
    auto const found = parts({{1, at(0), 'p', at(2), 'a', {}},
                              {1, at(5), 'p', at(6), {}, {}},
                              {1, at(9), 'p', at(9), 'b', {}}});
    CHECK(found.unmeasured == 3min);
    CHECK(found.hand_off_wait == 3min);  // from 6 to 9: a has handed over to b
    CHECK(found.of(std::nullopt).alone == 1min);
  }
  SECTION("an unknown owner beside a known one makes no overlap") {
    auto const found = parts({{1, at(0), 'p', at(5), 'a', {}}, {1, at(2), 'p', at(8), {}, {}}});
    CHECK(found.overlap == 0min);
    CHECK(found.of('a').alone == 5min);
    CHECK(found.of(std::nullopt).alone == 3min);
    CHECK(found.of(std::nullopt).functional == 6min);
  }
  SECTION("two contacts of one department overlap in its own measure only") {
    auto const found = parts({{1, at(0), 'p', at(5), 'a', {}}, {1, at(2), 'p', at(8), 'a', {}}});
    CHECK(found.overlap == 0min);
    CHECK(found.of('a').alone == 8min);
    CHECK(found.functional == 11min);
  }
  SECTION("waiting for the customer, and while the customer is at it") {
    std::vector<step> const log = {{1, at(0), 'p', at(2), 'a', {}},
                                   {1, at(5), 'p', at(9), 'a', true},
                                   {1, at(7), 'p', at(8), 'b', {}},
                                   {1, at(12), 'p', at(12), 'b', {}}};
    auto const found = parts(log, own);
    CHECK(found.customer_wait == 6min);  // 2 to 7 and 8 to 9
    CHECK(found.of('b').alone == 1min);
    CHECK(found.unmeasured == 3min);  // 9 to 12: b again
    CHECK(found.of('a').contacts == 1);
    CHECK(parts(log).customer_wait == 0min);
  }
}

TEST_CASE("10,000 random timelines: the sweep paints every tick as the slow painter does") {
  logs::numbers next(9);
  int differences = 0;
  for (int i = 0; i < 10'000; ++i) {
    auto const log = ledgers::random_journey(next, 9);
    auto const journeys = cxm::reconstruct(log, ledgers::fields());
    auto const from = at(next.below(80) - 10), to = from + std::chrono::minutes(next.below(60));
    auto const whole = cxm::ledger_of(&step::department, cxm::customer_side{&step::own});
    auto const part = whole.with(cxm::between_milestones{fixed{from}, fixed{to}});
    auto const always = [](logs::minutes) { return true; };
    auto const journey = journeys[0];
    auto const first = ledgers::paint(log, journey.started(), journey.ended(), always);
    differences += same(whole(journey), first) ? 0 : 1;
    differences += same(*part(journey), ledgers::paint(log, from, to, always)) ? 0 : 1;
    differences += same(*part.with(cxm::during{half_of_ten{}})(journey),
                        ledgers::paint(log, from, to, half_of_ten::open))
                       ? 0
                       : 1;
  }
  CHECK(differences == 0);
}

TEST_CASE("Ledgers of adjacent segments add up, and U is at most S and C") {
  logs::numbers next(10);
  for (int i = 0; i < 2'000; ++i) {
    auto const log = ledgers::random_journey(next, 12);
    auto const journeys = cxm::reconstruct(log, ledgers::fields());
    auto const a = at(next.below(40)), b = a + std::chrono::minutes(next.below(30)),
               c = b + std::chrono::minutes(next.below(30));
    auto const between = [&](auto from, auto to) {
      return *cxm::ledger_of(&step::department, cxm::customer_side{&step::own},
                             cxm::between_milestones{fixed{from}, fixed{to}})(journeys[0]);
    };
    auto const early = between(a, b), late = between(b, c), whole = between(a, c);
    REQUIRE(early.hand_off_wait + late.hand_off_wait == whole.hand_off_wait);
    REQUIRE(early.customer_wait + late.customer_wait == whole.customer_wait);
    REQUIRE(early.unmeasured + late.unmeasured == whole.unmeasured);
    REQUIRE(early.overlap + late.overlap == whole.overlap);
    REQUIRE(early.functional + late.functional == whole.functional);
    REQUIRE(whole.touch <= std::min(whole.functional, whole.end_to_end));
    REQUIRE(whole.wait() >= 0min);
  }
}

TEST_CASE("Departments may be text, and a calendar with a zone measures all parts alike") {
  struct visit {
    int customer;
    std::chrono::sys_seconds when;
    int what;
    std::optional<std::chrono::sys_seconds> ended;
    std::string desk;
  };
  std::chrono::sys_days const friday = std::chrono::year(2024) / 3 / 1;
  std::vector<visit> const log = {
      {1, friday + 16h, 1, friday + 18h, "shop"},                 // one hour of it in hours
      {1, friday + 72h + 10h, 2, friday + 72h + 12h, "workshop"}  // on Monday
  };
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&visit::customer, &visit::when, &visit::what,
                                                   cxm::ends_at{&visit::ended}});
  cxm::work_calendar office(cxm::utc{});
  office.open(cxm::monday_to_friday, 9h, 17h);
  auto const ledger = cxm::ledger_of(&visit::desk, cxm::during{office})(journeys[0]);
  CHECK(ledger.end_to_end == 4h);
  CHECK(ledger.of("shop").alone == 1h);
  CHECK(ledger.of("workshop").alone == 2h);
  CHECK(ledger.hand_off_wait == 1h);
  CHECK(cxm::touch_time(cxm::during{office})(journeys[0]) == 3h);
  CHECK(cxm::functional_time(&visit::desk, "shop", cxm::during{office})(journeys[0]) == 1h);
}

TEST_CASE("A hundred thousand contacts at once are swept in good time") {
  std::vector<step> log;
  logs::numbers next(3);
  for (int i = 0; i < 100'000; ++i)
    log.push_back({1,
                   at(i),
                   'p',
                   at(100'000 + next.below(100'000)),
                   static_cast<char>('a' + next.below(20)),
                   {}});
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const ledger = cxm::ledger_of(&step::department)(journeys[0]);
  CHECK(ledger.touch == ledger.end_to_end);
  auto sum = ledger.overlap;
  for (auto const& one : ledger.departments) sum += one.alone;
  CHECK(sum == ledger.end_to_end);
}

TEST_CASE("Overlaps that sum to more than the clock can count stay at the largest") {
  using instant = std::chrono::sys_time<std::chrono::nanoseconds>;
  struct lease {
    int customer;
    instant when;
    int what;
    instant ended;
  };
  instant const start{}, end = start + std::chrono::hours(24 * 365 * 200);
  std::vector<lease> const log = {{1, start, 1, end}, {1, start, 2, end}, {1, start, 3, end}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&lease::customer, &lease::when, &lease::what,
                                                   cxm::ends_at{&lease::ended}});
  auto const ledger = cxm::ledger_of(&lease::what)(journeys[0]);
  CHECK(ledger.functional == std::chrono::nanoseconds::max());
  CHECK(ledger.touch == end - start);
  CHECK(ledger.overlap == ledger.end_to_end);
}
