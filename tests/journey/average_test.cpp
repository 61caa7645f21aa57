// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/average.hpp>
#include <cxm/journey/lived_time.hpp>

#include "catch.hpp"
#include "logs.hpp"
#include "ratings.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>

using namespace Catch::Matchers;
using namespace std::chrono_literals;
using ratings::contact;

TEST_CASE("average, plain and by exposure, the slow way") {
  auto const log = ratings::random(2, 800, 6);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  struct sums {
    double n = 0, sum = 0, weight = 0, weighed = 0;
  };
  std::map<int, sums> expected;
  for (auto const& one : log) {
    auto& all = expected[one.customer];
    if (!one.rating) continue;
    all.n += 1;
    all.sum += *one.rating;
    all.weight += one.weight;
    all.weighed += one.weight * *one.rating;
  }
  auto const weight = [](contact const& one) { return 1.0 * one.weight; };
  for (auto const& journey : journeys) {
    auto const& all = expected.at(journey.customer());
    auto const plain = cxm::average(&contact::rating)(journey);
    auto const exact = cxm::average(&contact::rating, cxm::exposure{&contact::weight})(journey);
    auto const floating = cxm::average(&contact::rating, cxm::exposure{weight})(journey);
    REQUIRE(plain.has_value() == (all.n > 0));
    REQUIRE(exact.has_value() == (all.weight > 0));
    REQUIRE(floating.has_value() == (all.weight > 0));
    if (plain) CHECK(*plain == all.sum / all.n);
    if (exact) CHECK(*exact == all.weighed / all.weight);
    if (floating) CHECK(*floating == all.weighed / all.weight);
  }
}

TEST_CASE("average by the time that was spent") {
  std::vector<logs::contact> log = {{1, logs::at(0), 'a', logs::at(10), {}, 9},
                                    {1, logs::at(20), 'b', logs::at(50), {}, 1},
                                    {1, logs::at(60), 'c', {}, {}, 5},
                                    {1, logs::at(70), 'd', logs::at(90), {}, {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  auto const by_time =
      cxm::average(&logs::contact::score, cxm::exposure{cxm::time_spent})(journeys[0]);
  CHECK(*by_time == 3.0);  // (10 · 9 + 30 · 1) / 40; what took no time and what is unrated is out
  CHECK(*cxm::average(&logs::contact::score)(journeys[0]) == 5.0);
}

TEST_CASE("average of hostile numbers") {
  auto const log = ratings::one({1, 2});
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const is_nan = [](std::optional<double> value) { return value && *value != *value; };
  CHECK(is_nan(cxm::average(&contact::rating,
                            cxm::exposure{[](contact const&) { return -1; }})(journeys[0])));
  CHECK(is_nan(cxm::average(&contact::rating,
                            cxm::exposure{[](contact const&) { return -0.5; }})(journeys[0])));
  CHECK(is_nan(cxm::average([](contact const&) { return UINT64_MAX; })(journeys[0])));
  auto const huge = [](contact const&) { return INT64_MAX; };
  CHECK(*cxm::average(huge)(journeys[0]) == 0x1p63);
  CHECK(*cxm::average(huge, cxm::exposure{huge})(journeys[0]) == 0x1p63);
  auto const three = ratings::one({1, 2, 3});
  auto const longer = cxm::reconstruct(three, ratings::fields());
  CHECK(is_nan(cxm::average(huge, cxm::exposure{huge})(longer[0])));  // beyond 128 bits
  CHECK_FALSE(cxm::average(&contact::rating, cxm::exposure{[](contact const&) {
    return std::optional<int>();
  }})(journeys[0]));
}
