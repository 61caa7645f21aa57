// expect: cxm::composite: item_weights needs one weight for each item
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/indices.hpp>

struct answer {
  int satisfaction, expectations, ideal;
};
auto const fine = cxm::acsi_like(&answer::satisfaction, &answer::expectations, &answer::ideal,
                                 cxm::item_weights{3, 2, 2});
#ifdef CXM_DEFECT
auto const defect = cxm::acsi_like(&answer::satisfaction, &answer::expectations, &answer::ideal,
                                   cxm::item_weights{3, 2});
#endif
