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

/// The same of a plan that `by` or `variants` made, before its result is formed: of millions of
/// groups none is copied or sorted but the `most`. O(groups + most log groups).
template <class Key, class Inner, class... Fields, class Count = detail::itself>
auto most_frequent(by_fields<Key, Inner, Fields...> const& plan, std::size_t most,
                   Count const& count = {}) {
  using found = group<Key, result_of<Inner>>;
  std::vector<found> best;  // a heap with the least of them on top
  auto const before = [&](found const& a, found const& b) {
    auto const of_a = cxm::read(count, a.result), of_b = cxm::read(count, b.result);
    return of_a != of_b ? of_a > of_b : detail::key_before(a.key, b.key);
  };
  if (most == 0) return best;
  plan.each_group([&](Key const& key, Inner const& inner) {
    auto const result = inner.result();
    if (best.size() == most) {
      auto const of_this = cxm::read(count, result), least = cxm::read(count, best.front().result);
      if (of_this < least || (of_this == least && !detail::key_before(key, best.front().key)))
        return;
      std::pop_heap(best.begin(), best.end(), before);
      best.pop_back();
    }
    best.push_back({key, result});
    std::push_heap(best.begin(), best.end(), before);
  });
  std::sort_heap(best.begin(), best.end(), before);
  return best;
}

}  // namespace cxm
