// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/paired_classes.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("McNemar against paired.json, record mcnemar_agresti") {
  auto const records = golden::read("paired.json")["records"];
  REQUIRE(records[0]["id"].text == "mcnemar_agresti");
  // R's default is the corrected test.
  auto const found = cxm::mcnemar(150, 86);
  CHECK_THAT(*found.corrected_statistic, WithinRel(records[0]["expect"]["X2"].number(), 1e-12));
  CHECK_THAT(*found.corrected_p, WithinRel(records[0]["expect"]["p"].number(), 1e-10));
  CHECK_THAT(*found.statistic, WithinRel(64.0 * 64 / 236, 1e-14));
}

TEST_CASE("the exact test by summing the binomial distribution") {
  for (std::uint64_t up = 0; up < 30; ++up)
    for (std::uint64_t down = 0; up + down < 30; ++down) {
      auto const found = cxm::mcnemar(up, down);
      if (up + down == 0) {
        CHECK(found.p.why() == cxm::reason::degenerate);
        continue;
      }
      double const n = static_cast<double>(up + down);
      double tail = 0;
      for (std::uint64_t k = 0; k <= std::min(up, down); ++k) {
        double const hits = static_cast<double>(k);
        tail += std::exp(std::lgamma(n + 1) - std::lgamma(hits + 1) - std::lgamma(n - hits + 1) -
                         n * std::log(2.0));
      }
      CHECK_THAT(*found.exact_p, WithinRel(std::min(1.0, 2 * tail), 1e-11));
      CHECK((*found.p <= 1 && *found.p <= *found.corrected_p));
    }
}

TEST_CASE("Stuart and Maxwell: the closed form of three classes, McNemar for two") {
  std::mt19937_64 random{16};
  for (int round = 0; round < 300; ++round) {
    std::vector<std::uint64_t> t(9);
    for (auto& cell : t) cell = 1 + random() % 40;
    auto const at = [&](std::size_t i, std::size_t j) { return static_cast<double>(t[3 * i + j]); };
    double d[3];
    for (std::size_t i = 0; i < 3; ++i)
      d[i] = at(i, 0) + at(i, 1) + at(i, 2) - at(0, i) - at(1, i) - at(2, i);
    double const n12 = (at(0, 1) + at(1, 0)) / 2;
    double const n13 = (at(0, 2) + at(2, 0)) / 2;
    double const n23 = (at(1, 2) + at(2, 1)) / 2;
    double const wanted = (n23 * d[0] * d[0] + n13 * d[1] * d[1] + n12 * d[2] * d[2]) /
                          (2 * (n12 * n23 + n12 * n13 + n13 * n23));
    auto const found = cxm::stuart_maxwell(t, 3);
    CHECK_THAT(*found.statistic, WithinAbs(wanted, 1e-11 * (1 + wanted)));
    CHECK(*found.degrees_of_freedom == 2.0);
    CHECK_THAT(*found.p, WithinRel(std::exp(-wanted / 2), 1e-9));
    std::vector<std::uint64_t> const two = {t[0], t[1], t[2], t[3]};
    CHECK_THAT(*cxm::stuart_maxwell(two, 2).p, WithinRel(*cxm::mcnemar(t[1], t[2]).p, 1e-12));
  }
}

TEST_CASE("Stuart and Maxwell: no one, no one moved, classes that no one left") {
  CHECK(cxm::stuart_maxwell(std::vector<std::uint64_t>(9), 3).p.why() == cxm::reason::no_data);
  CHECK(cxm::stuart_maxwell(std::vector<std::uint64_t>{3, 0, 0, 4}, 2).p.why() ==
        cxm::reason::degenerate);
  std::vector<std::uint64_t> const third = {5, 7, 0, 2, 5, 0, 0, 0, 9};
  auto const found = cxm::stuart_maxwell(third, 3);
  CHECK(*found.degrees_of_freedom == 1.0);
  CHECK_THAT(*found.p, WithinRel(*cxm::mcnemar(7, 2).p, 1e-12));
  CHECK_THROWS_AS(cxm::stuart_maxwell(third, 2), std::invalid_argument);
}
