// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/exact_moments.hpp>

#include "catch.hpp"
#include "exact_oracle.hpp"
#include "golden.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using Catch::Matchers::WithinRel;

TEST_CASE("NIST univariate sets to the last digit of what binary64 data allow") {
  // Goldens nist/univariate_*.json, target exact_binary64_input.
  for (std::string name : {"Lew", "Lottery", "NumAcc1", "NumAcc3", "PiDigits"}) {
    auto const record = golden::read("nist/univariate_" + name + ".json");
    auto moments = cxm::exact_moments();
    for (auto const& item : record["data"]) moments.add(item.number());
    auto const found = moments.result();
    INFO(name);
    CHECK(found.n == static_cast<std::uint64_t>(record["n"].number()));
    CHECK(*found.mean == record["exact_binary64_input"]["mean"].number());
    CHECK_THAT(*found.deviation, WithinRel(record["exact_binary64_input"]["sd"].number(), 2e-16));
  }
}

namespace {
std::vector<double> numbers(std::mt19937_64& random, int kind) {
  std::vector<double> values;
  std::size_t const count = 2 + random() % 60;
  for (std::size_t i = 0; i < count; ++i) {
    auto const whole = static_cast<double>(static_cast<std::int64_t>(random()));
    switch (kind % 4) {
      case 0:
        values.push_back(std::ldexp(whole, static_cast<int>(random() % 900) - 500));
        break;
      case 1:
        values.push_back(1e15 + std::floor(whole * 0x1p-60));
        break;
      case 2:
        values.push_back(whole * 0x1p-1074 * 0x1p-20);
        break;  // subnormals: tiny squares
      default:
        values.push_back(i == 0 ? whole : values.front());
        break;
    }
  }
  return values;
}

struct set_n {  // changes the count, as hostile bytes could
  std::uint64_t n;
  void state(std::string_view name, std::uint64_t& member) const {
    if (name == "n") member = n;
  }
  void state(std::string_view, auto&) const {}
};
}  // namespace

TEST_CASE("mean and variance are the exact rationals rounded once") {
  std::mt19937_64 random{1};
  for (int round = 0; round < 200; ++round) {
    auto const values = numbers(random, round);
    auto moments = cxm::exact_moments();
    oracle::integer sum = 0;
    oracle::integer squares = 0;
    for (double value : values) {
      moments.add(value);
      sum += oracle::units(value);
      squares += oracle::units(value) * oracle::units(value);
    }
    auto const found = moments.result();
    oracle::integer const n = values.size();
    double const variance =
        oracle::nearest(n * squares - sum * sum, n * (n - 1) * oracle::power_of_two(2148));
    REQUIRE(moments.valid());
    REQUIRE(*found.mean == oracle::nearest(sum, n * oracle::power_of_two(1074)));
    REQUIRE(found.variance.has_value() == std::isfinite(variance));
    if (found.variance.has_value()) {
      REQUIRE(*found.variance == variance);
      REQUIRE(*found.deviation == std::sqrt(variance));
    }
  }
}

TEST_CASE("300 random partitions and orders of the same numbers give one state") {
  std::mt19937_64 random{2};
  auto values = numbers(random, 0);
  values.push_back(std::numeric_limits<double>::infinity());
  auto whole = cxm::exact_moments();
  for (double value : values) whole.add(value);
  for (int round = 0; round < 300; ++round) {
    std::shuffle(values.begin(), values.end(), random);
    std::vector<cxm::exact_moments_accumulator> parts(1 + random() % 9);
    for (double value : values) parts[random() % parts.size()].add(value);
    auto merged = cxm::exact_moments();
    for (auto const& part : parts) merged.merge(part);
    REQUIRE(merged == whole);
  }
}

TEST_CASE("no data, one number, equal numbers, what is missing or not finite") {
  // In vectors, since g++ 12 with sanitizers warns wrongly of an empty optional it can see through.
  std::vector<std::optional<double>> const empty(1);
  std::vector<std::optional<int>> const no_counts(1);
  auto const& none = empty[0];
  auto const& no_count = no_counts[0];
  auto moments = cxm::exact_moments();
  CHECK(moments.result().mean.why() == cxm::reason::no_data);
  CHECK(moments.result().sum.why() == cxm::reason::no_data);
  CHECK(moments.valid());
  moments.add(1.78e12);
  CHECK(*moments.result().mean == 1.78e12);
  CHECK(moments.result().variance.why() == cxm::reason::degenerate);
  CHECK(moments.result().deviation.why() == cxm::reason::degenerate);
  moments.add(std::optional<double>{1.78e12});
  moments.add(none);
  moments.add(no_count);
  moments.add(std::numeric_limits<double>::quiet_NaN());
  auto const found = moments.result();
  CHECK(found.n == 2);
  CHECK(found.missing == 2);
  CHECK(found.invalid == 1);
  CHECK(*found.variance == 0.0);
  moments.remove(1.78e12);
  moments.remove(std::optional<double>{1.78e12});
  moments.remove(none);
  moments.remove(no_count);
  moments.remove(std::numeric_limits<double>::quiet_NaN());
  CHECK(moments == cxm::exact_moments());
}

TEST_CASE("a sum or a variance that no double can hold says so, the mean is right") {
  auto moments = cxm::exact_moments();
  double const largest = std::numeric_limits<double>::max();
  moments.add(largest);
  moments.add(largest);
  CHECK(moments.result().sum.why() == cxm::reason::overflow);
  CHECK(*moments.result().mean == largest);
  CHECK(*moments.result().variance == 0.0);
  moments.add(-largest);
  CHECK(moments.result().variance.why() == cxm::reason::overflow);
}

TEST_CASE("saved states come back, and states that no data can lead to do not load") {
  std::mt19937_64 random{3};
  auto values = numbers(random, 0);
  auto moments = cxm::exact_moments();
  for (double value : values) moments.add(value);
  auto const saved = cxm::save(moments);
  CHECK(cxm::load(cxm::exact_moments(), saved) == moments);
  std::reverse(values.begin(), values.end());
  auto other = cxm::exact_moments();
  for (double value : values) other.add(value);
  CHECK(cxm::save(other) == saved);

  auto small = cxm::exact_moments();
  for (double value : {1.0, 2.0, 4.0}) small.add(value);
  for (std::uint64_t n : {3U, 0U, 1U, 2U}) {  // 1 * 21 and 2 * 21 are below 7²
    set_n const visit{n};
    small.describe(small, visit);
    CHECK(cxm::try_load(cxm::exact_moments(), cxm::save(small)).has_value() == (n == 3));
  }
}
