// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/valence.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
constexpr auto counted(auto plan, auto... values) {
  (plan.add(values), ...);
  return plan.result();
}
// Method reference C21: .5, −.8, .2, .6: mean .125; negative below −.2.
constexpr auto c21 = counted(cxm::sentiment(), .5, -.8, .2, .6);
static_assert(*c21.value == 0.125 && c21.n == 4);
static_assert(c21.negative == 1 && c21.neutral == 1 && c21.positive == 2);
static_assert(*c21.negative_share == 0.25 && *c21.net == 25.0);
static_assert(c21.interval->low >= -1 && c21.interval->high <= 1);
static_assert(counted(cxm::sentiment()).value.why() == cxm::reason::no_data);
static_assert(counted(cxm::sentiment(), 1, -1, 0).neutral == 1);
}  // namespace

TEST_CASE("sentiment: against sums by hand on random valences") {
  std::mt19937 random(5);
  std::vector<double> values;
  for (int i = 0; i < 2'000; ++i) values.push_back(double(random() % 20'001) / 10'000 - 1);
  double sum = 0, squares = 0;
  std::uint64_t negative = 0, positive = 0;
  for (double value : values) {
    sum += value;
    squares += value * value;
    negative += value < -0.1 ? 1 : 0;
    positive += value > 0.1 ? 1 : 0;
  }
  auto const n = static_cast<double>(values.size());
  auto const found =
      cxm::measure(values, cxm::sentiment(cxm::neutral_within{0.1}, cxm::confidence{0.9})).result();
  CHECK_THAT(*found.value, WithinAbs(sum / n, 1e-12));
  CHECK_THAT(*found.deviation, WithinAbs(std::sqrt((squares - sum * sum / n) / (n - 1)), 1e-10));
  CHECK(found.negative == negative);
  CHECK(found.positive == positive);
  CHECK(found.negative + found.neutral + found.positive == found.n);
  CHECK_THAT(*found.net, WithinAbs(100 * (double(positive) - double(negative)) / n, 1e-12));
  CHECK(found.interval ==
        cxm::student::mean(*found.value, *found.deviation, found.n, cxm::confidence{0.9}, {-1, 1}));
}

TEST_CASE("sentiment: hostile values, missing ones, one alone, all alike") {
  auto plan = cxm::sentiment();
  for (double value : {1.0000001, -1.5, std::numeric_limits<double>::quiet_NaN(),
                       std::numeric_limits<double>::infinity(), 1e300})
    plan.add(value);
  plan.add(std::optional<double>());
  CHECK(plan.result().invalid == 5);
  CHECK(plan.result().missing == 1);
  CHECK(plan.result().n == 0);
  CHECK(plan.result().value == cxm::maybe<double>(cxm::reason::no_data));
  plan.add(std::optional<double>(-1.0));
  CHECK(plan.result().value == cxm::maybe(-1.0));
  CHECK(plan.result().deviation == cxm::maybe<double>(cxm::reason::degenerate));
  CHECK(plan.result().interval.why() == cxm::reason::degenerate);
  plan.add(-1.0F);
  CHECK(plan.result().deviation == cxm::maybe(0.0));
  CHECK(plan.result().negative_share == cxm::maybe(1.0));
  auto const few = counted(cxm::sentiment(cxm::min_n{3}), 0.5, 0.6);
  CHECK(few.value == cxm::maybe<double>(cxm::reason::below_min_n));
  CHECK(few.net == cxm::maybe<double>(cxm::reason::below_min_n));
  for (double width : {-0.1, 1.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK_THROWS_AS(cxm::neutral_within(width), std::invalid_argument);
}

TEST_CASE("sentiment: merge laws, another neutral band is another state, and damage is refused") {
  struct text {
    int source;
    std::optional<double> valence;
  };
  std::mt19937 random(6);
  std::vector<text> texts;
  for (int i = 0; i < 200; ++i)
    texts.push_back(
        {static_cast<int>(random() % 3),
         random() % 9 == 0 ? std::optional<double>() : double(random() % 2'300) / 1'000 - 1.15});
  auto const plan = cxm::by(&text::source, cxm::on(&text::valence, cxm::sentiment()));
  auto const report = cxm::check_merge_laws(plan, texts, {.rounds = 10});
  INFO(report.text());
  CHECK(report.holds());
  auto one = cxm::sentiment();
  CHECK_THROWS_AS(one.merge(cxm::sentiment(cxm::neutral_within{0.3})), std::invalid_argument);
  CHECK_FALSE(cxm::try_load(cxm::sentiment(cxm::neutral_within{0.3}), cxm::save(one)));
}
