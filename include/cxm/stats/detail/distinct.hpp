// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <vector>

/// \file
/// Each value of a short list once. Few values are compared with each other where they stand; a
/// long list, which a hostile event may carry, is sorted.

namespace cxm::detail {

inline constexpr std::size_t few_values = 16;

/// Calls `visit(value)` for the first of every equal values, in an order that depends on the list
/// alone. O(values log values).
template <class Values, class Visit>
void visit_distinct(Values const& values, Visit const& visit) {
  using view = std::remove_cvref_t<decltype(*std::begin(values))>;
  if (std::distance(std::begin(values), std::end(values)) <=
      static_cast<std::ptrdiff_t>(few_values)) {
    for (auto at = std::begin(values); at != std::end(values); ++at) {
      bool seen = false;
      for (auto before = std::begin(values); before != at && !seen; ++before)
        seen = same_key<view, view>(*before, *at);
      if (!seen) visit(*at);
    }
    return;
  }
  std::vector<owned_t<view>> keys;
  for (auto const& value : values) keys.push_back(own<view>(value));
  std::sort(keys.begin(), keys.end(), key_before<owned_t<view>>);
  auto const same = [](auto const& a, auto const& b) { return !key_before(a, b); };
  keys.erase(std::unique(keys.begin(), keys.end(), same), keys.end());
  for (auto const& key : keys) visit(key);
}

}  // namespace cxm::detail
