// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/from_boost.hpp>
#include <cxm/adapt/survey_features.hpp>
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>

#include "catch.hpp"

#include <boost/accumulators/statistics/count.hpp>
#include <boost/accumulators/statistics/error_of_mean.hpp>
#include <boost/accumulators/statistics/kurtosis.hpp>
#include <boost/accumulators/statistics/max.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/min.hpp>
#include <boost/accumulators/statistics/moment.hpp>
#include <boost/accumulators/statistics/p_square_quantile.hpp>
#include <boost/accumulators/statistics/rolling_sum.hpp>
#include <boost/accumulators/statistics/skewness.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/accumulators/statistics/sum.hpp>
#include <boost/accumulators/statistics/tail.hpp>
#include <boost/accumulators/statistics/tail_quantile.hpp>
#include <boost/accumulators/statistics/variance.hpp>
#include <boost/accumulators/statistics/weighted_mean.hpp>
#include <boost/accumulators/statistics/weighted_moment.hpp>
#include <boost/accumulators/statistics/weighted_sum.hpp>
#include <boost/accumulators/statistics/weighted_variance.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace std::chrono_literals;
namespace acc = boost::accumulators;
namespace tag = boost::accumulators::tag;
using acc::stats;

namespace {

struct order {
  int region = 0;
  double days = 0;
  std::optional<int> score{};
  std::chrono::seconds took{};
  double weight = 1;
};

std::vector<order> some_orders(std::size_t count, unsigned seed) {
  std::mt19937 random{seed};
  std::vector<order> orders(count);
  for (auto& one : orders) {
    one.region = static_cast<int>(random() % 5);
    one.days = static_cast<double>(random() % 4000) / 64.0;
    if (random() % 4 != 0) one.score = static_cast<int>(random() % 11);
    one.took = std::chrono::seconds(random() % 10'000'000);
    one.weight = static_cast<double>(1 + random() % 8) / 4.0;
  }
  return orders;
}

/// Oracles: two passes over the values.
double mean_of(std::vector<double> const& values) {
  double sum = 0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}
double central_moment(std::vector<double> const& values, int power) {
  double const mean = mean_of(values);
  double sum = 0;
  for (double value : values) sum += std::pow(value - mean, power);
  return sum / static_cast<double>(values.size());
}

using exact_features = stats<tag::count, tag::sum, tag::mean, tag::min, tag::max, tag::moment<2>>;

}  // namespace

TEST_CASE("a set of Boost inside on and by gives what a loop finds") {
  auto const orders = some_orders(500, 1);
  auto const plan =
      cxm::by(&order::region,
              cxm::on(&order::days, cxm::boost_set<double, stats<tag::mean, tag::variance>>()));
  auto const found = cxm::measure(orders, plan).result();
  for (int region = 0; region < 5; ++region) {
    std::vector<double> days;
    for (auto const& one : orders)
      if (one.region == region) days.push_back(one.days);
    auto const set = found.at(region);
    CHECK(acc::count(set) == days.size());
    CHECK_THAT(acc::mean(set), WithinRel(mean_of(days), 1e-12));
    CHECK_THAT(acc::variance(set), WithinRel(central_moment(days, 2), 1e-10));
  }
}

TEST_CASE("missing and invalid values stay outside the set, and are counted") {
  auto plan = cxm::boost_set<double, stats<tag::count, tag::max>>();
  plan.add(std::optional<double>());
  plan.add(std::optional<double>(4.5));
  plan.add(std::numeric_limits<double>::quiet_NaN());
  plan.add(-std::numeric_limits<double>::infinity());
  plan.add(7);
  auto const found = plan.result();
  CHECK(acc::count(found) == 2);
  CHECK(acc::max(found) == 7.0);
  CHECK(found.missing == 1);
  CHECK(found.invalid == 2);

  auto whole = cxm::boost_set<std::int8_t, stats<tag::count, tag::min>>();
  whole.add(128);
  whole.add(-128L);
  whole.add(127U);
  whole.add(2.5);
  whole.add(1e300);
  whole.add(3.0);
  whole.add(true);
  CHECK(acc::count(whole.result()) == 4);
  CHECK(acc::min(whole.result()) == -128);
  CHECK(whole.result().invalid == 3);

  auto exact = cxm::boost_set<cxm::exact, stats<tag::sum>>();
  exact.add(UINT64_MAX);
  exact.add(0.5);
  exact.add(5);
  CHECK(acc::sum(exact.result()) == cxm::exact{UINT64_MAX} + 5);
  CHECK(exact.result().invalid == 1);
}

