// expect: cxm::profile_chart: takes what may be shown; cxm::publish_profile(profile, min_people{5}) makes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/profile_chart.hpp>

[[maybe_unused]] cxm::segment_effects const found;
[[maybe_unused]] auto const fine = cxm::profile_chart(cxm::publish_profile(found), "needs");
#ifdef CXM_DEFECT
[[maybe_unused]] auto const leak = cxm::profile_chart(found, "needs");
#endif
