// expect: cxm::csat: this method gives no interval of a share; wilson, wald, clopper_pearson and others do
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/csat.hpp>

auto const fine = cxm::csat(cxm::wald{}).result();
#ifdef CXM_DEFECT
auto const defect = cxm::csat(cxm::student{}).result();
#endif
