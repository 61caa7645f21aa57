// expect: cxm::features: a point in time is no feature; give how long something took
// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/features.hpp>

#include <chrono>
#include <vector>

struct customer {
  std::chrono::sys_seconds since;
};
std::vector<customer> const customers;

auto fine = cxm::features(customers, [](customer const& one) {
  return std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000)) - one.since;
});
#ifdef CXM_DEFECT
auto defect = cxm::features(customers, &customer::since);
#endif
