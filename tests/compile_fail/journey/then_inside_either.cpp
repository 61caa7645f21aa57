// expect: cxm::then: cuts pieces out of pieces, so it stands outside
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

auto const fine = cxm::then{cxm::either{silence, end}, end};
#ifdef CXM_DEFECT
auto const defect = cxm::either{cxm::then{silence, end}, end};
#endif
