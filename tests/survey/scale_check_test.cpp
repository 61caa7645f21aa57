// SPDX-License-Identifier: BSL-1.0
// The traps of columns: another scale than declared, and one that changes in its middle.
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/scale_changes.hpp>
#include <cxm/survey/scale_check.hpp>

#include "catch.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct row {
  int month;
  int answer;
};
std::vector<int> random_answers(unsigned seed, int low, int high, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<int> made;
  for (std::size_t i = 0; i < count; ++i)
    made.push_back(low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)));
  return made;
}
template <class Answers>
cxm::scale_report checked(Answers const& answers) {
  return std::get<1>(cxm::measure(answers, cxm::tally(cxm::nps(), cxm::scale_check())).result());
}
std::vector<cxm::scale_change<int>> changes(std::vector<row> const& rows) {
  auto const plan = cxm::by(
      &row::month, cxm::on(&row::answer, cxm::tally(cxm::any_points{0, 100}, cxm::seen_answers())));
  return cxm::scale_changes(cxm::measure(rows, plan).result());
}
void add(std::vector<row>& rows, int month, std::vector<int> const& answers) {
  for (int answer : answers) rows.push_back({month, answer});
}

constexpr auto few = [] {
  auto plan = cxm::tally(cxm::points<0, 10>{}, cxm::scale_check());
  for (int answer : {1, 5, 9}) plan.add(answer);
  return plan.result();
}();
static_assert(*few.lowest == 1 && *few.highest == 9 && few.unused_low == 1 && few.unused_high == 1);
static_assert(*few.verdict == cxm::scale_verdict::too_few_to_tell);
static_assert(cxm::name(*few.verdict) == "too_few_to_tell");
}  // namespace

TEST_CASE("scale_check: a column of 1 to 10 read as 0 to 10 is called out from 299 answers on") {
  CHECK(checked(random_answers(1, 1, 10, 298)).verdict ==
        cxm::maybe(cxm::scale_verdict::too_few_to_tell));
  auto const found = checked(random_answers(1, 1, 10, 299));
  CHECK(found.verdict == cxm::maybe(cxm::scale_verdict::end_unused));
  CHECK(found.unused_low == 1);
  CHECK(found.unused_high == 0);
  CHECK_THAT(*found.unseen_share, WithinRel(1 - std::pow(0.05, 1.0 / 299), 1e-12));
  CHECK(checked(random_answers(1, 0, 10, 299)).verdict == cxm::maybe(cxm::scale_verdict::fits));
}

TEST_CASE("scale_check: 1 to 5 read as 0 to 10, 0 to 100 read so, one class only, nothing") {
  auto const narrow = checked(random_answers(2, 1, 5, 400));
  CHECK(narrow.verdict == cxm::maybe(cxm::scale_verdict::end_unused));
  CHECK(narrow.unused_high == 5);
  CHECK(checked(random_answers(3, 0, 100, 400)).verdict ==
        cxm::maybe(cxm::scale_verdict::off_scale));
  auto const alike = checked(std::vector<int>(500, 10));
  CHECK(alike.verdict == cxm::maybe(cxm::scale_verdict::end_unused));
  CHECK(alike.unused_low == 10);
  CHECK(checked(std::vector<int>{}).verdict ==
        cxm::maybe<cxm::scale_verdict>(cxm::reason::no_data));
  CHECK(checked(std::vector{11}).verdict == cxm::maybe(cxm::scale_verdict::off_scale));
  // One slip of the finger among many is none.
  auto with_slip = random_answers(4, 0, 10, 400);
  with_slip.push_back(11);
  CHECK(checked(with_slip).verdict == cxm::maybe(cxm::scale_verdict::fits));
}

