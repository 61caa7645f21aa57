// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/exact_sample.hpp>

#include "catch.hpp"

#include <boost/accumulators/accumulators.hpp>
#include <boost/accumulators/statistics/count.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/min.hpp>
#include <boost/accumulators/statistics/moment.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/accumulators/statistics/sum.hpp>

#include <algorithm>
#include <random>
#include <vector>

namespace acc = boost::accumulators;
using features = acc::stats<acc::tag::count, acc::tag::sum, acc::tag::mean, acc::tag::min,
                            acc::tag::max, acc::tag::moment<2>>;

TEST_CASE("Boost's features over exact numbers are exact beyond 2^64") {
  acc::accumulator_set<cxm::exact, acc::stats<acc::tag::count, acc::tag::sum, acc::tag::mean,
                                              acc::tag::min, acc::tag::max>>
      set;
  std::int64_t const large = 9'000'000'000'000'000'000;
  for (int i = 0; i < 10; ++i) set(cxm::exact{large});
  set(cxm::exact{-1});
  CHECK(acc::count(set) == 11);
  CHECK(acc::sum(set) == cxm::exact{large} * 10 - 1);
  CHECK(acc::min(set) == -1);
  CHECK(acc::max(set) == large);
  // 89999999999999999999 / 11, the nearest double
  CHECK(acc::mean(set) == 8181818181818181818.0);
  acc::accumulator_set<cxm::exact, features> squares;
  for (std::int64_t value : {3'000'000'000'000, 4'000'000'000'000}) squares(cxm::exact{value});
  CHECK(acc::moment<2>(squares) == 12.5e24);
  CHECK_THROWS_AS(squares(std::numeric_limits<cxm::exact>::max()), std::invalid_argument);
}

TEST_CASE("the order of the data does not change a bit, as it does with doubles") {
  std::mt19937_64 random{1};
  std::vector<std::int64_t> values(1000);
  for (auto& value : values) value = static_cast<std::int64_t>(random()) >> (random() % 40);
  cxm::exact sum;
  double mean = 0;
  double moment = 0;
  for (int round = 0; round < 20; ++round) {
    std::shuffle(values.begin(), values.end(), random);
    acc::accumulator_set<cxm::exact, features> set;
    for (auto value : values) set(cxm::exact{value >> 8});
    if (round == 0) {
      sum = acc::sum(set);
      mean = acc::mean(set);
      moment = acc::moment<2>(set);
    }
    REQUIRE(acc::sum(set) == sum);
    REQUIRE(acc::mean(set) == mean);
    REQUIRE(acc::moment<2>(set) == moment);
  }
  CHECK(mean == sum / values.size());
}

TEST_CASE("money in cents is a sample too") {
  using cents = cxm::basic_exact<100>;
  acc::accumulator_set<cents, acc::stats<acc::tag::sum, acc::tag::mean, acc::tag::min>> set;
  for (int i = 0; i < 10; ++i) set(cents::from_units(10));
  CHECK(acc::sum(set) == 1);
  CHECK(acc::mean(set) == 0.1);
  CHECK(acc::min(set) == cents::from_units(10));
}
