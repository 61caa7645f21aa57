// expect: cxm::moments: counts whole numbers and durations of whole ticks; for doubles use exact_moments()
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include <vector>

struct order {
  double value;
};
std::vector<order> const orders;
auto const fine = cxm::measure(orders, cxm::on(&order::value, cxm::exact_moments()));
#ifdef CXM_DEFECT
auto const defect = cxm::measure(orders, cxm::on(&order::value, cxm::moments()));
#endif
