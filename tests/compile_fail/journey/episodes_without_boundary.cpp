// expect: cxm::episodes: takes a boundary, as after_silence{30min}
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

auto const fine = cxm::episode_count{silence};
#ifdef CXM_DEFECT
auto const defect = cxm::episode_count{cxm::remember_endings{}};
#endif
