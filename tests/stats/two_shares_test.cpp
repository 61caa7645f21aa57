// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/share_intervals.hpp>
#include <cxm/stats/two_shares.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>
#include <random>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;
using cxm::share_counts;

TEST_CASE("two shares against two_proportions.json") {
  for (auto const& record : golden::read("two_proportions.json")["records"]) {
    INFO(record["id"].text);
    auto const count = [&](char const* name) {
      return static_cast<std::uint64_t>(record["input"][name].number());
    };
    share_counts const first{count("x1"), count("n1")};
    share_counts const second{count("x2"), count("n2")};
    auto const check = [&](char const* name, cxm::comparison const& found) {
      INFO(name);
      CHECK_THAT(found.interval->low, WithinAbs(record["expect"][name][0].number(), 1e-12));
      CHECK_THAT(found.interval->high, WithinAbs(record["expect"][name][1].number(), 1e-12));
    };
    auto const newcombe = cxm::share_difference(first, second);
    check("newcombe_hybrid_score", newcombe);
    check("miettinen_nurminen",
          cxm::share_difference(first, second, {}, cxm::miettinen_nurminen{}));
    check("wald", cxm::share_difference(first, second, {}, cxm::wald{}));
    if (record["expect"]["p"].text == "NaN") {
      CHECK(newcombe.p.why() == cxm::reason::degenerate);
    } else {
      CHECK_THAT(*newcombe.statistic * *newcombe.statistic,
                 WithinRel(record["expect"]["chisq"].number(), 1e-12));
      CHECK_THAT(*newcombe.p, WithinRel(record["expect"]["p"].number(), 1e-10));
    }
  }
}

TEST_CASE("the perception gap of the method reference: 32/40 against 95/500") {
  auto const found = cxm::share_difference({32, 40}, {95, 500});
  CHECK_THAT(*found.value, WithinAbs(0.61, 1e-12));
  CHECK_THAT(found.interval->low, WithinAbs(0.458, 5e-4));
  CHECK_THAT(found.interval->high, WithinAbs(0.710, 5e-4));
  CHECK(found.significant());
}

TEST_CASE("differences of shares: swapped groups, bounds, and the score test at the ends") {
  std::mt19937_64 random{11};
  for (int round = 0; round < 300; ++round) {
    std::uint64_t const n1 = 1 + random() % 200;
    std::uint64_t const n2 = 1 + random() % 200;
    share_counts const first{random() % (n1 + 1), n1};
    share_counts const second{random() % (n2 + 1), n2};
    confidence const level{0.5 + static_cast<double>(random() % 1000) / 2001};
    auto const laws = [&](auto method) {
      auto const one = cxm::share_difference(first, second, level, method);
      auto const other = cxm::share_difference(second, first, level, method);
      CHECK(*one.value == -*other.value);
      CHECK_THAT(one.interval->low, WithinAbs(-other.interval->high, 1e-14));
      CHECK((-1 <= one.interval->low && one.interval->low <= *one.value + 1e-15));
      CHECK((*one.value - 1e-15 <= one.interval->high && one.interval->high <= 1));
      if (one.p) CHECK((0 <= *one.p && *one.p <= 1));
      return *one.interval;
    };
    laws(cxm::wilson{});
    laws(cxm::clopper_pearson{});
    laws(cxm::wald{});
    auto const score = laws(cxm::miettinen_nurminen{});
    // The constrained maximum by the cubic's trigonometric root (Farrington & Manning 1990).
    double const a1 = static_cast<double>(n1);
    double const a2 = static_cast<double>(n2);
    double const x1 = static_cast<double>(first.successes);
    double const x2 = static_cast<double>(second.successes);
    for (double end : {score.low, score.high}) {
      if (std::abs(end) > 0.999) continue;
      double const all = a1 + a2;
      double const b = (a1 + 2 * a2) * end - all - x1 - x2;
      double const c = (a2 * end - all - 2 * x2) * end + x1 + x2;
      double const d = x2 * end * (1 - end);
      double const v = std::pow(b / (3 * all), 3) - b * c / (6 * all * all) + d / (2 * all);
      double const u =
          (v < 0 ? -1 : 1) * std::sqrt(std::max(0.0, b * b / (9 * all * all) - c / (3 * all)));
      double const angle = u == 0 ? 0 : std::acos(std::clamp(v / (u * u * u), -1.0, 1.0));
      double const p2 = 2 * u * std::cos((3.14159265358979323846 + angle) / 3) - b / (3 * all);
      double const p1 = p2 + end;
      double const variance = (p1 * (1 - p1) / a1 + p2 * (1 - p2) / a2) * all / (all - 1);
      double const z = cxm::z_of(level);
      CHECK_THAT((x1 / a1 - x2 / a2 - end) * (x1 / a1 - x2 / a2 - end),
                 WithinAbs(z * z * variance, 1e-6));
    }
  }
}

TEST_CASE("differences of shares of nobody, and impossible ones") {
  auto const found = cxm::share_difference({1, 2}, {0, 0});
  CHECK(found.first_n == 2);
  CHECK(found.value.why() == cxm::reason::no_data);
  CHECK(found.interval.why() == cxm::reason::no_data);
  CHECK(!found.significant());
  CHECK(cxm::miettinen_nurminen::share_difference({0, 0}, {1, 2}).why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::share_difference({3, 2}, {1, 2}), std::invalid_argument);
}
