// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/normal.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using Catch::Matchers::WithinRel;

TEST_CASE("the normal distribution against 30 digits") {
  // The golden's argument is decimal, ours is the nearest double: what half a unit in its last
  // place does to the result is no error of the function.
  auto const record = golden::read("special_30digits.json");
  constexpr double half_unit = 0x1p-53;
  auto const& cdf = record["norm_cdf"];
  for (std::size_t i = 0; i < cdf.size(); ++i) {
    double const x = golden::number(cdf.names[i]);
    double const expected = cdf[i].number();
    double const tolerance = 1e-15 + half_unit * std::abs(x) * cxm::normal_density(x) / expected;
    INFO(cdf.names[i]);
    CHECK_THAT(cxm::normal_cdf(x), WithinRel(expected, tolerance));
    CHECK_THAT(cxm::normal_survival(-x), WithinRel(expected, tolerance));
  }
  auto const& quantile = record["norm_quantile"];
  for (std::size_t i = 0; i < quantile.size(); ++i) {
    double const p = golden::number(quantile.names[i]);
    double const expected = quantile[i].number();
    double const spread = std::abs(expected) * cxm::normal_density(expected);
    double const tolerance = 1e-15 + (spread > 0 ? half_unit * p / spread : 0);
    INFO(quantile.names[i]);
    CHECK_THAT(cxm::normal_quantile(p), WithinRel(expected, tolerance));
  }
}

TEST_CASE("the normal distribution against R (special_norm)") {
  auto const record = golden::read("special_functions.json")["records"][1];
  REQUIRE(record["id"].text == "special_norm");
  auto const& x = record["input"]["x"];
  for (std::size_t i = 1; i < x.size(); ++i) {  // R printed 0 for the subnormal at -38
    CHECK_THAT(cxm::normal_cdf(x[i].number()),
               WithinRel(record["expect"]["pnorm"][i].number(), 1e-15));
  }
  auto const& p = record["input"]["p"];
  for (std::size_t i = 0; i < p.size(); ++i) {
    CHECK_THAT(cxm::normal_quantile(p[i].number()),
               WithinRel(record["expect"]["qnorm"][i].number(), 1e-15));
  }
}

TEST_CASE("the normal distribution against Boost.Math in long double on random numbers") {
  boost::math::normal_distribution<long double> const oracle;
  std::mt19937_64 random{1};
  std::uniform_real_distribution<double> wide{-37, 37};
  std::uniform_real_distribution<double> exponent{-300, -0.31};
  double worst_cdf = 0;
  double worst_quantile = 0;
  for (int round = 0; round < 20'000; ++round) {
    double const x = wide(random) * (round % 3 == 0 ? 0.05 : 1);
    auto const expected = cdf(oracle, static_cast<long double>(x));
    worst_cdf =
        std::max(worst_cdf, static_cast<double>(std::abs(cxm::normal_cdf(x) / expected - 1)));
    double const p =
        round % 2 == 0 ? std::pow(10.0, exponent(random)) : (wide(random) + 37) / 74.1 + 1e-4;
    if (std::abs(p - 0.5) < 1e-3) continue;
    auto const deviate = quantile(oracle, static_cast<long double>(p));
    worst_quantile = std::max(worst_quantile,
                              static_cast<double>(std::abs(cxm::normal_quantile(p) / deviate - 1)));
  }
  CAPTURE(worst_cdf, worst_quantile);
  CHECK(worst_cdf < 1.5e-15);
  CHECK(worst_quantile < 1.5e-15);
}

TEST_CASE("edges of the normal distribution") {
  CHECK(cxm::normal_cdf(0) == 0.5);
  CHECK(cxm::normal_cdf(-std::numeric_limits<double>::infinity()) == 0.0);
  CHECK(cxm::normal_cdf(std::numeric_limits<double>::infinity()) == 1.0);
  CHECK(cxm::normal_cdf(-1e300) == 0.0);
  CHECK(cxm::normal_cdf(1e300) == 1.0);
  CHECK(cxm::normal_quantile(0.5) == 0.0);
  CHECK(std::isfinite(cxm::normal_quantile(std::numeric_limits<double>::denorm_min())));
  for (double p : {0.0, 1.0, -0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(cxm::normal_quantile(p), std::invalid_argument);
  }
  CHECK_THAT(cxm::z_of(cxm::confidence{}), WithinRel(1.95996398454005423552, 1e-15));
  for (double level : {0.0, 1.0, 95.0, -0.5, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(cxm::confidence{level}, std::invalid_argument);
  }
}
