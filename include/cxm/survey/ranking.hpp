// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `ranking(shrink(groups))`: which group is the best, and how sure is that? For every group the
/// probability of being the best and the worst, and the ranks that it may have. Rank the shrunk
/// scores; `ranking(groups)` takes the raw ones, as if nothing were known of a group but its own
/// answers. Errors are taken as normal and independent (stats/ranking.hpp).
///
///     for (auto const& [shop, rank] : ranking(shrink(by_shop), confidence{0.9}))
///       … rank.best, rank.low, rank.high …
#include <cxm/core/policy.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/ranking.hpp>
#include <cxm/survey/scale.hpp>
#include <cxm/survey/shrink.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace cxm {
/// The place of a group among the others. Rank 1 is the best.
struct rank_score {
  std::uint64_t n = 0;  ///< its valid answers
  maybe<double> value = reason::no_data;
  maybe<double> best = reason::no_data;   ///< the probability that it is the best
  maybe<double> worst = reason::no_data;  ///< that it is the worst
  maybe<double> expected_rank = reason::no_data;
  maybe<std::size_t> low = reason::no_data;   ///< the best rank that it may have
  maybe<std::size_t> high = reason::no_data;  ///< the worst
};

namespace detail {
template <class Range>
std::vector<maybe<noisy_estimate>> to_be_ranked(Range const& range) {
  if constexpr (requires(score_of_range<Range> const& one) { one.factor; }) {
    std::vector<maybe<noisy_estimate>> found;
    for (auto const& element : range) {
      auto const& score = score_in(element);
      if (score.factor)
        found.emplace_back(
            noisy_estimate{*score.value, *score.standard_error * *score.standard_error});
      else
        found.emplace_back(score.factor.why());
    }
    return found;
  } else {
    return noisy_estimates(range, own_answers{});
  }
}

/// The places of `range`, in its order.
template <class Range>
std::vector<rank_score> ranked(Range const& range, better good_end, confidence level) {
  auto const estimates = detail::to_be_ranked(range);
  std::vector<noisy_estimate> known;
  for (auto const& one : estimates)
    if (one) known.push_back({good_end == better::high ? one->value : -one->value, one->variance});
  auto const probabilities = rank_probabilities(known);
  std::vector<rank_score> found;
  std::size_t at = 0;
  std::size_t next = 0;
  for (auto const& element : range) {
    auto const& score = score_in(element);
    auto const& estimate = estimates[at++];
    rank_score made{score.n, score.value};
    made.best = made.worst = made.expected_rank = estimate.why();
    made.low = made.high = estimate.why();
    if (estimate) {
      auto const ranks = spread_of_ranks(probabilities[next++], level);
      made.best = ranks.best;
      made.worst = ranks.worst;
      made.expected_rank = ranks.expected;
      made.low = ranks.low;
      made.high = ranks.high;
    }
    found.push_back(made);
  }
  return found;
}
}  // namespace detail

/// The places of the groups of a result of `by`, in the order of their keys. `good_end` says which
/// end is the best one. Policies: `confidence` of the ranks. O(groups²).
template <class Key, class Score, class... Policies>
requires(policy<Policies>&&...) groups<Key, rank_score> ranking(groups<Key, Score> const& found,
                                                                better good_end,
                                                                Policies... policies) {
  static_assert((detail::answers_one_of<Policies, confidence_level> && ...),
                "cxm::ranking: takes confidence");
  auto const ranks = detail::ranked(found, good_end, detail::level_of(policies...));
  std::vector<group<Key, rank_score>> made;
  for (auto const& one : found) made.push_back({one.key, ranks[made.size()]});
  return groups<Key, rank_score>(std::move(made), found.names(), std::nullopt);
}
/// The best is the highest.
template <class Key, class Score, class... Policies>
requires(policy<Policies>&&...) groups<Key, rank_score> ranking(groups<Key, Score> const& found,
                                                                Policies... policies) {
  return cxm::ranking(found, better::high, policies...);
}
/// Of groups that borrowed from each other. Where they could not, fewer than three, none is ranked.
template <class Key, class Score, class... More>
groups<Key, rank_score> ranking(shrunk_groups<groups<Key, Score>> const& shrunk, More... more) {
  return cxm::ranking(shrunk.groups, more...);
}
}  // namespace cxm
