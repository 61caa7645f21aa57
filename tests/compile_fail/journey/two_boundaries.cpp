// expect: cxm::reconstruct: two boundaries; combine them, as in either{after_silence{12h}, until{x}}
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
auto const fields = touchpoint_fields{&contact::customer, &contact::when, &contact::step};
auto const silence = cxm::after_silence{std::chrono::hours(12)};
auto const fine = cxm::reconstruct(contacts, fields, cxm::either{silence, cxm::until{7}});
#ifdef CXM_DEFECT
auto const defect = cxm::reconstruct(contacts, fields, silence, cxm::until{7});
#endif
