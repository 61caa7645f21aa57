// expect: cxm::tally: which scale? Give one, as in tally(points<1, 7>{}, mean())
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/mean.hpp>
#include <cxm/survey/tally.hpp>

auto const fine = cxm::tally(cxm::points<1, 7>{}, cxm::mean());
#ifdef CXM_DEFECT
auto const defect = cxm::tally(cxm::mean());
#endif
