// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/calendar.hpp>
#include <cxm/core/time_window.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/period_changes.hpp>

#include "catch.hpp"

#include <chrono>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace std::chrono;

namespace {
struct answer {
  sys_seconds when;
  std::string channel;
  int recommend;
};
std::vector<answer> random_answers() {
  std::mt19937 random(1);
  std::vector<answer> made;
  for (int i = 0; i < 900; ++i) {
    auto const day = days(random() % 150);
    if (day >= days(31) && day < days(59)) continue;  // nobody in February
    made.push_back({sys_days(2023y / January / 1) + day, random() % 2 == 0 ? "web" : "call",
                    static_cast<int>(random() % 11)});
  }
  return made;
}
}  // namespace

TEST_CASE("period_changes: each period less the one before, by compare; none after a gap") {
  auto const answers = random_answers();
  auto const found = cxm::measure(
      answers, cxm::by(cxm::month_of(&answer::when), cxm::on(&answer::recommend, cxm::nps())));
  auto const changes = cxm::period_changes(found);
  REQUIRE(changes.size() == 4);
  CHECK(changes.begin()->key.label() == "2023-01");
  CHECK(changes.begin()->result.value.why() == cxm::reason::no_data);
  auto const at = [&](int i) { return *(changes.begin() + i); };
  CHECK(at(1).key.label() == "2023-03");
  CHECK_FALSE(at(1).result.value);
  auto const scores = found.result();
  for (int i : {2, 3}) {
    auto const expected =
        cxm::compare((scores.begin() + i)->result, (scores.begin() + i - 1)->result);
    CHECK(*at(i).result.value == *expected.value);
    CHECK(at(i).result.interval->low == expected.interval->low);
    CHECK_THAT(
        *at(i).result.value,
        Catch::Matchers::WithinAbs(
            *(scores.begin() + i)->result.value - *(scores.begin() + i - 1)->result.value, 1e-12));
  }
  auto const strict = cxm::period_changes(found, cxm::min_n{100'000});
  CHECK((strict.begin() + 2)->result.value.why() == cxm::reason::below_min_n);
}

TEST_CASE("period_changes: group by group inside periods, and over tumbling windows") {
  auto const answers = random_answers();
  auto const score = cxm::on(&answer::recommend, cxm::nps());
  auto const found =
      cxm::measure(answers, cxm::by(cxm::week_of(&answer::when), cxm::by(&answer::channel, score)));
  auto const changes = cxm::period_changes(found.result());
  auto const scores = found.result();
  auto const& [week, by_channel] = *(changes.begin() + 1);
  CHECK_THAT(
      *by_channel.at("web").value,
      Catch::Matchers::WithinAbs(
          *scores.at(week).at("web").value - *scores.at(week.previous()).at("web").value, 1e-12));
  CHECK_FALSE(changes.begin()->result.at("web").value);

  auto const tumbling =
      cxm::measure(answers, cxm::by(cxm::tumbling(&answer::when, days(10)), score));
  auto const moved = cxm::period_changes(tumbling);
  CHECK((moved.begin() + 1)->result.value);
}

TEST_CASE("every_period: periods without answers are there, with nobody in them") {
  auto const answers = random_answers();
  auto const score = cxm::on(&answer::recommend, cxm::nps());
  auto const found = cxm::measure(answers, cxm::by(cxm::month_of(&answer::when), score)).result();
  auto const all = cxm::every_period(found);
  REQUIRE(all.size() == 5);
  CHECK((all.begin() + 1)->key.label() == "2023-02");
  CHECK((all.begin() + 1)->result.n == 0);
  CHECK_FALSE((all.begin() + 1)->result.value);
  CHECK((all.begin() + 2)->result.n == (found.begin() + 1)->result.n);
  CHECK(cxm::period_changes(all).size() == 5);
  CHECK(cxm::every_period(found, cxm::at_most{5}).size() == 5);
  CHECK_THROWS_AS(cxm::every_period(found, cxm::at_most{4}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::every_period(
                      cxm::measure(std::vector<answer>{{sys_seconds(0s), "web", 9},
                                                       {sys_seconds(seconds(1LL << 45)), "web", 9}},
                                   cxm::by(cxm::day_of(&answer::when), score))
                          .result()),
                  std::invalid_argument);
  CHECK(cxm::every_period(cxm::by(cxm::day_of(&answer::when), score).result()).empty());
}

TEST_CASE("period_changes, compare: accounts that answered in both periods go together") {
  struct asked {
    sys_seconds when;
    int account;
    int region;
    int recommend;
  };
  std::mt19937 random(5);
  std::vector<asked> rows;
  for (int i = 0; i < 600; ++i) {
    int const account = static_cast<int>(random() % 14);
    rows.push_back({sys_days(2023y / January / 1) + days(random() % 120), account, account % 2,
                    account % 5 + static_cast<int>(random() % 7)});
  }
  auto const plan = cxm::clustered(&asked::account, cxm::on(&asked::recommend, cxm::nps()));
  auto const in_month = [&](asked const& one, std::string const& label) {
    return cxm::month_of(&asked::when)(one).label() == label;
  };
  auto const of = [&](std::string const& label, int region) {
    auto found = plan;
    for (auto const& one : rows)
      if (in_month(one, label) && (region < 0 || one.region == region)) found.add(one);
    return found;
  };
  auto const same = [](cxm::comparison const& a, cxm::comparison const& b) {
    CHECK(a.value == b.value);
    CHECK(a.standard_error == b.standard_error);
    CHECK(a.interval == b.interval);
    CHECK(a.p == b.p);
  };
  auto const changes =
      cxm::period_changes(cxm::measure(rows, cxm::by(cxm::month_of(&asked::when), plan)));
  REQUIRE(changes.size() == 4);
  CHECK(changes.begin()->result.value.why() == cxm::reason::no_data);
  auto const march = cxm::compare(of("2023-03", -1), of("2023-02", -1));
  same((changes.begin() + 2)->result, march);
  // The same accounts again: the change is known better than one of strangers.
  auto const strangers = cxm::compare(of("2023-03", -1).result(), of("2023-02", -1).result());
  CHECK(*march.standard_error < *strangers.standard_error);

  // Groups within, and readings beside them.
  auto const by_region = cxm::by(&asked::region, cxm::all(plan, plan));
  auto const regions_of = [&](std::string const& label) {
    auto found = by_region;
    for (auto const& one : rows)
      if (in_month(one, label) && (label == "2023-03" || one.region == 1)) found.add(one);
    return found;
  };
  auto const regions = cxm::compare(regions_of("2023-03"), regions_of("2023-02"));
  REQUIRE(regions.size() == 2);
  CHECK(std::get<0>(regions.at(0)).value.why() == cxm::reason::no_data);  // nobody in February
  same(std::get<1>(regions.at(1)), cxm::compare(of("2023-03", 1), of("2023-02", 1)));
}
