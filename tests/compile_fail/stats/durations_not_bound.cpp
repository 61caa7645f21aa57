// expect: cxm::moments: the plan is not bound to durations of this unit; cxm::bind<event>(plan) does it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/bind.hpp>
#include <cxm/stats/moments.hpp>

#include <chrono>

void fine() {
  auto plan = cxm::bind<std::chrono::seconds>(cxm::moments());
  plan.add(std::chrono::seconds(1));
}
#ifdef CXM_DEFECT
void defect() {
  auto plan = cxm::moments();
  plan.add(std::chrono::seconds(1));
}
#endif
