// SPDX-License-Identifier: BSL-1.0
// How journeys end (method reference B8): worked numbers, and what follows for times and shares.
// Against the slow and obvious way they are checked with the algebra in boundary_algebra_test.cpp.
#include <cxm/core/save.hpp>
#include <cxm/core/zone.hpp>
#include <cxm/journey/at_new.hpp>
#include <cxm/journey/boundary_algebra.hpp>
#include <cxm/journey/endings.hpp>
#include <cxm/journey/goal.hpp>
#include <cxm/journey/journey_fate.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/known.hpp>
#include <cxm/journey/max_size.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/stats/where.hpp>

#include "boundary_oracle.hpp"
#include "catch.hpp"

#include <stdexcept>

using namespace std::chrono_literals;
using cxm::journey_end;
using logs::at;
using logs::contact;

namespace {

constexpr std::chrono::minutes day = 24h;
logs::minutes on_day(int number) {
  return logs::minutes(number * day);
}

template <class Boundary, class... Known>
std::vector<std::string> endings(std::vector<contact> const& log, Boundary const& boundary,
                                 Known... known) {
  std::vector<std::string> all;
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end(), boundary, known...);
  for (auto const& one : journeys)
    all.emplace_back(std::string(name(cxm::ending(one))) +
                     (cxm::left_truncated(one) ? ", left-truncated" : ""));
  return all;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("B8: gap 30 days, seen to day 100: last event day 60 abandoned, day 85 open") {
  auto const ends = [](int last) {
    std::vector<contact> const log = {{1, on_day(50), 'a'}, {1, on_day(last), 'b'}};
    return endings(log, cxm::after_silence{30 * day}, cxm::known_from{on_day(0)},
                   cxm::known_until{on_day(100)});
  };
  CHECK(ends(60) == texts{"abandoned"});
  CHECK(ends(69) == texts{"abandoned"});
  CHECK(ends(70) == texts{"open"});  // at exactly the gap a contact would still join
  CHECK(ends(80) == texts{"open"});
}

TEST_CASE("Each way to end a journey has its name") {
  std::vector<contact> const log = {{1, on_day(40), 'a'}, {1, on_day(41), 'g'},  // its goal
                                    {1, on_day(42), 'b'}, {1, on_day(43), 'c'},
                                    {1, on_day(44), 'd'},   // its full size
                                    {1, on_day(45), 'e'},   // an end
                                    {1, on_day(46), 'f'},   // silence
                                    {1, on_day(90), 'h'}};  // not yet
  CHECK(endings(log,
                cxm::either{cxm::goal{'g'}, cxm::until{'e'}, cxm::after_silence{30 * day},
                            cxm::max_contacts{3}},
                cxm::known_from{on_day(0)}, cxm::known_until{on_day(100)}) ==
        texts{"reached", "truncated", "closed", "abandoned", "open"});
}

TEST_CASE("What others would have cut as well is not truncated; what was silent is abandoned") {
  std::vector<contact> const log = {{1, on_day(0), 'a'}, {1, on_day(40), 's'}};
  CHECK(endings(log, cxm::either{cxm::max_contacts{1}, cxm::starting_with{'s'}},
                cxm::remember_endings{})[0] == "closed, left-truncated");
  CHECK(endings(log, cxm::either{cxm::starting_with{'s'}, cxm::after_silence{30 * day}},
                cxm::remember_endings{})[0] == "abandoned, left-truncated");
}

TEST_CASE("A calendar, a maximum and a goal close by time or at once; other boundaries wait") {
  std::vector<contact> const log = {{1, on_day(10), 'a'}};
  auto const last = [&](auto const& boundary, int day_seen) {
    return endings(log, boundary, cxm::known_from{on_day(0)}, cxm::known_until{on_day(day_seen)})
        .back();
  };
  cxm::at_new const by_month{cxm::calendar::month};
  CHECK(last(by_month, 30) == "open, left-truncated");
  CHECK(last(by_month, 31) == "closed, left-truncated");
  CHECK(last(cxm::max_duration{5 * day}, 15) == "open, left-truncated");
  CHECK(last(cxm::max_duration{5 * day}, 16) == "truncated, left-truncated");
  CHECK(last(cxm::goal{'a'}, 10) == "reached, left-truncated");
  CHECK(last(cxm::until{'b'}, 1000) == "open, left-truncated");
  CHECK(last(cxm::never{}, 1000) == "open, left-truncated");
  CHECK(last(cxm::after_silence{5 * day}, 1000) == "abandoned");
  // A later contact might be vetoed into the journey, or not open a new one.
  CHECK(last(cxm::unless{cxm::after_silence{5 * day}, cxm::until{'b'}}, 1000) == "open");
  CHECK(last(cxm::both{cxm::after_silence{5 * day}, cxm::starting_with{'b'}}, 1000) ==
        "open, left-truncated");
  CHECK(last(cxm::then{by_month, cxm::after_silence{5 * day}}, 16) == "abandoned");
  CHECK(last(cxm::then{by_month, cxm::until{'b'}}, 40) == "closed, left-truncated");
}

TEST_CASE("A journey that began within the gap of the log's start may have begun before") {
  std::vector<contact> const log = {
      {1, on_day(30), 'a'}, {1, on_day(90), 'b'}, {2, on_day(31), 'a'}, {3, on_day(0), 's'}};
  auto const journeys = cxm::reconstruct(
      log, logs::fields(), cxm::either{cxm::after_silence{30 * day}, cxm::starting_with{'s'}},
      cxm::remember_endings{});
  auto const found =
      cxm::measure(journeys, cxm::by(cxm::customer_of, cxm::left_truncated, cxm::count()));
  using key = std::tuple<int, bool>;
  CHECK(found.result().at(key{1, true}) == 1);  // its first journey only
  CHECK(found.result().at(key{1, false}) == 1);
  CHECK(found.result().at(key{2, false}) == 1);  // a day later than the gap
  CHECK(found.result().at(key{3, false}) == 1);  // begins as journeys do
}

TEST_CASE("Cycle times over complete journeys, with the censored ones counted beside them") {
  std::vector<contact> const log = {{1, on_day(0), 'a'},  {1, on_day(10), 'g'},
                                    {2, on_day(0), 'a'},  {2, on_day(20), 'b'},
                                    {3, on_day(60), 'a'}, {3, on_day(80), 'b'}};
  auto const journeys = cxm::reconstruct(log, logs::fields(),
                                         cxm::either{cxm::goal{'g'}, cxm::after_silence{30 * day}},
                                         cxm::known_until{on_day(100)});
  CHECK(journeys.observed_from() == on_day(0));
  CHECK(journeys.observed_until() == on_day(100));
  auto const found = cxm::measure(
      journeys, cxm::all(cxm::on(cxm::complete_cycle_time, cxm::quantiles()),
                         cxm::by(cxm::ending, cxm::count()),
                         cxm::where(cxm::still_open, cxm::on(cxm::observed_time, cxm::quantiles())),
                         cxm::on(cxm::converted{cxm::reached{'g'}, 50 * day}, cxm::proportion()),
                         cxm::where(cxm::mature{41 * day}, cxm::count())));
  auto const& [complete, by_ending, open, share, grown] = found.result();
  CHECK(complete.n() == 2);
  CHECK(complete.missing == 1);
  CHECK(complete.median()->count() == 15.0 * day.count());
  CHECK(by_ending.at(journey_end::reached) == 1);
  CHECK(by_ending.at(journey_end::abandoned) == 1);
  CHECK(by_ending.at(journey_end::open) == 1);
  CHECK(open.median()->count() == 40.0 * day.count());
  CHECK(share.n == 2);  // customer 3 has not had 50 days yet
  CHECK(share.successes == 1);
  CHECK(share.missing == 1);
  CHECK(grown == 2);
}

TEST_CASE("Counts of endings merge and are saved") {
  auto const log = logs::random(5, 400, 40, 9000);
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end(),
                                         cxm::either{cxm::after_silence{2h}, cxm::goal{'a'}},
                                         cxm::remember_endings{});
  auto const plan = cxm::by(cxm::ending, cxm::left_truncated, cxm::count());
  auto const whole = cxm::measure(journeys, plan);
  auto first = cxm::bind<typename decltype(journeys)::value_type>(plan);
  auto second = first;
  for (std::size_t i = 0; i < journeys.size(); ++i) (i % 3 ? first : second).add(journeys[i]);
  second.merge(first);
  CHECK(cxm::save(second) == cxm::save(whole));
}

