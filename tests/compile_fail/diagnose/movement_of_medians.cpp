// expect: cxm::why_it_moved: takes what by(segment, score) gives
// SPDX-License-Identifier: BSL-1.0
#include <cxm/diagnose/why_it_moved.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/mean.hpp>

struct answer {
  int segment, recommend;
};
template <class Reading>
auto counted(Reading reading) {
  auto const score = cxm::tally(cxm::points<0, 10>{}, reading);
  return cxm::by(&answer::segment, cxm::on(&answer::recommend, score)).result();
}

auto const fine = cxm::why_it_moved(counted(cxm::mean()), counted(cxm::mean()));
#ifdef CXM_DEFECT
auto const defect = cxm::why_it_moved(counted(cxm::median()), counted(cxm::median()));
#endif
