// expect: cxm::mean: this method gives no interval of a mean; student, bootstrap and bca do
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/ces.hpp>

auto const fine = cxm::ces(cxm::student{}).result();
#ifdef CXM_DEFECT
auto const defect = cxm::ces(cxm::wald{}).result();
#endif
