// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// \file
/// The result of `by`: the groups with their results, sorted by key.

namespace cxm {

/// One group of a result: `auto const& [key, result] = …`.
template <class Key, class Result>
struct group {
  Key key;
  Result result;
};

/// Groups sorted by key, with a look-up in O(log groups).
template <class Key, class Result>
class groups {
 public:
  using value_type = group<Key, Result>;
  using result_type = Result;

  groups(std::vector<value_type> sorted, std::vector<std::string> names,
         std::optional<Result> other)
      : sorted_(std::move(sorted)), names_(std::move(names)), other_(std::move(other)) {}

  auto begin() const { return sorted_.begin(); }
  auto end() const { return sorted_.end(); }
  std::size_t size() const { return sorted_.size(); }
  bool empty() const { return sorted_.empty(); }

  /// The names of the fields that make the key; empty texts for unnamed fields.
  std::vector<std::string> const& names() const { return names_; }
  /// What was counted for keys beyond the cap, where there are such.
  std::optional<Result> const& other() const& { return other_; }
  std::optional<Result> other() && { return std::move(other_); }

  /// The result of one group, or null.
  Result const* find(Key const& key) const& {
    auto const found = std::lower_bound(sorted_.begin(), sorted_.end(), key,
                                        [](value_type const& group, Key const& wanted) {
                                          return detail::key_before(group.key, wanted);
                                        });
    return found != sorted_.end() && !detail::key_before(key, found->key) ? &found->result
                                                                          : nullptr;
  }
  Result const* find(Key const& key) && = delete;  // it would point into groups that are gone
  /// The result of one group; throws `std::out_of_range` where nothing was counted.
  Result const& at(Key const& key) const& {
    if (auto const* result = find(key)) return *result;
    throw std::out_of_range("cxm::groups: no group has this key");
  }
  /// A copy, so that `auto const& score = plan.result().at(key)` stays valid.
  Result at(Key const& key) && {
    groups const& kept = *this;
    return kept.at(key);
  }

 private:
  std::vector<value_type> sorted_;
  std::vector<std::string> names_;
  std::optional<Result> other_;
};

/// The result of `by_each`: the groups of a field with several values. They overlap: an event is in
/// as many of them as it has values.
template <class Key, class Result>
struct overlapping_groups : groups<Key, Result> {
  using groups<Key, Result>::groups;
  overlapping_groups(groups<Key, Result> found) : groups<Key, Result>(std::move(found)) {}

  std::uint64_t events = 0;       ///< all events
  std::uint64_t memberships = 0;  ///< their distinct values together, also those in `other`
  std::uint64_t without = 0;      ///< events whose list of values is empty
  std::uint64_t missing = 0;      ///< events whose list is missing: an empty optional
};

namespace detail {

template <class Type>
inline constexpr bool is_groups = false;
template <class Key, class Result>
inline constexpr bool is_groups<groups<Key, Result>> = true;

template <class Key, class Result>
inline constexpr bool is_groups<overlapping_groups<Key, Result>> = true;
template <class Type>
inline constexpr bool is_overlapping = false;
template <class Key, class Result>
inline constexpr bool is_overlapping<overlapping_groups<Key, Result>> = true;

}  // namespace detail
}  // namespace cxm
