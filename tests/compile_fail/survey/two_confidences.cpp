// expect: cxm::nps: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/nps.hpp>

auto const fine = cxm::nps(cxm::confidence{0.9}, cxm::wald{}, cxm::min_n{5});
#ifdef CXM_DEFECT
auto const defect = cxm::nps(cxm::confidence{0.9}, cxm::wald{}, cxm::confidence{0.99});
#endif
