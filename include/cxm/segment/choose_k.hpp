// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/segment/cluster_quality.hpp>
#include <cxm/segment/gap.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/silhouette.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// How many segments: fits every k of a range and takes that of the largest mean silhouette. The
/// evidence comes along, for the data may say that there are no groups at all.

namespace cxm {

/// What was found for one number of segments.
struct k_evidence {
  std::size_t k = 0;  ///< as asked for
  maybe<double> inertia = reason::no_data;
  silhouette_result silhouette{};
  cluster_quality quality{};  ///< Caliński–Harabasz, Davies–Bouldin
};

/// Below this mean silhouette there is no clear structure (L. Kaufman and P. Rousseeuw, 1990).
inline constexpr double clear_structure_from = 0.25;

/// A fitted model and why it is this one.
template <class Model>
struct chosen_k {
  Model model;
  std::vector<k_evidence> evidence;  ///< one for each k of the range

  /// The silhouette of the chosen model.
  silhouette_result const& silhouette() const {
    for (auto const& one : evidence)
      if (one.k == model.asked()) return one.silhouette;
    return evidence.front().silhouette;
  }
  /// False where the data don't say that there are groups.
  bool clear() const {
    auto const& mean = silhouette().mean;
    return mean.has_value() && *mean >= clear_structure_from;
  }
  /// The k at the elbow of the inertias; see `elbow`.
  maybe<std::size_t> elbow() const {
    std::vector<double> inertia;
    for (auto const& one : evidence)
      if (one.inertia) inertia.push_back(*one.inertia);
    auto const at = cxm::elbow(inertia);
    if (!at) return at.why();
    return evidence[*at].k;
  }
};

namespace detail {

/// The place of the largest mean silhouette, of equal ones the first; the first of all if there is
/// none. Differences that are rounding errors count as equal.
inline std::size_t largest_silhouette(std::vector<k_evidence> const& evidence) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < evidence.size(); ++i) {
    auto const& now = evidence[i].silhouette.mean;
    auto const& before = evidence[best].silhouette.mean;
    if (now.has_value() && (!before.has_value() || *now > *before + 1e-12)) best = i;
  }
  return best;
}

}  // namespace detail

/// Fits `kmeans` for every k from `low` to `high` and takes the one of the largest mean silhouette
/// (exact up to 5,000 rows, else of a sample), the smaller k at ties; if no silhouette is defined,
/// as for fewer than two different members, `low`. Policies: those of `kmeans`, and `sample_above`.
/// Throws `std::invalid_argument` unless 1 <= low <= high.
template <class... Fields, class... Policies>
chosen_k<segment_model<Fields...>> choose_k(feature_table<Fields...> const& table, std::size_t low,
                                            std::size_t high, Policies... policies) {
  if (low == 0 || low > high) detail::refuse("cxm::choose_k: needs 1 <= low <= high");
  auto const all = detail::points_of(table);
  auto const weighted = detail::weighted_points(table, policies...);
  auto const most = detail::pick<silhouette_members>(sample_above{}, policies...).members;
  auto const rows =
      detail::silhouette_rows(all, most, detail::pick<random_seed>(seed{}, policies...));
  auto const fit = [&](std::size_t k) {
    return std::apply(
        [&](auto... kept) {
          detail::check_kmeans_policies<decltype(kept)...>();
          return detail::fit_kmeans(table, weighted, k, kept...);
        },
        detail::without_answers_to<silhouette_members>(policies...));
  };
  std::vector<segment_model<Fields...>> models;
  std::vector<k_evidence> evidence;
  std::vector<detail::distance_sums> sums;
  for (std::size_t k = low; k <= high; ++k) {
    models.push_back(fit(k));
    evidence.push_back({k, models.back().inertia(), {}, quality(table, models.back().labels())});
    sums.emplace_back(models.back().labels(), models.back().size(), rows);
    if (k >= all.distinct()) break;  // more segments than different members there are not
  }
  auto found = detail::silhouettes(all, rows, std::move(sums));
  for (std::size_t i = 0; i < found.size(); ++i) evidence[i].silhouette = std::move(found[i]);
  auto best = std::move(models[detail::largest_silhouette(evidence)]);
  return {std::move(best), std::move(evidence)};
}

}  // namespace cxm
