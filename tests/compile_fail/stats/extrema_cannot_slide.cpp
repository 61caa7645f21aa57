// expect: cxm::windowed: this accumulator can't take an event back
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/count.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/windowed.hpp>

using namespace std::chrono;
struct answer {
  sys_seconds when;
  int score;
};

auto fine = cxm::windowed(&answer::when, cxm::sliding{1h}, cxm::count());
#ifdef CXM_DEFECT
auto defect =
    cxm::windowed(&answer::when, cxm::sliding{1h}, cxm::on(&answer::score, cxm::extrema()));
#endif
