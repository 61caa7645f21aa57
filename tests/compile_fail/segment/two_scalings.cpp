// expect: cxm::features: the only policies are the scaling, what fills gaps and winsorised
// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/features.hpp>

#include <vector>

std::vector<std::vector<double>> const rows;

auto fine = cxm::features(rows, cxm::zscore{}, cxm::column{0});
#ifdef CXM_DEFECT
auto defect = cxm::features(rows, cxm::zscore{}, cxm::column{0}, cxm::robust{});
#endif
