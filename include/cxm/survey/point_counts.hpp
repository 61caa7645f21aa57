// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The answers a scale point, as a reading of a tally: what a bar chart shows, and what anyone
/// needs to recompute a score.

#include <cxm/core/maybe.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/weighted_counts.hpp>

#include <cstdint>
#include <vector>

namespace cxm {

/// Reads a tally as its counts, from the lowest point to the highest.
struct point_counts_reading {
  min_n least;

  maybe<std::vector<std::uint64_t>> operator()(tally_counts const& counts) const {
    if (counts.n() == 0) return reason::no_data;
    if (counts.n() < least.answers) return reason::below_min_n;
    return std::vector<std::uint64_t>(counts.points.begin(), counts.points.end());
  }
  /// Weights do not change how many answered.
  maybe<std::vector<std::uint64_t>> operator()(weighted_counts const& counts) const {
    return (*this)(counts.answers);
  }
};

/// The answers a scale point, a reading for `tally`: `tally(nps(), point_counts())`.
constexpr auto point_counts(min_n least = {1}) {
  return point_counts_reading{least};
}

}  // namespace cxm
