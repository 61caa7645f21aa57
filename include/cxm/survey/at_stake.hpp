// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What the detractors are worth, as a reading of a tally that is weighted by value:
/// `weighted(&answer::revenue, on(&answer::recommend, tally(nps(), at_stake())), value_weights{})`.

#include <cxm/core/maybe.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/weighted_counts.hpp>

#include <cstddef>
#include <cstdint>

namespace cxm {

/// The value of the detractors, in the unit of the weights; without weights each is worth 1.
struct value_at_stake {
  std::uint64_t n = 0;           ///< valid answers
  std::uint64_t detractors = 0;  ///< how many of them
  double value = 0;              ///< Σw of the detractors
  double total = 0;              ///< Σw of all
  maybe<double> share = reason::no_data;
};

/// Reads a tally as the value of its detractors.
struct at_stake_reading {
  detractors_to detractors;

  value_at_stake operator()(tally_counts const& counts) const {
    value_at_stake found{counts.n(), counts.between(counts.low, detractors.point)};
    found.value = static_cast<double>(found.detractors);
    found.total = static_cast<double>(found.n);
    if (found.n > 0) found.share = found.value / found.total;
    return found;
  }
  value_at_stake operator()(weighted_counts const& counts) const {
    auto const& answers = counts.answers;
    value_at_stake found{answers.n(), answers.between(answers.low, detractors.point)};
    detail::wide_unsigned<2> lost;
    for (std::size_t i = 0; i < counts.weights.size(); ++i)
      if (answers.low + static_cast<std::int64_t>(i) <= detractors.point)
        lost += detail::wide_unsigned<2>(magnitude_of(counts.weights[i]));
    detail::wide_unsigned<1> const unit(static_cast<std::uint64_t>(weight::one));
    found.value = detail::ratio_to_double(lost, unit);
    found.total = detail::ratio_to_double(counts.weight_units(), unit);
    if (found.n > 0) found.share = detail::ratio_to_double(lost, counts.weight_units());
    return found;
  }
};

/// What the customers who answer `detractors_to` (default 6) or less are worth, a reading for
/// `tally`.
constexpr auto at_stake(detractors_to detractors = {6}) {
  return at_stake_reading{detractors};
}

}  // namespace cxm
