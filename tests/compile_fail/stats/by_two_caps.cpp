// expect: cxm::by: the only policy is at_most, once, after the accumulator
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>

struct answer {
  int touchpoint;
};
auto const fine = cxm::by(&answer::touchpoint, cxm::count(), cxm::at_most{5});
#ifdef CXM_DEFECT
auto const defect = cxm::by(&answer::touchpoint, cxm::count(), cxm::at_most{5}, cxm::at_most{6});
#endif