TEST_CASE("durations enter in ticks of their unit, and units don't mix") {
  auto const orders = some_orders(100, 2);
  auto const plan = cxm::on(&order::took, cxm::boost_set<cxm::exact, exact_features>());
  auto const found = cxm::measure(orders, plan).result();
  std::int64_t sum = 0, least = INT64_MAX, most = 0;
  for (auto const& one : orders) {
    sum += one.took.count();
    least = std::min<std::int64_t>(least, one.took.count());
    most = std::max<std::int64_t>(most, one.took.count());
  }
  CHECK(acc::sum(found) == sum);
  CHECK(acc::min(found) == least);
  CHECK(acc::max(found) == most);
  CHECK(acc::mean(found) == static_cast<double>(sum) / 100.0);

  auto const open = cxm::boost_set<cxm::exact, exact_features>();
  auto const seconds = cxm::bind<std::chrono::seconds>(open);
  auto const minutes = cxm::bind<std::chrono::minutes>(open);
  CHECK_FALSE(cxm::try_load(minutes, cxm::save(seconds)));
  CHECK(cxm::try_load(seconds, cxm::save(seconds)).has_value());
}

TEST_CASE("what Boost computes from sums merges with the sums") {
  using features = stats<tag::mean, tag::lazy_variance, tag::skewness, tag::kurtosis,
                         tag::error_of<tag::mean>, tag::variance(acc::lazy)>;
  auto const plan = cxm::boost_set<double, features>();
  auto left = plan, right = plan, all = plan;
  std::vector<double> values;
  for (auto const& one : some_orders(300, 3)) {
    values.push_back(one.days);
    all.add(one.days);
    (one.region < 2 ? left : right).add(one.days);
  }
  left.merge(right);
  auto const merged = left.result();
  double const variance = central_moment(values, 2);
  CHECK_THAT(acc::mean(merged), WithinRel(mean_of(values), 1e-12));
  CHECK_THAT(acc::lazy_variance(merged), WithinRel(variance, 1e-10));
  CHECK_THAT(acc::skewness(merged),
             WithinAbs(central_moment(values, 3) / std::pow(variance, 1.5), 1e-9));
  CHECK_THAT(acc::kurtosis(merged),
             WithinAbs(central_moment(values, 4) / (variance * variance) - 3, 1e-9));
  CHECK_THAT(acc::error_of<tag::mean>(merged), WithinRel(std::sqrt(variance / 299), 1e-10));
}

TEST_CASE("running means and variances merge, also with empty sides") {
  auto const plan = cxm::boost_set<double, stats<tag::variance, tag::mean(acc::immediate)>>();
  STATIC_REQUIRE(cxm::merge_law_of<std::remove_const_t<decltype(plan)>> ==
                 cxm::merge_law::approximate);
  std::mt19937 random{4};
  for (std::size_t round = 0; round < 50; ++round) {
    std::vector<std::remove_const_t<decltype(plan)>> shards(1 + random() % 6, plan);
    std::vector<double> values;
    std::size_t const size = 1 + random() % 40;
    for (std::size_t i = 0; i < size; ++i) {
      values.push_back(1000 + static_cast<double>(random() % 1000) / 8);
      shards[random() % shards.size()].add(values.back());
    }
    auto total = plan;
    for (auto const& shard : shards) total.merge(shard);
    CHECK(acc::count(total.result()) == values.size());
    CHECK_THAT(acc::mean(total.result()), WithinRel(mean_of(values), 1e-12));
    CHECK_THAT(acc::variance(total.result()), WithinAbs(central_moment(values, 2), 1e-8));
  }
}

