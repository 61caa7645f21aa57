// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/noisy_estimate.hpp>
#include <cxm/stats/normal.hpp>
#include <cxm/stats/ranking.hpp>

#include "catch.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

using Catch::Matchers::WithinAbs;

namespace {
using groups = std::vector<cxm::noisy_estimate>;

/// Rows and columns are distributions.
void check_sums(groups const& of) {
  auto const found = cxm::rank_probabilities(of);
  for (std::size_t i = 0; i < of.size(); ++i) {
    double row = 0, column = 0;
    for (std::size_t r = 0; r < of.size(); ++r) {
      CHECK(found[i][r] >= -1e-13);
      row += found[i][r];
      column += found[r][i];
    }
    CHECK_THAT(row, WithinAbs(1, 1e-12));
    CHECK_THAT(column, WithinAbs(1, 1e-12));
  }
}
}  // namespace

TEST_CASE("rank_probabilities of two groups: the normal probability of their difference") {
  for (double const error : {0.01, 1.0, 30.0}) {
    groups const two = {{3, 4}, {5, error * error}};
    auto const found = cxm::rank_probabilities(two);
    double const first = cxm::normal_cdf((3 - 5) / std::sqrt(4 + error * error));
    CHECK_THAT(found[0][0], WithinAbs(first, 1e-13));
    CHECK_THAT(found[0][1], WithinAbs(1 - first, 1e-13));
    CHECK_THAT(found[1][0], WithinAbs(1 - first, 1e-13));
  }
}

TEST_CASE("rank_probabilities of equal groups: 1 / k each, up to hundreds of groups") {
  for (std::size_t const k : {1U, 2U, 3U, 10U, 150U}) {
    auto const found = cxm::rank_probabilities(groups(k, {7, 2}));
    for (auto const& row : found)
      for (double const p : row) CHECK_THAT(p, WithinAbs(1 / static_cast<double>(k), 1e-13));
  }
}

TEST_CASE("rank_probabilities of three groups with one mean: Sheppard's orthant probability") {
  // P(X1 is first) = 1/4 + asin(rho) / (2 pi), rho the correlation of X1 - X2 and X1 - X3.
  double const v[] = {1, 9, 0.04};
  auto const found = cxm::rank_probabilities(groups{{0, v[0]}, {0, v[1]}, {0, v[2]}});
  for (std::size_t i = 0; i < 3; ++i) {
    double const own = v[i], one = v[(i + 1) % 3], two = v[(i + 2) % 3];
    double const rho = own / std::sqrt((own + one) * (own + two));
    double const extreme = 0.25 + std::asin(rho) / 6.283185307179586;
    CHECK_THAT(found[i][0], WithinAbs(extreme, 1e-13));
    CHECK_THAT(found[i][2], WithinAbs(extreme, 1e-13));
    CHECK_THAT(found[i][1], WithinAbs(1 - 2 * extreme, 1e-13));
  }
}

TEST_CASE("rank_probabilities on random groups: a fine sum over all who may be above") {
  // The oracle takes every subset of the others as those above, on a grid of 40,000 points.
  std::mt19937_64 random{32};
  auto const unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  for (int round = 0; round < 5; ++round) {
    groups of;
    for (int i = 0; i < 5; ++i) {
      double const error = std::pow(10, 1.2 * unit() - 1);
      of.push_back({3 * unit(), error * error});
    }
    check_sums(of);
    auto const found = cxm::rank_probabilities(of);
    for (std::size_t i = 0; i < 5; ++i) {
      double const error = std::sqrt(of[i].variance);
      std::vector<double> expected(5);
      constexpr int points = 40'000;
      for (int point = 0; point < points; ++point) {
        double const z = -8 + 16 * (point + 0.5) / points;
        double const x = of[i].value + z * error;
        double const mass = cxm::normal_density(z) * 16 / points;
        for (unsigned subset = 0; subset < 16; ++subset) {
          double chance = mass;
          std::size_t above = 0;
          for (std::size_t j = 0, bit = 0; j < 5; ++j) {
            if (j == i) continue;
            bool const in = (subset >> bit++ & 1U) != 0;
            double const p = cxm::normal_survival((x - of[j].value) / std::sqrt(of[j].variance));
            chance *= in ? p : 1 - p;
            above += in ? 1 : 0;
          }
          expected[above] += chance;
        }
      }
      for (std::size_t r = 0; r < 5; ++r) CHECK_THAT(found[i][r], WithinAbs(expected[r], 1e-12));
    }
  }
}

TEST_CASE("rank_probabilities: far apart, far narrower, hostile") {
  check_sums({{0, 1}, {1e6, 1e-6}, {1e6 + 1e-3, 1e-6}, {-1e6, 1e4}});
  check_sums({{0, 1e6}, {0.5, 1e-4}, {0.51, 1e-4}, {-0.2, 1}});
  auto const apart = cxm::rank_probabilities(groups{{0, 1}, {100, 1}});
  CHECK_THAT(apart[1][0], WithinAbs(1, 1e-15));
  CHECK(cxm::rank_probabilities({}).empty());
  CHECK_THROWS_AS(cxm::rank_probabilities(groups{{0, 0}}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::rank_probabilities(groups{{1e300, 1e-300}}), std::invalid_argument);
}

TEST_CASE("spread_of_ranks") {
  std::vector<double> const p = {0.02, 0.9, 0.05, 0.02, 0.01};
  auto const found = cxm::spread_of_ranks(p);
  CHECK(found.best == 0.02);
  CHECK(found.worst == 0.01);
  CHECK_THAT(found.expected, WithinAbs(0.02 + 1.8 + 0.15 + 0.08 + 0.05, 1e-15));
  CHECK(found.low == 2);   // 0.02 may be left out, 0.92 not
  CHECK(found.high == 4);  // 0.01 may, 0.03 not
  auto const narrow = cxm::spread_of_ranks(p, cxm::confidence{0.8});
  CHECK(narrow.low == 2);
  CHECK(narrow.high == 2);
  CHECK(cxm::spread_of_ranks(std::vector{1.0}).high == 1);
  CHECK_THROWS_AS(cxm::spread_of_ranks({}), std::invalid_argument);
}
