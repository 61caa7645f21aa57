// expect: cxm::homogeneity: weighted means are compared in pairs, by cxm::compare
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey.hpp>
#include <cxm/survey/homogeneity.hpp>

#include <vector>

auto const fine = cxm::homogeneity(std::vector<cxm::weighted_score<cxm::nps_score>>(2));
#ifdef CXM_DEFECT
auto const defect = cxm::homogeneity(std::vector<cxm::weighted_score<cxm::mean_score>>(2));
#endif
