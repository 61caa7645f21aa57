// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/measure.hpp>
#include <cxm/stats/weighted_mean.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <vector>

using namespace Catch::Matchers;
using cxm::weighted_value;

TEST_CASE("weighted_mean: worked by hand, and what does not count") {
  auto const nan = std::numeric_limits<double>::quiet_NaN();
  auto const found =
      cxm::measure(
          std::vector<std::optional<weighted_value>>{
              weighted_value{1, 3}, weighted_value{-1, 1}, std::nullopt, weighted_value{5, 0},
              weighted_value{nan, 1}, weighted_value{1, -1}, weighted_value{1, nan}},
          cxm::weighted_mean())
          .result();
  CHECK(found.n == 2);
  CHECK(found.missing == 2);
  CHECK(found.invalid == 3);
  CHECK(*found.mean == 0.5);
  CHECK(*found.weight == 4.0);
  CHECK(cxm::weighted_mean().result().mean.why() == cxm::reason::no_data);
}

TEST_CASE("weighted_mean: against long doubles, and the laws of merging") {
  std::mt19937_64 random(9);
  std::vector<weighted_value> values;
  long double sum = 0, weight = 0;
  for (int i = 0; i < 300; ++i) {
    values.push_back({std::ldexp(static_cast<double>(random() % 1000), -9) - 1,
                      std::ldexp(static_cast<double>(random() % 1000), -5)});
    sum += static_cast<long double>(values.back().value) * values.back().weight;
    weight += values.back().weight;
  }
  auto const found = cxm::measure(values, cxm::weighted_mean()).result();
  CHECK_THAT(*found.mean, WithinRel(static_cast<double>(sum / weight), 1e-15));
  auto const report = cxm::check_merge_laws(cxm::weighted_mean(), values, {.rounds = 3});
  INFO(report.text());
  CHECK(report.holds());
}
