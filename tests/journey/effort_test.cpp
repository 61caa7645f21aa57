// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/behaviour.hpp>
#include <cxm/journey/effort.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/lived_time.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ratings.hpp"

#include <cstdint>
#include <stdexcept>

using namespace Catch::Matchers;
using namespace std::chrono_literals;
using ratings::contact;

namespace {
auto toil(std::int64_t repeat = 3) {
  return cxm::effort(cxm::cost{1, cxm::contacts}, cxm::cost{repeat, cxm::repeats},
                     cxm::cost{2, cxm::switches{cxm::field<"channel">(&contact::channel)}},
                     cxm::cost{1, cxm::in_whole{2h, cxm::idle_time}});
}
}  // namespace

TEST_CASE("Effort worked by hand: five contacts, a repeat, two switches, two times two hours") {
  ratings::contacts log = ratings::one({{}, {}, {}, {}, {}});
  log[3].touchpoint = 1;  // 0 1 2 1 4
  log[0].channel = 1;
  log[2].channel = 2;
  log[4].channel = 1;
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  CHECK(toil()(journeys[0]) == 5 + 3 + 4 + 2);
  auto const made_of = toil().components(journeys[0]);
  CHECK(made_of[0].name == "contacts");
  CHECK(made_of[1].units == 3);
  CHECK(made_of[2].name == "switches channel");
  CHECK(made_of[2].count == 2);
  CHECK(made_of[2].each == 2);
  CHECK(made_of[3].count == 2);
  CHECK(cxm::name_of(toil()) == "effort");

  auto const found = cxm::measure(journeys, cxm::effort_shares(toil())).result();
  CHECK(found.n == 1);
  CHECK(*found.mean == 14.0);
  CHECK(found.components[1].name == "repeats");
  CHECK_THAT(*found.components[2].share, WithinRel(4.0 / 14, 1e-15));
  CHECK(*found.components[2].per_journey == 4.0);
}

TEST_CASE("Effort adds up: the components of many journeys, and as a field of scores and groups") {
  auto const log = ratings::random(11, 500, 8);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  double sum = 0;
  for (auto const& journey : journeys) {
    std::int64_t parts = 0;
    for (auto const& one : toil().components(journey)) parts += *one.units;
    REQUIRE(toil()(journey) == parts);
    sum += static_cast<double>(parts);
  }
  auto const shares = cxm::measure(journeys, cxm::effort_shares(toil())).result();
  double units = 0, share = 0;
  for (auto const& one : shares.components) {
    units += one.units;
    share += *one.share;
  }
  CHECK(units == sum);
  CHECK_THAT(share, WithinRel(1, 1e-14));
  auto const grouped =
      cxm::measure(journeys, cxm::by(toil(), cxm::on(cxm::contacts, cxm::moments()))).result();
  std::uint64_t n = 0;
  for (auto const& [effort, one] : grouped) n += one.n;
  CHECK(n == journeys.size());
  CHECK_THAT(*cxm::measure(journeys, cxm::on(toil(), cxm::moments())).result().mean,
             WithinRel(*shares.mean, 1e-14));
}

TEST_CASE("What is not known of effort is missing, never a part of it; costs must be costs") {
  auto const log = ratings::one({1, 2});
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const unknown = [](auto const&) { return std::optional<int>(); };
  auto const negative = [](auto const&) { return -1; };
  auto const huge = [](auto const&) { return INT64_MAX; };
  auto const of = [&](auto field, std::int64_t each = 1) {
    return cxm::effort(cxm::cost{1, cxm::contacts}, cxm::cost{each, field})(journeys[0]);
  };
  CHECK_FALSE(of(unknown));
  CHECK_FALSE(of(negative));
  CHECK_FALSE(of(huge));
  CHECK_FALSE(of(huge, 1000));
  CHECK(of(huge, 0) == 2);
  auto const found =
      cxm::measure(journeys, cxm::effort_shares(cxm::effort(cxm::cost{1, unknown}))).result();
  CHECK(found.missing == 1);
  CHECK(found.mean.why() == cxm::reason::no_data);
  CHECK_THROWS_AS((cxm::cost{-1, cxm::contacts}), std::invalid_argument);
  CHECK_THROWS_AS((cxm::cost{std::int64_t{1} << 40, cxm::contacts}), std::invalid_argument);
}

TEST_CASE("Effort by other costs neither merges nor loads; the laws of merging") {
  auto a = cxm::effort_shares(toil(3));
  CHECK_THROWS_AS(a.merge(cxm::effort_shares(toil(4))), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(a, cxm::save(cxm::effort_shares(toil(4)))), cxm::bad_state);
  auto const in = [](auto unit) {
    return cxm::effort_shares(cxm::effort(cxm::cost{1, cxm::in_whole{unit, cxm::idle_time}}));
  };
  auto days = in(24h);
  CHECK_THROWS_AS(days.merge(in(12h)), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(days, cxm::save(in(12h))), cxm::bad_state);
  auto const log = ratings::random(12, 80, 5);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const report = cxm::check_merge_laws(a, ratings::listed(journeys), {.rounds = 4});
  INFO(report.text());
  CHECK(report.holds());
}
