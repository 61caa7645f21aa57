// expect: cxm::csat: this method gives no interval of a share; wilson and wald do
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/csat.hpp>

auto const fine = cxm::csat(cxm::wald{}).result();
#ifdef CXM_DEFECT
auto const defect = cxm::csat(cxm::student{}).result();
#endif
