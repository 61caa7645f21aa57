// SPDX-License-Identifier: BSL-1.0
#include <cxm/cxm.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/compare_scores.hpp>

#include "catch.hpp"

#include <optional>
#include <string>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
struct answer {
  std::string channel;
  std::optional<int> recommend;
};
std::vector<answer> answers(std::string const& channel, int promoters, int passives,
                            int detractors) {
  std::vector<answer> found;
  for (int i = 0; i < promoters; ++i) found.push_back({channel, 9 + i % 2});
  for (int i = 0; i < passives; ++i) found.push_back({channel, 7 + i % 2});
  for (int i = 0; i < detractors; ++i) found.push_back({channel, i % 7});
  return found;
}
auto measured(std::vector<answer> const& of, auto plan) {
  return cxm::measure(of, plan);
}
}  // namespace

TEST_CASE("compare of two NPS, C11: +30 of 100 against +15 of 200") {
  auto const plan = cxm::on(&answer::recommend, cxm::nps());
  auto const first = measured(answers("web", 50, 30, 20), plan);
  auto const second = measured(answers("web", 90, 50, 60), plan);
  auto const found = cxm::compare(first, second);
  CHECK(found.first_n == 100);
  CHECK(found.second_n == 200);
  CHECK_THAT(*found.value, WithinAbs(15, 1e-12));
  CHECK_THAT(*found.statistic, WithinAbs(1.52, 5e-3));
  CHECK_THAT(*found.p, WithinAbs(0.128, 5e-4));
  CHECK_THAT(found.interval->low, WithinAbs(-4.7, 0.05));
  CHECK_THAT(found.interval->high, WithinAbs(33.4, 0.05));
  CHECK(!found.significant());
  // Through results, with other policies, in any order.
  auto const wider =
      cxm::compare(first.result(), second.result(), cxm::confidence{0.99}, cxm::tango{});
  CHECK(wider.interval->low < found.interval->low);
  auto const few = cxm::compare(first, second, cxm::min_n{101});
  CHECK(few.value.why() == cxm::reason::below_min_n);
  CHECK(few.interval.why() == cxm::reason::below_min_n);
  CHECK(few.first_n == 100);
}

TEST_CASE("compare of groups, group by group, and adjusted for how many there are") {
  auto spring = answers("web", 60, 20, 20);
  auto summer = answers("web", 40, 20, 40);
  for (auto const& more : answers("call", 10, 10, 10)) spring.push_back(more);
  for (auto const& more : answers("call", 11, 10, 9)) summer.push_back(more);
  for (auto const& more : answers("shop", 5, 0, 0)) summer.push_back(more);
  auto const plan = cxm::by(&answer::channel, cxm::on(&answer::recommend, cxm::nps()));
  auto const change = cxm::compare(measured(summer, plan), measured(spring, plan));
  REQUIRE(change.size() == 3);
  CHECK_THAT(*change.at("web").value, WithinAbs(-40, 1e-12));
  CHECK(change.at("web").significant());
  CHECK_THAT(*change.at("call").value, WithinAbs(100 * 2 / 30.0, 1e-12));
  CHECK(change.at("shop").value.why() == cxm::reason::no_data);
  CHECK(change.at("shop").first_n == 5);
  auto const q = cxm::benjamini_hochberg(cxm::p_values(change));
  REQUIRE(q.size() == 3);
  CHECK(q[1].why() == cxm::reason::no_data);  // call, shop, web: by key
  CHECK_THAT(*q[2], WithinRel(*change.at("web").p * 2, 1e-12));
}

TEST_CASE("compare of a tally with several readings gives one comparison each, also in groups") {
  auto const plan = cxm::by(
      &answer::channel,
      cxm::on(&answer::recommend, cxm::tally(cxm::nps(), cxm::mean(), cxm::point_counts())));
  auto const first = measured(answers("web", 50, 30, 20), plan).result();
  auto const second = measured(answers("web", 90, 50, 60), plan).result();
  auto const [nps, mean, ranks] = cxm::compare(first, second).at("web");
  CHECK_THAT(*nps.p, WithinAbs(0.128, 5e-4));
  CHECK(mean.degrees_of_freedom.has_value());
  CHECK(*mean.value > 0);
  CHECK(*ranks.value > 0);
  CHECK((0 < *ranks.p && *ranks.p < 1));
  // The oracle of the ranks: every pair.
  double above = 0;
  for (auto const& a : answers("web", 50, 30, 20))
    for (auto const& b : answers("web", 90, 50, 60))
      above += *a.recommend > *b.recommend ? 1 : *a.recommend < *b.recommend ? -1 : 0;
  CHECK_THAT(*ranks.value, WithinAbs(above / 20'000, 1e-12));
}

TEST_CASE("compare of shares, satisfaction, means and effort") {
  auto first = cxm::csat();
  auto second = cxm::csat();
  for (int a : {5, 4, 4, 3, 5, 2, 1, 5, 4, 3}) first.add(a);
  for (int a : {1, 2, 3, 4, 1, 2, 5}) second.add(a);
  auto const shares = cxm::compare(first, second);
  CHECK_THAT(*shares.value, WithinAbs(0.6 - 2.0 / 7, 1e-15));
  CHECK(shares.interval == cxm::share_difference({6, 10}, {2, 7}).interval);
  CHECK(cxm::compare(first, second, cxm::miettinen_nurminen{}).interval ==
        cxm::miettinen_nurminen::share_difference({6, 10}, {2, 7}));
  auto effort = cxm::ces();
  auto hard = cxm::ces();
  for (int a : {7, 6, 5, 4, 6, 3, 7, 2, 5, 6}) effort.add(a);
  for (int a : {3, 1, 4, 2}) hard.add(a);
  auto const means = cxm::compare(effort, hard);
  CHECK_THAT(*means.value, WithinAbs(5.1 - 2.5, 1e-12));
  CHECK(*means.p < 0.02);
  auto const on_time = cxm::compare(cxm::share_of(32, 40), cxm::share_of(95, 500));
  CHECK_THAT(on_time.interval->low, WithinAbs(0.458, 5e-4));
  CHECK_THAT(on_time.interval->high, WithinAbs(0.710, 5e-4));
}

TEST_CASE("compare: no data, a withheld mean, other scales") {
  CHECK(cxm::compare(cxm::nps(), cxm::nps()).value.why() == cxm::reason::no_data);
  auto few = cxm::mean(cxm::points<1, 5>{}, cxm::min_n{3});
  few.add(2);
  auto const withheld = cxm::compare(few, few);
  CHECK(withheld.value.why() == cxm::reason::below_min_n);
  auto const one = cxm::mean(cxm::any_points{1, 5});
  auto const other = cxm::mean(cxm::any_points{1, 7});
  CHECK_THROWS_AS(cxm::compare(one, other), std::invalid_argument);
}

TEST_CASE("compare by a method that carries values: the bootstrap, squared and added") {
  auto const plan = cxm::on(&answer::recommend, cxm::nps());
  auto const first = measured(answers("web", 500, 300, 200), plan);
  auto const second = measured(answers("web", 900, 500, 600), plan);
  cxm::bootstrap const method{cxm::seed{5}, cxm::replicates{4000}};
  auto const found = cxm::compare(first, second, method);
  auto const closed = cxm::compare(first, second);
  CHECK_THAT(found.interval->low, WithinAbs(closed.interval->low, 1));
  CHECK_THAT(found.interval->high, WithinAbs(closed.interval->high, 1));
  CHECK(found.interval == cxm::compare(first, second, method).interval);
}
