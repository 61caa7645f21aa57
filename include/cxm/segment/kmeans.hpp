// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>
#include <cxm/segment/detail/lloyd.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/segment_model.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// k-means: `kmeans(features(journeys, cycle_time, contacts, zscore{}), 3, seed{7})`. Segments of
/// members that lie near each other, by the sum of squared distances to k centres (S. Lloyd, 1982).

namespace cxm {

namespace detail {

template <class... Policies>
consteval void check_kmeans_policies() {
  static_assert((answers_one_of<Policies, random_seed, kmeans_start, empty_clusters, kmeans_stop,
                                kmeans_restarts> &&
                 ...),
                "cxm::kmeans: takes a seed, a start, restarts, what to do with empty clusters and "
                "when to stop; this policy answers another question");
  static_assert(no_question_twice<random_seed, kmeans_start, empty_clusters, kmeans_stop,
                                  kmeans_restarts>::in<Policies...>,
                "cxm::kmeans: two policies answer the same question");
}

/// Given centres as they are clustered, one after the other.
template <class Recipe>
std::vector<double> scaled_centres(given_centres const& given, Recipe const& recipe,
                                   std::size_t k) {
  if (given.centres.size() != k) refuse("cxm::kmeans: as many centres must be given as segments");
  std::vector<double> flat;
  for (auto centre : given.centres) {
    if (centre.size() != recipe.size())
      refuse("cxm::kmeans: a given centre must have one value for each feature");
    recipe.scale(centre.data());
    if (!std::all_of(centre.begin(), centre.end(), is_feature))
      refuse("cxm::kmeans: a given centre must be finite");
    flat.insert(flat.end(), centre.begin(), centre.end());
  }
  return flat;
}

/// The centres with which start number `number` begins.
template <class Start>
std::vector<double> starting_centres(Start const& start, points const& all, std::size_t k,
                                     seed from, std::uint64_t number) {
  random_stream random(from, number);
  std::vector<double> flat;
  for (std::size_t const row : start(all, k, random))
    flat.insert(flat.end(), all[row], all[row] + all.dimension());
  return flat;
}

/// The best of several starts; of equally good ones the first.
template <class Recipe, class... Policies>
clustering best_clustering(points const& all, Recipe const& recipe, std::size_t k,
                           std::uint64_t& starts, Policies... policies) {
  auto const from = pick<random_seed>(seed{}, policies...);
  auto const start = pick<kmeans_start>(kmeans_plus_plus{}, policies...);
  auto const empty = pick<empty_clusters>(reseed_farthest{}, policies...);
  auto const stop = pick<kmeans_stop>(until_stable{}, policies...);
  auto const again = pick<kmeans_restarts>(restarts{}, policies...);
  if (again.starts == 0) refuse("cxm::kmeans: restarts must be at least 1");
  constexpr bool given = std::is_same_v<decltype(start), given_centres const>;
  starts = given ? 1 : again.starts;
  if constexpr (given) {
    return lloyd(all, scaled_centres(start, recipe, k)).run(stop, empty);
  } else {
    clustering best;
    for (std::uint64_t number = 0; number < starts; ++number) {
      auto found =
          lloyd(all, starting_centres(start, all, std::min(k, all.distinct()), from, number))
              .run(stop, empty);
      if (number == 0 || found.inertia < best.inertia) best = std::move(found);
    }
    return best;
  }
}

/// Fits over points that were put in order before, so that several k need it once.
template <class... Fields, class... Policies>
segment_model<Fields...> fit_kmeans(feature_table<Fields...> const& table, points const& all,
                                    std::size_t k, Policies... policies) {
  if (k == 0) refuse("cxm::kmeans: the number of segments must be at least 1");
  fit_summary fit;
  fit.asked = k;
  if (all.size() == 0) return {table.recipe(), {}, fit, {}};
  auto found = best_clustering(all, table.recipe(), k, fit.starts, policies...);
  put_in_order(found, all.dimension());
  fit.rounds = found.rounds;
  fit.converged = found.converged;
  fit.inertia = found.inertia;
  fit.sizes = std::move(found.sizes);
  return {table.recipe(), std::move(found.centres), std::move(fit), std::move(found.labels)};
}

template <class Table>
points points_of(Table const& table) {
  return {table.scaled().data(), table.rows(), table.recipe().size()};
}

}  // namespace detail

/// The segments of the members in `table`. Policies, in any order: `seed` (default 1), a start
/// (`kmeans_plus_plus`, `random_members`, `given_centres`), `restarts` (10), what becomes of empty
/// clusters (`reseed_farthest`, `drop_empty`), when to stop (`until_stable`,
/// `until_share_changes`).
///
/// The result is defined by the members, k and the policies alone: every label is that of the
/// exactly nearest centre, every centre the correctly rounded sum of its members divided by their
/// number, and what is drawn does not depend on the order of the rows. So labels, centres and
/// inertia are the same to the last bit for every order of the members, compiler and instruction
/// set.
///
/// Fewer different members than k give fewer segments (`size()` against `asked()`), no members
/// none. Throws `std::invalid_argument` for k = 0 and for given centres that don't fit. O(restarts
/// * rounds * rows * k * features); memory 280 bytes * k * features, and 40 bytes a row beside the
/// table.
template <class... Fields, class... Policies>
segment_model<Fields...> kmeans(feature_table<Fields...> const& table, std::size_t k,
                                Policies... policies) {
  detail::check_kmeans_policies<Policies...>();
  return detail::fit_kmeans(table, detail::points_of(table), k, std::move(policies)...);
}

}  // namespace cxm
