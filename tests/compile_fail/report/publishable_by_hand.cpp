// expect: private
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/publish.hpp>

using fine = cxm::publishable<std::uint64_t>;
#ifdef CXM_DEFECT
[[maybe_unused]] cxm::publishable<std::uint64_t> const leak;
#endif
