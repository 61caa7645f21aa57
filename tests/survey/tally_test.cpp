// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

namespace {
using answer = std::optional<int>;
std::vector<answer> random_answers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<answer> made;
  for (std::size_t i = 0; i < count; ++i)
    made.push_back(random() % 20 == 0 ? answer() : answer(static_cast<int>(random() % 13) - 1));
  return made;
}
template <class Score>
void check_equal(Score const& a, Score const& b) {
  CHECK(a.n == b.n);
  CHECK(a.missing == b.missing);
  CHECK(a.invalid == b.invalid);
  CHECK(a.value == b.value);
  CHECK(a.standard_error == b.standard_error);
  CHECK(a.interval == b.interval);
}
}  // namespace

TEST_CASE("tally: several readings of one question, in any order") {
  auto const answers = random_answers(500, 1);
  auto const [nps, mean, median] =
      cxm::measure(answers, cxm::tally(cxm::nps(), cxm::mean(), cxm::median())).result();
  auto const [same_median, same_nps] =
      cxm::measure(answers, cxm::tally(cxm::median(), cxm::nps())).result();
  check_equal(nps, cxm::measure(answers, cxm::nps()).result());
  check_equal(nps, same_nps);
  CHECK(median == same_median);
  CHECK(mean.n == nps.n);

  std::vector<double> valid;
  for (auto const& one : answers)
    if (one && *one >= 0 && *one <= 10) valid.push_back(*one);
  std::sort(valid.begin(), valid.end());
  double sum = 0;
  for (double value : valid) sum += value;
  CHECK(*mean.value == sum / static_cast<double>(valid.size()));
  CHECK(*median == (valid[(valid.size() - 1) / 2] + valid[valid.size() / 2]) / 2);
  CHECK(nps.n + nps.missing + nps.invalid == answers.size());
}

TEST_CASE("tally: points and any_points are twins, on 10,000 random answers") {
  auto const answers = random_answers(10'000, 2);
  check_equal(cxm::measure(answers, cxm::nps()).result(),
              cxm::measure(answers, cxm::nps(cxm::any_points{0, 10})).result());
  check_equal(cxm::measure(answers, cxm::csat(cxm::points<1, 7>{})).result(),
              cxm::measure(answers, cxm::csat(cxm::any_points{1, 7})).result());
  check_equal(cxm::measure(answers, cxm::mean(cxm::points<1, 5>{})).result(),
              cxm::measure(answers, cxm::mean(cxm::any_points{1, 5})).result());
  cxm::promoters_from const promoters{4};
  cxm::detractors_to const detractors{2};
  check_equal(
      cxm::measure(answers, cxm::nps(cxm::points<1, 5>{}, promoters, detractors)).result(),
      cxm::measure(answers, cxm::nps(detractors, cxm::any_points{1, 5}, promoters)).result());
}

TEST_CASE("tally: merge laws on saved bytes, for both twins") {
  auto const answers = random_answers(200, 3);
  auto const check = [&](auto const& plan) {
    auto const report = cxm::check_merge_laws(plan, answers, {.rounds = 10});
    INFO(report.text());
    CHECK(report.holds());
  };
  check(cxm::nps());
  check(cxm::nps(cxm::any_points{0, 10}));
  check(cxm::tally(cxm::points<1, 7>{}, cxm::mean(), cxm::median()));
}

TEST_CASE("tally: another scale never merges, loads or reads as this one") {
  auto one = cxm::csat(cxm::any_points{1, 5});
  CHECK_THROWS_AS(one.merge(cxm::csat(cxm::any_points{1, 7})), std::invalid_argument);
  CHECK_THROWS_AS(one.merge(cxm::csat(cxm::any_points{1, 5, cxm::better::low})),
                  std::invalid_argument);
  CHECK_FALSE(cxm::try_load(cxm::csat(cxm::any_points{1, 7}), cxm::save(one)));
  CHECK_FALSE(cxm::try_load(cxm::csat(cxm::any_points{0, 4}), cxm::save(one)));
  CHECK_THROWS_AS(cxm::tally(cxm::any_points{0, 10}, cxm::csat(cxm::any_points{1, 5})),
                  std::invalid_argument);
}

TEST_CASE("tally: readings never block a merge, and can be chosen later") {
  auto strict = cxm::measure(random_answers(30, 4), cxm::nps(cxm::min_n{40}));
  strict.merge(cxm::measure(random_answers(30, 5), cxm::nps(cxm::min_n{40})));
  CHECK(strict.result().value.has_value());
  auto const few = cxm::measure(random_answers(30, 4), cxm::nps(cxm::min_n{40}));
  CHECK(few.result().value == cxm::maybe<double>(cxm::reason::below_min_n));
  CHECK(few.result().interval.why() == cxm::reason::below_min_n);
  CHECK(few.read_as(cxm::mean()).value.has_value());
  CHECK(few.read_as(cxm::mean(cxm::min_n{40})).value.why() == cxm::reason::below_min_n);
  CHECK(few.read_as(cxm::mean(cxm::min_n{40})).deviation.why() == cxm::reason::below_min_n);
  CHECK(few.read_as(cxm::median({40})) == cxm::maybe<double>(cxm::reason::below_min_n));
}

TEST_CASE("tally: more answers than 2^63 are refused on merge") {
  auto grown = cxm::measure(std::vector{9, 3}, cxm::nps());
  for (int i = 0; i < 61; ++i) grown.merge(grown);
  CHECK(grown.result().value == cxm::maybe(0.0));
  CHECK(grown.result().n == std::uint64_t{1} << 62);
  CHECK(*grown.read_as(cxm::mean()).value == 6.0);
  CHECK_THROWS_AS(grown.merge(grown), std::invalid_argument);
}

TEST_CASE("mean and median: nothing, one answer, equal answers") {
  auto const read = [](std::vector<int> const& answers) {
    return cxm::measure(answers, cxm::tally(cxm::points<1, 5>{}, cxm::mean(), cxm::median()))
        .result();
  };
  auto const [no_mean, no_median] = read({});
  CHECK(no_mean.value == cxm::maybe<double>(cxm::reason::no_data));
  CHECK(no_mean.interval.why() == cxm::reason::no_data);
  CHECK(no_median == cxm::maybe<double>(cxm::reason::no_data));
  auto const [one, its_median] = read({4});
  CHECK(one.value == cxm::maybe(4.0));
  CHECK(one.deviation == cxm::maybe<double>(cxm::reason::degenerate));
  CHECK(one.standard_error == cxm::maybe<double>(cxm::reason::degenerate));
  CHECK(one.interval.why() == cxm::reason::degenerate);
  CHECK(its_median == cxm::maybe(4.0));
  auto const [equal, equal_median] = read({3, 3, 3});
  CHECK(equal.deviation == cxm::maybe(0.0));
  CHECK(equal.interval->low == 3.0);
  CHECK(equal.interval->high == 3.0);
  CHECK(std::get<1>(read({1, 2})) == cxm::maybe(1.5));
}
