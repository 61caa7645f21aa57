// expect: cxm::stage_regress: a stage is a whole number or an enum
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

void cut(std::vector<contact> const& contacts) {
  auto const fields = cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step};
#ifdef CXM_DEFECT
  (void)cxm::reconstruct(contacts, fields, cxm::stage_regress{&contact::when});
#else
  (void)cxm::reconstruct(contacts, fields, cxm::stage_regress{&contact::step});
#endif
}
