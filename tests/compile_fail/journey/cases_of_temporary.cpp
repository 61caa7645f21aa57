// expect: cxm::cases_of: the rows are a temporary
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int step;
};
auto const silence = cxm::after_silence{std::chrono::hours(12)};
auto const end = cxm::until{7};

std::vector<contact> read();
void cut(std::vector<contact> const& contacts) {
  auto const fields = cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step};
#ifdef CXM_DEFECT
  (void)cxm::cases_of(read(), fields, &contact::step);
#else
  (void)cxm::cases_of(contacts, fields, &contact::step);
#endif
}
