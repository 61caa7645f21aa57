// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/segment/assignment.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/rfm.hpp>
#include <cxm/segment/rule_segments.hpp>
#include <cxm/segment/rule_tree.hpp>
#include <cxm/segment/segment_tree.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>

#include "catch.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct customer {
  std::optional<double> x;
  double y = 0;
  bool business = false;
};
auto const x = cxm::field<"x">(&customer::x);
auto const y = cxm::field<"y">(&customer::y);

std::vector<customer> customers() {
  std::vector<customer> all;
  for (int i = 0; i < 120; ++i) all.push_back({i % 2 * 10.0 + i % 5, i % 3 * 1.0, i % 4 == 0});
  all.push_back({{}, 1, false});
  return all;
}
auto fitted(std::vector<customer> const& all, std::size_t k) {
  return cxm::kmeans(cxm::features(all, x, y), k, cxm::seed{7});
}
}  // namespace

TEST_CASE("rule_tree: few thresholds explain a clustering, and say how often they are right") {
  auto const all = customers();
  auto const table = cxm::features(all, x, y);
  auto const model = cxm::kmeans(table, 2, cxm::seed{7});
  auto const rules = cxm::explain(table, model.labels());
  CHECK(*rules.accuracy() == 1);
  CHECK(rules.leaves() == 2);
  CHECK(rules.rules()[0].conditions.size() == 1);
  auto const first = in_words(rules.rules()[0]);
  CHECK((first == "x <= 7" || first == "x > 7"));
  for (auto const& one : all) CHECK(rules(one) == model(one));
  auto const loaded = cxm::load(cxm::rule_tree_plan(x, y), cxm::save(rules));
  CHECK(loaded == rules);
  CHECK(loaded.name() == rules.name());
  // Only part can be told by one threshold.
  auto labels = model.labels();
  labels[0] = 1 - labels[0];
  auto const rough = cxm::explain(table, labels, cxm::at_most_leaves{2});
  CHECK_THAT(*rough.accuracy(), WithinAbs(119.0 / 120, 1e-12));
  auto const none = cxm::explain(table, labels, cxm::at_most_leaves{1});
  CHECK(*none.accuracy() == *none.accuracy_without_rules());
  CHECK(in_words(none.rules()[0]) == "everybody");
  auto const nobody = cxm::explain(cxm::features(std::vector<customer>{}, x, y), {});
  CHECK_FALSE(nobody.accuracy());
  CHECK_FALSE(nobody(all[0]));
  CHECK_THROWS_AS(cxm::explain(table, {1, 2}), std::invalid_argument);
}

TEST_CASE("rule_tree: the first split is the best of all thresholds, on random labels") {
  cxm::random_stream random(cxm::seed{4});
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<customer> all(2 + random.below(20));
    std::vector<std::uint32_t> labels;
    for (auto& one : all) {
      one = {static_cast<double>(random.below(5)), static_cast<double>(random.below(4))};
      labels.push_back(static_cast<std::uint32_t>(random.below(3)));
    }
    auto const impurity = [&](auto const& in) {
      double counts[3] = {}, n = 0;
      for (std::size_t i = 0; i < all.size(); ++i)
        if (in(all[i])) ++counts[labels[i]], ++n;
      double sum = n;
      for (double const c : counts) sum -= n > 0 ? c * c / n : 0;
      return sum;
    };
    double least = impurity([](auto const&) { return true; });
    for (double t = 0.5; t < 5; ++t)
      for (bool const by_x : {true, false}) {
        auto const low = [&](customer const& one) { return (by_x ? *one.x : one.y) < t; };
        least = std::min(least, impurity(low) + impurity([&](auto const& o) { return !low(o); }));
      }
    auto const tree = cxm::explain(cxm::features(all, x, y), labels, cxm::at_most_leaves{2});
    double found = 0;
    for (auto const& rule : tree.rules())
      found += impurity([&](customer const& one) {
        for (auto const& c : rule.conditions) {
          double const v = c.feature == "x" ? *one.x : one.y;
          if ((c.above && !(v > *c.above)) || (c.up_to && !(v <= *c.up_to))) return false;
        }
        return true;
      });
    CHECK_THAT(found, WithinAbs(least, 1e-9));
  }
}

