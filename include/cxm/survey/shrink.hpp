// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `shrink(groups)`: the scores of small groups, moved towards the common mean by what chance
/// explains of their distance (stats/shrinkage.hpp). Shown are the score as it was, the shrunk one,
/// and the factor, the part of its distance that a group keeps. Rank and reward groups by the
/// shrunk score; say what a group answered by the raw one.
///
///     auto const scores = by(&answer::shop, on(&answer::recommend, nps()));
///     auto const shops = shrink(measure(answers, scores));
///     for (auto const& [shop, score] : shops.groups)
///       … score.raw.value, score.value, score.factor …
#include <cxm/core/policy.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/shrinkage.hpp>
#include <cxm/survey/noisy_estimates.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace cxm {
/// The score of a group that borrowed from the others. In the unit of the metric.
template <class Score>
struct shrunk_score {
  using score_type = Score;
  Score raw;            ///< as the group answered
  std::uint64_t n = 0;  ///< its valid answers
  maybe<double> value = reason::no_data;
  maybe<double> standard_error = reason::no_data;
  /// value ± z · standard_error, within the scale.
  maybe<bounded_interval> interval = reason::no_data;
  /// The part of its distance from the centre that it keeps, 0 to 1; `not_identified` where
  /// nothing could be moved, and then value, error and interval are the raw ones.
  maybe<double> factor = reason::no_data;
};

/// All groups, and what they have in common.
template <class Groups>
struct shrunk_groups {
  Groups groups;                           ///< of `shrunk_score`, in the order of the input
  std::size_t entered = 0;                 ///< groups with an answer
  maybe<double> centre = reason::no_data;  ///< the common mean
  /// The standard deviation between the true scores of groups. 0: they differ no more than chance
  /// lets them, and every score is the centre.
  maybe<double> between = reason::no_data;

  /// Whether nothing but chance was seen between the groups.
  bool alike() const { return between && *between == 0; }
};

namespace detail {
/// Shrinks the scores that have an estimate; `put(score)` takes each in order.
template <class Range, class Put>
shrinkage shrink_each(Range const& range, confidence level, Put put) {
  using score_type = score_of_range<Range>;
  auto const estimates = noisy_estimates(range);
  std::vector<noisy_estimate> known;
  for (auto const& one : estimates)
    if (one) known.push_back(*one);
  auto const fit = cxm::shrink(known);
  bool const moved = fit.between.has_value();
  std::size_t at = 0;
  std::size_t next = 0;
  for (auto const& element : range) {
    auto const& raw = score_in(element);
    shrunk_score<score_type> made{raw, raw.n};
    made.value = raw.value;
    made.standard_error = raw.standard_error;
    made.interval = raw.interval;
    auto const& estimate = estimates[at++];
    made.factor = estimate ? fit.between.why() : estimate.why();
    if (estimate && moved) {
      auto const& [value, variance, factor] = fit.groups[next++];
      made.value = value;
      made.standard_error = std::sqrt(variance);
      made.interval = around(value, z_of(level) * std::sqrt(variance), range_of(raw));
      made.factor = factor;
    }
    put(element, std::move(made));
  }
  return fit;
}
template <class Groups>
shrunk_groups<Groups> with_fit(Groups groups, shrinkage const& fit) {
  return {std::move(groups), fit.groups.size(), fit.centre,
          fit.between.transform([](double variance) { return std::sqrt(variance); })};
}
}  // namespace detail

/// Shrinks the groups of a result of `by`. What `other` holds is many groups and no group: it is
/// left out. Policies: `confidence`. O(groups).
template <class Key, class Score, class... Policies>
auto shrink(groups<Key, Score> const& found, Policies... policies) {
  static_assert(detail::can_be_noisy<Score>,
                "cxm::shrink: takes groups of nets, shares or means, as NPS, bands, CSAT");
  if constexpr (detail::can_be_noisy<Score>) {
    static_assert((detail::answers_one_of<Policies, confidence_level> && ...),
                  "cxm::shrink: takes confidence");
    std::vector<group<Key, shrunk_score<Score>>> made;
    auto const fit =
        detail::shrink_each(found, detail::level_of(policies...), [&](auto const& one, auto score) {
          made.push_back({one.key, std::move(score)});
        });
    return detail::with_fit(
        groups<Key, shrunk_score<Score>>(std::move(made), found.names(), std::nullopt), fit);
  }
}
/// The same of scores in a vector.
template <class Score, class... Policies>
requires detail::can_be_noisy<Score>
auto shrink(std::vector<Score> const& scores, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, confidence_level> && ...),
                "cxm::shrink: takes confidence");
  std::vector<shrunk_score<Score>> made;
  auto const fit =
      detail::shrink_each(scores, detail::level_of(policies...),
                          [&](auto const&, auto score) { made.push_back(std::move(score)); });
  return detail::with_fit(std::move(made), fit);
}
/// The same of a plan that has counted.
template <class Plan, class... Policies>
requires requires(Plan const& plan) {
  plan.result().names();
}
auto shrink(Plan const& plan, Policies... policies) {
  return cxm::shrink(plan.result(), policies...);
}
}  // namespace cxm
