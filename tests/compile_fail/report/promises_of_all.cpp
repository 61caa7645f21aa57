// expect: cxm::promise_chart: takes what may be shown; cxm::publish(promises, min_people{5}) makes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/promise_chart.hpp>
#include <cxm/report/publish.hpp>

[[maybe_unused]] cxm::promise_summary const found;
[[maybe_unused]] auto const fine = cxm::promise_chart(cxm::publish(found), "kept");
#ifdef CXM_DEFECT
[[maybe_unused]] auto const leak = cxm::promise_chart(found, "kept");
#endif
