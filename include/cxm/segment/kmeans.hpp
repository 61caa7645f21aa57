// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>
#include <cxm/core/work.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/detail/kmeans_fit.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/kmeans_start.hpp>
#include <cxm/segment/segment_model.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// k-means: `kmeans(features(journeys, cycle_time, contacts, zscore{}), 3, seed{7})`. Segments of
/// members that lie near each other, by the sum of squared distances to k centres (S. Lloyd, 1982).

namespace cxm {

namespace detail {

/// Fits over points that were put in order before, so that several k need it once.
template <class... Fields, class... Policies>
segment_model<Fields...> fit_kmeans(feature_table<Fields...> const& table, real_points const& all,
                                    std::size_t k, Policies const&... policies) {
  if (k == 0) refuse("cxm::kmeans: the number of segments must be at least 1");
  fit_summary fit;
  fit.asked = k;
  auto const scale = [&](std::vector<double>& centre) { table.recipe().scale(centre.data()); };
  auto found = best_clustering(all, column_ranges<double>(all), scale, k, fit.starts, policies...);
  if (found.sizes.empty()) return {table.recipe(), {}, fit, {}};
  put_in_order(found, all.dimension());
  auto labels = labels_of_all(found, all, points_of(table));
  fit.rounds = found.rounds;
  fit.converged = found.converged;
  fit.inertia = found.inertia;
  fit.sizes = std::move(found.sizes);
  return {table.recipe(), std::move(found.centres), std::move(fit), std::move(labels)};
}

/// The points of a table with the weights of its rows, those of weight 0 left out.
template <class... Fields, class... Policies>
real_points weighted_points(feature_table<Fields...> const& table, Policies const&... policies) {
  if constexpr (answers_to<kmeans_weights, Policies...> == 0) {
    return points_of(table);
  } else {
    auto const of_member = pick<kmeans_weights>(member_weights{}, policies...).of_member;
    if (of_member.size() != table.members())
      refuse("cxm::kmeans: needs one weight for each member that features were read of");
    std::vector<double> of_row(table.rows());
    for (std::size_t i = 0; i < of_row.size(); ++i) of_row[i] = of_member[table.member(i)];
    return kept_points(points_of(table), of_row, {});
  }
}

}  // namespace detail

/// The segments of the members in `table`. Policies, in any order: `seed` (default 1), a start
/// (`kmeans_plus_plus`, `random_members`, `given_centres`), `restarts` (10), a step (`lloyd`,
/// `hamerly`, `mini_batch`; `lloyd` below 16 segments and `hamerly` above, if none is given), what
/// becomes of empty clusters (`reseed_farthest`, `drop_empty`), when to stop (`until_stable`,
/// `until_share_changes`), `member_weights`, who does the work
/// (`this_thread`, `threads`), `with_instructions`.
///
/// The result is defined by the members, k and the policies alone: every label is that of the
/// exactly nearest centre, every centre the correctly rounded sum of its members divided by their
/// number, and what is drawn does not depend on the order of the rows. So labels, centres and
/// inertia are the same to the last bit for every order of the members, compiler, instruction set,
/// number of threads, and for `lloyd` and `hamerly`.
///
/// Fewer different members than k give fewer segments (`size()` against `asked()`), no members
/// none. Throws `std::invalid_argument` for k = 0, for given centres and for weights that don't
/// fit. O(restarts · rounds · rows · k · features). Memory beside the table: 4 bytes a row for its
/// label, 4 more for `hamerly` and 4 for a start that draws; while a start is drawn another 16, and
/// 8 for weights.
template <class... Fields, class... Policies>
segment_model<Fields...> kmeans(feature_table<Fields...> const& table, std::size_t k,
                                Policies... policies) {
  detail::check_kmeans_policies<Policies...>();
  return detail::fit_kmeans(table, detail::weighted_points(table, policies...), k, policies...);
}

/// The same for rows of float or double in memory, without names: `kmeans(point_rows{data, n, 16},
/// 8)`. Rows with a number that is none, or beyond ±1e140, are left out and counted. Clusters are
/// numbered as segments are. The numbers of float rows are taken as they are: results are those of
/// the same numbers as double.
template <class Number, class... Policies>
clustering kmeans(point_rows<Number> rows, std::size_t k, Policies... policies) {
  detail::check_kmeans_policies<Policies...>();
  using number = std::remove_const_t<Number>;
  static_assert(std::is_same_v<number, float> || std::is_same_v<number, double>,
                "cxm::kmeans: rows are of float or double");
  if (k == 0) detail::refuse("cxm::kmeans: the number of segments must be at least 1");
  if (rows.dimension == 0) detail::refuse("cxm::kmeans: rows need at least one number");
  auto const weights = detail::pick<kmeans_weights>(member_weights{}, policies...).of_member;
  if (detail::answers_to < kmeans_weights, Policies... >> 0 && weights.size() != rows.rows)
    detail::refuse("cxm::kmeans: needs one weight for each row");
  detail::basic_points<number> const given(rows.data, rows.rows, rows.dimension);
  detail::column_ranges<number> const ranges(given);
  std::vector<std::uint32_t> unusable;
  if (!ranges.usable()) unusable = detail::rows_without_features(given);
  bool const whole = unusable.empty() && weights.empty();
  auto const all = whole ? given : detail::kept_points(given, weights, unusable);
  std::uint64_t starts = 0;
  auto found = detail::best_clustering(
      all, whole ? ranges : detail::column_ranges<number>(all), [](std::vector<double>&) {}, k,
      starts, policies...);
  detail::put_in_order(found, rows.dimension);
  if (!whole) found.labels = detail::labels_of_all(found, all, given);
  for (auto const row : unusable) found.labels[row] = no_segment;
  found.left_out = unusable.size();
  return found;
}

}  // namespace cxm
