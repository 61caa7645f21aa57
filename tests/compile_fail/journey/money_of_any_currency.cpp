// expect: cxm::cost_against_plan: money of several currencies can't be added; in_currency{"EUR"} says which is counted
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/cost_against_plan.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/measure.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  cxm::money cost, planned;
};
std::vector<contact> const contacts;
auto const journeys = cxm::reconstruct(
    contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::customer});
auto const fine = cxm::measure(
    journeys, cxm::cost_against_plan(&contact::cost, &contact::planned, cxm::in_currency{"EUR"}));
#ifdef CXM_DEFECT
auto const defect =
    cxm::measure(journeys, cxm::cost_against_plan(&contact::cost, &contact::planned));
#endif
