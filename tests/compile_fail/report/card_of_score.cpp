// expect: cxm::card: takes what may be shown; cxm::publish(score, min_people{5}) makes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/page.hpp>
#include <cxm/report/publish.hpp>

[[maybe_unused]] cxm::nps_score const score;
[[maybe_unused]] cxm::card const fine("NPS", cxm::publish(score));
#ifdef CXM_DEFECT
[[maybe_unused]] cxm::card const leak("NPS", score);
#endif
