// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/survey/compare.hpp>

#include <concepts>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// `period_changes(found)`: each period against the one before, with interval and test, as a
/// reading of what `by` over periods found:
///
///     auto const scores = by(month_of(&answer::when), on(&answer::recommend, nps()));
///     auto const found = measure(answers, scores);
///     for (auto const& [month, change] : period_changes(found.result())) …
///
/// For a straight line through all periods see `trend`.

namespace cxm {

namespace detail {

/// Keys that know which one comes before them.
template <class Key>
concept period_key = requires(Key const& key) {
  { key.previous() } -> std::same_as<Key>;
};

/// `nobody` stands before the first period, and for the gaps.
template <class Key, class Result, class... Policies>
auto changes_of_periods(groups<Key, Result> const& found, Result const& nobody,
                        Policies const&... policies) {
  static_assert(period_key<Key>,
                "cxm::period_changes: the groups must be periods, as day_of, month_of or tumbling "
                "give them, and nothing else");
  using compared = decltype(detail::compare_any(nobody, nobody, policies...));
  std::vector<group<Key, compared>> changes;
  for (auto const& [period, result] : found) {
    auto const* before = found.find(period.previous());
    changes.push_back(
        {period, detail::compare_any(result, before ? *before : nobody, policies...)});
  }
  return groups<Key, compared>(std::move(changes), found.names(), std::nullopt);
}

}  // namespace detail

/// Each period less the period just before it, by `compare`, which says which policies there are.
/// The key is that of the later one. The first period, and one that follows a gap, are compared
/// with nobody: their comparison has no data, and says so. Answers in neighbouring periods are
/// taken for independent; of clusters give the accumulator instead of its result. O(periods log
/// periods).
template <class Key, class Result, class... Policies>
auto period_changes(groups<Key, Result> const& found, Policies... policies) {
  return detail::changes_of_periods(found, detail::of_nobody(static_cast<Result const*>(nullptr)),
                                    policies...);
}

/// The same of an accumulator that has counted. Clusters inside, as accounts that answered in both
/// periods, go together.
template <class Plan, class... Policies>
requires requires(Plan const& plan) {
  plan.result().begin();
}
auto period_changes(Plan const& counted, Policies... policies) {
  if constexpr (detail::knows_differences<Plan>())
    return detail::changes_of_periods(counted.plans(), counted.prototype(), policies...);
  else
    return cxm::period_changes(counted.result(), policies...);
}

/// The groups with those periods between the first and the last in which nothing was counted, each
/// with the result of nobody: a chart or a control chart needs them. Throws std::invalid_argument
/// where that would be more than `most` periods, as a damaged date makes. O(periods).
template <class Key, class Result>
groups<Key, Result> every_period(groups<Key, Result> const& found, at_most most = {100'000}) {
  static_assert(detail::period_key<Key>,
                "cxm::every_period: the groups must be periods, as day_of, month_of or tumbling "
                "give them, and nothing else");
  std::vector<group<Key, Result>> all;
  for (auto const& one : found) {
    while (!all.empty() && all.size() < most.groups && all.back().key.next() < one.key)
      all.push_back(
          {all.back().key.next(), detail::of_nobody(static_cast<Result const*>(nullptr))});
    if (all.size() >= most.groups) detail::refuse("cxm::every_period: more periods than at_most");
    all.push_back(one);
  }
  return groups<Key, Result>(std::move(all), found.names(), std::nullopt);
}

}  // namespace cxm
