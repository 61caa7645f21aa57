// expect: cxm::nps: NPS is not defined on a rescaled item
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>

auto const fine = cxm::mean(cxm::points<1, 5>{}, cxm::onto{0, 10});
#ifdef CXM_DEFECT
auto const defect = cxm::nps(cxm::points<1, 5>{}, cxm::onto{0, 10});
#endif
