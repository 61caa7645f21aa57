// expect: cxm::kmeans: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/kmeans.hpp>

#include <vector>

std::vector<std::vector<double>> const rows;
auto const table = cxm::features(rows, cxm::column{0});

auto fine = cxm::kmeans(table, 2, cxm::random_members{}, cxm::seed{7});
#ifdef CXM_DEFECT
auto defect = cxm::kmeans(table, 2, cxm::random_members{}, cxm::kmeans_plus_plus{});
#endif
