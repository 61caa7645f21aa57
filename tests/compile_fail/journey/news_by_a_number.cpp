// expect: cxm::contacts_between: the predicate is true or false, or std::optional of that
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/waiting.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int step;
  bool news;
};
std::vector<contact> const contacts;
auto const journeys = cxm::reconstruct(
    contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step});
auto const fine = cxm::contacts_since{cxm::reached{1}, &contact::news}(journeys[0]);
#ifdef CXM_DEFECT
auto const defect = cxm::contacts_since{cxm::reached{1}, &contact::step}(journeys[0]);
#endif
