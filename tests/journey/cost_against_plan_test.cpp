// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/money.hpp>
#include <cxm/event/split.hpp>
#include <cxm/journey/cost_against_plan.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/repeats.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <cmath>
#include <optional>
#include <vector>

using namespace Catch::Matchers;
using logs::at;

namespace {

struct contact {
  int who;
  logs::minutes when;
  std::optional<int> cost, planned;
};
cxm::touchpoint_fields const fields{&contact::who, &contact::when, &contact::who};
auto const plan = cxm::cost_against_plan(&contact::cost, &contact::planned);

std::vector<contact> random_log(std::uint64_t seed, int events) {
  logs::numbers next(seed);
  std::vector<contact> log;
  for (int i = 0; i < events; ++i) {
    contact one{next.below(8), at(next.below(100)), {}, {}};
    if (next.below(4) > 0) one.cost = next.below(120) - 10;
    if (next.below(4) > 0) one.planned = next.below(110) - 5;
    log.push_back(one);
  }
  return log;
}

}  // namespace

TEST_CASE("B12: costs 100, 80, 50, none against 90, 80, none, 40") {
  std::vector<contact> const log = {
      {1, at(0), 100, 90}, {1, at(1), 80, 80}, {1, at(2), 50, {}}, {1, at(3), {}, 40}};
  auto const found = cxm::measure(cxm::reconstruct(log, fields), plan).result();
  CHECK(*found.variance == 10);
  CHECK_THAT(*found.ratio, WithinAbs(1.059, 0.0005));
  CHECK(*found.ratio == 180.0 / 170.0);
  CHECK(*found.coverage == 0.5);
  CHECK(found.over_plan.successes == 1);
  CHECK(found.over_plan.n == 1);
}

TEST_CASE("The tolerance is exact: five percent above the plan is not yet over it") {
  auto const over = [](int cost, auto... policies) {
    std::vector<contact> const log = {{1, at(0), cost, 100}};
    return cxm::measure(cxm::reconstruct(log, fields),
                        cxm::cost_against_plan(&contact::cost, &contact::planned, policies...))
        .result()
        .over_plan.successes;
  };
  CHECK(over(105) == 0);
  CHECK(over(106) == 1);
  CHECK(over(110, cxm::over_plan_by{0.1}) == 0);
  CHECK(over(111, cxm::over_plan_by{0.1}) == 1);
  CHECK(over(101, cxm::over_plan_by{0}) == 1);
  CHECK_THROWS_AS(cxm::over_plan_by{-0.1}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::over_plan_by{std::nan("")}, std::invalid_argument);
}

TEST_CASE("No plan, or a plan of zero, has no ratio") {
  std::vector<contact> log = {{1, at(0), 5, {}}, {2, at(0), {}, 5}};
  auto const none = cxm::measure(cxm::reconstruct(log, fields), plan).result();
  CHECK(none.variance.why() == cxm::reason::no_data);
  CHECK(none.ratio.why() == cxm::reason::no_data);
  CHECK(*none.coverage == 0);
  CHECK(none.over_plan.n == 0);
  log = {{1, at(0), 5, 0}};
  auto const zero = cxm::measure(cxm::reconstruct(log, fields), plan).result();
  CHECK(*zero.variance == 5);
  CHECK(zero.ratio.why() == cxm::reason::degenerate);
  CHECK(zero.over_plan.n == 0);
}

TEST_CASE("Money of another currency is counted, and not added") {
  struct bill {
    int who;
    logs::minutes when;
    cxm::money cost;
    std::optional<cxm::money> planned;
  };
  constexpr cxm::currency euro("EUR"), zloty("PLN");
  std::vector<bill> const log = {{1, at(0), {100, euro}, cxm::money{90, euro}},
                                 {1, at(1), {400, zloty}, cxm::money{90, euro}},
                                 {1, at(2), {10, euro}, {}}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&bill::who, &bill::when, &bill::who});
  auto const found = cxm::measure(journeys, cxm::cost_against_plan(&bill::cost, &bill::planned,
                                                                   cxm::in_currency{"EUR"}))
                         .result();
  CHECK(found.compared == 1);
  CHECK(found.other_currency == 1);
  CHECK(*found.variance == 10);
}

