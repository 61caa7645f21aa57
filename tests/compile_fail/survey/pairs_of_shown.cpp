// expect: cxm::paired: pairs are of people who answered both times; a denominator has no place here
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/paired.hpp>

struct customer {
  int before, after;
};
auto const fine = cxm::paired(&customer::before, &customer::after, cxm::nps(cxm::relationship{}));
#ifdef CXM_DEFECT
auto const defect = cxm::paired(&customer::before, &customer::after, cxm::nps(cxm::of_shown{}));
#endif
