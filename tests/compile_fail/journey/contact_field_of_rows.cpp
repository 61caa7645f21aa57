// expect: cxm::read: this field reads contacts of journeys, as time_spent does
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/lived_time.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int step;
};
std::vector<contact> const contacts;
auto const journeys = cxm::reconstruct(
    contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step},
    cxm::never{});
auto const times = cxm::by(&contact::step, cxm::on(cxm::time_spent, cxm::moments()));
auto const fine = cxm::measure(journeys, cxm::each_contact(times));
#ifdef CXM_DEFECT
auto const defect = cxm::measure(contacts, times);
#endif