TEST_CASE("Sums beyond 64 bits say so, and the ratio is still right") {
  struct bill {
    int who;
    logs::minutes when;
    std::int64_t cost, planned;
  };
  std::vector<bill> const log(4, {1, at(0), INT64_MAX, INT64_MAX / 2});
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&bill::who, &bill::when, &bill::who});
  auto const found =
      cxm::measure(journeys, cxm::cost_against_plan(&bill::cost, &bill::planned)).result();
  CHECK(found.cost.why() == cxm::reason::overflow);
  CHECK_THAT(*found.ratio, WithinAbs(2, 1e-15));
  CHECK(found.over_plan.successes == 1);
}

TEST_CASE("Cost against plan on random journeys, added up by hand; it merges exactly") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto const log = random_log(seed, 60);
    auto const journeys = cxm::reconstruct(log, fields);
    auto const found = cxm::measure(journeys, plan).result();
    long cost = 0, planned = 0;
    std::uint64_t both = 0, judged = 0, over = 0;
    for (int who = 0; who < 8; ++who) {
      long mine = 0, meant = 0;
      for (auto const& one : log)
        if (one.who == who && one.cost && one.planned) {
          mine += *one.cost;
          meant += *one.planned;
          ++both;
        }
      cost += mine;
      planned += meant;
      judged += meant > 0 ? 1 : 0;
      over += meant > 0 && 100 * mine > 105 * meant ? 1 : 0;
    }
    CHECK(found.contacts == log.size());
    CHECK(found.compared == both);
    CHECK(*found.cost == cost);
    CHECK(*found.planned == planned);
    CHECK(found.over_plan.n == judged);
    CHECK(found.over_plan.successes == over);
  }
  auto const log = random_log(7, 200);
  auto const journeys = cxm::reconstruct(log, fields);
  std::vector<std::remove_cvref_t<decltype(journeys[0])>> const all(journeys.begin(),
                                                                    journeys.end());
  auto const laws = cxm::check_merge_laws(plan, all);
  INFO(laws.text());
  CHECK(laws.holds());
  auto const grouped = cxm::measure(journeys, cxm::by(cxm::contacts, plan)).result();
  std::uint64_t contacts = 0;
  for (auto const& [length, one] : grouped) contacts += one.contacts;
  CHECK(contacts == log.size());
  CHECK_THROWS_AS(
      cxm::measure(journeys, plan)
          .merge(cxm::cost_against_plan(&contact::cost, &contact::planned, cxm::over_plan_by{0.1})),
      std::invalid_argument);
}

TEST_CASE("B1: a cost that several cases share is split, and adds up to what was paid") {
  struct part {
    std::optional<int> cost;
    unsigned cases;
  };
  // One event of 100 in two cases, one of 30 in three, one without a cost.
  std::vector<part> const parts = {{100, 2}, {100, 2}, {30, 3}, {30, 3}, {30, 3}, {{}, 1}, {5, 0}};
  auto const found =
      cxm::measure(parts, cxm::on(cxm::split{&part::cost, &part::cases}, cxm::exact_moments()))
          .result();
  CHECK(found.n == 5);
  CHECK(found.missing == 2);
  CHECK(5 * *found.mean == 130);
}

TEST_CASE("B12: the cost of rework apart is that of the repeats") {
  struct step {
    int who;
    logs::minutes when;
    char what;
    int cost;
  };
  std::vector<step> const log = {{1, at(0), 'A', 10},
                                 {1, at(1), 'B', 20},
                                 {1, at(2), 'C', 30},
                                 {1, at(3), 'B', 25},
                                 {1, at(4), 'D', 40}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&step::who, &step::when, &step::what});
  auto const again =
      cxm::measure(journeys, cxm::each_repeat(&step::what, cxm::on(&step::cost, cxm::moments())))
          .result();
  CHECK(again.n == 1);
  CHECK(*again.mean == 25);
}
