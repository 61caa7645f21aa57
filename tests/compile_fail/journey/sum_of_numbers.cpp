// expect: cxm::time_sum: the field must give a duration, or std::optional of one
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/time_sum.hpp>
#include <cxm/stats/on.hpp>

#include <chrono>

struct contact {
  int size;
  std::chrono::minutes length;
};

auto fine = cxm::on(&contact::length, cxm::time_sum());
#ifdef CXM_DEFECT
auto defect = cxm::on(&contact::size, cxm::time_sum());
#endif
