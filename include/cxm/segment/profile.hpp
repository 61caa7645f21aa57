// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/segment_model.hpp>
#include <cxm/stats/exact_moments.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What a segment is like: how its members differ from all others, feature by feature, the largest
/// difference first. In the units of the fields.

namespace cxm {

/// One feature of a segment against the members of all other segments.
struct feature_profile {
  std::size_t feature = 0;  ///< its place among the fields
  std::string name{};
  maybe<double> mean = reason::no_data;
  maybe<double> deviation = reason::no_data;  ///< divides by n - 1; degenerate for a single member
  maybe<double> mean_of_rest = reason::no_data;
  /// (mean - mean of the rest) / pooled standard deviation: 0.2 is small, 0.8 large (J. Cohen).
  /// Degenerate where nothing varies or there is no rest.
  maybe<double> difference = reason::no_data;
};

/// A segment: its members, and its features, the most telling first.
struct segment_profile {
  std::uint32_t segment = 0;
  std::uint64_t n = 0;
  std::uint64_t n_rest = 0;               ///< members of all other segments
  maybe<double> share = reason::no_data;  ///< of all members that have a segment
  bool few = false;                       ///< n < 30: differences are uncertain
  std::vector<feature_profile> features{};
};

namespace detail {

/// The difference of two means in pooled standard deviations.
inline maybe<double> standardised_difference(exact_moments_result const& a,
                                             exact_moments_result const& b) {
  if (a.n == 0 || b.n == 0 || a.n + b.n < 3) return reason::degenerate;
  auto const squares = [](exact_moments_result const& one) {
    return one.n > 1 ? *one.variance * static_cast<double>(one.n - 1) : 0.0;
  };
  double const pooled = (squares(a) + squares(b)) / static_cast<double>(a.n + b.n - 2);
  if (!(pooled > 0)) return reason::degenerate;
  return (*a.mean - *b.mean) / std::sqrt(pooled);
}

/// Exact moments of every feature in every segment: `[segment * features + feature]`.
template <class Table>
std::vector<exact_moments_accumulator> moments_by_segment(Table const& table,
                                                          std::vector<std::uint32_t> const& labels,
                                                          std::size_t k) {
  std::size_t const d = table.recipe().size();
  std::vector<exact_moments_accumulator> moments(k * d);
  double const* value = table.values().data();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= k) refuse("cxm::profile: a label beyond the number of segments");
    for (std::size_t j = 0; j < d; ++j) moments[labels[i] * d + j].add(*value++);
  }
  return moments;
}

inline void largest_difference_first(std::vector<feature_profile>& features) {
  auto const size = [](feature_profile const& one) {
    return one.difference ? std::fabs(*one.difference) : -1.0;
  };
  std::stable_sort(features.begin(), features.end(),
                   [&](auto const& a, auto const& b) { return size(a) > size(b); });
}

}  // namespace detail

/// The profile of each of `k` segments; `labels` has one for each row of the table. O(rows ·
/// features). Throws `std::invalid_argument` where labels and rows don't fit.
template <class... Fields>
std::vector<segment_profile> profile(feature_table<Fields...> const& table,
                                     std::vector<std::uint32_t> const& labels, std::size_t k) {
  if (labels.size() != table.rows())
    detail::refuse("cxm::profile: needs one label for each row; a loaded model has none");
  std::size_t const d = table.recipe().size();
  auto const moments = detail::moments_by_segment(table, labels, k);
  std::vector<segment_profile> profiles;
  for (std::size_t c = 0; c < k; ++c) {
    segment_profile one;
    one.segment = static_cast<std::uint32_t>(c);
    for (std::size_t j = 0; j < d; ++j) {
      exact_moments_accumulator rest;
      for (std::size_t other = 0; other < k; ++other)
        if (other != c) rest.merge(moments[other * d + j]);
      auto const here = moments[c * d + j].result();
      auto const there = rest.result();
      one.n = here.n;
      one.n_rest = there.n;
      one.features.push_back({j, table.names()[j], here.mean, here.deviation, there.mean,
                              detail::standardised_difference(here, there)});
    }
    one.few = one.n < 30;
    if (table.rows() > 0)
      one.share = static_cast<double>(one.n) / static_cast<double>(table.rows());
    detail::largest_difference_first(one.features);
    profiles.push_back(std::move(one));
  }
  return profiles;
}

/// The profile of the segments of a model that was fitted to this table.
template <class... Fields>
std::vector<segment_profile> profile(feature_table<Fields...> const& table,
                                     segment_model<Fields...> const& model) {
  return profile(table, model.labels(), model.size());
}

}  // namespace cxm
