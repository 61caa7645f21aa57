// SPDX-License-Identifier: BSL-1.0
// The nine types against R are in tests/survey/goldens_test.cpp; here against their definitions.
#include <cxm/core/bind.hpp>
#include <cxm/stats/quantile_types.hpp>
#include <cxm/stats/quantiles.hpp>

#include "catch.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using cxm::hyndman_fan;

namespace {
auto sorted(std::vector<double> const& values) {
  auto plan = cxm::bind<double>(cxm::quantiles());
  for (double const one : values) plan.add(one);
  return plan.result();
}
}  // namespace

TEST_CASE("type 1 is the smallest value that the share of the data does not exceed") {
  std::mt19937_64 random{111};
  for (int round = 0; round < 300; ++round) {
    std::size_t const n = 1 + random() % 20;
    std::vector<double> values(n);
    for (double& one : values) one = static_cast<double>(random() % 15);
    auto const found = sorted(values);
    std::sort(values.begin(), values.end());
    // Shares that are no multiples of 1/n, where rounding decides nothing.
    double const share = (static_cast<double>(random() % n) + 0.37) / static_cast<double>(n);
    double wanted = values.back();
    for (std::size_t i = n; i-- > 0;)
      if (static_cast<double>(i + 1) >= share * static_cast<double>(n)) wanted = values[i];
    CHECK(*found.at(share, hyndman_fan{1}) == wanted);
    CHECK(*found.at(share, hyndman_fan{2}) == wanted);  // they differ at the steps alone
  }
}

TEST_CASE("types 4 to 9 connect their points by straight lines") {
  // p(k), the share at which the k-th value stands, as the paper defines the types.
  std::mt19937_64 random{112};
  auto const share_of = [](int type, double k, double n) {
    switch (type) {
      case 4:
        return k / n;
      case 5:
        return (k - 0.5) / n;
      case 6:
        return k / (n + 1);
      case 7:
        return (k - 1) / (n - 1);
      case 8:
        return (k - 1.0 / 3) / (n + 1.0 / 3);
      default:
        return (k - 0.375) / (n + 0.25);
    }
  };
  for (int round = 0; round < 200; ++round) {
    std::size_t const n = 2 + random() % 15;
    std::vector<double> values(n);
    for (double& one : values) one = static_cast<double>(random() % 1000);
    auto const found = sorted(values);
    std::sort(values.begin(), values.end());
    double const count = static_cast<double>(n);
    for (int type = 4; type <= 9; ++type)
      for (std::size_t k = 1; k < n; ++k) {
        INFO("type " << type);
        double const from = share_of(type, static_cast<double>(k), count);
        double const to = share_of(type, static_cast<double>(k + 1), count);
        double const part = static_cast<double>(random() % 100) / 100;
        double const share = from + part * (to - from);
        CHECK_THAT(*found.at(std::min(1.0, share), hyndman_fan{type}),
                   WithinAbs(values[k - 1] + part * (values[k] - values[k - 1]), 1e-9));
      }
  }
}

TEST_CASE("every type: bounds, order, type 7 as the default, one value, none") {
  std::mt19937_64 random{113};
  for (int round = 0; round < 100; ++round) {
    std::vector<double> values(1 + random() % 9);
    for (double& one : values) one = static_cast<double>(random() % 100) - 50;
    auto const found = sorted(values);
    for (int type = 1; type <= 9; ++type) {
      double before = *found.min();
      for (double share = 0; share <= 1; share += 1.0 / 64) {
        double const now = *found.at(share, hyndman_fan{type});
        CHECK((before <= now + 1e-12 && now <= *found.max()));
        before = now;
        if (type == 7) CHECK_THAT(now, WithinAbs(*found.at(share), 1e-12));
      }
    }
  }
  CHECK(*sorted({3}).at(0.2, hyndman_fan{6}) == 3);
  CHECK(sorted({}).at(0.2, hyndman_fan{6}).why() == cxm::reason::no_data);
  CHECK_THROWS_AS(sorted({3}).at(1.2, hyndman_fan{6}), std::invalid_argument);
  CHECK_THROWS_AS(hyndman_fan{0}, std::invalid_argument);
  CHECK_THROWS_AS(hyndman_fan{10}, std::invalid_argument);
  auto waits = cxm::bind<std::chrono::seconds>(cxm::quantiles());
  for (int one : {10, 20, 40}) waits.add(std::chrono::seconds(one));
  CHECK(waits.result().at(0.5, hyndman_fan{6})->count() == 20.0);
}
