// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/rng.hpp>
#include <cxm/segment/dissimilarities.hpp>
#include <cxm/segment/gower.hpp>
#include <cxm/segment/merge_tree.hpp>

#include "catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
using points = std::vector<std::vector<double>>;
using group = std::vector<std::size_t>;

cxm::dissimilarities straight(points const& all) {
  return {all.size(), [&](std::size_t i, std::size_t j) {
            double sum = 0;
            for (std::size_t f = 0; f < all[i].size(); ++f)
              sum += (all[i][f] - all[j][f]) * (all[i][f] - all[j][f]);
            return std::sqrt(sum);
          }};
}

double squares(points const& all, group const& members) {
  double sum = 0;
  for (std::size_t f = 0; f < all[0].size(); ++f) {
    double mean = 0;
    for (auto const i : members) mean += all[i][f] / static_cast<double>(members.size());
    for (auto const i : members) sum += (all[i][f] - mean) * (all[i][f] - mean);
  }
  return sum;
}

// By the definition of each linkage, from the members.
double apart(points const& all, cxm::dissimilarities const& unlike, group const& a, group const& b,
             cxm::linkage by) {
  if (by == cxm::linkage::ward) {
    auto both = a;
    both.insert(both.end(), b.begin(), b.end());
    return squares(all, both) - squares(all, a) - squares(all, b);
  }
  double least = std::numeric_limits<double>::infinity(), most = 0, sum = 0;
  for (auto const i : a)
    for (auto const j : b) {
      least = std::min(least, unlike(i, j));
      most = std::max(most, unlike(i, j));
      sum += unlike(i, j);
    }
  return by == cxm::linkage::single     ? least
         : by == cxm::linkage::complete ? most
                                        : sum / static_cast<double>(a.size() * b.size());
}

std::vector<double> heights_by_trying_all(points const& all, cxm::linkage by) {
  auto const unlike = straight(all);
  std::vector<group> groups;
  for (std::size_t i = 0; i < all.size(); ++i) groups.push_back({i});
  std::vector<double> heights;
  while (groups.size() > 1) {
    double least = std::numeric_limits<double>::infinity();
    std::size_t a = 0, b = 0;
    for (std::size_t i = 0; i < groups.size(); ++i)
      for (std::size_t j = i + 1; j < groups.size(); ++j)
        if (double const one = apart(all, unlike, groups[i], groups[j], by); one < least) {
          least = one;
          a = i;
          b = j;
        }
    heights.push_back(least);
    groups[a].insert(groups[a].end(), groups[b].begin(), groups[b].end());
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(b));
  }
  return heights;
}
auto const linkages = {cxm::linkage::single, cxm::linkage::complete, cxm::linkage::average,
                       cxm::linkage::ward};
}  // namespace

TEST_CASE("merge_tree: Ward, method reference F8") {
  cxm::merge_tree const tree(straight({{0}, {1}, {5}, {7}}), cxm::linkage::ward);
  REQUIRE(tree.steps().size() == 3);
  CHECK_THAT(tree.steps()[0].height, WithinAbs(0.5, 1e-12));
  CHECK_THAT(tree.steps()[1].height, WithinAbs(2.0, 1e-12));
  CHECK_THAT(tree.steps()[2].height, WithinAbs(30.25, 1e-12));
  CHECK(tree.steps()[1].kept == 2);
  CHECK(tree.steps()[1].joined == 3);
  CHECK(tree.steps()[2].size == 4);
  CHECK(tree.cut(2) == std::vector<std::uint32_t>{0, 0, 1, 1});
  CHECK(tree.cut_at(1) == std::vector<std::uint32_t>{0, 0, 1, 2});
  CHECK(tree.widest_gap() == 2);
}

