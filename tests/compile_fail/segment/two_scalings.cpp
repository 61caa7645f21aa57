// expect: cxm::features: the only policy is the scaling, once
// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/features.hpp>

#include <vector>

std::vector<std::vector<double>> const rows;

auto fine = cxm::features(rows, cxm::zscore{}, cxm::column{0});
#ifdef CXM_DEFECT
auto defect = cxm::features(rows, cxm::zscore{}, cxm::column{0}, cxm::robust{});
#endif
