// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/segment/detail/kmeans_fit.hpp>
#include <cxm/segment/features.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <type_traits>
#include <vector>

/// \file
/// Two ways to choose k that can say 1, or nothing: the gap (R. Tibshirani, G. Walther and T.
/// Hastie, 2001), which compares the inertia with that of members spread evenly over the same box,
/// and the elbow, where the inertia stops falling steeply.

namespace cxm {

/// The question against how many even spreads the gap is measured.
struct gap_reference;

/// So many boxes of as many members, each spread evenly over the range of every feature. Default
/// 20.
struct even_boxes {
  using policy_kind = gap_reference;
  std::size_t count = 20;
};

/// The gap of one number of segments.
struct gap_of_k {
  std::size_t k = 0;
  maybe<double> gap = reason::no_data;    ///< mean ln W of the boxes - ln W; degenerate for W = 0
  maybe<double> error = reason::no_data;  ///< s · √(1 + 1/boxes), s dividing by the boxes
};

/// The gaps, and the smallest k with gap(k) >= gap(k + 1) - error(k + 1).
struct gap_result {
  std::vector<gap_of_k> evidence{};
  maybe<std::size_t> k = reason::no_data;  ///< `not_identified` where no k of the range is such
};

namespace detail {

/// The inertia for each k from `low` to `high`.
template <class... Policies>
std::vector<double> inertias(real_points const& all, std::size_t low, std::size_t high,
                             Policies const&... policies) {
  column_ranges<double> const ranges(all);
  std::vector<double> found;
  std::uint64_t starts = 0;
  for (std::size_t k = low; k <= high; ++k)
    found.push_back(best_clustering(
                        all, ranges, [](std::vector<double>&) {}, k, starts, policies...)
                        .inertia);
  return found;
}

/// As many members, spread evenly over the box around all.
inline std::vector<double> even_spread(real_points const& all, random_stream& random) {
  std::size_t const d = all.dimension();
  std::vector<double> low(all[0], all[0] + d), high = low, spread(all.size() * d);
  for (std::size_t i = 1; i < all.size(); ++i)
    for (std::size_t j = 0; j < d; ++j) {
      low[j] = std::min(low[j], all[i][j]);
      high[j] = std::max(high[j], all[i][j]);
    }
  for (std::size_t i = 0; i < spread.size(); ++i)
    spread[i] = std::fma(high[i % d] - low[i % d], random.unit(), low[i % d]);
  return spread;
}

inline maybe<std::size_t> smallest_by_gap(std::vector<gap_of_k> const& evidence) {
  for (std::size_t i = 0; i + 1 < evidence.size(); ++i) {
    auto const& next = evidence[i + 1];
    if (!evidence[i].gap || !next.gap) continue;
    if (*evidence[i].gap >= *next.gap - *next.error) return evidence[i].k;
  }
  return reason::not_identified;
}

}  // namespace detail

/// The gap for each k from `low` to `high`. Policies: `even_boxes`, and those of `kmeans` but for
/// given centres and weights. Costs `even_boxes + 1` fits for each k. Throws
/// `std::invalid_argument` unless 1 <= low <= high and there is a box.
template <class... Fields, class... Policies>
gap_result gap(feature_table<Fields...> const& table, std::size_t low, std::size_t high,
               Policies... policies) {
  static_assert(detail::answers_to<kmeans_weights, Policies...> == 0 &&
                    !(std::is_same_v<Policies, given_centres> || ...),
                "cxm::gap: other members have other weights and centres");
  if (low == 0 || low > high) detail::refuse("cxm::gap: needs 1 <= low <= high");
  auto const boxes = detail::pick<gap_reference>(even_boxes{}, policies...).count;
  if (boxes == 0) detail::refuse("cxm::gap: needs at least one box");
  auto const from = detail::pick<random_seed>(seed{}, policies...);
  auto const all = detail::points_of(table);
  gap_result found;
  if (all.size() == 0) return found;
  auto const fit = [&](detail::real_points const& some) {
    return std::apply(
        [&](auto const&... kept) {
          detail::check_kmeans_policies<std::remove_cvref_t<decltype(kept)>...>();
          return detail::inertias(some, low, high, kept...);
        },
        detail::without_answers_to<gap_reference>(policies...));
  };
  auto const here = fit(all);
  std::vector<double> sums(here.size()), squares(here.size());
  for (std::size_t box = 0; box < boxes; ++box) {
    random_stream random(from, box + (std::uint64_t{1} << 61));
    auto const spread = detail::even_spread(all, random);
    auto const there = fit({spread.data(), all.size(), all.dimension()});
    for (std::size_t i = 0; i < there.size(); ++i) {
      double const log =
          there[i] > 0 ? std::log(there[i]) : -std::numeric_limits<double>::infinity();
      sums[i] += log;
      squares[i] += log * log;
    }
  }
  auto const count = static_cast<double>(boxes);
  for (std::size_t i = 0; i < here.size(); ++i) {
    gap_of_k one{low + i, reason::degenerate, reason::degenerate};
    if (here[i] > 0 && sums[i] > -std::numeric_limits<double>::infinity()) {
      double const mean = sums[i] / count;
      one.gap = mean - std::log(here[i]);
      one.error = std::sqrt(std::max(0.0, squares[i] / count - mean * mean) * (1 + 1 / count));
    }
    found.evidence.push_back(one);
  }
  found.k = detail::smallest_by_gap(found.evidence);
  return found;
}

/// The elbow of inertias for k, k + 1, …: the one farthest below the line from the first to the
/// last, as a place in the list. `degenerate` for fewer than three, and where none is below.
inline maybe<std::size_t> elbow(std::vector<double> const& inertia) {
  if (inertia.size() < 3) return reason::degenerate;
  std::size_t const last = inertia.size() - 1;
  maybe<std::size_t> found = reason::degenerate;
  double deepest = 0;
  for (std::size_t i = 1; i < last; ++i) {
    double const share = static_cast<double>(i) / static_cast<double>(last);
    double const below = inertia[0] + share * (inertia[last] - inertia[0]) - inertia[i];
    if (below > deepest) {
      deepest = below;
      found = i;
    }
  }
  return found;
}

}  // namespace cxm
