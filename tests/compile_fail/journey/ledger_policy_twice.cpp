// expect: cxm::time_ledger: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/time_ledger.hpp>

struct contact {
  int department;
  bool own;
};

auto fine = cxm::time_ledger(&contact::department, cxm::customer_side{&contact::own});
#ifdef CXM_DEFECT
auto defect = cxm::time_ledger(&contact::department, cxm::customer_side{&contact::own},
                               cxm::customer_side{&contact::own});
#endif
