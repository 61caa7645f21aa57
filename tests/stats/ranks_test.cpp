// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/ranks.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("Mann and Whitney against two_sample_tests.json") {
  for (auto const& record : golden::read("two_sample_tests.json")["records"]) {
    INFO(record["id"].text);
    std::vector<double> x;
    std::vector<double> y;
    for (auto const& value : record["input"]["x"]) x.push_back(value.number());
    for (auto const& value : record["input"]["y"]) y.push_back(value.number());
    auto const found = cxm::mann_whitney(x, y);
    auto const& wanted = record["expect"]["mann_whitney"];
    CHECK_THAT(found.u, WithinAbs(wanted["W"].number(), 1e-12));
    CHECK_THAT(*found.p, WithinRel(wanted["p_asym_nocc"].number(), 1e-10));
  }
}

TEST_CASE("Cliff's delta by comparing every pair") {
  std::mt19937_64 random{13};
  for (int round = 0; round < 300; ++round) {
    std::vector<std::uint64_t> a(7);
    std::vector<std::uint64_t> b(7);
    for (auto& count : a) count = random() % 9;
    for (auto& count : b) count = random() % 9;
    a[random() % 7] += 2;
    b[random() % 7] += 2;
    double above = 0;
    double below = 0;
    double n1 = 0;
    double n2 = 0;
    for (std::size_t i = 0; i < 7; ++i) {
      n1 += static_cast<double>(a[i]);
      n2 += static_cast<double>(b[i]);
      for (std::size_t j = 0; j < 7; ++j) {
        double const pairs = static_cast<double>(a[i] * b[j]);
        (i > j ? above : below) += i == j ? 0 : pairs;
      }
    }
    auto const found = cxm::mann_whitney(a, b);
    CHECK_THAT(*found.value, WithinAbs((above - below) / (n1 * n2), 1e-14));
    auto const swapped = cxm::mann_whitney(b, a);
    CHECK_THAT(*swapped.value, WithinAbs(-*found.value, 1e-14));
    if (found.p) CHECK_THAT(*found.p, WithinRel(*swapped.p, 1e-12));
    if (found.interval) {
      CHECK((found.interval->low >= -1 && found.interval->high <= 1));
      CHECK(found.interval->contains(*found.value));
      CHECK_THAT(found.interval->low, WithinAbs(-swapped.interval->high, 1e-13));
    }
  }
}

TEST_CASE("the interval of Cliff's delta covers") {
  // Two skewed distributions on five points, 30 and 20 answers.
  std::mt19937_64 random{14};
  double const p[] = {0.05, 0.10, 0.15, 0.3, 0.4};
  double const q[] = {0.10, 0.15, 0.25, 0.3, 0.2};
  double truth = 0;
  for (int i = 0; i < 5; ++i)
    for (int j = 0; j < 5; ++j) truth += p[i] * q[j] * (i > j ? 1 : i < j ? -1 : 0);
  int covered = 0;
  constexpr int rounds = 4'000;
  for (int round = 0; round < rounds; ++round) {
    auto const draw = [&](double const(&shares)[5], int n) {
      std::vector<std::uint64_t> counts(5);
      for (int i = 0; i < n; ++i) {
        double u = static_cast<double>(random() >> 11) * 0x1p-53;
        std::size_t at = 0;
        while (at < 4 && u >= shares[at]) u -= shares[at++];
        ++counts[at];
      }
      return counts;
    };
    if (cxm::mann_whitney(draw(p, 30), draw(q, 20)).interval->contains(truth)) ++covered;
  }
  CHECK_THAT(100.0 * covered / rounds, WithinAbs(95, 1.2));
}

TEST_CASE("ranks without answers, all alike, completely apart") {
  std::vector<std::uint64_t> const none(3);
  std::vector<std::uint64_t> const low = {4, 0, 0};
  std::vector<std::uint64_t> const high = {0, 0, 5};
  CHECK(cxm::mann_whitney(none, low).p.why() == cxm::reason::no_data);
  CHECK(cxm::mann_whitney(low, low).p.why() == cxm::reason::degenerate);
  auto const apart = cxm::mann_whitney(high, low);
  CHECK(*apart.value == 1.0);
  CHECK(apart.interval.why() == cxm::reason::degenerate);
  CHECK(*apart.p < 0.01);
  CHECK_THROWS_AS(cxm::mann_whitney(low, std::vector<std::uint64_t>(4)), std::invalid_argument);
  CHECK_THROWS_AS(cxm::mann_whitney(std::vector<double>{NAN}, std::vector<double>{1}),
                  std::invalid_argument);
}
