// expect: cxm::remove: this accumulator can't take an event back
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/on.hpp>

struct answer {
  int channel, score;
};

void fine(answer const& one) {
  auto plan = cxm::by(&answer::channel, cxm::count());
  plan.remove(one);
}
#ifdef CXM_DEFECT
void defect(answer const& one) {
  auto plan = cxm::by(&answer::channel, cxm::on(&answer::score, cxm::extrema()));
  plan.remove(one);
}
#endif
