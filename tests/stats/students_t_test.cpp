// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/students_t.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using Catch::Matchers::WithinRel;

TEST_CASE("Student's t against 30 digits") {
  auto const sf = golden::read("special_30digits.json")["t_sf"];
  for (std::size_t i = 0; i < sf.size(); ++i) {
    auto const bar = sf.names[i].find('|');
    double const t = golden::number(sf.names[i].substr(0, bar));
    double const df = golden::number(sf.names[i].substr(bar + 1));
    INFO(sf.names[i]);
    CHECK_THAT(cxm::students_t_survival(t, df), WithinRel(sf[i].number(), 3e-15));
    CHECK_THAT(cxm::students_t_cdf(-t, df), WithinRel(sf[i].number(), 3e-15));
    CHECK_THAT(cxm::students_t_quantile(sf[i].number(), df), WithinRel(-t, 3e-15));
  }
}

TEST_CASE("Student's t against Boost.Math in long double on random numbers") {
  std::mt19937_64 random{1};
  std::uniform_real_distribution<double> unit{0, 1};
  double worst_survival = 0;
  double worst_quantile = 0;
  double where[4] = {};
  for (int round = 0; round < 4'000; ++round) {
    double const df = std::pow(10.0, unit(random) * 8 - 1.5);
    double const p = round % 2 == 0 ? std::pow(10.0, -250 * unit(random)) / 2 : unit(random);
    if (p <= 0 || p >= 1 || std::abs(p - 0.5) < 1e-6) continue;
    double const t = cxm::students_t_quantile(p, df);
    if (std::isinf(t) || std::abs(t) > 1e290) continue;
    boost::math::students_t_distribution<long double> const oracle{df};
    auto const back = cdf(oracle, static_cast<long double>(t));
    auto const own = cxm::students_t_cdf(t, df);
    double const off = static_cast<double>(std::abs(own / back - 1));
    if (off > worst_survival) worst_survival = off, where[0] = t, where[1] = df;
    // dt/t = dp/(t f(t)): the quantile is right if its probability is, seen through the density.
    auto const slope = std::abs(t) * pdf(oracle, static_cast<long double>(t));
    double const error = static_cast<double>(std::abs(back - static_cast<long double>(p)) / slope);
    if (error > worst_quantile) worst_quantile = error, where[2] = p, where[3] = df;
  }
  CAPTURE(worst_survival, where[0], where[1], worst_quantile, where[2], where[3]);
  CHECK(worst_survival < 1e-13);
  CHECK(worst_quantile < 1e-13);
}

TEST_CASE("Student's t where it has a closed form") {
  std::mt19937_64 random{2};
  std::uniform_real_distribution<double> exponent{-8, 8};
  for (int round = 0; round < 2'000; ++round) {
    long double const t = std::pow(10.0L, static_cast<long double>(exponent(random)));
    auto const value = static_cast<double>(t);
    long double const cauchy =
        std::atan2(1.0L, static_cast<long double>(value)) / 3.14159265358979323846264L;
    CHECK_THAT(cxm::students_t_survival(value, 1), WithinRel(static_cast<double>(cauchy), 1e-14));
    long double const square = static_cast<long double>(value) * value;
    long double const root = std::sqrt(2 + square);
    long double const two = 1 / (root * (root + value));  // (1 - t / sqrt(2 + t²)) / 2
    CHECK_THAT(cxm::students_t_survival(value, 2), WithinRel(static_cast<double>(two), 1e-14));
  }
}

TEST_CASE("Student's t becomes normal") {
  for (double x : {0.001, 0.5, 1.4, 1.5, 3.0, 10.0, 30.0}) {
    CHECK_THAT(cxm::students_t_survival(x, 1e200), WithinRel(cxm::normal_survival(x), 1e-13));
    CHECK(cxm::students_t_survival(x, std::numeric_limits<double>::infinity()) ==
          cxm::normal_survival(x));
  }
  CHECK_THAT(cxm::students_t_quantile(0.975, 1e300), WithinRel(1.95996398454005423552, 1e-14));
}

TEST_CASE("edges of Student's t") {
  double const infinite = std::numeric_limits<double>::infinity();
  CHECK(cxm::students_t_cdf(0, 3) == 0.5);
  CHECK(cxm::students_t_quantile(0.5, 3) == 0.0);
  CHECK(cxm::students_t_survival(infinite, 3) == 0.0);
  CHECK(cxm::students_t_cdf(infinite, 3) == 1.0);
  CHECK_THAT(cxm::students_t_survival(1e200, 1), WithinRel(1e-200 / 3.14159265358979323846, 1e-14));
  CHECK_THAT(cxm::students_t_quantile(1e-300, 1),
             WithinRel(-1e300 / 3.14159265358979323846, 1e-13));
  CHECK(cxm::students_t_quantile(1e-300, 0.1) == -infinite);
  for (double df : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(cxm::students_t_cdf(1, df), std::invalid_argument);
  }
  for (double p : {0.0, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(cxm::students_t_quantile(p, 3), std::invalid_argument);
  }
}
