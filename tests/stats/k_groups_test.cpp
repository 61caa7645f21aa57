// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/k_groups.hpp>
#include <cxm/stats/ranks.hpp>
#include <cxm/stats/two_shares.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("Pearson's test against chi_square.json") {
  for (auto const& record : golden::read("chi_square.json")["records"]) {
    INFO(record["id"].text);
    std::vector<std::uint64_t> table;
    for (auto const& cell : record["input"]["row_major"])
      table.push_back(static_cast<std::uint64_t>(cell.number()));
    auto const found =
        cxm::independence(table, static_cast<std::size_t>(record["input"]["cols"].number()));
    CHECK_THAT(*found.statistic, WithinRel(record["expect"]["X2"].number(), 1e-12));
    CHECK(*found.degrees_of_freedom == record["expect"]["df"].number());
    CHECK_THAT(*found.p, WithinRel(record["expect"]["p"].number(), 1e-10));
    CHECK_THAT(*found.effect, WithinRel(record["expect"]["cramers_v"].number(), 1e-12));
  }
}

TEST_CASE("two groups of shares: Pearson's test of the table is that of the difference") {
  std::mt19937_64 random{15};
  for (int round = 0; round < 200; ++round) {
    std::uint64_t const n1 = 1 + random() % 90;
    std::uint64_t const n2 = 1 + random() % 90;
    std::uint64_t const x1 = random() % (n1 + 1);
    std::uint64_t const x2 = random() % (n2 + 1);
    std::vector<std::uint64_t> const table = {x1, n1 - x1, x2, n2 - x2};
    auto const found = cxm::independence(table, 2);
    auto const pair = cxm::share_difference({x1, n1}, {x2, n2});
    REQUIRE(found.p.has_value() == pair.p.has_value());
    if (found.p) CHECK_THAT(*found.p, WithinRel(*pair.p, 1e-10));
  }
}

TEST_CASE("Kruskal and Wallis against two_sample_tests.json, and the plain formula") {
  for (auto const& record : golden::read("two_sample_tests.json")["records"]) {
    INFO(record["id"].text);
    std::vector<double> values;
    for (auto const* name : {"x", "y"})
      for (auto const& value : record["input"][name]) values.push_back(value.number());
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<std::uint64_t> table(2 * values.size());
    for (std::size_t group = 0; group < 2; ++group)
      for (auto const& value : record["input"][group == 0 ? "x" : "y"])
        ++table[group * values.size() +
                static_cast<std::size_t>(
                    std::lower_bound(values.begin(), values.end(), value.number()) -
                    values.begin())];
    auto const found = cxm::equal_ranks(table, values.size());
    CHECK_THAT(*found.statistic, WithinRel(record["expect"]["kruskal"]["H"].number(), 1e-12));
    CHECK_THAT(*found.p, WithinRel(record["expect"]["kruskal"]["p"].number(), 1e-10));
    CHECK(found.groups == 2);
  }
}

TEST_CASE("Welch's test of two means is the t test squared") {
  cxm::mean_estimate const means[] = {{4.1, 0.9, 12}, {3.6, 1.4, 30}};
  auto const found = cxm::equal_means(means);
  auto const pair = cxm::mean_difference(means[0], means[1]);
  CHECK_THAT(*found.statistic, WithinRel(*pair.statistic * *pair.statistic, 1e-12));
  CHECK_THAT(*found.denominator_degrees_of_freedom, WithinRel(*pair.degrees_of_freedom, 1e-12));
  CHECK_THAT(*found.p, WithinRel(*pair.p, 1e-11));
}

TEST_CASE("k groups: their order does not matter, empty ones do not count") {
  std::vector<std::uint64_t> const table = {3, 4, 9, 0, 0, 0, 5, 1, 2, 2, 2, 8};
  std::vector<std::uint64_t> const turned = {2, 2, 8, 5, 1, 2, 3, 4, 9};
  for (auto const test : {&cxm::independence, &cxm::equal_ranks}) {
    auto const one = test(table, 3);
    auto const other = test(turned, 3);
    CHECK(one.groups == 3);
    CHECK(one.n == 36);
    CHECK_THAT(*one.p, WithinRel(*other.p, 1e-12));
    CHECK(test(std::vector<std::uint64_t>(6), 3).p.why() == cxm::reason::no_data);
    CHECK(test(std::vector<std::uint64_t>{1, 2, 3}, 3).p.why() == cxm::reason::degenerate);
    CHECK(test(std::vector<std::uint64_t>{1, 0, 3, 0}, 2).p.why() == cxm::reason::degenerate);
    CHECK_THROWS_AS(test(table, 5), std::invalid_argument);
  }
  CHECK(cxm::equal_means({}).p.why() == cxm::reason::no_data);
  cxm::mean_estimate const flat[] = {{1, 0, 5}, {2, 1, 5}};
  CHECK(cxm::equal_means(flat).p.why() == cxm::reason::degenerate);
}
