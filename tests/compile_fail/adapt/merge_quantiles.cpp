// expect: cxm::from_boost: the set holds a feature whose states can't be combined
// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/from_boost.hpp>

#include <boost/accumulators/statistics/p_square_quantile.hpp>
#include <boost/accumulators/statistics/stats.hpp>

using namespace boost::accumulators;
using quantile_plan = decltype(cxm::boost_set<double, stats<tag::p_square_quantile>>());

void fine(quantile_plan& plan) {
  plan.add(1.5);
}
#ifdef CXM_DEFECT
void defect(quantile_plan& plan, quantile_plan const& other) {
  plan.merge(other);
}
#endif
