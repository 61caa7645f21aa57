// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `publish` makes groups fit to be shown, by withholding those that are too small and those from
/// which they could be calculated. A withheld group keeps its name and loses its numbers.
///
/// What it protects from: reading a small group, or subtracting shown groups from a total (one key)
/// or from the margins (two keys). Not from comparing several tables of overlapping people.

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/report/detail/labels.hpp>
#include <cxm/report/detail/people.hpp>
#include <cxm/report/detail/withhold.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/stats/groups.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

struct people_minimum;  ///< The question how many people a published group holds.
struct group_label;     ///< The question what a group is called.
struct table_total;     ///< The question which result belongs to all groups together.

/// The fewest people (answers, journeys) of a group that is shown; default 5, at least 1. Usual in
/// practice are 3 to 10. With 1 nothing is withheld.
struct min_people {
  using policy_kind = people_minimum;
  std::uint64_t n = 5;
};
/// Names the groups: `function(key)` is their text, or a vector of one or two.
template <class Function>
struct labelled {
  using policy_kind = group_label;
  Function function;
};
template <class Function>
labelled(Function) -> labelled<Function>;
/// The result of all groups together, shown beside them unless it would reveal one.
template <class Result>
struct with_total {
  using policy_kind = table_total;
  Result result;
};
template <class Result>
with_total(Result) -> with_total<Result>;

namespace detail {
struct no_total {
  using policy_kind = table_total;
};
struct own_label {
  using policy_kind = group_label;
};
}  // namespace detail

namespace detail {

/// The distinct texts in the order in which they first come, and the place of each.
struct label_list {
  std::vector<std::string> texts;
  std::size_t place(std::string const& text) {
    auto const found = std::find(texts.begin(), texts.end(), text);
    if (found != texts.end()) return static_cast<std::size_t>(found - texts.begin());
    texts.push_back(text);
    return texts.size() - 1;
  }
};

struct publisher {
  template <class Result>
  static published<Result> one(Result result, min_people least) {
    std::uint64_t const people = people_in(result);
    if (people < least.n && people > 0) return published<Result>(reason::suppressed);
    return published<Result>(std::move(result));
  }

  template <class Key, class Result, class Label, class Total>
  static publishable<Result> table(groups<Key, Result> const& found, min_people least,
                                   Label const& label, Total const& total) {
    publishable<Result> made;
    made.least_ = least.n;
    made.names_ = found.names();
    for (auto const& [key, result] : found) made.groups_.push_back({text(label, key), result});
    std::size_t const parts = made.empty() ? 1 : made.groups_.front().key.size();
    if (found.other()) {
      std::vector<std::string> rest(parts, "(other)");
      made.groups_.push_back({std::move(rest), *found.other()});
    }
    if constexpr (requires { total.result; }) made.total_ = maybe<Result>(total.result);
    if (parts == 2)
      withhold_two_keys(made);
    else if (parts == 1)
      withhold_one_key(made);
    else
      refuse("cxm::publish: groups have one or two keys; more margins could not be guarded");
    return made;
  }

 private:
  template <class Label, class Key>
  static std::vector<std::string> text(Label const& label, Key const& key) {
    if constexpr (requires { label.function; })
      return as_labels(label.function(key));
    else
      return labels(key);
  }

  template <class Result>
  static void withhold_one_key(publishable<Result>& made) {
    std::vector<std::uint64_t> people;
    for (auto const& one : made) people.push_back(people_in(*one.result));
    auto const withheld = withhold_line(people, made.least_);
    for (std::size_t i = 0; i < people.size(); ++i)
      if (withheld.cells[i]) made.groups_[i].result = reason::suppressed;
    if (made.total_ && (withheld.total || is_small(people_in(**made.total_), made.least_)))
      made.total_ = maybe<Result>(reason::suppressed);
  }
  static bool is_small(std::uint64_t people, std::uint64_t least) {
    return people > 0 && people < least;
  }

  template <class Result>
  static void withhold_two_keys(publishable<Result>& made) {
    label_list rows, columns;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (auto const& one : made) {
      if (one.key.size() != 2) refuse("cxm::publish: all groups have the same number of keys");
      places.emplace_back(rows.place(one.key[0]), columns.place(one.key[1]));
    }
    std::vector<std::uint64_t> people(rows.texts.size() * columns.texts.size());
    for (std::size_t i = 0; i < places.size(); ++i)
      people[places[i].first * columns.texts.size() + places[i].second] +=
          people_in(*made.groups_[i].result);
    std::size_t const height = rows.texts.size(), width = columns.texts.size();
    withheld_cross const cross(height, width, people, people, made.least_);
    for (std::size_t i = 0; i < places.size(); ++i)
      if (cross.hidden(places[i].first, places[i].second))
        made.groups_[i].result = reason::suppressed;
    auto const margin = [&](std::string const& name, std::size_t r, std::size_t c) {
      return published_margin{
          name, cross.hidden(r, c) ? maybe<std::uint64_t>(reason::suppressed) : cross.count(r, c)};
    };
    for (std::size_t r = 0; r < height; ++r) made.rows_.push_back(margin(rows.texts[r], r, width));
    for (std::size_t c = 0; c < width; ++c)
      made.columns_.push_back(margin(columns.texts[c], height, c));
    if (made.total_ && cross.hidden(height, width)) made.total_ = maybe<Result>(reason::suppressed);
  }
};

}  // namespace detail

/// Makes groups, or one result, fit to be shown. Policies, in any order: `min_people` (default 5)
/// and for groups `labelled{function of the key}` and `with_total{result}`. Without a total the
/// groups are guarded as if it were known. Groups have one key or two; those beyond the cap of `by`
/// are a group of their own. Throws std::invalid_argument for a minimum of 0 and more than two
/// keys.
template <class Found, class... Policies>
auto publish(Found const& found, Policies const&... policies) {
  static_assert((detail::answers_one_of<Policies, people_minimum, group_label, table_total> && ...),
                "cxm::publish: takes min_people, labelled and with_total");
  static_assert(
      detail::no_question_twice<people_minimum, group_label, table_total>::template in<Policies...>,
      "cxm::publish: two policies answer the same question");
  auto const least = detail::pick<people_minimum>(min_people{}, policies...);
  if (least.n == 0) detail::refuse("cxm::publish: min_people is at least 1");
  if constexpr (detail::is_groups<Found>) {
    using result = std::decay_t<decltype(found.begin()->result)>;
    static_assert(
        !detail::is_overlapping<Found>,
        "cxm::publish: the groups of by_each overlap, so that what one of them hides could "
        "be read off the others; publish by groups that don't");
    static_assert(detail::counts_people<result>(),
                  "cxm::publish: these groups don't say how many people are in them");
    return detail::publisher::table(found, least,
                                    detail::pick<group_label>(detail::own_label{}, policies...),
                                    detail::pick<table_total>(detail::no_total{}, policies...));
  } else {
    static_assert(detail::counts_people<Found>(),
                  "cxm::publish: takes groups, or a result that says how many people it has");
    return detail::publisher::one(found, least);
  }
}

}  // namespace cxm
