// expect: cxm::basic_exact: the denominator must be positive
// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/exact.hpp>

[[maybe_unused]] cxm::basic_exact<100> const cents{};
#ifdef CXM_DEFECT
[[maybe_unused]] cxm::basic_exact<0> const nothing{};
#endif
