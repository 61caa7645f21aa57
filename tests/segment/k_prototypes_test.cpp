// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/rng.hpp>
#include <cxm/segment/k_prototypes.hpp>

#include "catch.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
using enum cxm::feature_kind;
using rows = std::vector<std::vector<double>>;

// One number and one name: the cost of a labelling with the best prototypes.
double cost_of(rows const& all, std::vector<std::uint32_t> const& labels, double gamma) {
  double cost = 0;
  for (std::uint32_t c = 0; c < 3; ++c) {
    double n = 0, mean = 0, names[3] = {};
    for (std::size_t i = 0; i < all.size(); ++i)
      if (labels[i] == c) n += 1, mean += all[i][0], names[static_cast<int>(all[i][1])] += 1;
    if (n == 0) continue;
    mean /= n;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (labels[i] == c) cost += (all[i][0] - mean) * (all[i][0] - mean);
    cost += gamma * (n - *std::max_element(names, names + 3));
  }
  return cost;
}
}  // namespace

TEST_CASE("k_prototypes: the distance of method reference F6") {
  rows const none;
  std::vector<cxm::feature_kind> const kinds = {number, nominal, nominal};
  cxm::detail::prototype_search const search(none, kinds, 0.5);
  CHECK_THAT(search.apart({0, 1, 1}, {0.5, 2, 3}), WithinAbs(1.25, 1e-15));
}

TEST_CASE("k_prototypes: against all labellings of small sets") {
  cxm::random_stream random(cxm::seed{6});
  int best = 0;
  for (int trial = 0; trial < 60; ++trial) {
    rows all(1 + random.below(6));
    for (auto& row : all)
      row = {static_cast<double>(random.below(6)), static_cast<double>(random.below(3))};
    double least = std::numeric_limits<double>::infinity();
    std::vector<std::uint32_t> labels(all.size());
    std::size_t sets = 1;
    for (std::size_t i = 0; i < all.size(); ++i) sets *= 2;
    for (std::size_t set = 0; set < sets; ++set) {
      for (std::size_t i = 0; i < all.size(); ++i) labels[i] = set >> i & 1U;
      least = std::min(least, cost_of(all, labels, 1.5));
    }
    auto const found =
        cxm::k_prototypes(all, {number, nominal}, 2, cxm::mismatch_weight{1.5}, cxm::restarts{30});
    CHECK(found.converged);
    CHECK_THAT(cost_of(all, found.labels, 1.5), WithinAbs(found.cost, 1e-9));
    CHECK(found.cost >= least - 1e-9);
    best += found.cost <= least + 1e-9;
  }
  CHECK(best >= 54);  // it stops where no single member wants to move
}

TEST_CASE("k_prototypes: nobody, one, duplicates, k = n, hostile values") {
  CHECK(cxm::k_prototypes({}, {number}, 2).labels.empty());
  CHECK(cxm::k_prototypes({{3}}, {number}, 2).sizes == std::vector<std::uint64_t>{1});
  CHECK(cxm::k_prototypes({{3}, {3}}, {nominal}, 2).sizes == std::vector<std::uint64_t>{2});
  CHECK(cxm::k_prototypes({{1, 0}, {2, 1}, {3, 0}}, {number, nominal}, 3).cost == 0);
  CHECK_THROWS_AS(cxm::k_prototypes({{1}}, {number}, 0), std::invalid_argument);
  CHECK_THROWS_AS(cxm::k_prototypes({{1, 2}}, {number}, 1), std::invalid_argument);
  double const none = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(cxm::k_prototypes({{none}}, {number}, 1), std::invalid_argument);
}
