// expect: cxm::tally: merging tallies of different scales, occasions or denominators
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/nps.hpp>

void fine() {
  auto after_calls = cxm::nps(cxm::transactional{});
  after_calls.merge(cxm::nps(cxm::transactional{}, cxm::wald{}));
}
#ifdef CXM_DEFECT
void defect() {
  auto after_calls = cxm::nps(cxm::transactional{});
  after_calls.merge(cxm::nps(cxm::relationship{}));
}
#endif
