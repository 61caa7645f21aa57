// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/exact.hpp>

#include "catch.hpp"
#include "exact_oracle.hpp"

#include <random>
#include <stdexcept>

using cxm::exact;
using cents = cxm::basic_exact<100>;

namespace {
template <class Number>
concept multiplies = requires(Number a) {
  a* a;
};
constexpr exact largest = std::numeric_limits<exact>::max();
constexpr exact smallest = std::numeric_limits<exact>::min();
}  // namespace

static_assert(multiplies<exact> && !multiplies<cents>);
static_assert(exact{7} / 2 == 3.5 && exact{-7} / 2U == -3.5 && exact{7} / -2 == -3.5);
static_assert(static_cast<double>(cents::from_units(1999)) == 19.99);
static_assert(cents{20} == cents::from_units(2000) && cents{1} > cents::from_units(99));
static_assert(exact{3} * -4 + 2 - 1 == -11);
static_assert(smallest < -largest && -largest < largest && exact{} == 0);

TEST_CASE("exact numbers refuse to leave their range") {
  exact value = largest;
  CHECK_THROWS_AS(value += 1, std::invalid_argument);
  CHECK_THROWS_AS(smallest - 1, std::invalid_argument);
  CHECK_THROWS_AS(-smallest, std::invalid_argument);
  CHECK_THROWS_AS(exact{0} - smallest, std::invalid_argument);
  CHECK_THROWS_AS(largest * 2, std::invalid_argument);
  CHECK(exact{-1} - smallest == largest);
  CHECK(smallest + largest == -1);
}

TEST_CASE("a mean of exact numbers is rounded once") {
  std::mt19937_64 random{1};
  for (int round = 0; round < 5'000; ++round) {
    auto const low = random();
    auto const high = static_cast<std::int64_t>(random()) >> (random() % 64);
    auto const units = cxm::from_words({low, high});
    auto const count = (random() >> (random() % 64)) | 1;
    oracle::integer const sum = (oracle::integer{high} * oracle::power_of_two(64)) + low;
    CHECK(exact::from_units(units) / count == oracle::nearest(sum, count));
    CHECK(cents::from_units(units) / count == oracle::nearest(sum, oracle::integer{count} * 100));
  }
}
