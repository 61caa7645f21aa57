// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/account_portfolio.hpp>
#include <cxm/survey/account_roles.hpp>
#include <cxm/survey/account_score.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace Catch::Matchers;

namespace {

struct answer {
  std::string account;
  std::optional<std::string> department;
  int contact;
  std::optional<int> score;
};
auto plan() {
  return cxm::by(
      &answer::account,
      cxm::by(&answer::department, cxm::by(&answer::contact, cxm::on(&answer::score, cxm::nps()))));
}
using roles = cxm::account_roles<std::string>;
roles const of_f11({{"IT", .3}, {"finance", .5, true}, {"users", .2}});

auto counted(std::vector<answer> const& answers) {
  auto made = plan();
  for (auto const& one : answers) made.add(one);
  return made.result();
}
auto account(std::vector<answer> const& answers, roles const& with = of_f11) {
  return cxm::account_score_of(counted(answers).at("a"), with);
}

}  // namespace

TEST_CASE("accounts: the worked example of F11: +20, 0, -20, worst -100 (finance), apart by 200") {
  auto const found = account({{"a", "IT", 1, 9},
                              {"a", "IT", 2, 10},
                              {"a", "finance", 3, 4},
                              {"a", "users", 4, 7},
                              {"a", "users", 5, 8}});
  CHECK_THAT(*found.contact_mean, WithinAbs(20, 1e-12));
  CHECK_THAT(*found.department_mean, WithinAbs(0, 1e-12));
  CHECK_THAT(*found.role_weighted, WithinAbs(-20, 1e-12));
  CHECK_THAT(*found.worst, WithinAbs(-100, 1e-12));
  CHECK(found.worst_departments == std::vector<std::string>{"finance"});
  CHECK_THAT(*found.disagreement, WithinAbs(200, 1e-12));
  CHECK(found.coverage == 1);
  CHECK_FALSE(found.partial());
  CHECK(found.verdict == cxm::account_class::critic);
  CHECK(found.contacts == 5);
  REQUIRE(found.departments.size() == 3);
  CHECK(found.departments[1].department == "finance");
  CHECK(found.departments[1].decides);
}

TEST_CASE("accounts: a contact has one vote however often they answer") {
  auto const found =
      account({{"a", "IT", 1, 9}, {"a", "IT", 2, 0}, {"a", "IT", 2, 1}, {"a", "IT", 2, 2}});
  CHECK(*found.role_weighted == 0);
  CHECK(found.answers == 4);
  CHECK(found.contacts == 2);
  CHECK(found.departments[0].detractors == 0.5);
}

TEST_CASE("accounts: who never answered is named, and no number is made of nothing") {
  auto const found =
      account({{"a", "IT", 1, 9}, {"a", "finance", 2, {}}, {"a", "legal", 3, 3}, {"a", {}, 4, 0}});
  CHECK(found.silent == std::vector<std::string>{"finance", "users"});
  CHECK_THAT(found.coverage, WithinAbs(.3, 1e-12));
  CHECK(*found.role_weighted == 100);
  CHECK(*found.worst == -100);  // legal has no role, and is seen all the same
  CHECK(found.verdict == cxm::account_class::promoter);
  CHECK(found.unplaced == 1);
  auto const silent = account({{"a", "IT", 1, {}}});
  CHECK(silent.contact_mean.why() == cxm::reason::no_data);
  CHECK(silent.disagreement.why() == cxm::reason::no_data);
  CHECK(silent.verdict.why() == cxm::reason::no_data);
  CHECK(silent.coverage == 0);
  auto const alone = account({{"a", "IT", 1, 7}});
  CHECK(alone.disagreement.why() == cxm::reason::degenerate);
  CHECK(alone.verdict == cxm::account_class::passive);
}

