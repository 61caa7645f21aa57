// expect: cxm::decayed: this accumulator can't count with weights
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/count.hpp>
#include <cxm/stats/decayed.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

struct answer {
  std::chrono::sys_seconds when;
  int score;
};

auto fine = cxm::decayed(&answer::when, cxm::transactional_half_life, cxm::count());
#ifdef CXM_DEFECT
auto defect = cxm::decayed(&answer::when, cxm::transactional_half_life,
                           cxm::on(&answer::score, cxm::quantiles()));
#endif
