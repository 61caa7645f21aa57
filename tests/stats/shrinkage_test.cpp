// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/noisy_estimate.hpp>
#include <cxm/stats/shrinkage.hpp>

#include "catch.hpp"

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("shrink, C15: .80 of 10, .10 of 50, .35 of 200, .30 of 400") {
  std::vector<cxm::noisy_estimate> const groups = {
      {80, 1e4 * .3 / 10}, {10, 1e4 * .7 / 50}, {35, 1e4 * .65 / 200}, {30, 1e4 * .6 / 400}};
  auto const found = cxm::shrink(groups);
  CHECK_THAT(*found.between / 1e4, WithinAbs(.0151, 5e-5));
  CHECK_THAT(*found.centre, WithinAbs(34.1, 0.05));
  double const factors[] = {.33, .52, .82, .91};
  double const values[] = {49.4, 21.6, 34.8, 30.4};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK_THAT(found.groups[i].factor, WithinAbs(factors[i], 0.005));
    CHECK_THAT(found.groups[i].value, WithinAbs(values[i], 0.05));
    CHECK(found.groups[i].variance <= groups[i].variance);
  }
}

TEST_CASE("shrink of groups with equal errors is the estimator of James and Stein's kind") {
  // With equal v: Q / (k - 1) = s² / v, so tau² = max(0, s² - v) and B = 1 - v / s².
  std::vector<double> const values = {3, 5, 4, 9, 7, 2};
  double const v = 2;
  std::vector<cxm::noisy_estimate> groups;
  for (double const value : values) groups.push_back({value, v});
  auto const found = cxm::shrink(groups);
  double const mean = 5;
  double const spread = (4 + 0 + 1 + 16 + 4 + 9) / 5.0;
  CHECK_THAT(*found.centre, WithinRel(mean, 1e-14));
  CHECK_THAT(*found.between, WithinRel(spread - v, 1e-14));
  CHECK_THAT(*found.centre_variance, WithinRel(spread / 6, 1e-14));
  for (std::size_t i = 0; i < 6; ++i)
    CHECK_THAT(found.groups[i].value,
               WithinRel(mean + (1 - v / spread) * (values[i] - mean), 1e-14));
  // Prasad and Rao's error: B v + (1 - B)² s² / k + 2 (1 - B)³ / v · 2 s⁴ / (k - 1).
  double const lost = v / spread;
  double const error = (1 - lost) * v + lost * lost * spread / 6 +
                       2 * lost * lost / spread * 2 * spread * spread / 5;
  CHECK_THAT(found.groups[0].variance, WithinRel(std::min(v, error), 1e-13));
}

TEST_CASE("shrink: two groups are left alone, groups that differ by chance become one") {
  CHECK(cxm::shrink({}).between.why() == cxm::reason::no_data);
  std::vector<cxm::noisy_estimate> const two = {{10, 1}, {30, 2}};
  auto const found = cxm::shrink(two);
  CHECK(found.between.why() == cxm::reason::not_identified);
  CHECK(found.groups[0].value == 10);
  CHECK(found.groups[1].variance == 2);
  CHECK(found.groups[1].factor == 1);
  std::vector<cxm::noisy_estimate> const alike = {{10, 100}, {11, 100}, {12, 200}};
  auto const same = cxm::shrink(alike);
  CHECK(*same.between == 0);
  for (auto const& group : same.groups) {
    CHECK(group.value == *same.centre);
    CHECK(group.factor == 0);
    CHECK(group.variance > *same.centre_variance);
  }
  std::vector<cxm::noisy_estimate> const certain = {{10, 1}, {11, 0}, {12, 1}};
  CHECK_THROWS_AS(cxm::shrink(certain), std::invalid_argument);
  std::vector<cxm::noisy_estimate> const none = {{10, 1}, {std::nan(""), 1}, {12, 1}};
  CHECK_THROWS_AS(cxm::shrink(none), std::invalid_argument);
}

TEST_CASE("shrink: the interval of a shrunk value holds the true one, and is nearer to it") {
  // Groups whose true values have the deviation tau about 0, errors of 1/root(ratio) to
  // root(ratio). 2,000 rounds of k groups: ± .5 points at k = 5.
  std::mt19937_64 random{31};
  auto const normal = [&] {
    auto const unit = [&] { return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53; };
    return std::sqrt(-2 * std::log(unit())) * std::cos(6.283185307179586 * unit());
  };
  auto const held = [&](double ratio, std::size_t k, double tau) {
    int inside = 0, all = 0;
    double raw = 0, shrunk = 0;
    for (int round = 0; round < 2'000; ++round) {
      std::vector<double> truths;
      std::vector<cxm::noisy_estimate> groups;
      for (std::size_t i = 0; i < k; ++i) {
        double const error =
            std::pow(ratio, static_cast<double>(i) / static_cast<double>(k - 1) - 0.5);
        truths.push_back(tau * normal());
        groups.push_back({truths.back() + error * normal(), error * error});
      }
      auto const found = cxm::shrink(groups);
      for (std::size_t i = 0; i < k; ++i, ++all) {
        double const distance = found.groups[i].value - truths[i];
        inside += std::abs(distance) <= 1.959964 * std::sqrt(found.groups[i].variance) ? 1 : 0;
        raw += (groups[i].value - truths[i]) * (groups[i].value - truths[i]);
        shrunk += distance * distance;
      }
    }
    CHECK(shrunk < 0.9 * raw);
    return static_cast<double>(inside) / all;
  };
  for (double const tau : {0.0, 0.3, 1.0})
    for (std::size_t const k : {5U, 20U}) {
      CAPTURE(tau, k);
      CHECK(held(3, k, tau) > 0.93);
      CHECK(held(10, k, tau) > 0.885);
    }
}
