// expect: cxm::nps: NPS is defined on 0 to 10; on another scale say promoters_from and detractors_to
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/nps.hpp>

auto const fine = cxm::nps(cxm::points<1, 5>{}, cxm::promoters_from{5}, cxm::detractors_to{3});
#ifdef CXM_DEFECT
auto const defect = cxm::nps(cxm::points<1, 5>{});
#endif
