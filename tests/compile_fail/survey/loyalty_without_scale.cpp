// expect: cxm::loyalty_index: there is no standard scale; say onto which it is shown
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/indices.hpp>

struct answer {
  int recommend, again;
};
constexpr auto recommend = cxm::item(&answer::recommend, cxm::points<0, 10>{});
constexpr auto again = cxm::item(&answer::again, cxm::points<0, 10>{});
auto const fine = cxm::loyalty_index(recommend, again, cxm::onto{0, 10});
#ifdef CXM_DEFECT
auto const defect = cxm::loyalty_index(recommend, again);
#endif
