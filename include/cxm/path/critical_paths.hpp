// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/maybe.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

/// \file
/// Which paths to mend first: volume × value × pain, always with its components, for a product
/// alone hides whether many people suffer a little or a few much. And how many variants it takes to
/// cover most journeys.

namespace cxm {

/// A path with what makes it critical.
template <class Key>
struct critical_path {
  Key path;
  std::uint64_t volume = 0;                     ///< journeys
  maybe<double> value = reason::no_data;        ///< of one journey, as its mean revenue
  maybe<double> pain = reason::no_data;         ///< of one journey, as its share of detractors
  maybe<double> criticality = reason::no_data;  ///< their product; why not, where one is missing
  double share = 0;  ///< of the criticality of all paths where it is known
};

/// The groups of `variants(…)` or `by(…)` by volume × value × pain, the most critical first; equal
/// ones in order of their keys, those without criticality last. `volume`, `value` and `pain` read a
/// group's result: a count and two numbers or `maybe` of them, not negative. O(groups log groups).
template <class Groups, class Volume, class Value, class Pain>
auto critical_paths(Groups const& groups, Volume const& volume, Value const& value,
                    Pain const& pain) {
  using key = std::remove_cvref_t<decltype(groups.begin()->key)>;
  std::vector<critical_path<key>> found;
  double total = 0;
  auto const sound = [](maybe<double> const& number) {
    if (number && !(*number >= 0 && std::isfinite(*number)))
      detail::refuse("cxm::critical_paths: value and pain are finite and not negative");
  };
  for (auto const& [way, result] : groups) {
    critical_path<key> one{way, cxm::read(volume, result), maybe<double>(cxm::read(value, result)),
                           maybe<double>(cxm::read(pain, result))};
    sound(one.value);
    sound(one.pain);
    if (!one.value)
      one.criticality = one.value.why();
    else if (!one.pain)
      one.criticality = one.pain.why();
    else
      one.criticality = static_cast<double>(one.volume) * *one.value * *one.pain;
    total += one.criticality.value_or(0);
    found.push_back(std::move(one));
  }
  for (auto& one : found)
    if (one.criticality && total > 0) one.share = *one.criticality / total;
  std::stable_sort(found.begin(), found.end(), [](auto const& a, auto const& b) {
    return a.criticality.value_or(-1) > b.criticality.value_or(-1);
  });
  return found;
}

/// How few variants cover how many journeys.
struct variant_coverage {
  std::uint64_t journeys = 0;
  std::uint64_t distinct = 0;  ///< variants; a lower bound where `other` was counted
  std::uint64_t needed = 0;    ///< the fewest variants that cover the share asked for
  maybe<double> simplicity = reason::no_data;  ///< distinct ÷ journeys: near 0 all go the same way
};

/// How many of the variants, the most frequent first, cover `part` (0 to 1) of all journeys. Where
/// `other` holds so many that they don't, `needed` is 0. `groups` are counts, as of `variants()`.
/// O(groups log groups).
template <class Groups>
variant_coverage coverage_of(Groups const& groups, double part = 0.8) {
  if (!(part >= 0 && part <= 1)) detail::refuse("cxm::coverage_of: the share is from 0 to 1");
  std::vector<std::uint64_t> counts;
  variant_coverage found;
  for (auto const& one : groups) counts.push_back(one.result);
  for (auto const count : counts) found.journeys += count;
  if (groups.other()) found.journeys += *groups.other();
  found.distinct = counts.size();
  if (found.journeys == 0) return found;
  auto const all = static_cast<double>(found.journeys);
  found.simplicity = static_cast<double>(found.distinct) / all;
  std::sort(counts.begin(), counts.end(), [](auto a, auto b) { return a > b; });
  double covered = 0;
  for (auto const count : counts) {
    if (covered >= part * all) return found;
    covered += static_cast<double>(count);
    ++found.needed;
  }
  if (covered < part * all) found.needed = 0;
  return found;
}

}  // namespace cxm
