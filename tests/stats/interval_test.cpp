// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/interval.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>
#include <random>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;

TEST_CASE("Wilson's interval against 30 digits") {
  for (auto const& record : golden::read("binomial_ci_30digits.json")["records"]) {
    INFO(record["id"].text);
    auto const found = cxm::wilson::share(static_cast<std::uint64_t>(record["x"].number()),
                                          static_cast<std::uint64_t>(record["n"].number()),
                                          confidence{record["level"].number()});
    REQUIRE(found.has_value());
    CHECK_THAT(found->low, WithinRel(record["wilson"][0].number(), 1e-14));
    CHECK_THAT(found->high, WithinRel(record["wilson"][1].number(), 1e-14));
    CHECK(found->raw == cxm::interval{found->low, found->high});
  }
}

TEST_CASE("Wilson's interval is exact at the ends, ordered, mirrored and grows with x") {
  std::mt19937_64 random{1};
  for (int round = 0; round < 2'000; ++round) {
    std::uint64_t const n = 1 + (random() >> (random() % 60 + 4));
    confidence const level{0.5 + static_cast<double>(random() % 1000) / 2001};
    CHECK(cxm::wilson::share(0, n, level)->low == 0.0);
    CHECK(cxm::wilson::share(n, n, level)->high == 1.0);
    std::uint64_t const x = random() % n;
    auto const at = *cxm::wilson::share(x, n, level);
    auto const mirror = *cxm::wilson::share(n - x, n, level);
    auto const next = *cxm::wilson::share(x + 1, n, level);
    double const p = static_cast<double>(x) / static_cast<double>(n);
    CHECK((0 <= at.low && at.low <= p && p <= at.high && at.high <= 1));
    CHECK((at.low <= next.low + 1e-15 && at.high <= next.high + 1e-15));
    CHECK_THAT(at.low, WithinAbs(1 - mirror.high, 4e-16));
    // Each end is where the score test is just significant: |p̂ - end| = z sqrt(end (1 - end) / n).
    double const z = cxm::z_of(level);
    for (double end : {at.low, at.high}) {
      double const half = z * std::sqrt(end * (1 - end) / static_cast<double>(n));
      CHECK_THAT(std::abs(p - end), WithinAbs(half, 1e-8));
    }
  }
}

TEST_CASE("net: variance and standard errors of the goldens nps.json") {
  for (auto const& record : golden::read("nps.json")["records"]) {
    INFO(record["id"].text);
    auto const count = [&](char const* name) {
      return static_cast<std::uint64_t>(record["input"][name].number());
    };
    auto const p = count("promoters");
    auto const d = count("detractors");
    auto const n = p + d + count("passives");
    auto const& expect = record["expect"];
    CHECK_THAT(100 * cxm::net_share(p, d, n), WithinRel(expect["nps100"].number(), 1e-15));
    CHECK_THAT(cxm::net_variance(p, d, n), WithinRel(expect["var_of_unit"].number(), 2e-16));
    double const z = cxm::z_of(confidence{});
    auto const wald = *cxm::wald::net(p, d, n);
    CHECK_THAT(100 * (wald.raw.high - wald.raw.low) / 2,
               WithinRel(z * expect["se100_mle"].number(), 1e-9));
    if (expect["se100_unbiased"].text != "null") {
      auto const student = *cxm::student::net(p, d, n);
      double const t = cxm::students_t_quantile(0.975, static_cast<double>(n - 1));
      CHECK_THAT(100 * (student.raw.high - student.raw.low) / 2,
                 WithinRel(t * expect["se100_unbiased"].number(), 1e-9));
    }
  }
}

TEST_CASE("nets of the method reference") {
  auto const worked = *cxm::adjusted_wald::net(70, 10, 100);
  CHECK_THAT(100 * worked.low, WithinAbs(45.2698, 5e-5));
  CHECK_THAT(100 * worked.high, WithinAbs(71.2351, 5e-5));
  auto const wald = *cxm::wald::net(50, 20, 100);
  CHECK_THAT(100 * wald.low, WithinAbs(14.7, 0.05));
  CHECK_THAT(100 * wald.high, WithinAbs(45.3, 0.05));
  auto const adjusted = *cxm::adjusted_wald::net(50, 20, 100);
  CHECK_THAT(100 * adjusted.low, WithinAbs(14.05, 0.005));
  CHECK_THAT(100 * adjusted.high, WithinAbs(44.20, 0.005));
  auto const one = *cxm::adjusted_wald::net(1, 0, 1);
  CHECK_THAT(100 * one.low, WithinAbs(-48.5, 0.05));
  CHECK_THAT(100 * one.high, WithinAbs(98.5, 0.05));
  auto const ten = *cxm::adjusted_wald::net(10, 0, 10);
  CHECK_THAT(100 * ten.raw.low, WithinAbs(47.5, 0.05));
  CHECK_THAT(100 * ten.raw.high, WithinAbs(106.3, 0.05));
  CHECK(ten.high == 1.0);
}

