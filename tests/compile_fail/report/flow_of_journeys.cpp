// expect: cxm::flow_chart: takes what may be shown; cxm::publish_flow(flow, min_people{5}) makes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/flow_chart.hpp>

[[maybe_unused]] auto const flow = cxm::by(&std::pair<int, int>::first, cxm::count()).result();
[[maybe_unused]] cxm::chart (*const fine)(cxm::published_flow const&,
                                          std::string) = cxm::flow_chart;
#ifdef CXM_DEFECT
[[maybe_unused]] cxm::chart (*const leak)(decltype(flow) const&, std::string) = cxm::flow_chart;
#endif
