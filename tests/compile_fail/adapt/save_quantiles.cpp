// expect: cxm::save: the set holds a feature of Boost whose state can't be saved
// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/from_boost.hpp>
#include <cxm/core/save.hpp>

#include <boost/accumulators/statistics/p_square_quantile.hpp>
#include <boost/accumulators/statistics/stats.hpp>

using namespace boost::accumulators;
using quantile_plan = decltype(cxm::boost_set<double, stats<tag::p_square_quantile>>());

void fine(quantile_plan& plan) {
  plan.add(1.5);
}
#ifdef CXM_DEFECT
auto defect(quantile_plan const& plan) {
  return cxm::save(plan);
}
#endif
