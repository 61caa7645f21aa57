// expect: cxm::contactless: the field must give a cxm::contact_mode, or an optional of one
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/contactless.hpp>
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int what;
  cxm::contact_mode mode;
  bool human;
};
std::vector<contact> const events;
auto const journeys = cxm::reconstruct(
    events, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what});

auto fine = cxm::journey_mode(&contact::mode)(journeys[0]);
#ifdef CXM_DEFECT
auto defect = cxm::journey_mode(&contact::human)(journeys[0]);
#endif
