// expect: cxm::tag::of: this accumulator can't count with the weights of the set: it has no with_weights()
// SPDX-License-Identifier: BSL-1.0
#include <cxm/adapt/feature.hpp>
#include <cxm/adapt/survey_features.hpp>
#include <cxm/stats/quantiles.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/statistics/stats.hpp>

using namespace boost::accumulators;

accumulator_set<int, stats<cxm::tag::nps>, double> fine;
#ifdef CXM_DEFECT
struct all_values {
  auto operator()() const { return cxm::quantiles(); }
};
accumulator_set<int, stats<cxm::tag::of<all_values>>, double> defect;
#endif