TEST_CASE("merge_tree: against all pairs of groups, by the definition of each linkage") {
  cxm::random_stream random(cxm::seed{8});
  for (int trial = 0; trial < 80; ++trial) {
    points all(1 + random.below(12), std::vector<double>(3));
    for (auto& one : all)
      for (std::size_t f = 0; f < 2; ++f) one[f] = random.unit() * 10;  // the third is constant
    for (auto const by : linkages) {
      cxm::merge_tree const tree(straight(all), by);
      auto const expected = heights_by_trying_all(all, by);
      REQUIRE(tree.steps().size() == expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK_THAT(tree.steps()[i].height, WithinAbs(expected[i], 1e-9));
      for (std::size_t k = 1; k <= all.size(); ++k) {
        auto const labels = tree.cut(k);
        CHECK(*std::max_element(labels.begin(), labels.end()) == k - 1);
      }
    }
  }
}

TEST_CASE("merge_tree: duplicates, one, nobody, more groups than members") {
  for (auto const by : linkages) {
    cxm::merge_tree const twins(straight({{1}, {1}, {9}, {9}, {9}}), by);
    CHECK(twins.cut(2) == std::vector<std::uint32_t>{1, 1, 0, 0, 0});
    CHECK(twins.cut_at(0) == twins.cut(2));
    CHECK(twins.cut(9).size() == 5);
    CHECK(cxm::merge_tree(straight({{1}}), by).cut(1) == std::vector<std::uint32_t>{0});
    CHECK(cxm::merge_tree(straight({}), by).cut(2).empty());
    CHECK_THROWS_AS(twins.cut(0), std::invalid_argument);
  }
}

TEST_CASE("gower: method reference F6") {
  using enum cxm::feature_kind;
  cxm::gower_distance const apart({{number}, {nominal}, {both_absent}}, {{30, 1, 1}, {70, 2, 1}});
  CHECK(apart.ranges()[0] == 40);
  CHECK_THAT(*apart({30, 1, 1}, {50, 2, 1}), WithinAbs(0.5, 1e-15));
  CHECK_THAT(*apart({30, 1, 0}, {50, 2, 0}), WithinAbs(0.75, 1e-15));  // no against no says nothing
  CHECK_THAT(*apart({30, {}, 0}, {500, 2, 0}), WithinAbs(1, 1e-15));   // beyond the range
  CHECK_FALSE(apart({{}, {}, 0}, {50, 2, 0}));
  std::uint64_t undefined = 0;
  auto const all = cxm::gower_distances(apart, {{{}, {}, 0}, {50, 2, 0}, {50, 2, 0}}, &undefined);
  CHECK(undefined == 2);
  CHECK(all(1, 0) == 1);
  CHECK(all(1, 2) == 0);
}

TEST_CASE("gower: the flowers of Kaufman and Rousseeuw, anchors 7.16") {
  using enum cxm::feature_kind;
  std::vector<cxm::mixed_row> const flowers = {
      {0, 1, 1, 4, 3, 15, 25, 15},  {1, 0, 0, 2, 1, 3, 150, 50},  {0, 1, 0, 3, 3, 1, 150, 50},
      {0, 0, 1, 4, 2, 16, 125, 50}, {0, 1, 0, 5, 2, 2, 20, 15},   {0, 1, 0, 4, 3, 12, 50, 40},
      {0, 0, 0, 4, 3, 13, 40, 20},  {0, 0, 1, 2, 2, 7, 100, 15},  {1, 1, 0, 3, 1, 4, 25, 15},
      {1, 1, 0, 5, 2, 14, 100, 60}, {1, 1, 1, 5, 3, 8, 45, 10},   {1, 1, 1, 1, 2, 9, 90, 25},
      {1, 1, 0, 1, 2, 6, 20, 10},   {1, 1, 1, 4, 2, 11, 80, 30},  {1, 0, 0, 3, 2, 10, 40, 20},
      {1, 0, 0, 4, 2, 18, 200, 60}, {1, 0, 0, 2, 2, 17, 150, 60}, {0, 0, 1, 2, 1, 5, 25, 10}};
  cxm::gower_distance const apart(
      {{nominal}, {nominal}, {nominal}, {nominal}, {ranked}, {ranked}, {number}, {number}},
      flowers);
  auto const all = cxm::gower_distances(apart, flowers);
  std::vector<double> sorted;
  for (std::size_t i = 0; i < 18; ++i)
    for (std::size_t j = 0; j < i; ++j) sorted.push_back(all(i, j));
  std::sort(sorted.begin(), sorted.end());
  double const expected[] = {.1417892157, .1591503268, .1670751634, .1892973856, .1904411765};
  for (std::size_t i = 0; i < 5; ++i) CHECK_THAT(sorted[i], WithinAbs(expected[i], 5e-11));
}

TEST_CASE("gower: a constant feature, missing everywhere, weights, hostile values") {
  using enum cxm::feature_kind;
  std::vector<cxm::mixed_row> const rows = {{5, {}, 1}, {5, {}, 3}};
  cxm::gower_distance const apart({{number}, {number}, {number, 3}}, rows);
  CHECK_THAT(*apart(rows[0], rows[1]), WithinAbs(0.75, 1e-15));
  CHECK_THAT(*apart({5, 1, 1}, {5, 2, 1}), WithinAbs(0.2, 1e-15));
  CHECK_THROWS_AS(apart({1}, {2}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::gower_distance({{number, -1}}, {}), std::invalid_argument);
  double const none = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(cxm::gower_distance({{number}}, {{none}}), std::invalid_argument);
}
