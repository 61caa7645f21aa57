// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `why_it_moved(now, before)`: a score differs between two periods or groups, because other
/// customers answered (mix), or because they answered otherwise (rate)? It reads two results of one
/// plan by segment and takes their difference apart, segment by segment; the parts add up to the
/// last bit (stats/mix_and_rate.hpp). NPS, shares and means, also weighted; several segment fields
/// make one key.
///
///     auto const plan = by(&answer::segment, on(&answer::recommend, nps()));
///     auto const why  = why_it_moved(measure(this_year, plan), measure(last_year, plan));
///     why.value, why.mix, why.rate;
///     for (auto const& [segment, part] : why.segments) … part.mix, part.rate …
///
/// Whether the rate is more than chance is the question of `at_same_mix`.
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/mix_and_rate.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/survey/score.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace cxm {
/// What a segment has to do with the difference, in the unit of the score.
struct segment_movement {
  std::uint64_t first_n = 0;                    ///< its valid answers on the first side
  std::uint64_t second_n = 0;                   ///< and on the second
  maybe<double> first_share = reason::no_data;  ///< of all answers of the side, or of their weight
  maybe<double> second_share = reason::no_data;
  maybe<double> first = reason::no_data;  ///< its score
  maybe<double> second = reason::no_data;
  /// What its share moved. All of it for a segment that one side lacks.
  maybe<double> mix = reason::no_data;
  maybe<double> rate = reason::no_data;  ///< what its own score moved
};

/// A difference of two scores, first minus second, taken apart. Within each of the sums
/// mix + rate = value, Σ mix = mix and Σ rate = rate there is no error at all.
template <class Segments>
struct movement {
  std::uint64_t first_n = 0;
  std::uint64_t second_n = 0;
  maybe<double> first = reason::no_data;   ///< the whole score
  maybe<double> second = reason::no_data;  ///< the whole score
  maybe<double> value = reason::no_data;   ///< first - second
  maybe<double> mix = reason::no_data;     ///< because others answered
  maybe<double> rate = reason::no_data;    ///< because they answered otherwise
  Segments segments;                       ///< of `segment_movement`; `other` is one more segment
};

namespace detail {
/// A score that is the mean of what its answers count.
template <class Score>
concept movable = std::derived_from<Score, score> || std::derived_from<Score, share>;

/// How much a score weighs, and its value. A score withheld below its minimum has none, though it
/// has answers.
struct movable_side {
  std::uint64_t n = 0;
  double weight = 0;
  maybe<double> value = reason::no_data;

  bool missing() const { return n > 0 && !value; }
};
template <movable Score>
movable_side side_of(Score const* score) {
  if (score == nullptr || score->n == 0) return {};
  if constexpr (requires { score->total_weight; })
    return {score->n, score->total_weight, score->value};
  else
    return {score->n, static_cast<double>(score->n), score->value};
}

/// A segment on both sides.
template <class Key>
struct moving_segment {
  Key key;
  movable_side first, second;
};

/// The segments of both sides, by key. `Use` gets the key, and the results or null.
template <class Key, class Result, class Use>
void for_both(groups<Key, Result> const& first, groups<Key, Result> const& second, Use use) {
  require_same(first.names() == second.names() || first.empty() || second.empty(),
               "cxm::why_it_moved: the segments are of different fields");
  auto a = first.begin();
  auto b = second.begin();
  while (a != first.end() || b != second.end()) {
    bool const in_first = a != first.end() && (b == second.end() || !key_before(b->key, a->key));
    bool const in_second = b != second.end() && (a == first.end() || !key_before(a->key, b->key));
    use(in_first ? a->key : b->key, in_first ? &a->result : nullptr,
        in_second ? &b->result : nullptr);
    if (in_first) ++a;
    if (in_second) ++b;
  }
}

/// The whole of both sides and the parts of their difference.
template <class Segments>
void fill_movement(movement<Segments>& found, std::vector<segment_movement>& parts,
                   std::vector<two_sided_group> const& sides, maybe<double> withheld) {
  for (auto const& part : parts) {
    found.first_n += part.first_n;
    found.second_n += part.second_n;
  }
  auto const why = withheld ? decompose(sides) : maybe<decomposition>(withheld.why());
  found.first = why.transform([](auto const& all) { return all.first; });
  found.second = why.transform([](auto const& all) { return all.second; });
  found.value = why.transform([](auto const& all) { return all.difference; });
  found.mix = why.transform([](auto const& all) { return all.mix; });
  found.rate = why.transform([](auto const& all) { return all.rate; });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].mix = why.transform([&](auto const& all) { return all.groups[i].mix; });
    parts[i].rate = why.transform([&](auto const& all) { return all.groups[i].rate; });
  }
}

