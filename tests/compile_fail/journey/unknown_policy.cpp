// expect: cxm::reconstruct: takes a boundary, once_per, once_per_content, near_duplicates, keep_first, keep_last, quarantine_future, collapse_repeats, remember_endings, known_from and known_until; this policy answers another question
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
auto const fine = cxm::reconstruct(contacts, fields, cxm::until{7});
#ifdef CXM_DEFECT
auto const defect = cxm::reconstruct(contacts, fields, 7);
#endif
