// SPDX-License-Identifier: BSL-1.0
// The published conventions against their published or worked figures, each named.
#include <cxm/core/save.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/conventions.hpp>
#include <cxm/survey/emotion.hpp>
#include <cxm/survey/first_contact.hpp>
#include <cxm/survey/onto.hpp>

#include "catch.hpp"

#include <array>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {

template <class Plan, std::size_t Size>
constexpr auto counted(Plan plan, std::array<int, Size> const& answers) {
  for (int answer : answers) plan.add(answer);
  return plan.result();
}
constexpr bool near(double found, double wanted, double by) {
  return found - wanted < by && wanted - found < by;
}

// Method reference C2: T2B 0.6 (0.313–0.832), mean 3.6, sd 1.35; B2B 0.2, net 0.4.
constexpr std::array c2{5, 4, 4, 3, 5, 2, 1, 5, 4, 3};
constexpr auto top_2 = counted(cxm::csat_top_2(), c2);
static_assert(*top_2.value == 0.6);
static_assert(near(top_2.interval->low, 0.313, 5e-4) && near(top_2.interval->high, 0.832, 5e-4));
static_assert(*counted(cxm::csat_top_1(), c2).value == 0.3);
constexpr auto mean_of_c2 = counted(cxm::csat_mean(), c2);
static_assert(*mean_of_c2.value == 3.6 && near(*mean_of_c2.deviation, 1.35, 5e-3));
static_assert(counted(cxm::csat(), c2).value == top_2.value);
constexpr auto box_net =
    counted(cxm::bands(cxm::points<1, 5>{}, cxm::band<"bottom", 1, 2, -1>{},
                       cxm::band<"middle", 3, 3>{}, cxm::band<"top", 4, 5, +1>{}),
            c2);
static_assert(*box_net.at("bottom").share == 0.2 && *box_net.value == 40.0);

// Method reference C3: CES 2 mean 5.1, share of 5 and more 0.70, index 68.3.
constexpr std::array c3{7, 6, 5, 4, 6, 3, 7, 2, 5, 6};
constexpr auto effort = counted(cxm::ces(), c3);
static_assert(*effort.value == 5.1 && *effort.easy_share == 0.7 && near(*effort.index, 68.3, 0.05));
static_assert(*counted(cxm::ces_agree(), c3).value == 0.7);
static_assert(near(*counted(cxm::mean(cxm::points<1, 7>{}, cxm::onto{0, 100}), c3).value, 68.3,
                   0.05));
static_assert(effort.interval->low < 5.1 && effort.interval->high > 5.1);

// CES 1: low is good.
static_assert(*counted(cxm::ces_1(), std::array{1, 2, 2, 5}).easy_share == 0.75);

// Method reference C6: 4 on 1–5 is 7.5 on 0–10, 5.5 on 1–7, 75 on 0–100.
constexpr auto four_on = [](double low, double high) {
  return *counted(cxm::mean(cxm::points<1, 5>{}, cxm::onto{low, high}), std::array{4}).value;
};
static_assert(four_on(0, 10) == 7.5 && four_on(1, 7) == 5.5 && four_on(0, 100) == 75.0);

// Method reference C1: 50 promoters, 30 passives, 20 detractors: +30, SE 7.81, AW 14.05..44.20.
constexpr auto c1 = [] {
  auto plan = cxm::enps();
  for (int i = 0; i < 100; ++i) plan.add(i < 50 ? 9 : i < 80 ? 7 : 3);
  return plan.result();
}();
static_assert(*c1.value == 30.0 && near(*c1.standard_error, 7.81, 5e-3));
static_assert(near(c1.interval->low, 14.05, 5e-3) && near(c1.interval->high, 44.20, 5e-3));

