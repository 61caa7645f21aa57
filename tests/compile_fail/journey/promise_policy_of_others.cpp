// expect: cxm::promise_of: takes by_timestamp or by_date, known_until, grace, not_before,
// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/confidence.hpp>
#include <cxm/journey/promise_of.hpp>

#include <chrono>

struct order {
  std::chrono::sys_seconds promised, delivered;
};
auto const fine = cxm::promise_of(&order::promised, &order::delivered);
#ifdef CXM_DEFECT
auto const defect = cxm::promise_of(&order::promised, &order::delivered, cxm::confidence{0.9});
#endif
