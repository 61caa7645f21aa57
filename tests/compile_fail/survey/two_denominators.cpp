// expect: cxm::nps: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/nps.hpp>

auto const fine = cxm::nps(cxm::of_shown{}, cxm::transactional{});
#ifdef CXM_DEFECT
auto const defect = cxm::nps(cxm::of_shown{}, cxm::including_dismissed{});
#endif
