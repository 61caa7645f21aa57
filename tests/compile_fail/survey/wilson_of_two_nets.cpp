// expect: cxm::compare: NPS are compared by a method for nets, as adjusted_wald or tango
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/compare.hpp>

auto fine = cxm::compare(cxm::nps(), cxm::nps(), cxm::adjusted_wald{});
#ifdef CXM_DEFECT
auto defect = cxm::compare(cxm::nps(), cxm::nps(), cxm::wilson{});
#endif
