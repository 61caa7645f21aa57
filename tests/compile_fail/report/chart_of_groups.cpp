// expect: cxm::score_chart: takes what may be shown; cxm::publish(groups, min_people{5}) makes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/publish.hpp>
#include <cxm/report/score_chart.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

struct answer {
  int channel, recommend;
};
auto const groups = cxm::by(&answer::channel, cxm::on(&answer::recommend, cxm::nps())).result();

[[maybe_unused]] auto const picture = cxm::score_chart(cxm::publish(groups), "NPS");
#ifdef CXM_DEFECT
[[maybe_unused]] auto const leak = cxm::score_chart(groups, "NPS");
#endif
