// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/replicates.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <algorithm>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;

TEST_CASE("percentile and BCa intervals of the replicates in bootstrap_ci.json") {
  for (auto const& record : golden::read("bootstrap_ci.json")["records"]) {
    INFO(record["id"].text);
    std::vector<double> replicates;
    for (auto const& value : record["input"]["replicates"]) replicates.push_back(value.number());
    std::sort(replicates.begin(), replicates.end());
    std::vector<double> influence;
    for (auto const& value : record["input"]["jackknife_influence"])
      influence.push_back(value.number());
    for (std::size_t i = 0; i < 2; ++i) {
      confidence const level{record["input"]["levels"][i].number()};
      auto const percentile = *cxm::percentile_ends(replicates, level);
      CHECK_THAT(percentile.low, WithinRel(record["expect"]["perc"][2 * i].number(), 1e-12));
      CHECK_THAT(percentile.high, WithinRel(record["expect"]["perc"][2 * i + 1].number(), 1e-12));
      auto const bca = *cxm::bca_ends(record["input"]["t0"].number(), replicates, influence, level);
      CHECK_THAT(bca.low, WithinRel(record["expect"]["bca"][2 * i].number(), 1e-12));
      CHECK_THAT(bca.high, WithinRel(record["expect"]["bca"][2 * i + 1].number(), 1e-12));
    }
  }
}

TEST_CASE("replicates: none, one, all alike") {
  CHECK(cxm::percentile_ends({}).why() == cxm::reason::no_data);
  std::vector<double> const one = {3};
  CHECK(*cxm::percentile_ends(one) == cxm::interval{3, 3});
  std::vector<double> const alike(10, 2.0);
  CHECK(cxm::bca_ends(2, alike, one).why() == cxm::reason::degenerate);
  CHECK(cxm::bca_ends(2, alike, {}).why() == cxm::reason::no_data);
  std::vector<double> const zero = {0};
  std::vector<double> const spread = {1, 2, 3};
  CHECK(cxm::bca_ends(2, spread, zero).why() == cxm::reason::degenerate);
}
