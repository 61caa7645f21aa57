// expect: cxm::from_boost: Boost's rolling statistics are wrong over unsigned samples
// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/from_boost.hpp>

#include <boost/accumulators/statistics/rolling_mean.hpp>
#include <boost/accumulators/statistics/stats.hpp>

using namespace boost::accumulators;
using window = stats<tag::rolling_mean>;

auto fine = cxm::from_boost(accumulator_set<int, window>(tag::rolling_window::window_size = 3));
#ifdef CXM_DEFECT
auto defect =
    cxm::from_boost(accumulator_set<unsigned, window>(tag::rolling_window::window_size = 3));
#endif
