// expect: cxm::by: what comes after the fields must be one accumulator
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>

struct answer {
  int touchpoint;
  int channel;
};
auto const fine = cxm::by(&answer::touchpoint, &answer::channel, cxm::count());
#ifdef CXM_DEFECT
auto const defect = cxm::by(&answer::touchpoint, &answer::channel);
#endif
