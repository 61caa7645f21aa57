// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/confidence.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/stats/two_shares.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// What tells two groups of journeys apart: for each edge the share of journeys that took it, in
/// one group against the other (promoters against detractors), tested, with p-values adjusted for
/// the number of edges. Journeys are the unit, not transitions: those of one journey depend on each
/// other. The groups must not share journeys.

namespace cxm {

/// One key of two results, compared.
template <class Key>
struct share_contrast {
  Key key;
  comparison difference;                       ///< of the shares of journeys, first minus second
  maybe<double> adjusted_p = reason::no_data;  ///< over all keys compared
};

namespace detail {

/// The keys of two groups of counts, merged; both are sorted.
template <class Groups, class Count>
auto contrasts_of(Groups const& first, std::uint64_t first_n, Groups const& second,
                  std::uint64_t second_n, Count const& count, confidence level) {
  using key = std::remove_cvref_t<decltype(first.begin()->key)>;
  std::vector<share_contrast<key>> found;
  auto const add = [&](key const& of, std::uint64_t a, std::uint64_t b) {
    found.push_back(
        {of, share_difference(share_counts{a, first_n}, share_counts{b, second_n}, level)});
  };
  auto a = first.begin();
  auto b = second.begin();
  while (a != first.end() || b != second.end()) {
    if (b == second.end() || (a != first.end() && key_before(a->key, b->key))) {
      add(a->key, count(a->result), 0);
      ++a;
    } else if (a == first.end() || key_before(b->key, a->key)) {
      add(b->key, 0, count(b->result));
      ++b;
    } else {
      add(a->key, count(a->result), count(b->result));
      ++a;
      ++b;
    }
  }
  return found;
}

/// Adjusts the p-values, and puts the smallest first; equal ones stay in order of their keys.
template <class Contrasts, class Many>
void adjust_contrasts(Contrasts& found, Many const&) {
  std::vector<maybe<double>> p;
  for (auto const& one : found) p.push_back(one.difference.p);
  auto const adjusted = Many::adjust(p);
  for (std::size_t i = 0; i < found.size(); ++i) found[i].adjusted_p = adjusted[i];
  std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) {
    // Without p (nobody or everybody took it) behind all others.
    return a.difference.p.value_or(2) < b.difference.p.value_or(2);
  });
}

}  // namespace detail

/// Every edge of one of two flow graphs, the most telling first. Policies: `few_false_alarms`
/// (default), `no_false_alarm` or `each_alone`, and `confidence`. What went beyond the cap of a
/// graph is not compared. O(edges log edges).
template <class Flow, class... Policies>
auto compare_flows(Flow const& first, Flow const& second, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, many_tests, confidence_level> && ...),
                "cxm::compare_flows: takes a policy of many tests and confidence");
  auto found = detail::contrasts_of(
      first.edges, first.journeys, second.edges, second.journeys,
      [](auto const& edge) { return edge.journeys; },
      detail::pick<confidence_level>(confidence{}, policies...));
  detail::adjust_contrasts(found, detail::pick<many_tests>(few_false_alarms{}, policies...));
  return found;
}

}  // namespace cxm
