// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/stats/detail/event_counted.hpp>
#include <cxm/stats/detail/group_map.hpp>
#include <cxm/stats/groups.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What `by` and `by_each` show of the groups that they keep.

namespace cxm::detail {

/// The results of all groups, sorted by key. O(groups log groups).
template <class Inner, class Key>
groups<Key, result_of<Inner>> sorted_groups(group_map<Key, kept_in_group<Inner>> const& map,
                                            std::vector<std::string> names) {
  using result_type = result_of<Inner>;
  if (map.groups().size() > map.cap()) return sorted_groups<Inner>(map.settled(), std::move(names));
  std::vector<group<Key, result_type>> sorted;
  sorted.reserve(map.groups().size());
  for (auto const& one : map.groups()) sorted.push_back({one.key, one.inner.result()});
  std::sort(sorted.begin(), sorted.end(),
            [](auto const& a, auto const& b) { return key_before(a.key, b.key); });
  std::optional<result_type> other;
  if (auto const* rest = map.other_if_any()) other.emplace(rest->result());
  return groups<Key, result_type>(std::move(sorted), std::move(names), std::move(other));
}

}  // namespace cxm::detail
