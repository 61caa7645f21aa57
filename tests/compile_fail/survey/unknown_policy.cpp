// expect: cxm::csat: takes a scale, good_at, an interval method, confidence, min_n and of_population
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/csat.hpp>
#include <cxm/survey/nps.hpp>

auto const fine = cxm::csat(cxm::good_at{4});
#ifdef CXM_DEFECT
auto const defect = cxm::csat(cxm::promoters_from{4});
#endif