// Anchor 7.6: 100 contacts, 70 resolved at first, 20 unresolvable: gross 0.70, net 0.875.
constexpr auto fcr = [] {
  auto plan = cxm::tally(cxm::fcr_gross(), cxm::fcr_net());
  for (int i = 0; i < 100; ++i)
    plan.add(i < 70   ? cxm::resolution::at_first_contact
             : i < 80 ? cxm::resolution::later
                      : cxm::resolution::not_resolvable);
  return plan.result();
}();
static_assert(*std::get<0>(fcr).value == 0.7 && std::get<0>(fcr).n == 100);
static_assert(*std::get<1>(fcr).value == 0.875 && std::get<1>(fcr).n == 80);
static_assert(std::get<1>(fcr).not_resolvable == 20 && std::get<1>(fcr).good == 70);

using cxm::emotion;
static_assert(cxm::valence_of(emotion::indulgent) == 1 &&
              cxm::valence_of(emotion::irritated) == -1);
static_assert(cxm::emotional_balance(std::array{emotion::happy, emotion::safe, emotion::safe,
                                                emotion::frustrated}) == 1);

}  // namespace

TEST_CASE("ces: anchor 7.3, counts 80,210,140,110,160,180,120: 4.08, %5-7 46.0, index -13.0") {
  std::uint64_t const counts[] = {80, 210, 140, 110, 160, 180, 120};
  auto plan = cxm::tally(cxm::ces(), cxm::ces_agree(), cxm::ces_net());
  for (int point = 1; point <= 7; ++point)
    for (std::uint64_t i = 0; i < counts[point - 1]; ++i) plan.add(point);
  auto const [mean, agree, net] = plan.result();
  CHECK(mean.value == cxm::maybe(4.08));
  CHECK(agree.value == cxm::maybe(0.46));
  CHECK(net.value == cxm::maybe(-13.0));
  CHECK(net.at("neutral").count == 270);
  CHECK(mean.easy_share == agree.value);
}

