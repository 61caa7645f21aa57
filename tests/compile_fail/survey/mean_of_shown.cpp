// expect: cxm::mean: a mean is over answers; a denominator belongs to a share
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>

auto const fine = cxm::csat(cxm::of_shown{});
#ifdef CXM_DEFECT
auto const defect = cxm::mean(cxm::points<1, 5>{}, cxm::of_shown{});
#endif
