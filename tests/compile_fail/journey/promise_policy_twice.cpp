// expect: cxm::promise_of: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/promise_of.hpp>

#include <chrono>

using namespace std::chrono_literals;
struct order {
  std::chrono::sys_seconds promised, delivered;
};
auto const fine = cxm::promise_of(&order::promised, &order::delivered, cxm::grace{1h});
#ifdef CXM_DEFECT
auto const defect =
    cxm::promise_of(&order::promised, &order::delivered, cxm::grace{1h}, cxm::grace{2h});
#endif