TEST_CASE("scale_check: how small a share is negligible, and how sure, are policies") {
  auto const answers = random_answers(5, 1, 10, 60);
  auto const verdict = [&](auto... policies) {
    return cxm::measure(answers, cxm::tally(cxm::points<0, 10>{}, cxm::scale_check(policies...)))
        .result()
        .verdict;
  };
  CHECK(verdict() == cxm::maybe(cxm::scale_verdict::too_few_to_tell));
  CHECK(verdict(cxm::negligible{0.05}) == cxm::maybe(cxm::scale_verdict::end_unused));
  CHECK(verdict(cxm::confidence{0.999}, cxm::negligible{0.05}) ==
        cxm::maybe(cxm::scale_verdict::too_few_to_tell));
  CHECK_THROWS_AS(cxm::negligible(0), std::invalid_argument);
  CHECK_THROWS_AS(cxm::negligible(1), std::invalid_argument);
}

TEST_CASE("scale_check: weights do not change on which scale people answered") {
  auto const answers = random_answers(6, 1, 10, 400);
  auto const plan = cxm::tally(cxm::nps(), cxm::scale_check(), cxm::seen_answers());
  auto const found = cxm::measure(answers, cxm::weighted([](int) { return 0.5; }, plan)).result();
  CHECK(std::get<1>(found).verdict == cxm::maybe(cxm::scale_verdict::end_unused));
  CHECK(std::get<2>(found).answers() == 400);
}

TEST_CASE("scale_changes: a scale that changes in the middle of a column is named") {
  std::vector<row> rows;
  for (int month = 1; month <= 5; ++month)
    add(rows, month, random_answers(10U + static_cast<unsigned>(month), 1, 5, 80));
  for (int month = 6; month <= 9; ++month)
    add(rows, month, random_answers(10U + static_cast<unsigned>(month), 0, 10, 80));
  for (int month = 10; month <= 12; ++month)
    add(rows, month, random_answers(10U + static_cast<unsigned>(month), 1, 5, 80));
  auto const found = changes(rows);
  REQUIRE(found.size() == 2);
  CHECK(found[0].key == 6);
  CHECK(found[0].widened);
  CHECK(found[0].before.low == 1);
  CHECK(found[0].before.high == 5);
  CHECK(found[0].after.low == 0);
  CHECK(found[0].after.high == 10);
  CHECK(found[0].outside > 20);
  CHECK(found[0].chance < 1e-9);
  CHECK(found[1].key == 10);
  CHECK_FALSE(found[1].widened);
  CHECK(found[1].after.high == 5);
}

TEST_CASE("scale_changes: answers that begin to be off the declared scale are a change too") {
  std::vector<row> rows;
  for (int month = 1; month <= 6; ++month)
    add(rows, month, random_answers(20U + static_cast<unsigned>(month), 1, month < 4 ? 5 : 10, 50));
  auto const read = cxm::measure(
      rows, cxm::by(&row::month,
                    cxm::on(&row::answer, cxm::tally(cxm::points<1, 5>{}, cxm::seen_answers()))));
  auto const found = cxm::scale_changes(read.result());
  REQUIRE(found.size() == 1);
  CHECK(found[0].key == 4);
  CHECK(found[0].after.off_scale);
  CHECK_FALSE(found[0].before.off_scale);
}

TEST_CASE("scale_changes: chance alone, small months and months without answers are no change") {
  std::size_t false_alarms = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::vector<row> rows;
    for (int month = 1; month <= 12; ++month)
      add(rows, month,
          random_answers(1000 + seed * 12 + static_cast<unsigned>(month), 0, 10,
                         month % 4 == 0 ? 3 : 40));
    false_alarms += changes(rows).size();
  }
  CHECK(false_alarms <= 12);  // 1,100 looks, each at a range chosen after the fact
  CHECK(changes({}).empty());
  CHECK(changes({{1, 5}}).empty());
  CHECK(changes({{1, 5}, {2, 9}}).empty());
}

TEST_CASE("scale_changes: the chance is that of the hypergeometric distribution") {
  // 3 of 10 later answers outside, none of 20 before: C(10,3)/C(30,3).
  cxm::seen_points const before{0, {10, 10, 0}, 0}, after{0, {4, 3, 3}, 0};
  auto const found = cxm::detail::change_between(1, before, after);
  CHECK_THAT(found.chance, WithinRel(120.0 / 4060.0, 1e-12));
  CHECK(found.widened);
  CHECK(found.outside == 3);
}
