// expect: cxm::reconstruct: the rows are a temporary, gone before their journeys are read; give them a name
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <span>
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
auto const fine = cxm::reconstruct(std::span(contacts), fields);
#ifdef CXM_DEFECT
auto const defect = cxm::reconstruct(std::vector<contact>(), fields);
#endif
