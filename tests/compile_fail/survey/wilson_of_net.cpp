// expect: cxm::nps: this method gives no interval of a net share; adjusted_wald, wald, mover_wilson and others do
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/nps.hpp>

auto const fine = cxm::nps(cxm::student{}).result();
#ifdef CXM_DEFECT
auto const defect = cxm::nps(cxm::wilson{}).result();
#endif