TEST_CASE("exact sets merge to the same bytes over any partition and order") {
  using features = stats<tag::count, tag::sum, tag::mean, tag::min, tag::max, tag::moment<2>,
                         tag::moment<3>, cxm::tag::nps>;
  auto const plan = cxm::all(
      cxm::by(&order::region, cxm::on(&order::took, cxm::boost_set<cxm::exact, exact_features>())),
      cxm::on(&order::score, cxm::boost_set<std::int64_t, features>()));
  using state = std::remove_const_t<decltype(plan)>;
  STATIC_REQUIRE(cxm::merge_law_of<state> == cxm::merge_law::exact);
  auto orders = some_orders(400, 5);
  auto const expected = cxm::save(cxm::measure(orders, plan));
  std::mt19937 random{6};
  for (std::size_t parts : {1U, 2U, 7U, 64U}) {
    for (int round = 0; round < 5; ++round) {
      std::shuffle(orders.begin(), orders.end(), random);
      std::vector<state> shards(parts, plan);
      for (auto const& one : orders) shards[random() % parts].add(one);
      std::shuffle(shards.begin(), shards.end(), random);
      auto total = plan;
      for (auto const& shard : shards) total.merge(cxm::load(plan, cxm::save(shard)));
      REQUIRE(cxm::save(total) == expected);
    }
  }
}

TEST_CASE("saved sets come back, and damaged or impossible ones do not") {
  auto const plan = cxm::boost_set<cxm::exact, exact_features>();
  auto counted = plan;
  for (int value : {4, -2, 9}) counted.add(value);
  counted.add(std::optional<int>());
  auto const saved = cxm::save(counted);
  auto const again = cxm::load(plan, saved);
  CHECK(again == counted);
  CHECK(acc::mean(again.result()) == 11.0 / 3);
  CHECK(acc::moment<2>(again.result()) == (16.0 + 4 + 81) / 3);
  CHECK(again.result().missing == 1);
  for (std::size_t size = 0; size < saved.size(); ++size)
    REQUIRE_FALSE(cxm::try_load(plan, std::span(saved).first(size)));
  for (std::size_t bit = 0; bit < 8 * saved.size(); ++bit) {
    auto flipped = saved;
    flipped[bit / 8] ^= std::byte{1} << (bit % 8);
    REQUIRE_FALSE(cxm::try_load(plan, flipped));
  }
  auto const other = cxm::boost_set<std::int64_t, exact_features>();
  CHECK_FALSE(cxm::try_load(other, saved));
  CHECK_FALSE(cxm::try_load(cxm::boost_set<cxm::basic_exact<100>, exact_features>(), saved));

  // A checksum that is right over a state that no data gives: count, max, min, … in this order,
  // each in its place from the end (five numbers of 16 bytes, a count, two counters, the checksum).
  auto const forged = [&](std::size_t from_end, unsigned char value) {
    auto bytes = saved;
    bytes[bytes.size() - from_end] = std::byte{value};
    bytes.resize(bytes.size() - 8);
    auto const sum = cxm::detail::checksum(bytes);
    for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::byte>(sum >> (8 * i)));
    return bytes;
  };
  std::size_t const sum = 8 + 16, moment = sum + 16, min = moment + 16, max = min + 16,
                    count = max + 8;
  CHECK(cxm::load(plan, forged(sum, 12)).set().extract<tag::sum>().result(0) == 12);
  CHECK_FALSE(cxm::try_load(plan, forged(count, 0)));        // sums of nothing
  CHECK_FALSE(cxm::try_load(plan, forged(min - 15, 0x7f)));  // the minimum above the maximum
}

