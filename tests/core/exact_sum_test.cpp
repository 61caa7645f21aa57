// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/exact_sum.hpp>

#include "catch.hpp"
#include "exact_oracle.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using cxm::exact_product_sum;
using cxm::exact_sum;

namespace {
constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();

exact_sum sum_of(std::vector<double> const& values) {
  exact_sum sum;
  for (double value : values) sum.add(value);
  return sum;
}

double any_double(std::mt19937_64& random) {
  for (;;) {
    auto const value = std::bit_cast<double>(random());
    if (cxm::detail::is_finite(value)) return value;
  }
}

/// Numbers of many kinds: any bits, subnormals, normal-like, huge ones that cancel, alternation.
std::vector<double> numbers(std::mt19937_64& random, int kind) {
  std::vector<double> values;
  std::size_t const count = 2 + random() % 200;
  for (std::size_t i = 0; i < count; ++i) {
    auto const whole = static_cast<double>(static_cast<std::int64_t>(random()));
    switch (kind % 6) {
      case 0:
        values.push_back(any_double(random));
        break;
      case 1:
        values.push_back(std::bit_cast<double>(random() & 0x800fffffffffffffULL));
        break;
      case 2:
        values.push_back(50 + whole * 0x1p-60);
        break;
      case 3:
        values.push_back(i % 2 == 0 ? whole * 1e40 : -values.back() + whole * 1e-20);
        break;
      case 4:
        values.push_back(i % 2 == 0 ? 1.0 : -1.0);
        break;
      default:
        values.push_back(std::copysign(largest, whole));
        break;
    }
  }
  return values;
}
}  // namespace

static_assert(sizeof(exact_sum) == 280 && sizeof(exact_product_sum) == 544);
static_assert([] {
  exact_sum sum;
  for (double value : {1.0, 1e100, 1.0, -1e100}) sum.add(value);
  return *sum.value();
}() == 2.0);

TEST_CASE("an exact sum is the rational sum rounded once") {
  std::mt19937_64 random{1};
  for (int round = 0; round < 600; ++round) {
    auto const values = numbers(random, round);
    oracle::integer exact = 0;
    for (double value : values) exact += oracle::units(value);
    double const expected = oracle::nearest(exact, oracle::power_of_two(1074));
    auto const found = sum_of(values).value();
    if (!cxm::detail::is_finite(expected)) {
      REQUIRE(!found.has_value());
      REQUIRE(found.why() == cxm::reason::overflow);
    } else {
      REQUIRE(found.has_value());
      REQUIRE(*found == expected);
    }
  }
}

TEST_CASE("every partition, order and merge of the same numbers gives the same words") {
  std::mt19937_64 random{2};
  for (int kind = 0; kind < 6; ++kind) {
    auto values = numbers(random, kind);
    values.push_back(std::numeric_limits<double>::quiet_NaN());
    auto const whole = sum_of(values);
    for (int round = 0; round < 300; ++round) {
      std::shuffle(values.begin(), values.end(), random);
      std::vector<exact_sum> parts(1 + random() % 9);
      for (double value : values) parts[random() % parts.size()].add(value);
      while (parts.size() > 1) {
        std::swap(parts[random() % parts.size()], parts.back());
        exact_sum const last = parts.back();
        parts.pop_back();
        parts[random() % parts.size()].merge(last);
      }
      REQUIRE(parts[0] == whole);
    }
  }
}

TEST_CASE("subtracting takes back exactly what was added") {
  std::mt19937_64 random{3};
  for (int kind = 0; kind < 6; ++kind) {
    auto const kept = numbers(random, kind);
    auto const gone = numbers(random, kind + 1);
    auto sum = sum_of(kept);
    for (double value : gone) sum.add(value);
    for (double value : gone) sum.subtract(value);
    CHECK(sum == sum_of(kept));
    for (double value : kept) sum.subtract(value);
    CHECK(sum == exact_sum{});
  }
}

TEST_CASE("what is not finite is counted and left out") {
  auto const sum =
      sum_of({std::numeric_limits<double>::infinity(), 0.0, -0.0, 2.5,
              -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()});
  CHECK(sum.non_finite() == 3);
  CHECK(*sum.value() == 2.5);
}

TEST_CASE("the extremes of the range") {
  CHECK(*exact_sum{}.value() == 0.0);
  CHECK(*sum_of({smallest, smallest, -smallest}).value() == smallest);
  CHECK(*sum_of({-smallest}).value() == -smallest);
  CHECK(*sum_of({largest, largest, -largest}).value() == largest);
  CHECK(*sum_of({largest, -smallest}).value() == largest);
  CHECK(*sum_of({1.0, 0x1p-53}).value() == 1.0);
  CHECK(*sum_of({1.0, 0x1p-53, smallest}).value() == 1.0 + 0x1p-52);
  CHECK(sum_of({largest, largest}).value().why() == cxm::reason::overflow);
  CHECK(sum_of({-largest, -0x1p970}).value().why() == cxm::reason::overflow);
}

TEST_CASE("a merge beyond the range is refused and changes nothing") {
  exact_sum sum = sum_of({largest});
  int doublings = 0;
  CHECK_THROWS_AS(
      [&] {
        for (;; ++doublings) {
          exact_sum const before = sum;
          try {
            sum.merge(before);
          } catch (std::invalid_argument const&) {
            CHECK(sum == before);
            throw;
          }
        }
      }(),
      std::invalid_argument);
  CHECK(doublings >= 76);
}

TEST_CASE("products are added without rounding") {
  std::mt19937_64 random{4};
  for (int round = 0; round < 300; ++round) {
    auto const left = numbers(random, round);
    auto const right = numbers(random, round / 6);
    exact_product_sum sum;
    exact_product_sum gone;
    oracle::integer exact = 0;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
      sum.add_product(left[i], right[i]);
      sum.add(left[i]);
      exact += oracle::units(left[i]) * oracle::units(right[i]);
      exact += oracle::units(left[i]) * oracle::power_of_two(1074);
    }
    double const expected = oracle::nearest(exact, oracle::power_of_two(2148));
    auto const found = sum.value();
    REQUIRE(found.has_value() == cxm::detail::is_finite(expected));
    if (found.has_value()) REQUIRE(*found == expected);
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
      sum.subtract_product(left[i], right[i]);
      sum.subtract(left[i]);
    }
    REQUIRE(sum == gone);
  }
}

TEST_CASE("the state is the same on every compiler, at every level of optimisation") {
  // A fixed sequence made by integers only; the constants were computed once and must never change.
  exact_sum sum;
  exact_product_sum products;
  std::uint64_t state = 1;
  double last = 0;
  for (int i = 0; i < 100'000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    std::uint64_t const mixed = state ^ (state >> 29);
    // All signs and significands, exponents -1022 to 1023 or (every other time) near 0.
    std::uint64_t const exponent = i % 2 == 0 ? 1 + (mixed >> 53) % 2046 : 1000 + (mixed >> 58);
    auto const value = std::bit_cast<double>((mixed & 0x800fffffffffffffU) | (exponent << 52));
    sum.add(value);
    products.add_product(value, last);
    last = value;
  }
  auto const digest = [](auto const& words) {
    std::uint64_t hash = 14695981039346656037U;
    for (std::uint64_t word : words) hash = (hash ^ word) * 1099511628211U;
    return hash;
  };
  CHECK(digest(sum.words()) == 0x4248f39905b6c67dU);
  CHECK(digest(products.words()) == 0x2da40d6e1cbb8bf3U);
}
