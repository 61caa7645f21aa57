// SPDX-License-Identifier: BSL-1.0
// What nobody measures: by hand, and on random logs against counting place by place.
#include <cxm/core/save.hpp>
#include <cxm/journey/coverage.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using logs::at;

namespace {

struct contact {
  int customer;
  logs::minutes when;
  char what;
  std::optional<std::string> stage;
  std::optional<int> recommend = std::nullopt;
  std::optional<int> effort = std::nullopt;
};
auto fields() {
  return cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what};
}
auto const asked = cxm::any_answer{&contact::recommend, &contact::effort};

std::vector<contact> const visited = {
    {1, at(0), 'a', "search"}, {1, at(1), 'b', "buy", 9}, {1, at(2), 'b', "buy", {}, 2},
    {1, at(3), 'c', "use"},    {2, at(0), 'a', "search"}, {2, at(1), 'b', "buy"},
    {2, at(2), 'c', "use", 5}, {3, at(0), 'c', "use"},    {3, at(1), 'c', "use"},
    {3, at(2), 'x', {}, 3},    {4, at(0), 'a', "search"},
};

std::vector<contact> random_log(std::uint64_t seed) {
  logs::numbers next(seed);
  std::vector<contact> rows;
  for (int i = 0; i < 150; ++i) {
    contact one{next.below(25), at(next.below(300)), "abcde" [next.below(5)], {}};
    if (next.below(6) > 0) one.stage = std::string(1, "stuvw"[next.below(5)]);
    if (one.stage != "v" && next.below(4) == 0) one.recommend = next.below(11);
    if (one.stage != "v" && next.below(6) == 0) one.effort = next.below(7);
    rows.push_back(one);
  }
  return rows;
}

}  // namespace

TEST_CASE("Stages that nobody measures are named, and planned ones that nobody even sees") {
  auto const journeys = cxm::reconstruct(visited, fields());
  std::vector<std::string> const stages = {"aware", "buy", "use", "leave", "aware"};
  auto const found =
      cxm::measure(journeys, cxm::coverage(&contact::stage, asked, cxm::planned{stages})).result();
  REQUIRE(found.places.size() == 3);
  CHECK(found.places.at("search").contacts.n == 3);
  CHECK(found.places.at("search").contacts.successes == 0);
  CHECK(found.places.at("buy").contacts.successes == 2);
  CHECK(found.places.at("buy").contacts.n == 3);
  CHECK(found.places.at("buy").journeys.successes == 1);
  CHECK(found.places.at("buy").journeys.n == 2);
  CHECK(found.places.at("use").contacts.successes == 1);
  CHECK(found.places.at("use").journeys.n == 3);
  CHECK(found.all.contacts.successes == 4);
  CHECK(found.all.contacts.n == 11);
  CHECK(found.all.journeys.successes == 3);  // the answer of no stage counts here
  CHECK(found.all.journeys.n == 4);
  CHECK(found.without_place == 1);
  CHECK(found.unmeasured == std::vector<std::string>{"search"});
  CHECK(found.unseen == std::vector<std::string>{"aware", "leave"});
  CHECK(found.measured.successes == 2);
  CHECK(found.measured.n == 5);
}

TEST_CASE("How much must be measured is a reading") {
  auto const journeys = cxm::reconstruct(visited, fields());
  auto const blind = [&](double share) {
    return cxm::measure(journeys, cxm::coverage(&contact::stage, asked, cxm::measured_from{share}))
        .result()
        .unmeasured;
  };
  using names = std::vector<std::string>;
  CHECK(blind(0.3) == names{"search"});
  CHECK(blind(0.5) == names{"search", "use"});  // one of two journeys to buy is enough
  CHECK(blind(0.51) == names{"buy", "search", "use"});
  CHECK_THROWS_AS(cxm::measured_from{0.0}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::measured_from{1.1}, std::invalid_argument);

  // Other readings of one state merge and load.
  using journey = std::remove_cvref_t<decltype(journeys[0])>;
  auto one = cxm::bind<journey>(cxm::coverage(&contact::stage, asked, cxm::measured_from{0.5}));
  for (auto const& each : journeys) one.add(each);
  auto const other =
      cxm::load(cxm::bind<journey>(cxm::coverage(&contact::stage, asked, cxm::measured_from{0.3})),
                cxm::save(one));
  CHECK(other.result().unmeasured == names{"search"});
  auto touchpoints = cxm::bind<journey>(
      cxm::coverage(&contact::stage, cxm::any_answer{&contact::effort, &contact::effort},
                    cxm::measured_from{0.5}));
  CHECK_THROWS_AS(touchpoints.merge(one), std::invalid_argument);
}

