// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/profile.hpp>

#include "catch.hpp"
#include "segment/clouds.hpp"

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

TEST_CASE("profile: the worked example of the method reference, F15") {
  // Two groups of 50 with means 6.1 and 7.4 and a standard deviation of 1.8 each.
  clouds::rows data;
  std::vector<std::uint32_t> labels;
  double const off = 1.8 * std::sqrt(49.0 / 50);
  for (int i = 0; i < 100; ++i) {
    labels.push_back(i < 50 ? 0 : 1);
    data.push_back({(i < 50 ? 6.1 : 7.4) + (i % 2 == 0 ? off : -off)});
  }
  auto const profiles = cxm::profile(cxm::features(data, clouds::columns(1)), labels, 2);
  auto const& first = profiles[0].features[0];
  CHECK_THAT(*first.mean, WithinAbs(6.1, 1e-12));
  CHECK_THAT(*first.deviation, WithinAbs(1.8, 1e-12));
  CHECK_THAT(*first.mean_of_rest, WithinAbs(7.4, 1e-12));
  CHECK_THAT(*first.difference, WithinAbs(-.72, 5e-3));
  CHECK_THAT(*profiles[1].features[0].difference, WithinAbs(.72, 5e-3));
  CHECK_FALSE(profiles[0].few);
  CHECK(*profiles[0].share == 0.5);
}

TEST_CASE("profile: the largest difference first, in the units of the fields") {
  clouds::rows const data = {{0, 100, 3}, {2, 120, 3}, {1, 900, 3}, {1, 910, 3}, {2, 920, 3}};
  auto const table = cxm::features(data, clouds::columns(3));
  auto const model = cxm::kmeans(table, 2);
  auto const profiles = cxm::profile(table, model);
  REQUIRE(profiles.size() == 2);
  CHECK(profiles[0].n == 3);
  CHECK(profiles[0].n_rest == 2);
  CHECK(profiles[0].few);
  CHECK(profiles[0].features[0].name == "x1");
  CHECK(profiles[0].features[0].feature == 1);
  CHECK(*profiles[0].features[0].mean == 910);
  CHECK(*profiles[0].features[0].deviation == 10);
  CHECK(*profiles[0].features[0].mean_of_rest == 110);
  CHECK_THAT(*profiles[0].features[0].difference, WithinRel(800 / std::sqrt(400.0 / 3), 1e-14));
  CHECK(profiles[0].features[1].name == "x0");
  CHECK(profiles[0].features[2].difference.why() == cxm::reason::degenerate);  // the same for all
  CHECK(*profiles[0].features[2].mean == 3);
}

TEST_CASE("profile: single members, a single segment, nobody") {
  clouds::rows const data = {{1}, {2}, {9}};
  auto const table = cxm::features(data, clouds::columns(1));
  auto const alone = cxm::profile(table, {0, 0, 1}, 2);
  CHECK(alone[1].features[0].deviation.why() == cxm::reason::degenerate);
  CHECK_THAT(*alone[1].features[0].difference, WithinRel(7.5 / std::sqrt(0.5), 1e-14));
  auto const one = cxm::profile(table, {0, 0, 0}, 1);
  CHECK(*one[0].share == 1);
  CHECK(one[0].features[0].difference.why() == cxm::reason::degenerate);
  CHECK(one[0].features[0].mean_of_rest.why() == cxm::reason::no_data);
  CHECK(cxm::profile(table, {0, 0, 2}, 3)[1].n == 0);
  CHECK(cxm::profile(cxm::features(clouds::rows{}, clouds::columns(1)), {}, 0).empty());
  CHECK_THROWS_AS(cxm::profile(table, {0, 0, 2}, 2), std::invalid_argument);
  CHECK_THROWS_AS(cxm::profile(table, {0, 0}, 2), std::invalid_argument);
}