TEST_CASE("accounts: what an account is, as F11 says, by each rule alone") {
  // A third of the weight that was heard against; the decision maker; a role below zero at +50.
  roles const even({{"IT", 1}, {"finance", 1, true}, {"users", 1}});
  std::vector<answer> const third = {
      {"a", "IT", 1, 0}, {"a", "finance", 2, 9}, {"a", "users", 3, 9}};
  CHECK(account(third, even).verdict == cxm::account_class::critic);
  roles const less({{"IT", .98}, {"finance", 1, true}, {"users", 1}});
  CHECK(account(third, less).verdict == cxm::account_class::passive);
  CHECK(account({{"a", "finance", 2, 3}, {"a", "users", 3, 9}},
                roles({{"finance", 1, true}, {"users", 9}}))
            .verdict == cxm::account_class::critic);
  CHECK(account({{"a", "IT", 1, 7}, {"a", "users", 3, 9}}, even).verdict ==
        cxm::account_class::promoter);
  CHECK(account({{"a", "IT", 1, 0}, {"a", "users", 3, 9}}, roles({{"IT", 1}, {"users", 3}}))
            .verdict == cxm::account_class::passive);
  CHECK_THROWS_AS(roles({}), std::invalid_argument);
  CHECK_THROWS_AS(roles({{"IT", 0}}), std::invalid_argument);
  CHECK_THROWS_AS(roles({{"IT", std::nan("")}}), std::invalid_argument);
  CHECK_THROWS_AS(roles({{"IT", 1}, {"IT", 2}}), std::invalid_argument);
}

TEST_CASE("accounts: 2,000 random accounts against sums written out, and a portfolio of them") {
  std::mt19937 random(11);
  std::vector<std::string> const names = {"IT", "finance", "users", "legal"};
  std::vector<decltype(account({}))> all;
  std::uint64_t promoters = 0, critics = 0, heard = 0;
  for (int run = 0; run < 2'000; ++run) {
    std::vector<answer> answers(1 + random() % 8);
    std::map<std::string, std::map<int, std::pair<double, double>>> sums;
    for (auto& one : answers) {
      one = {"a", names[random() % 4], static_cast<int>(random() % 3),
             static_cast<int>(random() % 11)};
      auto& [sum, count] = sums[*one.department][one.contact];
      sum += *one.score >= 9 ? 100 : *one.score <= 6 ? -100 : 0;
      ++count;
    }
    double low = 1e9, high = -1e9, weighted = 0, weights = 0, votes = 0, voters = 0;
    for (auto const& [name, contacts] : sums) {
      double mean = 0;
      for (auto const& [contact, one] : contacts) mean += one.first / one.second;
      votes += mean;
      voters += static_cast<double>(contacts.size());
      mean /= static_cast<double>(contacts.size());
      low = std::min(low, mean);
      high = std::max(high, mean);
      if (auto const* role = of_f11.find(name)) {
        weighted += role->weight * mean;
        weights += role->weight;
      }
    }
    auto const found = account(answers);
    REQUIRE_THAT(*found.contact_mean, WithinAbs(votes / voters, 1e-9));
    REQUIRE_THAT(*found.worst, WithinAbs(low, 1e-9));
    if (sums.size() > 1) REQUIRE_THAT(*found.disagreement, WithinAbs(high - low, 1e-9));
    REQUIRE_THAT(found.coverage, WithinAbs(weights, 1e-9));
    if (weights > 0) REQUIRE_THAT(*found.role_weighted, WithinAbs(weighted / weights, 1e-9));
    if (found.verdict) {
      ++heard;
      promoters += *found.verdict == cxm::account_class::promoter ? 1U : 0U;
      critics += *found.verdict == cxm::account_class::critic ? 1U : 0U;
    }
    all.push_back(found);
  }
  auto const together = cxm::portfolio_of(all);
  CHECK(together.promoters == promoters);
  CHECK(together.critics == critics);
  CHECK(together.promoters + together.passives + together.critics == heard);
  CHECK(together.unheard == 2'000 - heard);
  CHECK_THAT(*together.net,
             WithinAbs(100 * (double(promoters) - double(critics)) / double(heard), 1e-9));
  CHECK(together.interval->low < *together.net);
  CHECK(cxm::portfolio_of(std::vector<decltype(account({}))>{}).net.why() == cxm::reason::no_data);
}
