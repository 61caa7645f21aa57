// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/rng.hpp>

#include "catch.hpp"

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

TEST_CASE("random_stream: the numbers are part of the interface and never change") {
  cxm::random_stream random(cxm::seed{7});
  CHECK(random.next() == cxm::random_stream(cxm::seed{7}).next());
  std::vector<std::uint64_t> const first = {0xe1332a7db412c5a9U, 0xe6af094f768935b3U,
                                            0xfdf2d08f5c29727U};
  for (auto const expected : first) CHECK(random.next() == expected);
}

TEST_CASE("random_stream: seeds and streams differ from the first number on") {
  std::vector<std::uint64_t> seen;
  for (std::uint64_t from = 0; from < 20; ++from)
    for (std::uint64_t stream = 0; stream < 20; ++stream) {
      auto const number = cxm::random_stream(cxm::seed{from}, stream).next();
      for (auto const before : seen) REQUIRE(number != before);
      seen.push_back(number);
    }
}

TEST_CASE("random_stream: numbers below a bound are equally likely") {
  cxm::random_stream random(cxm::seed{3});
  constexpr std::uint64_t faces = 6;
  constexpr int throws = 60000;
  std::uint64_t count[faces] = {};
  for (int i = 0; i < throws; ++i) {
    auto const face = random.below(faces);
    REQUIRE(face < faces);
    ++count[face];
  }
  double chi_square = 0;
  for (auto const seen : count) {
    double const off = static_cast<double>(seen) - throws / 6.0;
    chi_square += off * off / (throws / 6.0);
  }
  CHECK(chi_square < 20.5);  // p = .001 for 5 degrees of freedom
  CHECK(random.below(1) == 0);
  CHECK_THROWS_AS(random.below(0), std::invalid_argument);
  // A bound for which a quarter of all words has to be drawn again.
  std::uint64_t const huge = 3ULL << 62;
  for (int i = 0; i < 1000; ++i) REQUIRE(random.below(huge) < huge);
}

TEST_CASE("random_stream: units are in [0, 1), with the mean and variance of a uniform") {
  cxm::random_stream random(cxm::seed{4});
  double sum = 0, squares = 0;
  constexpr int draws = 100000;
  for (int i = 0; i < draws; ++i) {
    double const value = random.unit();
    REQUIRE(value >= 0);
    REQUIRE(value < 1);
    sum += value;
    squares += value * value;
  }
  CHECK(std::abs(sum / draws - 0.5) < 0.004);
  CHECK(std::abs(squares / draws - 1.0 / 3) < 0.004);
}
