// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using boost::multiprecision::cpp_bin_float_100;
using boost::multiprecision::cpp_rational;
using namespace std::chrono_literals;
using namespace Catch::Matchers;

namespace {
struct exact_answer {
  double mean;
  double variance;
};
/// Mean and sample variance as rationals, rounded once.
template <class Number>
exact_answer exactly(std::vector<Number> const& values) {
  cpp_rational sum = 0, squares = 0;
  cpp_rational const n = values.size();
  for (auto value : values) sum += cpp_rational(value);
  cpp_rational const mean = sum / n;
  for (auto value : values) squares += (cpp_rational(value) - mean) * (cpp_rational(value) - mean);
  auto const rounded = [](cpp_rational const& exact) {
    return static_cast<double>(cpp_bin_float_100(exact));
  };
  return {rounded(mean), values.size() < 2 ? 0.0 : rounded(squares / (n - 1))};
}
template <class Number>
auto moments_of(std::vector<Number> const& values) {
  return cxm::measure(values, cxm::moments()).result();
}
template <class Number>
void check_exact(std::vector<Number> const& values) {
  auto const found = moments_of(values);
  auto const expected = exactly(values);
  REQUIRE(found.n == values.size());
  REQUIRE(*found.mean == expected.mean);  // to the last bit
  REQUIRE(*found.variance == expected.variance);
  REQUIRE(*found.deviation == std::sqrt(expected.variance));
}
}  // namespace

TEST_CASE("moments: no values, one value, and the worked example of two merged parts") {
  CHECK(moments_of(std::vector<int>{}).mean == cxm::maybe<double>(cxm::reason::no_data));
  CHECK(moments_of(std::vector<int>{}).variance == cxm::maybe<double>(cxm::reason::no_data));
  auto const one = moments_of(std::vector{7});
  CHECK(one.mean == cxm::maybe(7.0));
  CHECK(one.variance == cxm::maybe<double>(cxm::reason::degenerate));
  CHECK(one.deviation == cxm::maybe<double>(cxm::reason::degenerate));
  // {1, 2, 3} merged with {10, 12}: mean 5.6, sample variance 25.3.
  auto total = cxm::measure(std::vector{1, 2, 3}, cxm::moments());
  total.merge(cxm::measure(std::vector{10, 12}, cxm::moments()));
  CHECK(total.result().mean == cxm::maybe(5.6));
  CHECK(total.result().variance == cxm::maybe(25.3));
}

TEST_CASE(
    "moments: NIST StRD univariate sets of whole numbers, to all digits of the exact answer") {
  for (std::string const name : {"Lew", "Lottery", "PiDigits", "NumAcc1"}) {
    boost::property_tree::ptree set;
    read_json("tests/goldens/nist/univariate_" + name + ".json", set);
    std::vector<long> values;
    for (auto const& [key, value] : set.get_child("data"))
      values.push_back(value.get_value<long>());
    auto const found = moments_of(values);
    INFO(name);
    REQUIRE(found.n == set.get<std::uint64_t>("n"));
    CHECK_THAT(*found.mean, WithinRel(set.get<double>("exact_binary64_input.mean"), 1e-15));
    CHECK_THAT(*found.deviation, WithinRel(set.get<double>("exact_binary64_input.sd"), 1e-15));
  }
}

TEST_CASE(
    "moments: equal the rational arithmetic of Boost.Multiprecision on random numbers of every "
    "size") {
  std::mt19937_64 random(17);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::int64_t> values;
    auto const shift = random() % 64;
    auto const offset = random() % 2 == 0 ? 0 : static_cast<std::int64_t>(random()) / 4;
    for (std::size_t i = 0; i < 2 + random() % 40; ++i)
      values.push_back((static_cast<std::int64_t>(random()) >> shift) / 2 + offset);
    check_exact(values);
  }
}

TEST_CASE("moments: equal values have a variance of exactly 0, however large") {
  for (std::int64_t value :
       {std::int64_t{0}, std::int64_t{3}, std::int64_t{1'780'000'000'000}, INT64_MAX, INT64_MIN}) {
    auto const found = moments_of(std::vector<std::int64_t>(1000, value));
    CHECK(found.variance == cxm::maybe(0.0));
    CHECK_FALSE(std::signbit(*found.variance));
    CHECK(*found.mean == static_cast<double>(value));
  }
}

TEST_CASE("moments: numbers at the ends of their types") {
  check_exact(std::vector<std::int64_t>{INT64_MAX, INT64_MAX - 1, INT64_MAX - 2});
  check_exact(std::vector<std::int64_t>{INT64_MIN, INT64_MAX, INT64_MIN, INT64_MAX});
  check_exact(std::vector<std::int64_t>{INT64_MIN, INT64_MIN + 1});
  check_exact(std::vector<std::int8_t>{-128, 127, -128});
  auto const large =
      moments_of(std::vector<std::uint64_t>{1, UINT64_MAX, std::uint64_t{1} << 63, INT64_MAX});
  CHECK(large.n == 2);
  CHECK(large.invalid == 2);
}

TEST_CASE("moments: optionals, enums and durations") {
  enum class effort : std::uint8_t { low = 1, high = 3 };
  auto const some = moments_of(std::vector<std::optional<int>>{1, std::nullopt, 3});
  CHECK(some.missing == 1);
  CHECK(some.mean == cxm::maybe(2.0));
  CHECK(moments_of(std::vector{effort::low, effort::high}).mean == cxm::maybe(2.0));
  auto const waits = moments_of(std::vector{1min, 2min, 4min});
  using minutes = std::chrono::duration<double, std::ratio<60>>;
  CHECK(waits.mean == cxm::maybe(minutes(7.0 / 3)));
  CHECK(waits.deviation == cxm::maybe(minutes(std::sqrt(7.0 / 3))));
  CHECK(waits.variance == cxm::maybe(7.0 / 3));
}

TEST_CASE("moments: shifted values have the same variance, and order does not matter") {
  std::mt19937_64 random(2);
  std::vector<std::int64_t> values, shifted;
  for (int i = 0; i < 500; ++i) {
    values.push_back(static_cast<std::int64_t>(random() % 1000));
    shifted.push_back(values.back() + 1'780'000'000'000'000'000);
  }
  CHECK(moments_of(values).variance == moments_of(shifted).variance);
  auto const report = cxm::check_merge_laws(cxm::moments(), values);
  INFO(report.text());
  CHECK(report.holds());
}

TEST_CASE("moments: merging past 2^63 values is refused") {
  auto grown = cxm::measure(std::vector{1}, cxm::moments());
  for (int i = 0; i < 62; ++i) grown.merge(grown);
  CHECK(grown.result().n == std::uint64_t{1} << 62);
  CHECK(grown.result().variance == cxm::maybe(0.0));
  CHECK_THROWS_AS(grown.merge(grown), std::invalid_argument);
  auto events = cxm::measure(std::vector{1}, cxm::count());
  for (int i = 0; i < 62; ++i) events.merge(events);
  CHECK_THROWS_AS(events.merge(events), std::invalid_argument);
}

TEST_CASE("count: events of any kind") {
  auto events = cxm::count();
  events.add(1);
  events.add("text");
  CHECK(events.result() == 2);
  auto const report = cxm::check_merge_laws(cxm::count(), std::vector{1, 2, 3});
  INFO(report.text());
  CHECK(report.holds());
}
