// SPDX-License-Identifier: BSL-1.0
// Step matrices, retention around an event, and drop-off.
#include <cxm/core/save.hpp>
#include <cxm/journey/endings.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/compare_steps.hpp>
#include <cxm/path/drop_off.hpp>
#include <cxm/path/step_matrix.hpp>
#include <cxm/stats/measure.hpp>

#include "../journey/oracle.hpp"
#include "catch.hpp"

#include <cmath>
#include <map>
#include <set>
#include <string>

using namespace std::chrono_literals;
using logs::contact;
using namespace Catch::Matchers;

namespace {

auto at_is(char wanted) {
  return [wanted](contact const& one) { return one.what == wanted; };
}

template <class Plan>
auto over(std::vector<contact> const& log, Plan const& plan) {
  auto const journeys = cxm::reconstruct(log, logs::fields());
  return cxm::measure(journeys, plan).result();
}

}  // namespace

TEST_CASE("Worked example E10: the step matrix of five journeys") {
  auto const steps = over(logs::written({"ABCD", "ABCD", "ACBD", "ABD", "ABCBD"}),
                          cxm::step_matrix(cxm::from_start{4}));
  auto const share = [&](int position, char at) { return *steps.at(position, at).value; };
  CHECK(share(1, 'A') == 1);
  CHECK(share(2, 'B') == 0.8);
  CHECK(share(2, 'C') == 0.2);
  CHECK(share(3, 'C') == 0.6);
  CHECK(share(3, 'B') == 0.2);
  CHECK(share(3, 'D') == 0.2);
  CHECK(share(4, 'D') == 0.6);
  CHECK(share(4, 'B') == 0.2);
  CHECK(steps.column(4).ended == 1);
  CHECK(*steps.retained(4).value == 0.8);
  CHECK(steps.columns.size() == 4);
  CHECK_THROWS_AS(steps.column(5), std::invalid_argument);
  CHECK_THROWS_AS(steps.column(0), std::invalid_argument);
}

TEST_CASE("Anchor 7.17: step 3, and around the cart") {
  auto const log = logs::written({"hkcp", "hkcp", "hkkc", "hsc", "hss"});
  CHECK(*over(log, cxm::step_matrix()).at(3, 'c').value == 0.6);
  auto const around = over(log, cxm::step_matrix(cxm::centred_at{at_is('c'), 1, 1}));
  CHECK(around.journeys == 4);
  CHECK(around.without == 1);
  CHECK(*around.at(-1, 'k').value == 0.75);
  CHECK(*around.at(-1, 's').value == 0.25);
  CHECK(*around.at(0, 'c').value == 1);
  CHECK(*around.at(1, 'p').value == 0.5);
  CHECK(around.column(1).ended == 2);
  CHECK(*around.retained(1).value == 0.5);
}

TEST_CASE(
    "Columns add up, agree with counting by hand on random logs, and merge to the same bytes") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    auto const log = logs::random(seed, 150, 20, 3000);
    auto const journeys =
        cxm::reconstruct(log, logs::fields(), cxm::after_silence{200min}, cxm::remember_endings{});
    auto const plan =
        cxm::step_matrix(cxm::centred_at{at_is('b'), 2, 3}, cxm::open_when{cxm::still_open});
    auto const whole = cxm::measure(journeys, plan);
    auto const found = whole.result();
    std::map<std::pair<int, char>, std::uint64_t> cells;
    std::map<int, std::uint64_t> open;
    std::uint64_t n = 0;
    for (auto const& one : journeys) {
      std::string path;
      for (char const what : one.path()) path += what;
      auto const centre = path.find('b');
      if (centre == std::string::npos) continue;
      ++n;
      for (int position = -2; position <= 3; ++position) {
        int const index = static_cast<int>(centre) + position;
        if (index < 0) continue;
        if (index < static_cast<int>(path.size()))
          ++cells[{position, path[static_cast<std::size_t>(index)]}];
        else if (cxm::still_open(one))
          ++open[position];
      }
    }
    REQUIRE(found.journeys == n);
    REQUIRE(found.journeys + found.without == journeys.size());
    REQUIRE(found.cells.size() == cells.size());
    for (auto const& [cell, count] : cells)
      REQUIRE(found.cells.at({cell.first, cell.second}) == count);
    for (auto const& column : found.columns) {
      REQUIRE(column.present + column.not_started + column.ended + column.open == n);
      REQUIRE(column.open == open[static_cast<int>(column.position)]);
    }
    auto left = cxm::bind<decltype(journeys)::value_type>(plan), right = left;
    for (std::size_t i = 0; i < journeys.size(); ++i) (i % 3 ? left : right).add(journeys[i]);
    right.merge(left);
    REQUIRE(cxm::save(right) == cxm::save(whole));
    REQUIRE(cxm::load(left, cxm::save(whole)) == whole);
  }
}

