// expect: cxm::nps: takes a scale, promoters_from, detractors_to, an interval method, confidence and min_n
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/nps.hpp>

auto const fine = cxm::nps(cxm::confidence{0.9});
#ifdef CXM_DEFECT
auto const defect = cxm::nps(0.9);
#endif
