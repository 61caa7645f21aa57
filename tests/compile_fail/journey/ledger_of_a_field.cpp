// expect: cxm::promise_ledger: takes a promise, as promise_of(promised, delivered)
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/promise_ledger.hpp>

#include <chrono>

struct order {
  std::chrono::sys_seconds promised, delivered;
};
auto const fine = cxm::promise_ledger(cxm::promise_of(&order::promised, &order::delivered));
#ifdef CXM_DEFECT
auto const defect = cxm::promise_ledger(&order::promised);
#endif
