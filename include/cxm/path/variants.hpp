// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

/// \file
/// Variants: the different paths that journeys took. `variants()` counts them,
/// `variants(on(cycle_time, moments()))` measures each; it is `by(path, …)` under the name that the
/// field uses. Exact, and therefore as large as there are paths: `at_most` bounds it.

namespace cxm {

namespace detail {
struct itself {
  constexpr auto operator()(auto const& value) const { return value; }
};
}  // namespace detail

/// One accumulator for each path.
template <accumulator Inner>
auto variants(Inner inner, at_most cap = {1'000'000}) {
  return by(path, std::move(inner), cap);
}
/// How often each path was taken.
inline auto variants() {
  return variants(count());
}

/// The `most` groups with the largest counts, the largest first; equal counts in order of their
/// keys. `count` reads the count off a group's result, as in `most_frequent(flow.edges, 10,
/// &edge::count)`; by default it is the result itself. O(groups).
template <class Groups, class Count = detail::itself>
auto most_frequent(Groups const& groups, std::size_t most, Count const& count = {}) {
  std::vector<typename Groups::value_type const*> order;
  order.reserve(groups.size());
  for (auto const& one : groups) order.push_back(&one);
  auto const end = order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size()));
  std::partial_sort(order.begin(), end, order.end(), [&](auto const* a, auto const* b) {
    auto const of_a = cxm::read(count, a->result), of_b = cxm::read(count, b->result);
    return of_a != of_b ? of_a > of_b : a->key < b->key;
  });
  std::vector<typename Groups::value_type> chosen;
  for (auto one = order.begin(); one != end; ++one) chosen.push_back(**one);
  return chosen;
}

}  // namespace cxm
