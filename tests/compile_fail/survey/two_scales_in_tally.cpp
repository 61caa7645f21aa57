// expect: cxm::tally: its readings belong to different scales
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/tally.hpp>

auto const fine = cxm::tally(cxm::csat(), cxm::csat(cxm::good_at{5}), cxm::mean());
#ifdef CXM_DEFECT
auto const defect = cxm::tally(cxm::nps(), cxm::csat());
#endif
