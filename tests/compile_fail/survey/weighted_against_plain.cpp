// expect: cxm::compare: a weighted score is compared with another weighted one
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey.hpp>
#include <cxm/survey/compare.hpp>

auto const fine = cxm::compare(cxm::nps_score(), cxm::nps_score());
#ifdef CXM_DEFECT
auto const defect = cxm::compare(cxm::weighted_score<cxm::nps_score>(), cxm::nps_score());
#endif