TEST_CASE("csat: the boxes of any scale, and of scales whose low end is good") {
  auto const of = [](auto... policies) {
    auto plan = cxm::csat(policies...);
    for (int answer : {1, 2, 3, 4, 5, 6, 7}) plan.add(answer);
    return plan.result().good;
  };
  CHECK(of(cxm::points<1, 7>{}) == 2);
  CHECK(of(cxm::points<1, 7>{}, cxm::top_boxes{3}) == 3);
  CHECK(of(cxm::points<1, 7, cxm::better::low>{}, cxm::top_boxes{1}) == 1);
  CHECK(of(cxm::any_points{1, 7}, cxm::top_boxes{7}) == 7);
  CHECK_THROWS_AS(cxm::csat(cxm::top_boxes{0}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::csat(cxm::any_points{1, 5}, cxm::top_boxes{6}), std::invalid_argument);
}

TEST_CASE("onto: deviation, error and interval are stretched, the ends of the scale are its ends") {
  std::vector<int> const answers = {5, 4, 4, 3, 5, 2, 1, 5, 4, 3};
  auto const own = cxm::measure(answers, cxm::csat_mean()).result();
  auto const shown = cxm::measure(answers, cxm::csat_mean(cxm::onto{0, 100})).result();
  CHECK_THAT(*shown.value, WithinAbs(65, 1e-12));
  CHECK_THAT(*shown.deviation, WithinAbs(25 * *own.deviation, 1e-12));
  CHECK_THAT(*shown.standard_error, WithinAbs(25 * *own.standard_error, 1e-12));
  CHECK_THAT(shown.interval->low, WithinAbs(25 * (own.interval->low - 1), 1e-12));
  CHECK_THAT(shown.interval->raw.high, WithinAbs(25 * (own.interval->raw.high - 1), 1e-12));
  CHECK(cxm::measure(std::vector<int>{}, cxm::csat_mean(cxm::onto{0, 1})).result().value ==
        cxm::maybe<double>(cxm::reason::no_data));
  CHECK(cxm::measure(std::vector{3}, cxm::stars(cxm::onto{0, 1})).result().deviation ==
        cxm::maybe<double>(cxm::reason::degenerate));
  auto const alike = cxm::measure(
      answers, cxm::weighted([](int) { return 1; }, cxm::csat_mean(cxm::onto{0, 100})));
  CHECK_THAT(*alike.result().value, WithinAbs(65, 1e-12));
  CHECK_THAT(*alike.result().deviation, WithinAbs(*shown.deviation, 1e-9));
  for (auto [low, high] : {std::pair{1.0, 1.0},
                           {2.0, 1.0},
                           {0.0, std::numeric_limits<double>::infinity()},
                           {std::numeric_limits<double>::quiet_NaN(), 1.0}})
    CHECK_THROWS_AS(cxm::onto(low, high), std::invalid_argument);
}

TEST_CASE("enps never merges with what customers said") {
  auto bytes = cxm::save(cxm::enps());
  CHECK_FALSE(cxm::try_load(cxm::nps(), bytes));
  CHECK_FALSE(cxm::try_load(cxm::nps(cxm::relationship{}), bytes));
  CHECK(cxm::try_load(cxm::nps(cxm::employee{}), bytes));
}

TEST_CASE("stars: half a star is invalid") {
  auto plan = cxm::stars();
  for (double stars : {5.0, 4.0, 4.5, 0.0, 1.0}) plan.add(stars);
  CHECK(plan.result().n == 3);
  CHECK(plan.result().invalid == 2);
  CHECK(plan.result().value == cxm::maybe(10.0 / 3));
}

TEST_CASE("stars: halves are counted by a field that doubles, and shown in stars") {
  auto const plan = cxm::on([](double stars) { return 2 * stars; },
                            cxm::stars(cxm::points<2, 10>{}, cxm::onto{1, 5}));
  auto const found = cxm::measure(std::vector{4.5, 5.0, 3.0, 4.3, 0.5}, plan).result();
  CHECK(found.n == 3);
  CHECK(found.invalid == 2);
  CHECK_THAT(*found.value, WithinAbs(12.5 / 3, 1e-12));
  CHECK(found.interval->high == 5);
}

TEST_CASE("net_sentiment: mixed texts count") {
  auto const found = cxm::measure(std::vector{1, 1, 0, -1, 0, 2}, cxm::net_sentiment()).result();
  CHECK(found.value == cxm::maybe(20.0));
  CHECK(found.n == 5);
  CHECK(found.invalid == 1);
  CHECK(*found.at("positive").share == 0.4);
}

TEST_CASE("net_emotional_value: the balance of customers") {
  using cxm::emotion;
  std::vector<std::vector<emotion>> const felt = {
      {emotion::happy, emotion::pleased, emotion::valued},
      {emotion::frustrated},
      {},
      {emotion::safe, emotion::stressed}};
  auto plan = cxm::net_emotional_value();
  for (auto const& one : felt) plan.add(cxm::emotional_balance(one));
  CHECK(plan.result().value == cxm::maybe(0.5));
  CHECK(plan.result().n == 4);
  std::vector const broken = {emotion::happy, static_cast<emotion>(200)};
  plan.add(cxm::emotional_balance(broken));
  plan.add(std::optional<int>());
  CHECK(plan.result().invalid == 1);
  CHECK(plan.result().missing == 1);
  std::vector<emotion> all;
  for (int i = 0; i < 20; ++i) all.push_back(static_cast<emotion>(i));
  CHECK(cxm::emotional_balance(all) == 4);
  CHECK(cxm::emotional_balance(std::vector(all.begin(), all.begin() + 12)) == 12);
  CHECK(cxm::emotional_balance(std::vector(all.begin() + 12, all.end())) == -8);
}

TEST_CASE("fcr: nothing, no request that could be resolved, missing and off the enum") {
  auto plan = cxm::tally(cxm::fcr_gross(), cxm::fcr_net());
  CHECK(std::get<0>(plan.result()).value == cxm::maybe<double>(cxm::reason::no_data));
  plan.add(cxm::resolution::not_resolvable);
  plan.add(std::optional<cxm::resolution>());
  plan.add(static_cast<cxm::resolution>(9));
  auto const [gross, net] = plan.result();
  CHECK(gross.value == cxm::maybe(0.0));
  CHECK(net.value == cxm::maybe<double>(cxm::reason::no_data));
  CHECK(net.missing == 1);
  CHECK(net.invalid == 1);
  CHECK(net.n + net.not_resolvable + net.missing + net.invalid == 3);
}