TEST_CASE("segment_tree: rules first, clusters inside, method reference F12") {
  auto const all = customers();
  auto const kind =
      cxm::rule_segments(cxm::rule<"business">(cxm::equals(&customer::business, true)));
  auto const fit = [](std::uint32_t, std::vector<customer> const& some) { return fitted(some, 2); };
  auto const tree = cxm::refine(kind, all, cxm::segment_plan(x, y), fit, cxm::least_members{40});
  // 30 business customers are too few to divide; 91 others are, and one of them has no x.
  REQUIRE(tree.size() == 3 + (tree.leaves().size() > 3));
  CHECK(tree.leaves()[0] == cxm::tree_leaf{0, {}, 30});
  std::uint64_t others = 0;
  for (auto const& leaf : tree.leaves()) others += leaf.coarse == 1 ? leaf.n : 0;
  CHECK(others == 91);  // the whole is the sum of its parts
  auto const counted = cxm::measure(all, cxm::by(tree, cxm::count())).result();
  for (std::uint32_t s = 0; s < tree.size(); ++s) {
    if (tree.leaves()[s].n == 0) continue;
    CHECK(counted.at(std::optional(s)) == tree.leaves()[s].n);
  }
  CHECK(tree(all.back()) == static_cast<std::uint32_t>(tree.size() - 1));  // the rest
  auto const loaded =
      cxm::load(cxm::segment_tree_plan(kind, cxm::segment_plan(x, y)), cxm::save(tree));
  CHECK(loaded.leaves() == tree.leaves());
  CHECK(loaded.name() == tree.name());
  for (auto const& one : all) CHECK(loaded(one) == tree(one));
}

TEST_CASE("fenced: margin of method reference F16, and who is unlike any") {
  std::vector<customer> all;
  for (int i = 0; i < 100; ++i) all.push_back({i % 2 == 0 ? 0.1 * (i % 10) : 9 + 0.1 * (i % 10)});
  auto const table = cxm::features(all, x, y);
  auto const model = cxm::fenced(cxm::kmeans(table, 2, cxm::seed{7}), table);
  auto const centre = model.model().centres();
  auto const at = [&](double part) {
    return customer{centre(0, 0) + part * (centre(1, 0) - centre(0, 0)), 0};
  };
  auto const near = model.assign(at(1.2 / 4.2));  // 1.2 to 3.0
  CHECK(near.nearest == 0U);
  CHECK_THAT(*near.margin, WithinAbs(0.6, 1e-9));
  CHECK_THAT(near.membership[0], WithinAbs(9 / (9 + 1.44), 1e-9));
  CHECK(near.outcome == cxm::assignment_outcome::unlike_any);
  CHECK_FALSE(model(at(1.2 / 4.2)));
  CHECK(model(at(0)) == 0U);
  CHECK(*model.assign(at(0)).margin == 1);
  CHECK(model.assign(customer{}).outcome == cxm::assignment_outcome::incomplete);
  auto const loaded = cxm::load(cxm::fenced_model(cxm::segment_plan(x, y)), cxm::save(model));
  CHECK(loaded == model);
  CHECK_THROWS_AS(cxm::fenced(model.model(), table, {0}), std::invalid_argument);
}

TEST_CASE("rfm: scores of method reference F2, ties kept") {
  auto const scores = cxm::quantile_scores({1, 1, 1, 4, 9, 9, 20, 30, 31, 50}, 5);
  CHECK(scores == std::vector<std::uint32_t>{1, 1, 1, 2, 3, 3, 4, 4, 5, 5});
  struct buyer {
    double days;
    int orders;
    std::optional<double> money;
  };
  std::vector<buyer> all;
  int const orders[] = {1, 1, 1, 4, 9, 9, 20, 30, 31, 50};
  for (int i = 0; i < 10; ++i) all.push_back({100.0 - 10 * i, orders[i], 5.0 * i});
  all.push_back({1, 1, {}});
  auto const model = cxm::rfm(all, &buyer::days, &buyer::orders, &buyer::money);
  CHECK(model.n() == 10);
  CHECK(model.left_out() == 1);
  for (std::size_t i = 0; i < 10; ++i) CHECK(model.scores(all[i])->frequency == scores[i]);
  CHECK(*model.scores(all[9]) == cxm::rfm_scores{5, 5, 5});
  CHECK(model(all[9]) == cxm::rfm_cell::champions);
  CHECK(model(all[0]) == cxm::rfm_cell::lost);
  CHECK(model(buyer{1000, 40, 1}) == cxm::rfm_cell::at_risk);
  CHECK(name_of(*model(buyer{0, 0, 0})) == "new customers");
  CHECK_FALSE(model(all[10]));
  auto const loaded =
      cxm::load(cxm::rfm_plan(&buyer::days, &buyer::orders, &buyer::money), cxm::save(model));
  CHECK(loaded == model);
  auto const alike =
      cxm::rfm(std::vector<buyer>(4, {1, 1, 1}), &buyer::days, &buyer::orders, &buyer::money);
  CHECK(alike.nobody()[1].size() == 4);  // all have one score
}
