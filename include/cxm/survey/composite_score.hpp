// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/survey/score.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

/// \file
/// What an index of several items says.

namespace cxm {

/// One item of a composite.
struct item_summary {
  std::uint64_t n = 0;                   ///< valid answers to it, of a weight above 0
  maybe<double> mean = reason::no_data;  ///< of them all, in points of its own scale
};

/// A composite index, in units of the scale that it is shown on.
template <std::size_t Items>
struct composite_score : score {
  maybe<double> deviation = reason::no_data;  ///< of the index between people (divides by n−1)
  std::uint64_t incomplete = 0;  ///< people with a valid answer to some items, not to all
  std::array<item_summary, Items> items{};
  std::optional<cxm::interval> shown_on{};  ///< from the worst to the best index
};

}  // namespace cxm
