// expect: cxm::reconstruct: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int step;
  int id;
};
std::vector<contact> const contacts;
using cxm::touchpoint_fields;
auto const fields = touchpoint_fields{&contact::customer, &contact::when, &contact::step};
auto const once = cxm::once_per{&contact::id};
auto const fine = cxm::reconstruct(contacts, fields, once, cxm::keep_last{});
#ifdef CXM_DEFECT
auto const defect =
    cxm::reconstruct(contacts, fields, once, cxm::keep_last{}, cxm::keep_first{&contact::when});
#endif