TEST_CASE("the exact coverage of the adjusted Wald interval is that of the method reference") {
  // n = 20, (p, d) = (.90, .02): Wald 87.5 %, adjusted Wald 95.4 %, by summing over all samples.
  auto const coverage = [](auto method, unsigned n, double p, double d) {
    double covered = 0;
    for (unsigned i = 0; i <= n; ++i) {
      for (unsigned j = 0; i + j <= n; ++j) {
        unsigned const k = n - i - j;
        double const log_probability = std::lgamma(n + 1.0) - std::lgamma(i + 1.0) -
                                       std::lgamma(j + 1.0) - std::lgamma(k + 1.0) +
                                       i * std::log(p) + j * std::log(d) + k * std::log(1 - p - d);
        if (method.net(i, j, n)->contains(p - d)) covered += std::exp(log_probability);
      }
    }
    return 100 * covered;
  };
  CHECK_THAT(coverage(cxm::wald{}, 20, 0.90, 0.02), WithinAbs(87.5, 0.05));
  CHECK_THAT(coverage(cxm::adjusted_wald{}, 20, 0.90, 0.02), WithinAbs(95.4, 0.05));
  CHECK_THAT(coverage(cxm::adjusted_wald{}, 50, 0.50, 0.20), WithinAbs(95.0, 0.05));
}

TEST_CASE("shares and means of the method reference") {
  auto const top_two = *cxm::wilson::share(6, 10);
  CHECK_THAT(top_two.low, WithinAbs(0.313, 5e-4));
  CHECK_THAT(top_two.high, WithinAbs(0.832, 5e-4));
  auto const on_time = *cxm::wilson::share(3, 5);
  CHECK_THAT(on_time.low, WithinAbs(0.231, 5e-4));
  CHECK_THAT(on_time.high, WithinAbs(0.882, 5e-4));
  auto const wald = *cxm::wald::share(1, 10);
  CHECK_THAT(wald.raw.low, WithinAbs(-0.0859385, 1e-6));
  CHECK(wald.low == 0.0);
  // Student's sleep data, group 1: mean .75, sd 1.78901, n 10, 95 % interval -.5297804
  // to 2.0297804.
  auto const sleep = *cxm::student::mean(0.75, 1.789010, 10);
  CHECK_THAT(sleep.low, WithinAbs(-0.5297804, 1e-6));
  CHECK_THAT(sleep.high, WithinAbs(2.0297804, 1e-6));
  auto const effort = *cxm::student::mean(6.5, 1.5, 4, confidence{}, {1, 7});
  CHECK(effort.high == 7.0);
  CHECK(effort.raw.high > 7.0);
}

TEST_CASE("no data, one answer, impossible counts") {
  CHECK(cxm::wald::share(0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::wilson::share(0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::wald::net(0, 0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::adjusted_wald::net(0, 0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::student::net(0, 0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::student::mean(0, 0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::student::net(1, 0, 1).why() == cxm::reason::degenerate);
  CHECK(cxm::student::mean(3, 0, 1).why() == cxm::reason::degenerate);
  CHECK(cxm::wald::net(5, 0, 5)->raw == cxm::interval{1, 1});
  CHECK(cxm::net_variance(UINT64_MAX, 0, UINT64_MAX) == 0.0);
  CHECK_THROWS_AS(cxm::wilson::share(2, 1), std::invalid_argument);
  CHECK_THROWS_AS(cxm::wald::share(1, 0), std::invalid_argument);
  CHECK_THROWS_AS(cxm::adjusted_wald::net(UINT64_MAX, 2, 1), std::invalid_argument);
  CHECK_THROWS_AS(cxm::wald::net(2, 2, 3), std::invalid_argument);
}
