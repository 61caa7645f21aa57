// SPDX-License-Identifier: BSL-1.0
// NPS, CSAT and CES against the goldens, published numbers and their own definitions.
#include <cxm/stats/measure.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"

#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace Catch::Matchers;

namespace {
/// Counts beyond what one adds one by one.
cxm::nps_score nps_of(std::uint64_t promoters, std::uint64_t passives, std::uint64_t detractors,
                      auto... policies) {
  std::vector<std::uint64_t> points(11);
  points[9] = promoters;
  points[8] = passives;
  points[0] = detractors;
  auto const plan = cxm::nps(policies...);
  cxm::tally_counts const counts{0, cxm::better::high, points, 0, 0};
  return std::get<0>(plan.readings())(counts);
}
auto csat_of(std::vector<int> const& answers, auto... policies) {
  return cxm::measure(answers, cxm::csat(policies...)).result();
}
}  // namespace

TEST_CASE("nps: goldens of nps.json, values and standard errors") {
  boost::property_tree::ptree file;
  read_json("tests/goldens/nps.json", file);
  int records = 0;
  for (auto const& child : file.get_child("records")) {
    auto const& record = child.second;
    auto const count = [&](char const* name) {
      return record.get<std::uint64_t>(std::string("input.") + name);
    };
    auto const promoters = count("promoters"), passives = count("passives"),
               detractors = count("detractors");
    auto const score = nps_of(promoters, passives, detractors);
    INFO(record.get<std::string>("id"));
    CHECK(score.n == record.get<std::uint64_t>("expect.nps_den"));
    CHECK_THAT(*score.value,
               WithinRel(record.get<double>("expect.nps100"), 1e-15) || WithinAbs(0.0, 1e-13));
    CHECK_THAT(*score.standard_error,
               WithinRel(record.get<double>("expect.se100_mle"), 1e-13) || WithinAbs(0.0, 0.0));
    ++records;
  }
  CHECK(records == 5);
}

TEST_CASE("nps: worked numbers") {
  auto const published = nps_of(70, 20, 10);
  CHECK(published.value == cxm::maybe(60.0));
  CHECK_THAT(published.interval->low, WithinAbs(45.2698, 5e-5));
  CHECK_THAT(published.interval->high, WithinAbs(71.2351, 5e-5));

  auto const example = nps_of(50, 30, 20);
  CHECK(example.value == cxm::maybe(30.0));
  CHECK_THAT(*example.standard_error, WithinAbs(7.81, 0.005));
  CHECK_THAT(example.interval->low, WithinAbs(14.05, 0.005));
  CHECK_THAT(example.interval->high, WithinAbs(44.20, 0.005));
  auto const wald = nps_of(50, 30, 20, cxm::wald{});
  CHECK_THAT(wald.interval->low, WithinAbs(14.7, 0.05));
  CHECK_THAT(wald.interval->high, WithinAbs(45.3, 0.05));

  auto const one = nps_of(1, 0, 0);
  CHECK(one.value == cxm::maybe(100.0));
  CHECK_THAT(one.interval->low, WithinAbs(-48.5, 0.05));
  CHECK_THAT(one.interval->high, WithinAbs(98.5, 0.05));
  auto const ten = nps_of(10, 0, 0);
  CHECK_THAT(ten.interval->low, WithinAbs(47.5, 0.05));
  CHECK(ten.interval->high == 100.0);
  CHECK_THAT(ten.interval->raw.high, WithinAbs(106.3, 0.05));
}

TEST_CASE("nps: no answers give no score") {
  auto const none = cxm::nps().result();
  CHECK(none.n == 0);
  CHECK(none.value == cxm::maybe<double>(cxm::reason::no_data));
  CHECK(none.standard_error.why() == cxm::reason::no_data);
  CHECK(none.interval.why() == cxm::reason::no_data);
}

TEST_CASE("nps: postconditions on random answers, and k copies") {
  std::mt19937 random(6);
  for (int round = 0; round < 300; ++round) {
    std::vector<int> answers;
    for (std::size_t i = 0, n = 1 + random() % 60; i < n; ++i)
      answers.push_back(static_cast<int>(random() % 11));
    auto const score = cxm::measure(answers, cxm::nps()).result();
    REQUIRE(score.promoters + score.passives + score.detractors == score.n);
    REQUIRE(score.n == answers.size());
    REQUIRE(*score.value >= -100.0);
    REQUIRE(*score.value <= 100.0);
    REQUIRE(score.interval->low >= -100.0);
    REQUIRE(score.interval->high <= 100.0);
    REQUIRE(score.interval->low < score.interval->high);
    // Of a single promoter C7 itself gives -48.5..98.5; from two answers on the value is inside.
    if (score.n > 1) REQUIRE(score.interval->contains(*score.value));
    auto const plain = cxm::measure(answers, cxm::nps(cxm::wald{})).result();
    REQUIRE(plain.interval->contains(*plain.value));

    auto tally = cxm::measure(answers, cxm::nps());
    auto nine = tally;
    for (int copy = 0; copy < 8; ++copy) nine.merge(tally);
    REQUIRE(nine.result().value == score.value);
    REQUIRE_THAT(*nine.result().standard_error, WithinAbs(*score.standard_error / 3, 1e-12));
    // Turned round, 10 - x with bands turned round, the score changes its sign.
    std::vector<int> turned;
    for (int answer : answers) turned.push_back(10 - answer);
    auto const negated =
        cxm::measure(turned, cxm::nps(cxm::promoters_from{4}, cxm::detractors_to{1})).result();
    REQUIRE(*negated.value == -*score.value);
  }
}

