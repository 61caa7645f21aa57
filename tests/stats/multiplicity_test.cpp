// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/multiplicity.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <algorithm>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::maybe;

TEST_CASE("adjusted p-values against multiple_testing.json, record padj_BH1995") {
  auto const records = golden::read("multiple_testing.json")["records"];
  REQUIRE(records[0]["id"].text == "padj_BH1995");
  std::vector<double> p;
  for (auto const& value : records[0]["input"]["p"]) p.push_back(value.number());
  auto const check = [&](char const* name, std::vector<double> const& found) {
    INFO(name);
    for (std::size_t i = 0; i < p.size(); ++i)
      CHECK_THAT(found[i], WithinRel(records[0]["expect"][name][i].number(), 1e-12));
  };
  check("BH", cxm::benjamini_hochberg(p));
  check("BY", cxm::benjamini_yekutieli(p));
  check("holm", cxm::holm(p));
}

TEST_CASE("C12: eight p-values of the method reference") {
  std::vector<double> const p = {.001, .008, .039, .041, .042, .06, .074, .205};
  std::vector<double> const wanted = {.008, .032, .0672, .0672, .0672, .08, .0846, .205};
  auto const found = cxm::benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) CHECK_THAT(found[i], WithinAbs(wanted[i], 5e-5));
  CHECK(std::count_if(found.begin(), found.end(), [](double q) { return q <= 0.05; }) == 2);
}

TEST_CASE("adjusting is monotone, does not depend on the order, and holm is the strictest") {
  std::mt19937_64 random{17};
  for (int round = 0; round < 200; ++round) {
    std::vector<double> p(1 + random() % 20);
    for (double& value : p) value = static_cast<double>(random() % 1001) / 1000;
    auto const bh = cxm::benjamini_hochberg(p);
    auto const by = cxm::benjamini_yekutieli(p);
    auto const strict = cxm::holm(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      CHECK((p[i] <= bh[i] + 1e-15 && bh[i] <= by[i] && by[i] <= 1));
      CHECK((bh[i] <= strict[i] + 1e-15 && strict[i] <= 1));
      // The definitions, by brute force.
      double least = 1;
      for (double threshold : p)
        if (threshold >= p[i]) {
          auto const within =
              std::count_if(p.begin(), p.end(), [&](double q) { return q <= threshold; });
          least = std::min(least,
                           threshold * static_cast<double>(p.size()) / static_cast<double>(within));
        }
      CHECK_THAT(bh[i], WithinAbs(least, 1e-14));
    }
    auto reversed = p;
    std::reverse(reversed.begin(), reversed.end());
    auto back = cxm::benjamini_hochberg(reversed);
    std::reverse(back.begin(), back.end());
    CHECK(back == bh);
  }
}

TEST_CASE("a p that is not there does not count, and stays so") {
  std::vector<maybe<double>> const p = {0.01, cxm::reason::no_data, 0.04, cxm::reason::degenerate};
  auto const found = cxm::benjamini_hochberg(p);
  CHECK(*found[0] == 0.02);
  CHECK(found[1].why() == cxm::reason::no_data);
  CHECK(*found[2] == 0.04);
  CHECK(found[3].why() == cxm::reason::degenerate);
  CHECK(*cxm::holm(p)[0] == 0.02);
  CHECK_THAT(*cxm::benjamini_yekutieli(p)[0], WithinRel(0.03, 1e-14));
  CHECK(cxm::holm(std::vector<double>{}).empty());
  CHECK_THROWS_AS(cxm::holm(std::vector<double>{1.5}), std::invalid_argument);
}

TEST_CASE("what may be found wrongly, as policies") {
  std::vector<maybe<double>> const p = {0.01, cxm::reason::no_data, 0.04, 0.03};
  CHECK(cxm::no_false_alarm::adjust(p) == cxm::holm(p));
  CHECK(cxm::few_false_alarms::adjust(p) == cxm::benjamini_hochberg(p));
  CHECK(cxm::each_alone::adjust(p) == p);
}
