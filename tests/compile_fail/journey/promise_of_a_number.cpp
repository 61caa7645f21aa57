// expect: cxm::promise_of: a promise is a time, a promise_window, or std::optional of one
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/promise_of.hpp>

#include <chrono>

struct order {
  std::chrono::sys_seconds promised, delivered;
  int day;
};
auto const fine = cxm::promise_of(&order::promised, &order::delivered)(order{});
#ifdef CXM_DEFECT
auto const defect = cxm::promise_of(&order::day, &order::delivered)(order{});
#endif
