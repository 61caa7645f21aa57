// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/stats/groups.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/weighted_counts.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// Did the scale change in the middle of a column? A tool that asked 1 to 5 until May and 0 to 10
/// from June on leaves one column, and a score over it means nothing. Counted by period, on a scale
/// wide enough for both, the change shows as answers outside of all that was answered before, or as
/// an end that is no longer used:
///
///     auto const seen = measure(rows, by(&row::month, on(&row::answer,
///                                        tally(any_points{0, 100}, seen_answers()))));
///     for (auto const& change : scale_changes(seen.result())) …   // change.key is where it begins

namespace cxm {

/// Which points were answered how often in one period.
struct seen_points {
  std::int64_t low = 0;                 ///< the point of `points[0]`
  std::vector<std::uint64_t> points{};  ///< answers at low, low + 1, …
  std::uint64_t off_scale = 0;          ///< answers off the scale that they were counted on

  /// All answers, on and off the scale.
  std::uint64_t answers() const {
    std::uint64_t sum = off_scale;
    for (auto const count : points) sum += count;
    return sum;
  }
};

/// Reads a tally as the points that were answered.
struct seen_answers_reading {
  seen_points operator()(tally_counts const& counts) const {
    return {counts.low, {counts.points.begin(), counts.points.end()}, counts.invalid};
  }
  seen_points operator()(weighted_counts const& counts) const { return (*this)(counts.answers); }
};
/// The points that were answered, a reading for `tally` and for `scale_changes`.
constexpr auto seen_answers() {
  return seen_answers_reading{};
}

/// The answers on the scale run from `low` to `high`; none do where `low` is above `high`.
struct seen_range {
  std::int64_t low = 0;
  std::int64_t high = -1;
  bool off_scale = false;  ///< some were off the scale
};

/// Where a column began to be answered on another range.
template <class Key>
struct scale_change {
  Key key;               ///< the period in which it begins
  seen_range before;     ///< since the change before this one
  seen_range after;      ///< in this period
  bool widened = false;  ///< answers outside of `before` came; else those outside of `after` ceased
  std::uint64_t outside = 0;  ///< how many answers that is
  /// The chance that so many all fall on this side of the change if nothing had changed. The range
  /// was looked for after the fact: a guide, not a test.
  double chance = 0;
};

namespace detail {

inline seen_range range_of_seen(seen_points const& seen) {
  seen_range found{0, -1, seen.off_scale > 0};
  for (std::size_t i = 0; i < seen.points.size(); ++i) {
    if (seen.points[i] == 0) continue;
    auto const point = seen.low + static_cast<std::int64_t>(i);
    if (found.low > found.high) found.low = point;
    found.high = point;
  }
  return found;
}
/// Answers outside of a range: beyond its ends, or off the scale where it has none there.
inline std::uint64_t seen_outside(seen_points const& seen, seen_range const& range) {
  std::uint64_t sum = range.off_scale ? 0 : seen.off_scale;
  for (std::size_t i = 0; i < seen.points.size(); ++i) {
    auto const point = seen.low + static_cast<std::int64_t>(i);
    if (point < range.low || point > range.high) sum += seen.points[i];
  }
  return sum;
}
/// The chance that `marked` of all answers, drawn at random, are all among the `here` ones.
inline double chance_all_here(std::uint64_t marked, std::uint64_t here, std::uint64_t elsewhere) {
  double chance = 1;
  for (std::uint64_t i = 0; i < marked && chance > 0; ++i) {
    auto const left = static_cast<double>(here - i);
    chance *= left / (left + static_cast<double>(elsewhere));
  }
  return chance;
}
inline void pool_seen(seen_points& pool, seen_points const& more) {
  for (std::size_t i = 0; i < pool.points.size(); ++i) pool.points[i] += more.points[i];
  pool.off_scale += more.off_scale;
}

template <class Key>
scale_change<Key> change_between(Key const& key, seen_points const& before,
                                 seen_points const& after) {
  scale_change<Key> found{key, range_of_seen(before), range_of_seen(after)};
  auto const came = seen_outside(after, found.before);
  auto const ceased = seen_outside(before, found.after);
  double const by_widening = chance_all_here(came, after.answers(), before.answers());
  double const by_narrowing = chance_all_here(ceased, before.answers(), after.answers());
  found.widened = by_widening <= by_narrowing;
  found.outside = found.widened ? came : ceased;
  found.chance = std::min(by_widening, by_narrowing);
  return found;
}

}  // namespace detail

/// Rows without a period are counted by blocks: `by([](row const& r) { return r.number / 1000; },
/// …)`. Goes through the periods in the order of their keys and reports each in which the range of
/// answers is another than that of all periods since the last change, so that a chance below
/// `surprise` would be needed to explain it. A period without answers says nothing. O(periods ·
/// points + answers outside).
template <class Key>
std::vector<scale_change<Key>> scale_changes(groups<Key, seen_points> const& periods,
                                             double surprise = 1e-3) {
  std::vector<scale_change<Key>> found;
  seen_points pool;
  for (auto const& [key, seen] : periods) {
    if (seen.answers() == 0) continue;
    if (pool.answers() > 0) {
      auto change = detail::change_between(key, pool, seen);
      if (!(change.chance < surprise)) {
        detail::pool_seen(pool, seen);
        continue;
      }
      found.push_back(std::move(change));
    }
    pool = seen;
  }
  return found;
}

}  // namespace cxm
