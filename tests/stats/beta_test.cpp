// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/beta.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/fisher_f.hpp>

#include <cmath>
#include <random>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("the beta distribution against special_functions.json, record special_beta") {
  auto const records = golden::read("special_functions.json")["records"];
  REQUIRE(records[0]["id"].text == "special_beta");
  for (auto const& row : records[0]["expect"]) {
    double const a = row["a"].number();
    double const b = row["b"].number();
    INFO("a = " << a << ", b = " << b);
    CHECK_THAT(cxm::beta_cdf(row["x"].number(), a, b), WithinRel(row["pbeta"].number(), 2e-14));
    // qbeta(.025) of (.001, 1000) is below the smallest double.
    if (row["qbeta"].number() > 0)
      CHECK_THAT(cxm::beta_quantile(0.025, a, b), WithinRel(row["qbeta"].number(), 2e-14));
    else
      CHECK(cxm::beta_quantile(0.025, a, b) < 1e-300);
  }
}

TEST_CASE("the beta and F distributions against Boost.Math on random parameters") {
  std::mt19937_64 random{2};
  std::uniform_real_distribution<double> unit{0, 1};
  for (int round = 0; round < 3'000; ++round) {
    double const a = std::exp(12 * unit(random) - 1);
    double const b = std::exp(12 * unit(random) - 1);
    double const p = std::pow(10.0, -8 * unit(random)) / 2;
    INFO("a = " << a << ", b = " << b << ", p = " << p);
    boost::math::beta_distribution<long double> const beta(a, b);
    double const x = cxm::beta_quantile(p, a, b);
    CHECK_THAT(x,
               WithinRel(static_cast<double>(quantile(beta, static_cast<long double>(p))), 4e-14));
    double const y = cxm::beta_upper_quantile(p, a, b);
    if (1 - y > 1e-3)
      CHECK_THAT(1 - y, WithinRel(static_cast<double>(
                                      1 - quantile(complement(beta, static_cast<long double>(p)))),
                                  1e-11));
    CHECK_THAT(cxm::beta_cdf(x, a, b), WithinRel(static_cast<double>(cdf(beta, x)), 2e-13));
    CHECK_THAT(cxm::beta_survival(x, a, b),
               WithinRel(static_cast<double>(cdf(complement(beta, x))), 2e-13));
    boost::math::fisher_f_distribution<double> const f(a, b);
    double const at = 4 * unit(random);
    double const oracle = cdf(complement(f, at));
    if (oracle > 1e-200) CHECK_THAT(cxm::f_survival(at, a, b), WithinRel(oracle, 1e-11));
  }
}

TEST_CASE("f_upper_quantile: figures of SciPy, and the inverse of f_survival") {
  CHECK_THAT(cxm::f_upper_quantile(0.025, 5, 18), WithinRel(3.381967805875243, 1e-13));
  CHECK_THAT(cxm::f_upper_quantile(0.975, 5, 18), WithinRel(0.15718616136624458, 1e-13));
  CHECK_THAT(cxm::f_upper_quantile(0.05, 3, 10), WithinRel(3.7082648190468435, 1e-13));
  CHECK_THAT(cxm::f_upper_quantile(0.001, 1, 7), WithinRel(29.245193359441753, 1e-13));
  CHECK_THAT(cxm::f_upper_quantile(0.999, 40, 2.5), WithinRel(0.13745006690353143, 1e-12));
  // By 40 digits of mpmath; SciPy's own figure is off in the eighth digit.
  CHECK_THAT(cxm::f_upper_quantile(1e-10, 4, 9), WithinRel(545.5283924490010, 1e-12));
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int round = 0; round < 200; ++round) {
    double const a = 1 + 60 * unit(random), b = 1 + 60 * unit(random);
    double const tail = 0.0001 + 0.9998 * unit(random);
    CHECK_THAT(cxm::f_survival(cxm::f_upper_quantile(tail, a, b), a, b), WithinRel(tail, 1e-10));
  }
  CHECK_THROWS_AS(cxm::f_upper_quantile(0, 2, 3), std::invalid_argument);
}

TEST_CASE("the beta distribution: symmetry, ends, and what is refused") {
  CHECK(cxm::beta_cdf(0, 2, 3) == 0.0);
  CHECK(cxm::beta_cdf(1, 2, 3) == 1.0);
  CHECK_THAT(cxm::beta_cdf(0.25, 1, 1), WithinRel(0.25, 1e-15));
  CHECK_THAT(cxm::beta_quantile(0.75, 4, 2), WithinRel(1 - cxm::beta_quantile(0.25, 2, 4), 1e-14));
  CHECK_THAT(cxm::beta_upper_quantile(0.9, 4, 2), WithinRel(cxm::beta_quantile(0.1, 4, 2), 1e-12));
  CHECK(cxm::f_survival(0, 2, 3) == 1.0);
  CHECK_THAT(cxm::f_survival(1, 7, 7), WithinRel(0.5, 1e-14));
  CHECK_THROWS_AS(cxm::beta_cdf(0.5, 0, 1), std::invalid_argument);
  CHECK_THROWS_AS(cxm::beta_quantile(1, 2, 2), std::invalid_argument);
  CHECK_THROWS_AS(cxm::beta_upper_quantile(0, 2, 2), std::invalid_argument);
}
