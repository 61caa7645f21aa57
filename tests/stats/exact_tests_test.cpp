// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/exact_tests.hpp>
#include <cxm/stats/ranks.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("Fisher's exact test against two_proportions.json") {
  for (auto const& record : golden::read("two_proportions.json")["records"]) {
    INFO(record["id"].text);
    auto const count = [&](char const* name) {
      return static_cast<std::uint64_t>(record["input"][name].number());
    };
    CHECK_THAT(*cxm::fisher_exact({count("x1"), count("n1")}, {count("x2"), count("n2")}),
               WithinRel(record["expect"]["fisher_p"].number(), 1e-10));
  }
  for (auto const& record : golden::read("chi_square.json")["records"]) {
    if (record["id"].text != "chisq_small") continue;
    CHECK_THAT(*cxm::fisher_exact({1, 4}, {0, 4}),
               WithinRel(record["expect"]["fisher_p"].number(), 1e-12));
  }
}

TEST_CASE("the exact rank test against two_sample_tests.json") {
  for (auto const& record : golden::read("two_sample_tests.json")["records"]) {
    INFO(record["id"].text);
    std::vector<double> values;
    for (auto const* name : {"x", "y"})
      for (auto const& value : record["input"][name]) values.push_back(value.number());
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    auto const counted = [&](char const* name) {
      std::vector<std::uint64_t> counts(values.size());
      for (auto const& value : record["input"][name])
        ++counts[static_cast<std::size_t>(
            std::lower_bound(values.begin(), values.end(), value.number()) - values.begin())];
      return counts;
    };
    auto const found = cxm::mann_whitney_exact(counted("x"), counted("y"));
    auto const& wanted = record["expect"]["mann_whitney"];
    CHECK_THAT(*found.p, WithinRel(wanted["p_exact_permutation_with_ties"].number(), 1e-10));
    CHECK_THAT(*found.p_less, WithinRel(wanted["p_exact_less"].number(), 1e-10));
  }
}

TEST_CASE("the exact rank test by dealing the answers in all ways") {
  std::mt19937_64 random{31};
  for (int round = 0; round < 60; ++round) {
    std::vector<std::uint64_t> a(4);
    std::vector<std::uint64_t> b(4);
    for (auto& count : a) count = random() % 3;
    for (auto& count : b) count = random() % 3;
    ++a[random() % 4];
    ++b[random() % 4];
    std::vector<std::size_t> pool;
    std::size_t n1 = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      n1 += a[i];
      pool.insert(pool.end(), a[i] + b[i], i);
    }
    auto const u_of = [&](std::vector<std::uint64_t> const& group) {
      std::vector<std::uint64_t> rest(4);
      for (std::size_t i = 0; i < 4; ++i) rest[i] = a[i] + b[i] - group[i];
      double u = 0;
      for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j)
          u += static_cast<double>(group[i] * rest[j]) * (i > j ? 1 : i == j ? 0.5 : 0);
      return u;
    };
    double const mean = static_cast<double>(n1 * (pool.size() - n1)) / 2;
    double all = 0;
    double far = 0;
    double less = 0;
    for (unsigned mask = 0; mask < (1U << pool.size()); ++mask) {
      std::vector<std::uint64_t> group(4);
      std::size_t taken = 0;
      for (std::size_t i = 0; i < pool.size(); ++i)
        if ((mask >> i & 1) != 0) ++group[pool[i]], ++taken;
      if (taken != n1) continue;
      double const u = u_of(group);
      all += 1;
      if (std::abs(u - mean) >= std::abs(u_of(a) - mean) - 1e-9) far += 1;
      if (u <= u_of(a) + 1e-9) less += 1;
    }
    auto const found = cxm::mann_whitney_exact(a, b);
    CHECK_THAT(*found.p, WithinRel(far / all, 1e-12));
    CHECK_THAT(*found.p_less, WithinRel(less / all, 1e-12));
    CHECK_THAT(*found.p_greater, WithinRel(*cxm::mann_whitney_exact(b, a).p_less, 1e-12));
  }
}

TEST_CASE("exact tests of nobody, of all alike, of too many") {
  CHECK(cxm::fisher_exact({0, 0}, {1, 2}).why() == cxm::reason::no_data);
  CHECK(*cxm::fisher_exact({0, 3}, {0, 2}) == 1.0);
  CHECK(*cxm::fisher_exact({3, 3}, {2, 2}) == 1.0);
  std::vector<std::uint64_t> const none(2);
  std::vector<std::uint64_t> const some = {3, 0};
  std::vector<std::uint64_t> const many = {150, 150};
  CHECK(cxm::mann_whitney_exact(none, some).p.why() == cxm::reason::no_data);
  CHECK(*cxm::mann_whitney_exact(some, some).p == 1.0);
  CHECK(cxm::mann_whitney_exact(many, some).p.why() == cxm::reason::overflow);
  // A hundred against a hundred agrees with the normal approximation.
  std::vector<std::uint64_t> const low = {30, 30, 40};
  std::vector<std::uint64_t> const high = {20, 30, 50};
  CHECK_THAT(*cxm::mann_whitney_exact(low, high).p,
             WithinAbs(*cxm::mann_whitney(low, high).p, 0.005));
}
