// expect: cxm::links_between: the id and the cause must have the same type
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/caused_by.hpp>
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  std::string id;
  std::optional<std::string> caused_by;
};
std::vector<contact> const contacts;
auto const journeys = cxm::reconstruct(
    contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::customer});
auto const fine = cxm::links_between(journeys, &contact::id, &contact::caused_by);
#ifdef CXM_DEFECT
auto const defect = cxm::links_between(journeys, &contact::customer, &contact::caused_by);
#endif
