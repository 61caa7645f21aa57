// expect: cxm::gap_mixture: a gap is a duration
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

#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
void fit(std::vector<contact> const& contacts) {
#ifdef CXM_DEFECT
  (void)cxm::measure(contacts, cxm::on(&contact::step, cxm::gap_mixture()));
#else
  (void)cxm::measure(
      contacts, cxm::on([](contact const& one) { return one.when - std::chrono::sys_seconds(); },
                        cxm::gap_mixture()));
#endif
}
