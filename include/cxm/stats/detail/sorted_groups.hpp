// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/stats/detail/group_map.hpp>
#include <cxm/stats/groups.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// What `by` and `by_each` show of the groups that they keep.

namespace cxm::detail {

/// What `show` reads off the accumulators of all groups, sorted by key. O(groups log groups).
template <class Key, class Kept, class Show,
          class Shown = std::remove_cvref_t<std::invoke_result_t<Show const&, Kept const&>>>
groups<Key, Shown> sorted_groups(group_map<Key, Kept> const& map, std::vector<std::string> names,
                                 Show const& show) {
  if (map.groups().size() > map.cap()) return sorted_groups(map.settled(), std::move(names), show);
  std::vector<group<Key, Shown>> sorted;
  sorted.reserve(map.groups().size());
  for (auto const& one : map.groups()) sorted.push_back({one.key, show(one.inner)});
  std::sort(sorted.begin(), sorted.end(),
            [](auto const& a, auto const& b) { return key_before(a.key, b.key); });
  std::optional<Shown> other;
  if (auto const* rest = map.other_if_any()) other.emplace(show(*rest));
  return groups<Key, Shown>(std::move(sorted), std::move(names), std::move(other));
}

/// Their results.
template <class Key, class Kept>
auto sorted_results(group_map<Key, Kept> const& map, std::vector<std::string> names) {
  return sorted_groups(map, std::move(names), [](Kept const& inner) { return inner.result(); });
}

}  // namespace cxm::detail
