// expect: cxm::from_boost: the field gives a type that is no sample of this set
// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/from_boost.hpp>

#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/stats.hpp>

#include <string>

using namespace boost::accumulators;
using mean_plan = decltype(cxm::boost_set<double, stats<tag::mean>>());

void fine(mean_plan& plan) {
  plan.add(1);
}
#ifdef CXM_DEFECT
void defect(mean_plan& plan) {
  plan.add(std::string("1"));
}
#endif
