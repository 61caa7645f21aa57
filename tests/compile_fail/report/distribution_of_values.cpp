// expect: cxm::distribution_chart: takes what may be shown; cxm::publish_distribution(result, min_people{5}) makes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/distribution_chart.hpp>

[[maybe_unused]] cxm::sorted_values<int> const found;
[[maybe_unused]] auto const fine =
    cxm::distribution_chart(cxm::publish_distribution(found), "times");
#ifdef CXM_DEFECT
[[maybe_unused]] auto const leak = cxm::distribution_chart(found, "times");
#endif
