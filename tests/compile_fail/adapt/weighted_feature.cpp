// expect: cxm::tag::of: a set with weights would ignore them
// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/survey_features.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/statistics/stats.hpp>

using namespace boost::accumulators;

accumulator_set<int, stats<cxm::tag::nps>> fine;
#ifdef CXM_DEFECT
accumulator_set<int, stats<cxm::tag::nps>, double> defect;
#endif