TEST_CASE("nps: at 95 % the value of all promoters is inside, but of a single one") {
  for (std::uint64_t n = 1; n <= 5000; n += 1 + n / 7) {
    auto const all = nps_of(n, 0, 0);
    CHECK(all.interval->contains(*all.value) == (n > 1));
    CHECK(nps_of(0, 0, n).interval->contains(-100) == (n > 1));
  }
}

TEST_CASE("nps: bands and scales are checked when they are known") {
  CHECK_THROWS_AS(cxm::nps(cxm::promoters_from{11}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::nps(cxm::promoters_from{6}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::nps(cxm::detractors_to{-1}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::nps(cxm::any_points{1, 5}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::nps(cxm::any_points{1, 10}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::nps(cxm::any_points{0, 10, cxm::better::low}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::nps(cxm::any_points{1, 5}, cxm::promoters_from{5}), std::invalid_argument);
  CHECK_NOTHROW(cxm::nps(cxm::any_points{1, 5}, cxm::promoters_from{5}, cxm::detractors_to{3}));
  auto const regional =
      cxm::measure(std::vector{8, 8, 5}, cxm::nps(cxm::promoters_from{8}, cxm::detractors_to{5}))
          .result();
  CHECK(regional.promoters == 2);
  CHECK(regional.detractors == 1);
}

TEST_CASE("csat: the worked example, top boxes of either polarity, other cuts") {
  std::vector<int> const answers = {5, 4, 4, 3, 5, 2, 1, 5, 4, 3};
  auto const top_two = csat_of(answers);
  CHECK(top_two.good == 6);
  CHECK(top_two.value == cxm::maybe(0.6));
  CHECK_THAT(top_two.interval->low, WithinAbs(0.313, 5e-4));
  CHECK_THAT(top_two.interval->high, WithinAbs(0.832, 5e-4));
  CHECK_THAT(*top_two.standard_error, WithinAbs(std::sqrt(0.024), 1e-15));
  CHECK(csat_of(answers, cxm::good_at{5}).value == cxm::maybe(0.3));
  CHECK(csat_of(answers, cxm::points<1, 5, cxm::better::low>{}).value ==
        cxm::maybe(0.2));  // bottom two
  CHECK(csat_of(answers, cxm::good_at{3}, cxm::points<1, 7>{}).value == cxm::maybe(0.8));
  CHECK(csat_of({}).value == cxm::maybe<double>(cxm::reason::no_data));
  CHECK(csat_of({}).interval.why() == cxm::reason::no_data);
  auto const [mean] = std::tuple(cxm::measure(answers, cxm::mean(cxm::points<1, 5>{})).result());
  CHECK(mean.value == cxm::maybe(3.6));
  CHECK_THAT(*mean.deviation, WithinAbs(1.35, 0.005));
  CHECK_THROWS_AS(cxm::csat(cxm::good_at{6}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::csat(cxm::good_at{0}), std::invalid_argument);
}

TEST_CASE("csat: the interval holds the share and stays within 0 and 1") {
  for (std::size_t good = 0; good <= 40; ++good) {
    std::vector<int> answers(40, 1);
    std::fill_n(answers.begin(), good, 5);
    auto const score = csat_of(answers);
    REQUIRE(score.interval->low >= 0.0);
    REQUIRE(score.interval->high <= 1.0);
    REQUIRE(score.interval->contains(*score.value));
    REQUIRE(*csat_of(answers, cxm::wald{}).value == *score.value);
  }
  CHECK(csat_of(std::vector(40, 1)).interval->low == 0.0);
  CHECK(csat_of(std::vector(40, 5)).interval->high == 1.0);
}

TEST_CASE("ces: the worked example of 2.0, and 1.0 where low is good") {
  auto const ces = cxm::measure(std::vector{7, 6, 5, 4, 6, 3, 7, 2, 5, 6}, cxm::ces()).result();
  CHECK(ces.value == cxm::maybe(5.1));
  CHECK(ces.easy == 7);
  CHECK(ces.easy_share == cxm::maybe(0.7));
  CHECK_THAT(*ces.index, WithinAbs(68.3, 0.05));
  // The t interval by its definition; the quantile of 9 degrees of freedom is 2.2621571627982055.
  double const deviation = std::sqrt((285.0 - 51.0 * 5.1) / 9);
  CHECK_THAT(*ces.deviation, WithinRel(deviation, 1e-14));
  CHECK_THAT(ces.interval->low,
             WithinAbs(5.1 - 2.2621571627982055 * deviation / std::sqrt(10.0), 1e-12));
  CHECK_THAT(ces.interval->high,
             WithinAbs(5.1 + 2.2621571627982055 * deviation / std::sqrt(10.0), 1e-12));

  auto const old = cxm::measure(std::vector{1, 2, 2, 5, 3}, cxm::ces_1()).result();
  CHECK(old.value == cxm::maybe(2.6));
  CHECK(old.easy == 3);
  CHECK(old.index == cxm::maybe(40.0));  // 4 on 1 to 5 is 75, so 2.6 is 40
  CHECK(cxm::measure(std::vector{4}, cxm::ces_1()).result().index == cxm::maybe(75.0));
  CHECK(cxm::ces().result().easy_share == cxm::maybe<double>(cxm::reason::no_data));
  auto const few = cxm::measure(std::vector{4, 4}, cxm::ces(cxm::min_n{3})).result();
  CHECK(few.index == cxm::maybe<double>(cxm::reason::below_min_n));
}

TEST_CASE("scores: unanimous answers") {
  CHECK(nps_of(0, 7, 0).value == cxm::maybe(0.0));
  CHECK(nps_of(0, 7, 0, cxm::wald{}).standard_error == cxm::maybe(0.0));
  CHECK(nps_of(0, 0, 7).value == cxm::maybe(-100.0));
  CHECK(nps_of(0, 0, 7).interval->low == -100.0);
}
