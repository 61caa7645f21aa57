// expect: cxm::publish: takes groups, or a result that says how many people it has
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/publish.hpp>

[[maybe_unused]] auto const fine = cxm::publish(std::uint64_t{7});
#ifdef CXM_DEFECT
[[maybe_unused]] auto const leak = cxm::publish(0.5);
#endif
