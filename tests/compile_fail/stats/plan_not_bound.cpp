// expect: cxm::quantiles: the type of the events is not known yet; cxm::bind<event>(plan) fixes it
// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/bind.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

struct order {
  int value;
};
auto const value = [](auto const& one) { return one.value; };
void fine() {
  auto plan = cxm::bind<order>(cxm::on(value, cxm::quantiles()));
  plan.add(order{1});
}
#ifdef CXM_DEFECT
void defect() {
  auto plan = cxm::on(value, cxm::quantiles());
  plan.add(order{1});
}
#endif