inline void fill_shares(std::vector<segment_movement>& parts,
                        std::vector<two_sided_group> const& sides) {
  double first = 0;
  double second = 0;
  for (auto const& side : sides) {
    first += side.first_weight;
    second += side.second_weight;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (first > 0) parts[i].first_share = sides[i].first_weight / first;
    if (second > 0) parts[i].second_share = sides[i].second_weight / second;
  }
}

template <class Key, movable Score>
auto movement_of(groups<Key, Score> const& first, groups<Key, Score> const& second) {
  std::vector<Key> keys;
  std::vector<segment_movement> parts;
  std::vector<two_sided_group> sides;
  maybe<double> withheld = 0.0;
  auto const add = [&](Score const* one, Score const* two) {
    auto const a = detail::side_of(one);
    auto const b = detail::side_of(two);
    if (a.missing()) withheld = a.value.why();
    if (b.missing()) withheld = b.value.why();
    parts.push_back({a.n, b.n, reason::no_data, reason::no_data, a.value, b.value});
    sides.push_back({a.weight, a.value.value_or(0), b.weight, b.value.value_or(0)});
  };
  detail::for_both(first, second, [&](Key const& key, Score const* one, Score const* two) {
    keys.push_back(key);
    add(one, two);
  });
  bool const more = first.other() || second.other();
  if (more)
    add(first.other() ? &*first.other() : nullptr, second.other() ? &*second.other() : nullptr);
  using segments = groups<Key, segment_movement>;
  movement<segments> found{.segments = segments({}, {}, std::nullopt)};
  detail::fill_movement(found, parts, sides, withheld);
  detail::fill_shares(parts, sides);
  std::vector<group<Key, segment_movement>> sorted;
  for (auto const& key : keys) sorted.push_back({key, parts[sorted.size()]});
  found.segments = segments(std::move(sorted), (first.empty() ? second : first).names(),
                            more ? std::optional(parts.back()) : std::nullopt);
  return found;
}

template <class Key, class... Parts>
auto movement_of(groups<Key, std::tuple<Parts...>> const& first,
                 groups<Key, std::tuple<Parts...>> const& second) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    auto const part = [](auto const& of, auto at) {
      using one = std::tuple_element_t<at, std::tuple<Parts...>>;
      std::vector<group<Key, one>> picked;
      for (auto const& [key, all] : of) picked.push_back({key, std::get<at>(all)});
      std::optional<one> other;
      if (of.other()) other = std::get<at>(*of.other());
      return groups<Key, one>(std::move(picked), of.names(), std::move(other));
    };
    return std::tuple(movement_of(part(first, std::integral_constant<std::size_t, I>{}),
                                  part(second, std::integral_constant<std::size_t, I>{}))...);
  }
  (std::index_sequence_for<Parts...>{});
}
template <class Key, class Inner, class Result>
auto movement_of(groups<Key, groups<Inner, Result>> const& first,
                 groups<Key, groups<Inner, Result>> const& second) {
  groups<Inner, Result> const nobody({}, {}, std::nullopt);
  using moved = decltype(movement_of(nobody, nobody));
  std::vector<group<Key, moved>> found;
  detail::for_both(first, second, [&](Key const& key, auto const* one, auto const* two) {
    found.push_back({key, movement_of(one ? *one : nobody, two ? *two : nobody)});
  });
  return groups<Key, moved>(std::move(found), (first.empty() ? second : first).names(),
                            std::nullopt);
}
template <class Type>
auto movement_of(Type const&, Type const&) {
  static_assert(
      sizeof(Type) == 0,
      "cxm::why_it_moved: takes what by(segment, score) gives, the score being NPS, CSAT, "
      "a share or a mean");
  return 0;
}
}  // namespace detail

/// Takes the difference of two scores apart by segment. Both are results of the same plan
/// `by(segment…, …)`; of several readings (`tally(nps(), mean())`) each is taken apart, and of
/// `by(channel, by(segment, …))` the difference of each channel. A segment
/// whose score was withheld by `min_n` withholds everything: ask for the metric without.
/// O(segments log segments).
template <class Key, class Result>
auto why_it_moved(groups<Key, Result> const& first, groups<Key, Result> const& second) {
  return detail::movement_of(first, second);
}
/// The same of two plans that have counted; throws where they differ in scale or fields.
template <class Plan>
requires requires(Plan const& plan) {
  plan.result().names();
}
auto why_it_moved(Plan const& first, Plan const& second) {
  detail::require_same(detail::fingerprint(first) == detail::fingerprint(second),
                       "cxm::why_it_moved: the plans differ in scale or fields");
  return cxm::why_it_moved(first.result(), second.result());
}
}  // namespace cxm
