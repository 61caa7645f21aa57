// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/exact_moments.hpp>

#include "catch.hpp"
#include "exact_oracle.hpp"
#include "golden.hpp"

#include <algorithm>
#include <cmath>
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
    CHECK_THAT(*found.sd, WithinRel(record["exact_binary64_input"]["sd"].number(), 2e-16));
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
      REQUIRE(*found.sd == std::sqrt(variance));
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
  auto moments = cxm::exact_moments();
  CHECK(moments.result().mean.why() == cxm::reason::no_data);
  CHECK(moments.result().sum.why() == cxm::reason::no_data);
  CHECK(moments.valid());
  moments.add(1.78e12);
  CHECK(*moments.result().mean == 1.78e12);
  CHECK(moments.result().variance.why() == cxm::reason::degenerate);
  CHECK(moments.result().sd.why() == cxm::reason::degenerate);
  moments.add(std::optional<double>{1.78e12});
  moments.add(std::optional<double>{});
  moments.add(std::optional<int>{});
  moments.add(std::numeric_limits<double>::quiet_NaN());
  auto const found = moments.result();
  CHECK(found.n == 2);
  CHECK(found.missing == 2);
  CHECK(found.invalid == 1);
  CHECK(*found.variance == 0.0);
  moments.remove(1.78e12);
  moments.remove(std::optional<double>{1.78e12});
  moments.remove(std::optional<double>{});
  moments.remove(std::optional<int>{});
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

TEST_CASE("states that no data can lead to are not valid") {
  // The counts and sums are swapped by a visitor, as hostile bytes would do.
  auto const spoil = [](auto moments, std::uint64_t n) {
    auto visit = [n](std::string_view name, auto& member) {
      if constexpr (std::is_same_v<decltype(member), std::uint64_t&>) {
        if (name == "n") member = n;
      }
    };
    struct visitor {
      decltype(visit)& state;
    } adaptor{visit};
    moments.describe(moments, adaptor);
    return moments.valid();
  };
  auto moments = cxm::exact_moments();
  for (double value : {1.0, 2.0, 4.0}) moments.add(value);
  CHECK(spoil(moments, 3));
  CHECK(!spoil(moments, 0));
  CHECK(!spoil(moments, 1));
  CHECK(!spoil(moments, 2));  // 2 * 21 < 7²
}
