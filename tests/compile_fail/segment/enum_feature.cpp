// expect: cxm::features: an enum is no number; say ordinal(field) if its values are in order
// SPDX-License-Identifier: BSL-1.0
#include <cxm/segment/features.hpp>

#include <vector>

enum class tariff { basic, plus };
struct customer {
  tariff plan;
};
std::vector<customer> const customers;

auto fine = cxm::features(customers, cxm::ordinal(&customer::plan));
#ifdef CXM_DEFECT
auto defect = cxm::features(customers, &customer::plan);
#endif
