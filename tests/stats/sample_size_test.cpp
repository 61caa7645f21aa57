// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/sample_size.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;
using cxm::power;

TEST_CASE("C13: sample sizes of the method reference") {
  CHECK(std::ceil(cxm::answers_for_margin(0.61, 0.05)) == 938);
  CHECK(std::ceil(cxm::answers_for_margin(1, 0.05)) == 1537);
  CHECK(std::ceil(cxm::answers_for_margin(0.61, 0.10)) == 235);
  CHECK(std::ceil(cxm::answers_for_margin(1, 0.10)) == 385);
  CHECK(std::ceil(cxm::answers_of_population(cxm::answers_for_margin(0.61, 0.05), 1000)) == 485);
  CHECK(std::ceil(cxm::answers_for_change(0.61, 0.61, 0.10)) == 958);
}

TEST_CASE("two shares against power.json") {
  for (auto const& record : golden::read("power.json")["records"]) {
    INFO(record["id"].text);
    auto const& input = record["input"];
    double const n = cxm::answers_for_shares(input["p1"].number(), input["p2"].number(),
                                             confidence{1 - input["alpha"].number()},
                                             power{input["power"].number()});
    // The engine looks for the root to four digits after the point.
    CHECK_THAT(n, WithinRel(record["expect"]["n_per_group"].number(), 1e-7));
  }
}

TEST_CASE("the detectable change is the inverse of the sample size") {
  double const n = cxm::answers_for_change(0.61, 0.5, 0.07, confidence{0.9}, power{0.9});
  CHECK_THAT(cxm::detectable_change(0.61, n, 0.5, n, confidence{0.9}, power{0.9}),
             WithinRel(0.07, 1e-14));
  // Two waves of about 90 answers do not show a fall from 46 to 39 points.
  CHECK(cxm::detectable_change(0.61, 87, 0.61, 94) > 0.3);
  CHECK_THROWS_AS(cxm::answers_for_margin(0.61, 0), std::invalid_argument);
  CHECK_THROWS_AS(cxm::answers_for_change(0.61, 0.61, 0), std::invalid_argument);
  CHECK_THROWS_AS(cxm::answers_for_shares(0.5, 0.5), std::invalid_argument);
  CHECK_THROWS_AS(cxm::detectable_change(0.61, 0, 0.61, 10), std::invalid_argument);
  CHECK_THROWS_AS(power{80}, std::invalid_argument);
}
