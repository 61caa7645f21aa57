// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/bind.hpp>
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

#include "catch.hpp"

#include <chrono>
#include <vector>

using namespace std::chrono_literals;

namespace {
struct contact {
  int step;
  std::chrono::minutes wait;
  std::chrono::minutes waited() const { return wait; }
};
inline auto const any_wait = [](auto const& one) { return one.wait; };
inline auto const any_step = [](auto const& one) { return one.step; };
std::vector<contact> const contacts = {{1, 2min}, {2, 4min}, {1, 6min}};
}  // namespace

using cxm::detail::event_of_t;
static_assert(std::same_as<event_of_t<int contact::*>, contact>);
static_assert(std::same_as<event_of_t<decltype(&contact::waited)>, contact>);
static_assert(std::same_as<event_of_t<decltype([](contact const& c) { return c.step; })>, contact>);
static_assert(std::same_as<event_of_t<int (*)(contact const&)>, contact>);
static_assert(std::is_void_v<event_of_t<decltype(any_wait)>>);
static_assert(std::same_as<event_of_t<decltype(cxm::field<"step">(&contact::step))>, contact>);

TEST_CASE("bind: fields that say what they read bind a plan at once") {
  auto plan = cxm::by(&contact::step, cxm::on(&contact::wait, cxm::moments()));
  for (auto const& one : contacts) plan.add(one);
  CHECK(plan.result().at(1).mean == cxm::maybe(std::chrono::duration<double, std::ratio<60>>(4)));
}

TEST_CASE("bind: a plan over generic fields is bound by measure, or by hand") {
  auto const plan = cxm::by(
      any_step, cxm::all(cxm::on(any_wait, cxm::quantiles()), cxm::on(any_wait, cxm::moments())));
  auto const measured = cxm::measure(contacts, plan);
  auto bound = cxm::bind<contact>(plan);
  for (auto const& one : contacts) bound.add(one);
  CHECK(bound == measured);
  auto const& [quantiles, moments] = measured.result().at(1);
  CHECK(quantiles.median() == cxm::maybe(std::chrono::duration<double, std::ratio<60>>(4)));
  CHECK(moments.n == 2);
}

TEST_CASE("bind: binding again keeps what was counted") {
  auto const plan =
      cxm::all(cxm::by(&contact::step, cxm::on(&contact::wait, cxm::moments())),
               cxm::on(any_wait, cxm::quantiles()), cxm::on(any_wait, cxm::moments()));
  auto const once = cxm::measure(contacts, plan);
  CHECK(cxm::bind<contact>(once) == once);
  auto twice = once;
  for (auto const& one : contacts) twice.add(one);
  CHECK(cxm::measure(contacts, once) == twice);
}
