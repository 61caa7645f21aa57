// expect: cxm::weighted: after the accumulator comes one kind of weight
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/count.hpp>
#include <cxm/stats/weighted.hpp>

struct row {
  int people;
};
auto const fine = cxm::weighted(&row::people, cxm::count(), cxm::frequency_weights{});
#ifdef CXM_DEFECT
auto const defect =
    cxm::weighted(&row::people, cxm::count(), cxm::frequency_weights{}, cxm::value_weights{});
#endif