TEST_CASE("Two step matrices, cell by cell") {
  std::vector<std::string_view> first, second;
  for (int i = 0; i < 100; ++i) first.push_back(i < 60 ? "ab" : "ac");
  for (int i = 0; i < 100; ++i) second.push_back(i < 20 ? "ab" : "ac");
  auto const plan = cxm::step_matrix(cxm::from_start{3});
  auto const found =
      cxm::compare_steps(over(logs::written(first), plan), over(logs::written(second), plan));
  REQUIRE(found.size() == 3);
  CHECK_THAT(std::abs(*found[0].difference.value), WithinAbs(0.4, 1e-15));
  CHECK(found[2].adjusted_p.why() == cxm::reason::degenerate);  // all are at a
  CHECK_THROWS_AS(cxm::compare_steps(over(logs::written(first), plan),
                                     over(logs::written(second), cxm::step_matrix())),
                  std::invalid_argument);
}

TEST_CASE("Worked example E5: 30 of 200 journeys end without goal, lift 1.88 against .08") {
  // x is met by 200 journeys, y by 800; together they lose 80 of 1000. g is the goal.
  std::vector<std::string_view> paths;
  for (int i = 0; i < 200; ++i) paths.push_back(i < 30 ? "xax" : "xg");
  for (int i = 0; i < 800; ++i) paths.push_back(i < 50 ? "y" : "yg");
  auto const lost = over(logs::written(paths), cxm::drop_off(cxm::reached{'g'}));
  CHECK(lost.at('x').successes == 30);
  CHECK(lost.at('x').n == 200);
  CHECK(lost.at('a').successes == 0);
  CHECK(lost.at('g').successes == 0);
  CHECK_THAT(lost.at('x').interval->low, WithinAbs(0.107, 5e-4));
  CHECK_THAT(lost.at('x').interval->high, WithinAbs(0.206, 5e-4));
  auto const lifts =
      cxm::lift_in_stage(lost, [](char at) { return at == 'x' || at == 'y' ? 1 : 2; });
  REQUIRE(lifts.size() == 4);
  CHECK(lifts[0].touchpoint == 'x');
  CHECK_THAT(*lifts[0].stage_mean, WithinAbs(0.08, 1e-15));
  CHECK_THAT(*lifts[0].lift, WithinAbs(1.875, 1e-12));
  CHECK(*lifts[0].adjusted_p >= *lifts[0].difference.p);
  CHECK(lifts[0].difference.significant());
  CHECK(lifts[3].lift.why() == cxm::reason::degenerate);  // a stage that loses nobody
}

TEST_CASE("An open journey is not lost, and a goal counts wherever it was reached") {
  auto log = logs::written({"ab", "ab", "gb"});
  for (auto& one : log)
    if (one.customer == 1) one.when += 1000min;
  auto const journeys =
      cxm::reconstruct(log, logs::fields(), cxm::after_silence{100min}, cxm::remember_endings{});
  auto const plan = cxm::drop_off(cxm::reached{'g'}, cxm::open_when{cxm::still_open});
  auto const counted = cxm::measure(journeys, plan);
  auto const lost = counted.result();
  CHECK(lost.at('b').successes == 1);
  CHECK(lost.at('b').n == 2);  // of the open journey nobody knows
  CHECK(lost.at('a').n == 2);  // but it went on from here
  CHECK(cxm::load(counted, cxm::save(counted)) == counted);
}
