// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/rng.hpp>
#include <cxm/segment/detail/medoid_swaps.hpp>
#include <cxm/segment/dissimilarities.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/k_medoids.hpp>

#include "catch.hpp"
#include "golden.hpp"
#include "segment/clouds.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
cxm::dissimilarities on_a_line(std::vector<double> const& at) {
  return {at.size(), [&](std::size_t i, std::size_t j) { return std::fabs(at[i] - at[j]); }};
}

double cost_of(cxm::dissimilarities const& unlike, std::vector<std::size_t> const& medoids) {
  double sum = 0;
  for (std::size_t i = 0; i < unlike.size(); ++i) {
    double near = std::numeric_limits<double>::infinity();
    for (auto const m : medoids) near = std::min(near, unlike(i, m));
    sum += near;
  }
  return sum;
}

// The least cost over all sets of at most k medoids.
double least_cost(cxm::dissimilarities const& unlike, std::size_t k) {
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t set = 1; set < 1U << unlike.size(); ++set) {
    std::vector<std::size_t> medoids;
    for (std::size_t i = 0; i < unlike.size(); ++i)
      if (set >> i & 1U) medoids.push_back(i);
    if (medoids.size() <= k) least = std::min(least, cost_of(unlike, medoids));
  }
  return least;
}

cxm::dissimilarities iris() {
  auto const file = golden::read("clustering.json");
  for (auto const& record : file["records"]) {
    if (record["id"].text != "cluster_iris2") continue;
    auto const& x = record["input"]["X_row_major"];
    return {150, [&](std::size_t i, std::size_t j) {
              double sum = 0;
              for (std::size_t f = 0; f < 4; ++f) {
                double const d = x[i * 4 + f].number() - x[j * 4 + f].number();
                sum += d * d;
              }
              return std::sqrt(sum);
            }};
  }
  throw std::runtime_error("no iris");
}
}  // namespace

TEST_CASE("k_medoids: method reference F5") {
  auto const found = cxm::k_medoids(on_a_line({1, 2, 3, 100}), 2);
  CHECK(found.medoids == std::vector<std::size_t>{1, 3});
  CHECK(found.cost == 2);
  CHECK(found.labels == std::vector<std::uint32_t>{0, 0, 0, 1});
  CHECK(found.converged);
}

TEST_CASE("k_medoids: the iris, anchors 7.16") {
  auto const unlike = iris();
  auto const start = cxm::detail::build_medoids(unlike, 3);
  CHECK_THAT(cost_of(unlike, start) / 150, WithinAbs(0.6709390884, 1e-10));
  cxm::detail::medoid_search search(unlike, start);
  search.improve(100);
  CHECK_THAT(search.cost() / 150, WithinAbs(0.6542076992, 1e-10));
  auto const found = cxm::k_medoids(unlike, 3);
  CHECK_THAT(found.cost / 150, WithinAbs(0.6542076992, 1e-10));
  auto medoids = found.medoids;
  std::sort(medoids.begin(), medoids.end());
  CHECK(medoids == std::vector<std::size_t>{7, 78, 112});  // 8, 79, 113 from 1
}

TEST_CASE("k_medoids: against all sets of medoids, with duplicates and any dissimilarities") {
  cxm::random_stream random(cxm::seed{5});
  for (int trial = 0; trial < 150; ++trial) {
    std::size_t const n = 1 + random.below(9);
    std::vector<double> at(n);
    for (auto& one : at) one = static_cast<double>(random.below(trial % 2 == 0 ? 4 : 1000));
    auto const line = on_a_line(at);
    cxm::dissimilarities const loose(
        n, [&](std::size_t, std::size_t) { return static_cast<double>(1 + random.below(50)); });
    auto const& unlike = trial % 3 == 0 ? loose : line;
    std::size_t const k = 1 + random.below(n + 1);
    auto const found = cxm::k_medoids(unlike, k, cxm::restarts{60}, cxm::seed{3});
    CHECK(found.cost == least_cost(unlike, k));
    CHECK(found.cost == cost_of(unlike, found.medoids));
    std::uint64_t members = 0;
    for (auto const size : found.sizes) members += size;
    CHECK(members == n);
    CHECK(std::is_sorted(found.sizes.rbegin(), found.sizes.rend()));
    for (std::size_t i = 0; i < n; ++i)
      for (auto const m : found.medoids)
        CHECK(unlike(i, found.medoids[found.labels[i]]) <= unlike(i, m));
  }
}

TEST_CASE("k_medoids: nobody, one, all alike, as many as members") {
  CHECK(cxm::k_medoids(on_a_line({}), 3).medoids.empty());
  CHECK(cxm::k_medoids(on_a_line({4}), 3).sizes == std::vector<std::uint64_t>{1});
  CHECK(cxm::k_medoids(on_a_line({4, 4, 4}), 2).sizes == std::vector<std::uint64_t>{3});
  CHECK(cxm::k_medoids(on_a_line({1, 2, 4}), 3).cost == 0);
  CHECK_THROWS_AS(cxm::k_medoids(on_a_line({1}), 0), std::invalid_argument);
  CHECK_THROWS_AS(on_a_line({1, std::numeric_limits<double>::quiet_NaN()}), std::invalid_argument);
}

TEST_CASE("k_medoids: of a table it is a model like that of k-means, whose centres are members") {
  clouds::rows const members = {{1}, {2}, {3}, {100}};
  auto const table = cxm::features(members, clouds::columns(1));
  auto const model = cxm::k_medoids(table, 2);
  CHECK(model.size() == 2);
  CHECK(model.centres_in_units()(0, 0) == 2);
  CHECK(model.centres_in_units()(1, 0) == 100);
  CHECK(model.labels() == std::vector<std::uint32_t>{0, 0, 0, 1});
  CHECK(model(clouds::row{80}) == 1U);
  CHECK(*model.inertia() == 2);
}
