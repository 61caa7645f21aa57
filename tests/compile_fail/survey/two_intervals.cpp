// expect: cxm::csat: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/csat.hpp>

auto const fine = cxm::csat(cxm::wilson{});
#ifdef CXM_DEFECT
auto const defect = cxm::csat(cxm::wilson{}, cxm::wald{});
#endif
