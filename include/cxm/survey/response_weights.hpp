// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `response_weights(answered, asked)`: where young customers answer half as often as old ones,
/// each young answer stands for twice as many. Answers weigh 1/r of their class, r being its
/// response rate. A class of which next to nobody answers would weigh without measure: it is merged
/// with the class whose rate is next. This adjusts for what classes differ in, not for silent ones
/// who differ within a class. Source: Little & Rubin, Statistical Analysis with Missing Data.

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/survey/cell_weights.hpp>
#include <cxm/survey/detail/sample_cells.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

/// The response rate below which a class is merged with the next; from 0 to 1, 0 merges none but
/// those without any answer. Default 0.05.
struct merge_below {
  double rate = 0.05;
};

/// The response of one class.
template <class Key>
struct class_response {
  Key key;
  std::uint64_t answered = 0;
  std::uint64_t asked = 0;
  double rate = 0;       ///< of this class alone
  double used_rate = 0;  ///< of the classes it was merged with, the inverse of its weight
  std::size_t pool = 0;  ///< classes with the same number were merged; 0 has the lowest rate
};

/// Weights by response class.
template <class Key>
struct adjusted_response {
  maybe<cell_weights<Key>> weights = reason::no_data;  ///< `no_data` where nobody answered
  std::vector<class_response<Key>> classes;            ///< sorted by key
  std::uint64_t merged = 0;                            ///< classes that do not stand alone
};

namespace detail {

template <class Key>
void pool_by_rate(std::vector<class_response<Key>>& classes, double least) {
  std::vector<class_response<Key>*> order;
  for (auto& one : classes) order.push_back(&one);
  // a/b < c/d without division; ties stay in the order of keys.
  auto const product = [](std::uint64_t a, std::uint64_t b) {
    return wide_unsigned<2>(multiply_words(a, b));
  };
  std::stable_sort(order.begin(), order.end(), [&](auto const* a, auto const* b) {
    return product(a->answered, b->asked) < product(b->answered, a->asked);
  });
  std::size_t pool = 0;
  for (std::size_t from = 0; from < order.size(); ++pool) {
    std::size_t to = from;
    double answered = 0, asked = 0;
    do {
      answered += static_cast<double>(order[to]->answered);
      asked += static_cast<double>(order[to]->asked);
      ++to;
    } while (to < order.size() && (!(answered > 0) || answered < least * asked));
    for (; from < to; ++from) {
      order[from]->pool = pool;
      order[from]->used_rate = answered / asked;
    }
  }
}

}  // namespace detail

/// The classes are the groups of both sides, as of `by(&customer::age, count())` over those asked
/// and over those who answered. A class of which more answered than were asked is refused by name.
/// Classes of which nobody was asked or answered are left out.
template <class Key>
adjusted_response<Key> response_weights(groups<Key, std::uint64_t> const& answered,
                                        groups<Key, std::uint64_t> const& asked,
                                        merge_below least = {}) {
  if (!(least.rate >= 0 && least.rate <= 1))
    detail::refuse("cxm::response_weights: merge_below takes a rate from 0 to 1");
  detail::require_all_cells(answered, "cxm::response_weights");
  detail::require_all_cells(asked, "cxm::response_weights");
  adjusted_response<Key> found;
  for (auto const& [key, count] : answered) {
    auto const* of = asked.find(key);
    if (count > (of == nullptr ? 0 : *of))
      detail::refuse("cxm::response_weights: more answers than invitations in " +
                     detail::fields_text(asked.names()) + " = " + detail::cell_text(key));
  }
  std::uint64_t total = 0;
  for (auto const& [key, count] : asked) {
    if (count == 0) continue;
    auto const* of = answered.find(key);
    class_response<Key> one{key, of == nullptr ? 0 : *of, count};
    one.rate = static_cast<double>(one.answered) / static_cast<double>(count);
    total += one.answered;
    found.classes.push_back(std::move(one));
  }
  if (total == 0) return found;
  detail::pool_by_rate(found.classes, least.rate);
  std::vector<std::size_t> size(found.classes.size());
  for (auto const& one : found.classes) ++size[one.pool];
  std::vector<cell_weight<Key>> weights;
  for (auto const& one : found.classes) {
    if (size[one.pool] > 1) ++found.merged;
    weights.push_back(
        {one.key, detail::cell_weight_from(1 / one.used_rate, "cxm::response_weights")});
  }
  found.weights = cell_weights<Key>(std::move(weights));
  return found;
}

}  // namespace cxm
