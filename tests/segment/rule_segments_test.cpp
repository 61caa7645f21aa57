// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/segment/rule_overlap.hpp>
#include <cxm/segment/rule_segments.hpp>
#include <cxm/segment/segment_moves.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>

#include "catch.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;
using namespace std::chrono_literals;

namespace {
struct customer {
  std::optional<int> recommend;
  double value = 0;
  int human = 0;
  int contacts = 0;
  std::optional<std::chrono::sys_days> answered{};
};
}  // namespace

TEST_CASE("rule_segments: the first rule that holds, method reference F1") {
  auto const kind = cxm::rule_segments(cxm::rule<"critic">(cxm::between(&customer::recommend, 0, 6)),
                                       cxm::rule<"key">(cxm::above(&customer::value, 1000)));
  CHECK(kind.name_of(kind(customer{5, 2000})) == "critic");
  CHECK(kind(customer{9, 2000}) == 1U);
  CHECK(kind(customer{{}, 5}) == kind.other());  // no answer is not below 6
  CHECK(kind.names()[2] == "other");
  auto const overlap = cxm::measure(std::vector<customer>{{5, 2000}, {5, 1}, {10, 2000}, {{}, 0}},
                                    cxm::rule_overlap(kind));
  auto const found = overlap.result();
  CHECK(found.n == 4);
  CHECK(found.several == 1);
  CHECK(found.none == 1);
  CHECK(found.rules[1].name == "key");
  CHECK(found.rules[1].matched == 2);
  CHECK(found.rules[1].first == 1);
  CHECK(found.together == std::vector<std::uint64_t>{2, 1, 1, 2});
  auto twice = overlap;
  twice.merge(overlap);
  CHECK(twice.result().n == 8);
  CHECK(cxm::load(cxm::rule_overlap(kind), cxm::save(twice)) == twice);
}

TEST_CASE("rule_segments: a field, and the recipes") {
  auto const now = std::chrono::sys_days(std::chrono::year(2026) / 6 / 30);
  auto const classes = cxm::nps_segments(&customer::recommend);
  std::vector<customer> const all = {{6}, {7}, {8}, {9}, {10}, {11}, {}};
  auto const counted = cxm::measure(all, cxm::by(classes, cxm::count())).result();
  CHECK(counted.at(0U) == 1);
  CHECK(counted.at(1U) == 2);
  CHECK(counted.at(2U) == 2);
  CHECK(counted.at(3U) == 2);
  CHECK(counted.names().front() == "rules: critic passive promoter");
  auto const state =
      cxm::rule_segments(cxm::at_risk(&customer::recommend, &customer::value, 1000),
                         cxm::digital_only(&customer::human, &customer::contacts),
                         cxm::silent(&customer::answered, now, std::chrono::days(180)));
  CHECK(state.name_of(state(customer{3, 5000})) == "at risk");
  CHECK(state.name_of(state(customer{3, 500, 0, 4})) == "digital only");
  CHECK(state.name_of(state(customer{3, 500, 1, 4})) == "silent");
  CHECK(state.name_of(state(customer{3, 500, 1, 4, now - std::chrono::days(180)})) == "other");
  CHECK(state.name_of(state(customer{3, 500, 1, 4, now - std::chrono::days(181)})) == "silent");
  CHECK_THROWS_AS(state.name_of(9), std::invalid_argument);
}

TEST_CASE("segment_moves: who moved, and whether the shares did") {
  cxm::segment_moves moves(2);
  for (int i = 0; i < 10; ++i) moves.add(0U, 0U);
  for (int i = 0; i < 8; ++i) moves.add(0U, 1U);
  for (int i = 0; i < 2; ++i) moves.add(1U, 0U);
  moves.add(1U, {});
  moves.add({}, {});
  auto const found = moves.result();
  CHECK(found.n == 20);
  CHECK(found.only_once == 1);
  CHECK(found(0, 1) == 8);
  CHECK_THAT(*found.stayed, WithinAbs(0.5, 1e-15));
  CHECK_THAT(*found.share(0, 1), WithinAbs(8.0 / 18, 1e-15));
  CHECK_THAT(*found.shares_kept.statistic, WithinAbs(3.6, 1e-12));  // (8 - 2)² / (8 + 2)
  CHECK_THROWS_AS(moves.add(2U, 0U), std::invalid_argument);
  CHECK_THROWS_AS(moves.merge(cxm::segment_moves(3)), std::invalid_argument);
  auto const loaded = cxm::load(cxm::segment_moves(2), cxm::save(moves));
  CHECK(loaded == moves);
  CHECK(cxm::segment_moves(2).result().stayed.why() == cxm::reason::no_data);
}

TEST_CASE("population_stability: method reference F17") {
  auto const found = cxm::population_stability({50, 30, 20}, {40, 30, 30});
  CHECK_THAT(*found.index, WithinAbs(0.063, 0.0005));
  CHECK(found.grade == cxm::drift_grade::none);
  CHECK(*cxm::population_stability({50, 50}, {100, 0}).index > 1);
  CHECK_FALSE(cxm::population_stability({0, 0}, {1, 2}).index);
  CHECK_THROWS_AS(cxm::population_stability({1}, {1, 2}), std::invalid_argument);
}
