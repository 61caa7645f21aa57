// expect: cxm::with_silent: which range has this score? Give it, as interval{1, 5}
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey.hpp>
#include <cxm/survey/response.hpp>

auto const fine = cxm::with_silent(cxm::mean_score(), cxm::response(), cxm::interval{1, 5});
#ifdef CXM_DEFECT
auto const defect = cxm::with_silent(cxm::mean_score(), cxm::response());
#endif
