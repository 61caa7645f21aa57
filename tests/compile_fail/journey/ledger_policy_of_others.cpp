// expect: cxm::time_ledger: takes customer_side, between_milestones and during
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/time_ledger.hpp>

struct contact {
  int department;
};

auto fine = cxm::time_ledger(&contact::department, cxm::at_most{10});
#ifdef CXM_DEFECT
auto defect = cxm::time_ledger(&contact::department, cxm::never{});
#endif
