// expect: cxm::reconstruct: two policies answer the same question
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

void cut(std::vector<contact> const& contacts, std::chrono::sys_seconds time) {
  auto const fields = cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step};
  (void)cxm::reconstruct(contacts, fields, cxm::known_until{time}, cxm::known_from{time});
#ifdef CXM_DEFECT
  (void)cxm::reconstruct(contacts, fields, cxm::known_until{time}, cxm::known_until{time});
#endif
}
