// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/detail/kmeans_fit.hpp>
#include <cxm/segment/detail/medoid_swaps.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/segment_model.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// k-medoids: each segment has a member for its centre, the one least unlike all others in it. For
/// data of which only dissimilarities are known, and where a typical member says more than a mean.

namespace cxm {

/// What k-medoids came to. Segments are numbered by size, the largest first, then by medoid.
struct medoid_clustering {
  std::vector<std::size_t> medoids{};   ///< fewer than k where fewer members differ
  std::vector<std::uint32_t> labels{};  ///< one for each member
  std::vector<std::uint64_t> sizes{};
  double cost = 0;           ///< the sum of the dissimilarities to the medoids
  std::uint64_t passes = 0;  ///< of the best start
  std::uint64_t starts = 0;
  bool converged = false;  ///< no swap of a medoid makes the cost less
};

namespace detail {

inline void number_medoids(dissimilarities const& unlike, medoid_clustering& found) {
  auto const label_all = [&] {
    found.labels.assign(unlike.size(), 0);
    found.sizes.assign(found.medoids.size(), 0);
    for (std::size_t i = 0; i < unlike.size(); ++i) {
      for (std::uint32_t m = 1; m < found.medoids.size(); ++m)
        if (unlike(i, found.medoids[m]) < unlike(i, found.medoids[found.labels[i]]))
          found.labels[i] = m;
      ++found.sizes[found.labels[i]];
    }
  };
  std::sort(found.medoids.begin(), found.medoids.end());
  label_all();
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (std::size_t m = 0; m < found.medoids.size(); ++m)
    order.emplace_back(UINT64_MAX - found.sizes[m], found.medoids[m]);
  std::sort(order.begin(), order.end());
  for (std::size_t m = 0; m < order.size(); ++m) found.medoids[m] = order[m].second;
  label_all();
}

}  // namespace detail

/// k-medoids by FasterPAM. Policies: `restarts` (default 10; the first start is the greedy one of
/// PAM, the others are drawn) and `seed`. Throws `std::invalid_argument` for k = 0.
/// O(n²) a pass.
template <class... Policies>
medoid_clustering k_medoids(dissimilarities const& unlike, std::size_t k, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, random_seed, kmeans_restarts> && ...),
                "cxm::k_medoids: the policies are seed and restarts");
  if (k == 0) detail::refuse("cxm::k_medoids: the number of segments must be at least 1");
  medoid_clustering best;
  if (unlike.size() == 0) return best;
  auto const from = detail::pick<random_seed>(seed{}, policies...);
  auto const times = detail::pick<kmeans_restarts>(restarts{10}, policies...).starts;
  for (std::size_t start = 0; start < std::max<std::size_t>(times, 1); ++start) {
    detail::medoid_search search(
        unlike, start == 0 ? detail::build_medoids(unlike, k)
                           : detail::draw_medoids(unlike, k, random_stream(from, start)));
    auto const passes = search.improve(300);
    bool const more = search.medoids().size() > best.medoids.size();
    if (start > 0 && !more && !(search.cost() < best.cost)) continue;
    best.medoids = search.medoids();
    best.cost = search.cost();
    best.passes = passes;
    best.converged = search.converged();
  }
  best.starts = times;
  detail::number_medoids(unlike, best);
  return best;
}

/// The distance of the rows of a table as they are clustered: the straight line.
template <class... Fields>
dissimilarities straight_distances(feature_table<Fields...> const& table) {
  auto const rows = table.scaled();
  return {table.rows(), [&](std::size_t i, std::size_t j) {
            double sum = 0;
            for (Eigen::Index f = 0; f < rows.cols(); ++f) {
              double const difference =
                  rows(static_cast<Eigen::Index>(i), f) - rows(static_cast<Eigen::Index>(j), f);
              sum += difference * difference;
            }
            return std::sqrt(sum);
          }};
}

/// The segments of a table by medoids: the same model as that of `kmeans`, whose centres are
/// members. Its inertia is the sum of the distances, not of their squares.
template <class... Fields, class... Policies>
segment_model<Fields...> k_medoids(feature_table<Fields...> const& table, std::size_t k,
                                   Policies... policies) {
  auto const found = k_medoids(straight_distances(table), k, policies...);
  clustering made;
  for (auto const medoid : found.medoids) {
    double const* row = table.scaled().data() + medoid * table.recipe().size();
    made.centres.insert(made.centres.end(), row, row + table.recipe().size());
  }
  made.labels = found.labels;
  made.sizes = found.sizes;
  detail::put_in_order(made, table.recipe().size());
  fit_summary fit{k, found.passes, found.starts, found.converged, found.cost, made.sizes};
  return {table.recipe(), std::move(made.centres), std::move(fit), std::move(made.labels)};
}

}  // namespace cxm
