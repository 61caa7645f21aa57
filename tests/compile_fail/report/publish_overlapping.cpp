// expect: cxm::publish: the groups of by_each overlap
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/publish.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/survey/nps.hpp>

auto fine(cxm::groups<int, cxm::nps_score> const& found) {
  return cxm::publish(found);
}
#ifdef CXM_DEFECT
auto defect(cxm::overlapping_groups<int, cxm::nps_score> const& found) {
  return cxm::publish(found);
}
#endif
