// expect: cxm::effort: a field counts whole numbers; for a duration say in what, as in in_whole{
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/behaviour.hpp>
#include <cxm/journey/effort.hpp>
#include <cxm/journey/lived_time.hpp>
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <vector>

using namespace std::chrono_literals;
struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int step;
};
std::vector<contact> const contacts;
auto const journeys = cxm::reconstruct(
    contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step});
auto const fine =
    cxm::effort(cxm::cost{1, cxm::in_whole{24h, cxm::idle_time}}).components(journeys[0]);
#ifdef CXM_DEFECT
auto const defect = cxm::effort(cxm::cost{1, cxm::idle_time}).components(journeys[0]);
#endif
