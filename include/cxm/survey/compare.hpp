// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `compare(first, second)`: is one score higher than another? It reads two results of the same
/// metric and gives their difference, first minus second, with its interval and test: nets as NPS
/// in points, shares, means, and counts of points by ranks. Results compose, so comparisons do:
/// those of `by` are compared group by group, those of a tally with several readings one by one,
/// and accumulators through their results.
///
///     auto const change = compare(this_quarter, last_quarter);         // plans that have counted
///     for (auto const& [channel, nps] : change) …                      // by(&answer::channel, …)
///     auto const q = benjamini_hochberg(p_values(change));
///
/// For the same customers asked twice see `paired`: their answers are not independent.
#include <cxm/core/policy.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/survey/compare_scores.hpp>

#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {
namespace detail {

/// What `Result` is when nothing was counted.
template <class Result>
Result of_nobody(Result const* = nullptr) {
  if constexpr (is_groups<Result>)
    return Result({}, {}, std::nullopt);
  else if constexpr (requires { Result{reason::no_data}; })
    return Result{reason::no_data};
  else
    return Result{};
}
template <class... Parts>
std::tuple<Parts...> of_nobody(std::tuple<Parts...> const*) {
  return {detail::of_nobody(static_cast<Parts const*>(nullptr))...};
}

template <class Type, class... Policies>
auto compare_any(Type const& first, Type const& second, Policies const&... policies);

/// Does a plan know more of a difference than its results do, as `clustered` knows the clusters
/// that both sides have?
template <class Plan>
consteval bool knows_differences() {
  if constexpr (is_tuple<Plan>) {
    return []<class... Parts>(std::tuple<Parts...> const*) {
      return (knows_differences<Parts>() || ...);
    }(static_cast<Plan const*>(nullptr));
  } else if constexpr (requires(Plan const& plan) { plan.difference_from(plan); }) {
    return true;
  } else if constexpr (requires(Plan const& plan) { plan.prototype(); }) {
    return knows_differences<
        std::remove_cvref_t<decltype(std::declval<Plan const&>().prototype())>>();
  } else if constexpr (requires(Plan const& plan) { plan.inner(); }) {
    return knows_differences<std::remove_cvref_t<decltype(std::declval<Plan const&>().inner())>>();
  } else if constexpr (requires(Plan const& plan) { plan.parts(); }) {
    return knows_differences<std::remove_cvref_t<decltype(std::declval<Plan const&>().parts())>>();
  } else {
    return false;
  }
}

/// `nobody` stands for the groups that only the other side has.
template <class Key, class Result, class... Policies>
auto compare_groups(groups<Key, Result> const& first, groups<Key, Result> const& second,
                    Result const& nobody, Policies const&... policies) {
  require_same(first.names() == second.names() || first.empty() || second.empty(),
               "cxm::compare: the groups are of different fields");
  using compared = decltype(compare_any(nobody, nobody, policies...));
  std::vector<group<Key, compared>> found;
  auto a = first.begin();
  auto b = second.begin();
  while (a != first.end() || b != second.end()) {
    bool const in_first = a != first.end() && (b == second.end() || !key_before(b->key, a->key));
    bool const in_second = b != second.end() && (a == first.end() || !key_before(a->key, b->key));
    Key const& key = in_first ? a->key : b->key;
    found.push_back({key, compare_any(in_first ? a->result : nobody, in_second ? b->result : nobody,
                                      policies...)});
    if (in_first) ++a;
    if (in_second) ++b;
  }
  std::optional<compared> other;
  if (first.other() && second.other())
    other = compare_any(*first.other(), *second.other(), policies...);
  return groups<Key, compared>(std::move(found), (first.empty() ? second : first).names(),
                               std::move(other));
}

template <class Type, class... Policies>
auto compare_any(Type const& first, Type const& second, Policies const&... policies) {
  if constexpr (is_groups<Type>) {
    auto const nobody = of_nobody(static_cast<typename Type::result_type const*>(nullptr));
    return compare_groups(first, second, nobody, policies...);
  } else if constexpr (is_tuple<Type>) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::tuple(compare_any(std::get<I>(first), std::get<I>(second), policies...)...);
    }
    (std::make_index_sequence<std::tuple_size_v<Type>>{});
  } else if constexpr (requires { first.difference_from(second, policies...); }) {
    return first.difference_from(second, policies...);
  } else if constexpr (knows_differences<Type>() && requires { first.plans(); }) {
    return compare_groups(first.plans(), second.plans(), first.prototype(), policies...);
  } else if constexpr (requires {
                         first.result();
                         first.inner();
                       }) {
    return compare_any(first.inner(), second.inner(), policies...);
  } else if constexpr (requires {
                         first.result();
                         std::get<0>(first.parts());
                       }) {
    return compare_any(first.parts(), second.parts(), policies...);
  } else if constexpr (requires { first.result(); }) {
    if constexpr (requires { first.scale() == second.scale(); })
      require_same(first.scale() == second.scale(), "cxm::compare: the scales differ");
    return compare_any(first.result(), second.result(), policies...);
  } else {
    static_assert(
        requires { cxm::compare(first, second, policies...); },
        "cxm::compare: these results can't be compared; NPS, CSAT, means, shares and "
        "point_counts can, also inside by and tally");
    return cxm::compare(first, second, policies...);
  }
}
}  // namespace detail

/// Groups, tuples of readings, and accumulators, by what is inside. A group that only one side has
/// is compared with nobody: its comparison has no data, and says so.
template <class Type, class... Policies>
requires(detail::is_groups<Type> || detail::is_tuple<Type> || requires(Type const& any) {
  any.result();
}) auto compare(Type const& first, Type const& second, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, interval_method, confidence_level, minimum_answers> && ...),
      "cxm::compare: takes an interval method, confidence and min_n");
  return detail::compare_any(first, second, policies...);
}
}  // namespace cxm