TEST_CASE("What a store was not asked to remember, it refuses to tell") {
  std::vector<contact> const log = {{1, at(0), 'a'}};
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK_FALSE(journeys.remembers_endings());
  CHECK_THROWS_AS(cxm::ending(journeys[0]), std::invalid_argument);
  CHECK_THROWS_AS(cxm::mature{1h}(journeys[0]), std::invalid_argument);
  CHECK_THROWS_AS(journeys.observed_until(), std::invalid_argument);
  CHECK_THROWS_AS(cxm::mature{-1h}, std::invalid_argument);
  std::vector<contact> const none;
  CHECK(cxm::reconstruct(none, logs::fields(), cxm::remember_endings{}).empty());
}

TEST_CASE("A declared time of another unit counts in the ticks of the log") {
  std::vector<contact> const log = {{1, at(0), 'a'}};
  auto const journeys = cxm::reconstruct(log, logs::fields(), cxm::after_silence{60min},
                                         cxm::known_from{std::chrono::sys_seconds(-90s)},
                                         cxm::known_until{std::chrono::sys_seconds(3659s)});
  CHECK(journeys.observed_from() == at(-2));
  CHECK(journeys.observed_until() == at(60));
  CHECK(cxm::ending(journeys[0]) == journey_end::open);
}
