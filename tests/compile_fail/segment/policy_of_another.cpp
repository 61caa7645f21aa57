// expect: cxm::kmeans: takes a seed, a start, restarts, a step, what to do with empty clusters
// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/kmeans.hpp>

#include <vector>

std::vector<std::vector<double>> const rows;

auto fine = cxm::kmeans(cxm::features(rows, cxm::column{0}, cxm::zscore{}), 2);
#ifdef CXM_DEFECT
auto defect = cxm::kmeans(cxm::features(rows, cxm::column{0}), 2, cxm::zscore{});
#endif
