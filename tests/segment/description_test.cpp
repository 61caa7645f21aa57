// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/description.hpp>

#include "catch.hpp"
#include "segment/clouds.hpp"

#include <cstdint>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

TEST_CASE("lifts: method reference F15") {
  auto const found = cxm::lifts({45, 0, 155}, {100, 100, 800});  // .45 against .20
  CHECK_THAT(*found[0].lift, WithinAbs(2.25, 1e-12));
  CHECK(*found[0].low < 2.25);
  CHECK(*found[0].high > 2.25);
  CHECK(*found[0].p_adjusted < 0.001);
  CHECK(*found[1].lift == 0);
  CHECK_FALSE(found[1].low);
  CHECK(cxm::lifts({0}, {5})[0].lift.why() == cxm::reason::degenerate);
  CHECK(cxm::lifts({0, 1}, {0, 2})[0].lift.why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::lifts({2}, {1}), std::invalid_argument);
}

TEST_CASE("lifts: the interval holds 95 % of the time") {
  cxm::random_stream random(cxm::seed{3});
  int held = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    std::uint64_t with[2] = {0, 0};
    for (int i = 0; i < 200; ++i) with[0] += random.unit() < 0.4;
    for (int i = 0; i < 400; ++i) with[1] += random.unit() < 0.1;
    auto const one = cxm::lifts({with[0], with[1]}, {200, 400})[0];
    held += *one.low <= 2 && 2 <= *one.high;
  }
  CHECK(held > 1870);
  CHECK(held < 1930);
}

TEST_CASE("describe_segments: names, intervals, typical members, a constant feature") {
  clouds::rows members;
  std::vector<std::uint32_t> labels;
  for (int i = 0; i < 60; ++i) {
    labels.push_back(i < 40 ? 0 : 1);
    members.push_back({i < 40 ? 1.0 + i % 3 : 9.0 + i % 3, 7.0, i % 2 * 1.0});
  }
  auto const found = cxm::describe_segments(cxm::features(members, clouds::columns(3)), labels, 2);
  CHECK(found[0].name == "low x0");
  CHECK(found[1].name == "high x0");
  auto const& strongest = found[1].features.front();
  CHECK(*strongest.low < *strongest.seen.difference);
  CHECK(*strongest.seen.difference < *strongest.high);
  CHECK(*strongest.p_adjusted < 1e-6);
  CHECK_FALSE(found[1].features.back().p_adjusted);  // constant
  REQUIRE(found[0].typical.size() == 3);
  CHECK(members[found[0].typical[0]][0] == 2);
  CHECK(cxm::describe_segments(cxm::features(members, clouds::columns(1)),
                               std::vector<std::uint32_t>(60, 0), 1)[0]
            .name == "usual");
}
