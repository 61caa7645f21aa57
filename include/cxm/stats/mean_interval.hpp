// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `mean_interval(found)`: Student's t interval of the mean that `moments()` or `exact_moments()`
/// found, so that means of anything, also of scores of whole journeys, come with how far they can
/// be trusted: `mean_interval(found, confidence{0.9}, interval{0, 10})`.
#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/interval.hpp>

#include <limits>

namespace cxm {
/// The interval of `found.mean`, clipped to `range`: in the unit of the values, ticks for
/// durations. `degenerate` for one value.
template <class Moments>
maybe<bounded_interval> mean_interval(Moments const& found, confidence level = {},
                                      interval range = {-std::numeric_limits<double>::infinity(),
                                                        std::numeric_limits<double>::infinity()}) {
  if (!found.mean) return found.mean.why();
  if (!found.deviation) return found.deviation.why();
  return student::mean(detail::as_double(*found.mean), detail::as_double(*found.deviation), found.n,
                       level, range);
}
}  // namespace cxm
