// expect: cxm::compare: these results can't be compared; NPS, CSAT, means, shares and point_counts can
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/compare.hpp>

auto const fine = cxm::tally(cxm::points<1, 5>{}, cxm::mean());
auto found = cxm::compare(fine, fine);
#ifdef CXM_DEFECT
auto const defect = cxm::tally(cxm::points<1, 5>{}, cxm::mean(), cxm::median());
auto refused = cxm::compare(defect, defect);
#endif
