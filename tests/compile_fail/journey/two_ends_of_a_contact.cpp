// expect: cxm::reconstruct: two fields say when a contact ended
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when, ended;
  std::chrono::seconds took;
};
std::vector<contact> const contacts;
using cxm::touchpoint_fields;
auto const fine =
    cxm::reconstruct(contacts, touchpoint_fields{&contact::customer, &contact::when,
                                                 &contact::customer, cxm::lasts{&contact::took}});
#ifdef CXM_DEFECT
auto const defect = cxm::reconstruct(
    contacts, touchpoint_fields{&contact::customer, &contact::when, &contact::customer,
                                cxm::lasts{&contact::took}, cxm::ends_at{&contact::ended}});
#endif
