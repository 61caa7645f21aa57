// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/adapt/detail/set_parts.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>

#include <utility>

/// \file
/// The merge that Boost.Accumulators lacks: `merge_into(total, part)` for two sets of one type, as
/// they come out of two threads. It works for count, sum, mean, min, max, moment<N>, variance, what
/// Boost computes from those (lazy variance, skewness, kurtosis, error_of<mean>), their weighted
/// twins, and every feature of cxm.

namespace cxm {

/// Adds to `into` what `from` has counted, as if `into` had been given the samples of both. Exact
/// for integer and `cxm::exact` samples, except for variance and immediate means, which are
/// doubles. Throws `std::invalid_argument` where a sum overflows; `into` is unchanged then. A
/// feature whose states can't be combined does not compile.
template <class Sample, class Features, class Weight>
void merge_into(boost::accumulators::accumulator_set<Sample, Features, Weight>& into,
                boost::accumulators::accumulator_set<Sample, Features, Weight> const& from) {
  using set = boost::accumulators::accumulator_set<Sample, Features, Weight>;
  set merged = into;
  detail::for_each_part<set>([&]<class Part>() { detail::merge_part<Part>(merged, into, from); });
  into = std::move(merged);
}

}  // namespace cxm
