// expect: cxm::by: the type of the events is not known yet; cxm::bind<event>(plan) fixes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/bind.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>

struct order {
  int shop;
};
auto const shop = [](auto const& one) { return one.shop; };
void fine() {
  auto plan = cxm::bind<order>(cxm::by(shop, cxm::count()));
  plan.add(order{1});
}
#ifdef CXM_DEFECT
void defect() {
  auto plan = cxm::by(shop, cxm::count());
  plan.add(order{1});
}
#endif
