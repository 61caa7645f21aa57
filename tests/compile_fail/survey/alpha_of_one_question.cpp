// expect: cxm::cronbach_alpha: needs two questions, or the columns of several
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/cronbach_alpha.hpp>

struct answer {
  int easy;
  int quick;
};
auto const fine = cxm::cronbach_alpha(&answer::easy, &answer::quick);
#ifdef CXM_DEFECT
auto const defect = cxm::cronbach_alpha(&answer::easy);
#endif
