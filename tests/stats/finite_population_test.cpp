// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/finite_population.hpp>
#include <cxm/stats/proportion.hpp>

#include "catch.hpp"

#include <cmath>
#include <stdexcept>

using namespace Catch::Matchers;
using cxm::of_population;

TEST_CASE("finite population: the factor of C8, 0.949 for 100 of 1000") {
  CHECK_THAT(of_population{1000}.factor(100), WithinAbs(0.949, 0.0005));
  CHECK_THAT(of_population{1000}.factor(100), WithinRel(std::sqrt(900.0 / 999), 1e-15));
  CHECK(of_population{40}.factor(40) == 0);
  CHECK(of_population{1}.factor(1) == 0);
  CHECK(of_population{40}.factor(1) == 1);
  CHECK(of_population{}.factor(1'000'000) == 1);
  CHECK_THAT(of_population{757}.sampling_factor(15), WithinRel(std::sqrt(1 - 15 / 757.0), 1e-15));
  CHECK_THROWS_WITH(of_population{40}.factor(41), Contains("more answers than the population has"));
  CHECK_THROWS_WITH(of_population{40}.sampling_factor(41), Contains("more answers"));
  CHECK_THROWS_AS(of_population{0}, std::invalid_argument);
}

TEST_CASE("finite population: an interval keeps its bound where it was clipped") {
  cxm::bounded_interval const ends{{47.5, 100}, {47.5, 106.3}};
  auto const half = cxm::detail::narrowed(ends, 100, 0.5);
  CHECK(half.low == 73.75);
  CHECK(half.high == 100);
  CHECK_THAT(half.raw.high, WithinAbs(103.15, 1e-12));
  auto const none = cxm::detail::narrowed(ends, 100, 0);
  CHECK(none == cxm::bounded_interval{{100, 100}, {100, 100}});
  // One promoter: the interval ends below the score and comes up to it.
  auto const single = cxm::detail::narrowed({{-48.5, 98.5}, {-48.5, 98.5}}, 100, 0.5);
  CHECK(single.high == 99.25);
  CHECK(cxm::detail::narrowed(ends, 100, 1) == ends);
}

TEST_CASE("finite population: shares of true fields") {
  auto plan = cxm::proportion(of_population{50});
  auto whole = cxm::proportion();
  for (int i = 0; i < 20; ++i) {
    plan.add(i % 4 == 0);
    whole.add(i % 4 == 0);
  }
  auto const found = plan.result();
  auto const plain = whole.result();
  double const factor = std::sqrt(30.0 / 49);
  CHECK(found.value == plain.value);
  CHECK(found.population == 50);
  CHECK_THAT(*found.standard_error, WithinRel(*plain.standard_error * factor, 1e-15));
  CHECK_THAT(found.interval->low, WithinAbs(0.25 - (0.25 - plain.interval->low) * factor, 1e-15));
  CHECK_THAT(found.interval->high, WithinAbs(0.25 + (plain.interval->high - 0.25) * factor, 1e-15));
  auto const later = cxm::corrected(plain, of_population{50});
  CHECK(later.standard_error == found.standard_error);
  CHECK(later.interval == found.interval);
  CHECK_THROWS_WITH(cxm::corrected(later, of_population{50}), Contains("already"));
  CHECK_THROWS_WITH(cxm::corrected(plain, of_population{19}), Contains("more answers"));
  CHECK(cxm::corrected(cxm::share{}, of_population{5}).value.why() == cxm::reason::no_data);
}