TEST_CASE("a merge that overflows the sample type is refused, and changes nothing") {
  auto const plan = cxm::boost_set<std::int32_t, stats<tag::sum, tag::count>>();
  auto a = plan, b = plan;
  a.add(2'000'000'000);
  b.add(2'000'000'000);
  CHECK_THROWS_AS(a.merge(b), std::invalid_argument);
  CHECK(acc::sum(a.result()) == 2'000'000'000);
  CHECK(acc::count(a.result()) == 1);
}

TEST_CASE("features that can't be merged still measure, and say so") {
  acc::accumulator_set<double, stats<tag::p_square_quantile, tag::tail_quantile<acc::right>>> set(
      acc::quantile_probability = 0.5, acc::tag::tail<acc::right>::cache_size = 1000);
  auto const plan = cxm::by(&order::region, cxm::on(&order::days, cxm::from_boost(set)));
  STATIC_REQUIRE(cxm::merge_law_of<std::remove_const_t<decltype(plan)>> == cxm::merge_law::none);
  auto const orders = some_orders(600, 7);
  auto const found = cxm::measure(orders, plan).result();
  std::vector<double> days;
  for (auto const& one : orders)
    if (one.region == 3) days.push_back(one.days);
  std::sort(days.begin(), days.end());
  CHECK_THAT(acc::p_square_quantile(found.at(3)), WithinAbs(days[days.size() / 2], 6.0));
  double const upper = acc::quantile(found.at(3), acc::quantile_probability = 0.9);
  CHECK(upper >= days[days.size() * 85 / 100]);
  CHECK(upper <= days[days.size() * 95 / 100]);

  acc::accumulator_set<double, stats<tag::rolling_sum>> const window(
      tag::rolling_window::window_size = 3);
  using rolling = decltype(cxm::from_boost(window));
  STATIC_REQUIRE(cxm::needs_order<rolling>);
  STATIC_REQUIRE(cxm::merge_law_of<rolling> == cxm::merge_law::none);
}

TEST_CASE("sets with weights count inside weighted") {
  auto const orders = some_orders(200, 8);
  auto const plan = cxm::weighted(
      &order::weight, cxm::on(&order::days, cxm::boost_set<double, stats<tag::mean>, double>()));
  auto left = plan, right = plan;
  double sum = 0, weights = 0;
  for (auto const& one : orders) {
    (one.region < 3 ? left : right).add(one);
    sum += one.weight * one.days;
    weights += one.weight;
  }
  left.merge(right);
  CHECK_THAT(acc::mean(left.result()), WithinRel(sum / weights, 1e-12));
}

TEST_CASE("doubles promise less than integers") {
  using doubles = decltype(cxm::boost_set<double, stats<tag::sum>>());
  using counts = decltype(cxm::boost_set<double, stats<tag::count>>());
  using money = decltype(cxm::boost_set<cxm::basic_exact<100>, stats<tag::mean, tag::max>>());
  STATIC_REQUIRE(cxm::merge_law_of<doubles> == cxm::merge_law::approximate);
  STATIC_REQUIRE(cxm::merge_law_of<counts> == cxm::merge_law::exact);
  STATIC_REQUIRE(cxm::merge_law_of<money> == cxm::merge_law::exact);
  STATIC_REQUIRE(cxm::accumulator_of<money, std::optional<int>>);
}

TEST_CASE("weighted sets merge to what one set would have counted") {
  using set_type = acc::accumulator_set<
      double,
      stats<tag::weighted_moment<2>, tag::weighted_moment<11>, tag::immediate_weighted_mean,
            tag::weighted_variance, tag::lazy_weighted_variance, tag::weighted_mean>,
      double>;
  std::mt19937 random{21};
  set_type whole;
  std::vector<set_type> shards(6);  // the last one stays empty
  for (int i = 0; i < 1000; ++i) {
    double const value = static_cast<double>(random() % 1000) / 64;
    double const weight = 0.25 + static_cast<double>(random() % 64) / 16;
    whole(value, acc::weight = weight);
    shards[random() % 5](value, acc::weight = weight);
  }
  set_type total;
  for (auto const& shard : shards) cxm::merge_into(total, shard);
  auto const same = [](double found, double wanted) {
    CHECK_THAT(found, WithinRel(wanted, 1e-12));
  };
  same(acc::weighted_moment<2>(total), acc::weighted_moment<2>(whole));
  same(acc::weighted_moment<11>(total), acc::weighted_moment<11>(whole));
  same(acc::extract_result<tag::immediate_weighted_mean>(total),
       acc::extract_result<tag::immediate_weighted_mean>(whole));
  same(acc::weighted_variance(total), acc::weighted_variance(whole));
  same(acc::lazy_weighted_variance(total), acc::lazy_weighted_variance(whole));
  auto plan = cxm::from_boost(total);
  STATIC_REQUIRE(decltype(plan)::merges == cxm::merge_law::approximate);
  CHECK(cxm::save(cxm::load(plan, cxm::save(plan))) == cxm::save(plan));
}
