// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/segment/detail/kmeans_fit.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/partition_compare.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Would the same segments be found in another sample? (C. Hennig, 2007.) The members are drawn
/// anew with replacement, clustered again, and each segment is looked for among the new ones: its
/// best Jaccard overlap over the members that were drawn, on average over the draws.

namespace cxm {

/// The question how many draws there are.
struct stability_draws;

/// So many draws. Default 50.
struct draws {
  using policy_kind = stability_draws;
  std::size_t count = 50;
};

/// What a mean Jaccard overlap says, by Hennig's marks.
enum class stability_grade : std::uint8_t {
  doubtful,      ///< below 0.6: not to be relied on
  pattern,       ///< 0.6 to 0.75: something is there, but who belongs to it is not sure
  stable,        ///< from 0.75
  highly_stable  ///< from 0.85
};

/// The stability of one segment.
struct segment_stability {
  std::uint64_t draws = 0;                  ///< in which any of its members was drawn
  maybe<double> jaccard = reason::no_data;  ///< the mean, 0..1
  maybe<stability_grade> grade = reason::no_data;
};

constexpr stability_grade grade_of(double jaccard) {
  return jaccard >= 0.85   ? stability_grade::highly_stable
         : jaccard >= 0.75 ? stability_grade::stable
         : jaccard >= 0.6  ? stability_grade::pattern
                           : stability_grade::doubtful;
}

namespace detail {

/// The rows drawn with replacement become weights: how often each was drawn.
inline std::vector<double> drawn_weights(real_points const& all, random_stream& random) {
  std::vector<double> times(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) times[all.order()[random.below(all.size())]] += 1;
  return times;
}

/// The policies but for the number of draws go to k-means; one weight says that there are some.
template <class Scale, class... Policies>
clustering fit_drawn(real_points const& drawn, Scale const& scale, std::size_t k,
                     Policies const&... policies) {
  std::uint64_t starts = 0;
  column_ranges<double> const ranges(drawn);
  auto const fit = [&](auto const&... kept) {
    check_kmeans_policies<std::remove_cvref_t<decltype(kept)>...>();
    return best_clustering(drawn, ranges, scale, k, starts, kept..., member_weights{});
  };
  return std::apply(fit, without_answers_to<stability_draws>(policies...));
}

}  // namespace detail

/// The stability of each segment of `model`, which was fitted to `table` with these policies of
/// `kmeans`, besides `draws` and `seed`. A draw costs a fit. Weights are not taken.
template <class... Fields, class... Policies>
std::vector<segment_stability> stability(feature_table<Fields...> const& table,
                                         segment_model<Fields...> const& model,
                                         Policies... policies) {
  static_assert(detail::answers_to<kmeans_weights, Policies...> == 0,
                "cxm::stability: draws members, so it takes no weights of theirs");
  if (model.labels().size() != table.rows())
    detail::refuse("cxm::stability: the model must be fitted to this table");
  auto const all = detail::points_of(table);
  auto const from = detail::pick<random_seed>(seed{}, policies...);
  auto const times = detail::pick<stability_draws>(draws{}, policies...).count;
  std::vector<segment_stability> found(model.size());
  std::vector<double> sums(model.size());
  auto const scale = [&](std::vector<double>& centre) { table.recipe().scale(centre.data()); };
  for (std::size_t draw = 0; draw < times && all.size() > 0; ++draw) {
    random_stream random(from, draw + (std::uint64_t{1} << 62));
    auto const weights = detail::drawn_weights(all, random);
    auto const drawn = detail::kept_points(all, weights, {});
    clustering again = detail::fit_drawn(drawn, scale, model.asked(), policies...);
    auto mine = model.labels();
    auto theirs = detail::labels_of_all(again, drawn, all);
    for (std::size_t i = 0; i < mine.size(); ++i)
      if (weights[i] == 0) mine[i] = no_segment;  // compared over those who were drawn
    auto const compared = compare_partitions(mine, theirs);
    for (std::size_t c = 0; c < compared.jaccard.size(); ++c) {
      if (!compared.jaccard[c]) continue;
      ++found[c].draws;
      sums[c] += *compared.jaccard[c];
    }
  }
  for (std::size_t c = 0; c < found.size(); ++c) {
    if (found[c].draws == 0) continue;
    found[c].jaccard = sums[c] / static_cast<double>(found[c].draws);
    found[c].grade = grade_of(*found[c].jaccard);
  }
  return found;
}

}  // namespace cxm
