// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/chi_square.hpp>

#include "catch.hpp"

#include <boost/math/distributions/chi_squared.hpp>

#include <cmath>
#include <random>

using Catch::Matchers::WithinRel;

TEST_CASE("the chi-square distribution against Boost.Math on random parameters") {
  std::mt19937_64 random{3};
  std::uniform_real_distribution<double> unit{0, 1};
  for (int round = 0; round < 3'000; ++round) {
    double const df =
        round % 3 == 0 ? 1 + static_cast<double>(random() % 30) : std::exp(13 * unit(random) - 2);
    double const p = std::pow(10.0, -12 * unit(random)) * 0.99;
    INFO("df = " << df << ", p = " << p);
    boost::math::chi_squared_distribution<long double> const oracle(df);
    double const x = cxm::chi_square_upper_quantile(p, df);
    double const wanted =
        static_cast<double>(quantile(complement(oracle, static_cast<long double>(p))));
    CHECK_THAT(x, WithinRel(wanted, 1e-13 / std::min(1.0, df / 2)));
    CHECK_THAT(cxm::chi_square_survival(x, df),
               WithinRel(static_cast<double>(cdf(complement(oracle, x))), 1e-13));
    CHECK_THAT(cxm::chi_square_cdf(x, df), WithinRel(static_cast<double>(cdf(oracle, x)), 1e-13));
  }
}

TEST_CASE("the chi-square distribution: known values, ends, and what is refused") {
  CHECK_THAT(cxm::chi_square_upper_quantile(0.05, 1), WithinRel(3.841458820694124, 1e-14));
  CHECK_THAT(cxm::chi_square_upper_quantile(0.05, 2), WithinRel(5.991464547107979, 1e-14));
  CHECK_THAT(cxm::chi_square_survival(1000, 1), WithinRel(1.7958327848007e-219, 1e-13));
  CHECK(cxm::chi_square_survival(0, 3) == 1.0);
  CHECK(cxm::chi_square_survival(-1, 2) == 1.0);
  CHECK(cxm::chi_square_cdf(0, 3) == 0.0);
  CHECK_THROWS_AS(cxm::chi_square_survival(1, 0), std::invalid_argument);
  CHECK_THROWS_AS(cxm::chi_square_upper_quantile(0, 2), std::invalid_argument);
}
