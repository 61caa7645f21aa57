// expect: cxm::shrink: takes groups of nets, shares or means
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/shrink.hpp>

struct answer {
  int shop, recommend;
};
template <class Reading>
auto counted(Reading reading) {
  auto const score = cxm::tally(cxm::points<0, 10>{}, reading);
  return cxm::by(&answer::shop, cxm::on(&answer::recommend, score)).result();
}

auto const fine = cxm::shrink(counted(cxm::mean()));
#ifdef CXM_DEFECT
auto const defect = cxm::shrink(counted(cxm::median()));
#endif
