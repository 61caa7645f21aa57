// expect: cxm::cell_weights: of() takes the fields by which the cells were counted
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/cell_weights.hpp>

#include <tuple>

struct answer {
  int region;
  int age;
};
cxm::cell_weights<std::tuple<int, int>> const weights({});
auto const fine = weights.of(&answer::region, &answer::age);
#ifdef CXM_DEFECT
auto const defect = weights.of(&answer::region);
#endif
