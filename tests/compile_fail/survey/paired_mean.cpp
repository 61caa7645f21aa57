// expect: cxm::paired: takes nps() or csat()
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/paired.hpp>

struct customer {
  int before;
  int after;
};
auto fine = cxm::paired(&customer::before, &customer::after, cxm::nps());
#ifdef CXM_DEFECT
auto defect = cxm::paired(&customer::before, &customer::after, cxm::mean(cxm::points<0, 10>{}));
#endif
