// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/journey_fields.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

/// \file
/// Variants: the different paths that journeys took. `variants()` counts them, `variants(on(cycle_time, moments()))`
/// measures each; it is `by(path, …)` under the name that the field uses. Exact, and therefore as large as there are
/// paths: `at_most` bounds it.

namespace cxm {

/// One accumulator for each path.
template <accumulator Inner>
auto variants(Inner inner, at_most cap = {1'000'000}) {
  return by(path, std::move(inner), cap);
}
/// How often each path was taken.
inline auto variants() { return variants(count()); }

/// The `most` groups with the largest counts, the largest first; equal counts in order of their keys. O(groups).
template <class Groups>
auto most_frequent(Groups const& groups, std::size_t most) {
  std::vector<typename Groups::value_type const*> order;
  order.reserve(groups.size());
  for (auto const& one : groups) order.push_back(&one);
  auto const end = order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size()));
  std::partial_sort(order.begin(), end, order.end(), [](auto const* a, auto const* b) {
    return a->result != b->result ? a->result > b->result : a->key < b->key;
  });
  std::vector<typename Groups::value_type> chosen;
  for (auto one = order.begin(); one != end; ++one) chosen.push_back(**one);
  return chosen;
}

}  // namespace cxm
