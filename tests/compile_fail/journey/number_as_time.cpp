// expect: cxm::reconstruct: the time field must give a std::chrono time point, or an optional of one
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int step;
  int when_in_seconds;
};
std::vector<contact> const contacts;
using cxm::touchpoint_fields;
auto const fine = cxm::reconstruct(
    contacts, touchpoint_fields{&contact::customer, &contact::when, &contact::step});
#ifdef CXM_DEFECT
auto const defect = cxm::reconstruct(
    contacts, touchpoint_fields{&contact::customer, &contact::when_in_seconds, &contact::step});
#endif