TEST_CASE("Of nothing nothing is measured, and touchpoints are places as well") {
  std::vector<contact> const nothing;
  auto const none = cxm::reconstruct(nothing, fields());
  auto const empty = cxm::measure(none, cxm::coverage(&contact::stage, asked)).result();
  CHECK(empty.places.empty());
  CHECK(empty.measured.value.why() == cxm::reason::no_data);
  CHECK(empty.all.journeys.value.why() == cxm::reason::no_data);
  auto const journeys = cxm::reconstruct(visited, fields());
  auto const found = cxm::measure(journeys, cxm::coverage(cxm::at_touchpoint, asked)).result();
  CHECK(found.unmeasured == std::vector{'a'});
  CHECK(found.places.at('x').journeys.successes == 1);
  // A channel in groups, with a cap on the places.
  auto const capped =
      cxm::measure(journeys, cxm::coverage(cxm::at_touchpoint, asked, cxm::at_most{2})).result();
  CHECK(capped.places.size() == 2);
  CHECK(capped.places.other().has_value());
}

TEST_CASE("On random logs coverage is what counting place by place gives") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    auto const rows = random_log(seed);
    auto const journeys = cxm::reconstruct(rows, fields());
    auto const found = cxm::measure(journeys, cxm::coverage(&contact::stage, asked)).result();
    std::map<std::string, std::uint64_t> contacts, answers;
    std::map<std::string, std::set<int>> journeys_at, answered_at;  // one journey a customer
    std::uint64_t without = 0;
    for (auto const& row : rows) {
      without += row.stage ? 0 : 1;
      if (!row.stage) continue;
      ++contacts[*row.stage];
      journeys_at[*row.stage].insert(row.customer);
      if (!row.recommend && !row.effort) continue;
      ++answers[*row.stage];
      answered_at[*row.stage].insert(row.customer);
    }
    REQUIRE(found.places.size() == contacts.size());
    for (auto const& [stage, cover] : found.places) {
      REQUIRE(cover.contacts.n == contacts[stage]);
      REQUIRE(cover.contacts.successes == answers[stage]);
      REQUIRE(cover.journeys.n == journeys_at[stage].size());
      REQUIRE(cover.journeys.successes == answered_at[stage].size());
    }
    REQUIRE(found.without_place == without);
    REQUIRE(found.unmeasured == std::vector<std::string>{"v"});
    REQUIRE(found.all.contacts.n == rows.size());
  }
}

TEST_CASE("The laws of merge hold for coverage, also in groups") {
  auto const rows = random_log(7);
  auto const journeys = cxm::reconstruct(rows, fields());
  using journey = std::remove_cvref_t<decltype(journeys[0])>;
  std::vector<journey> all;
  for (auto const& each : journeys) all.push_back(each);
  auto const plan = cxm::coverage(&contact::stage, asked);
  auto const laws = cxm::check_merge_laws(cxm::bind<journey>(plan), all, {1, 5, 512});
  INFO(laws.text());
  CHECK(laws.holds());
  auto const grouped = cxm::check_merge_laws(
      cxm::bind<journey>(cxm::by(cxm::first_touchpoint, plan)), all, {1, 3, 256});
  INFO(grouped.text());
  CHECK(grouped.holds());
}
