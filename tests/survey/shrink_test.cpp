// SPDX-License-Identifier: BSL-1.0
#include <cxm/cxm.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/homogeneity.hpp>
#include <cxm/survey/noisy_estimates.hpp>
#include <cxm/survey/ranking.hpp>
#include <cxm/survey/shrink.hpp>
#include <cxm/survey/trend.hpp>

#include "catch.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
struct answer {
  std::string shop;
  std::optional<int> recommend;
  double weight = 1;
};
void add(std::vector<answer>& to, std::string const& shop, int promoters, int passives,
         int detractors) {
  for (int i = 0; i < promoters; ++i) to.push_back({shop, 9 + i % 2});
  for (int i = 0; i < passives; ++i) to.push_back({shop, 7 + i % 2});
  for (int i = 0; i < detractors; ++i) to.push_back({shop, i % 7});
}
std::vector<answer> shops() {
  std::vector<answer> found;
  add(found, "large", 200, 120, 80);
  add(found, "lucky", 5, 0, 0);
  add(found, "middle", 60, 50, 50);
  add(found, "unlucky", 1, 2, 7);
  return found;
}
auto measured(auto metric) {
  return cxm::measure(shops(), cxm::by(&answer::shop, cxm::on(&answer::recommend, metric)));
}
}  // namespace

TEST_CASE("noisy_estimates: the value as it is, the variance of adjusted Wald, never 0") {
  auto const groups = measured(cxm::nps()).result();
  auto const found = cxm::noisy_estimates(groups);
  REQUIRE(found.size() == 4);
  CHECK(found[1]->value == 100);
  // 5 of 5: (5.75 + .75) / 8 - (5 / 8)² over 8.
  CHECK_THAT(found[1]->variance, WithinRel(1e4 * (6.5 / 8 - 25.0 / 64) / 8, 1e-13));
  auto const shares = cxm::noisy_estimates(measured(cxm::csat(cxm::points<0, 10>{})).result());
  CHECK(shares[1]->value == 1);
  CHECK_THAT(shares[1]->variance, WithinRel(6.0 / 7 / 7 / 7, 1e-14));
  // Only its own answers as knowledge: over 4, a single one over 1/2.
  auto const own = cxm::noisy_estimates(groups, cxm::own_answers{});
  CHECK_THAT(own[1]->variance, WithinRel(1e4 * (6.5 / 8 - 25.0 / 64) / 4, 1e-13));
  CHECK(cxm::own_answers::divisor(1, 3) == 0.5);
  CHECK(cxm::own_answers::divisor(2, 3) == 1);
  auto const few = cxm::noisy_estimates(measured(cxm::nps(cxm::min_n{6})).result());
  CHECK(few[1].why() == cxm::reason::below_min_n);
  CHECK(few[0].has_value());
}

TEST_CASE("noisy_estimates of means: three answers that scatter as all groups do") {
  std::vector<answer> answers = {{"a", 8}, {"b", 4}, {"b", 6}, {"c", 7}, {"c", 7}, {"c", 7}};
  auto const plan =
      cxm::by(&answer::shop, cxm::on(&answer::recommend, cxm::mean(cxm::points<0, 10>{})));
  auto const found = cxm::noisy_estimates(cxm::measure(answers, plan).result());
  double const within = 2.0 / 3;  // b: 2 about its mean with 1, c: 0 with 2
  CHECK(found[0]->value == 8);
  CHECK_THAT(found[0]->variance, WithinRel(within, 1e-14));
  CHECK_THAT(found[1]->variance, WithinRel((2 + 3 * within) / 4 / 2, 1e-14));
  CHECK_THAT(found[2]->variance, WithinRel(3 * within / 5 / 3, 1e-14));
  answers = {{"a", 8}, {"b", 4}, {"b", 4}};
  auto const none = cxm::noisy_estimates(cxm::measure(answers, plan).result());
  CHECK(none[0].why() == cxm::reason::degenerate);  // nothing scatters: errors are unknown
  auto const left = cxm::shrink(cxm::measure(answers, plan));
  CHECK(left.groups.at("b").value == 4.0);
  CHECK(left.groups.at("b").factor.why() == cxm::reason::degenerate);
}

TEST_CASE(
    "shrink of groups of NPS: raw, shrunk and factor, as stats/shrinkage of their variances") {
  auto const counted = measured(cxm::nps());
  auto const groups = counted.result();
  auto const found = cxm::shrink(counted);
  std::vector<cxm::noisy_estimate> known;
  for (auto const& one : cxm::noisy_estimates(groups)) known.push_back(*one);
  auto const expected = cxm::shrink(known);
  CHECK(found.entered == 4);
  CHECK(*found.centre == *expected.centre);
  CHECK_THAT(*found.between, WithinRel(std::sqrt(*expected.between), 1e-14));
  CHECK(!found.alike());
  std::size_t at = 0;
  for (auto const& [shop, score] : found.groups) {
    CHECK(score.raw.value == groups.at(shop).value);
    CHECK(score.n == groups.at(shop).n);
    CHECK(*score.value == expected.groups[at].value);
    CHECK(*score.factor == expected.groups[at++].factor);
    CHECK(score.interval->contains(*score.value));
    CHECK((score.interval->low >= -100 && score.interval->high <= 100));
  }
  auto const& lucky = found.groups.at("lucky");
  CHECK(*lucky.value < 90);
  CHECK(*lucky.factor < *found.groups.at("large").factor);
  auto const narrow = cxm::shrink(counted, cxm::confidence{0.5});
  CHECK(narrow.groups.at("large").interval->high < found.groups.at("large").interval->high);
}

TEST_CASE("shrink of shares, means, effort and weighted scores") {
  auto const shares = cxm::shrink(measured(cxm::csat(cxm::points<0, 10>{})));
  CHECK(*shares.groups.at("lucky").value < 1);
  CHECK(shares.groups.at("lucky").interval->high <= 1);
  auto const means = cxm::shrink(measured(cxm::mean(cxm::points<0, 10>{})));
  CHECK(*means.groups.at("lucky").value < *means.groups.at("lucky").raw.value);
  auto const proportions = cxm::shrink(cxm::measure(
      shops(), cxm::by(&answer::shop, cxm::on([](answer const& one) { return one.recommend >= 7; },
                                              cxm::proportion()))));
  CHECK_THAT(*proportions.groups.at("unlucky").raw.value, WithinAbs(0.3, 1e-15));
  CHECK(*proportions.groups.at("unlucky").value > 0.3);
  // Weights of 2 count as weights of 1: design n leaves them out.
  auto answers = shops();
  for (auto& one : answers) one.weight = 2;
  auto const weighted = cxm::shrink(cxm::measure(
      answers, cxm::weighted(&answer::weight,
                             cxm::by(&answer::shop, cxm::on(&answer::recommend, cxm::nps())))));
  auto const plain = cxm::shrink(measured(cxm::nps()));
  CHECK_THAT(*weighted.groups.at("middle").value, WithinAbs(*plain.groups.at("middle").value, 0.5));
  // A vector of scores, and nothing.
  std::vector<cxm::nps_score> scores;
  for (auto const& one : measured(cxm::nps()).result()) scores.push_back(one.result);
  CHECK(*cxm::shrink(scores).groups[1].value == *plain.groups.at("lucky").value);
  CHECK(cxm::shrink(std::vector<cxm::nps_score>()).between.why() == cxm::reason::no_data);
}

TEST_CASE("shrink: two groups stay as they are, groups without answers too") {
  std::vector<answer> answers;
  add(answers, "a", 5, 1, 1);
  add(answers, "b", 1, 1, 1);
  answers.push_back({"empty", {}});
  auto const plan = cxm::by(&answer::shop, cxm::on(&answer::recommend, cxm::nps()));
  auto const found = cxm::shrink(cxm::measure(answers, plan));
  CHECK(found.entered == 2);
  CHECK(found.between.why() == cxm::reason::not_identified);
  CHECK(found.groups.at("a").value == found.groups.at("a").raw.value);
  CHECK(found.groups.at("a").interval == found.groups.at("a").raw.interval);
  CHECK(found.groups.at("a").factor.why() == cxm::reason::not_identified);
  CHECK(found.groups.at("empty").value.why() == cxm::reason::no_data);
  CHECK(found.groups.at("empty").factor.why() == cxm::reason::no_data);
}

TEST_CASE("shrink: groups that differ by chance all become the common mean, and that is said") {
  std::vector<answer> answers;
  for (char const* const shop : {"a", "b", "c", "d"}) add(answers, shop, 5, 3, 2);
  auto const found = cxm::shrink(
      cxm::measure(answers, cxm::by(&answer::shop, cxm::on(&answer::recommend, cxm::nps()))));
  CHECK(found.alike());
  for (auto const& [shop, score] : found.groups) {
    CHECK(*score.factor == 0);
    CHECK_THAT(*score.value, WithinAbs(30, 1e-12));
  }
}

TEST_CASE("Shrunk groups can be published in the unit of their score") {
  auto const found = cxm::shrink(measured(cxm::nps()));
  auto const table = cxm::publish(found.groups, cxm::min_people{5});
  CHECK(table.withheld() == 0);
  auto const shown = cxm::estimate_of(found.groups.at("large"));
  CHECK(shown.in == cxm::unit::points);
  CHECK(shown.n == 400);
  CHECK(*shown.value == *found.groups.at("large").value);
}

namespace {
struct visit {
  int shop = 0;
  std::optional<int> recommend, ease;
  double weight = 1;
  std::optional<double> valence;
  std::optional<int> account;
};
std::vector<visit> visits(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<visit> made;
  for (int shop = 0; shop < 7; ++shop)
    for (int i = 0; i < 12 * (shop + 1); ++i) {
      auto const lift = static_cast<int>(random() % 12) - 6 + shop;
      made.push_back({shop, std::clamp(6 + lift, 0, 10), std::clamp(3 + lift / 2, 1, 5),
                      double(random() % 900 + 100) / 300, std::clamp(lift / 6.0, -1.0, 1.0),
                      static_cast<int>(random() % 9)});
    }
  return made;
}
auto trust() {
  return cxm::bands(cxm::points<0, 10>{}, cxm::band<"bad", 0, 6, -1>{}, cxm::band<"fair", 7, 8>{},
                    cxm::band<"good", 9, 10, +1>{});
}
auto by_shop(auto const& plan) {
  return cxm::measure(visits(3), cxm::by(&visit::shop, plan)).result();
}
}  // namespace

TEST_CASE("shrink, ranking and tests of bands are those of the NPS with the same bands") {
  auto const check = [](auto const& bands, auto const& nps) {
    auto const a = cxm::shrink(bands);
    auto const b = cxm::shrink(nps);
    CHECK(a.centre == b.centre);
    CHECK(a.between == b.between);
    for (std::size_t i = 0; i < 7; ++i) {
      CHECK(a.groups.begin()[long(i)].result.value == b.groups.begin()[long(i)].result.value);
      CHECK(a.groups.begin()[long(i)].result.factor == b.groups.begin()[long(i)].result.factor);
      CHECK(a.groups.begin()[long(i)].result.interval->low >= -100);
    }
    auto const first = cxm::ranking(a), second = cxm::ranking(b);
    auto const raw = cxm::ranking(bands), raw_nps = cxm::ranking(nps);
    for (int shop = 0; shop < 7; ++shop) {
      CHECK(first.at(shop).best == second.at(shop).best);
      CHECK(raw.at(shop).expected_rank == raw_nps.at(shop).expected_rank);
    }
    CHECK(cxm::homogeneity(bands).p == cxm::homogeneity(nps).p);
    CHECK(cxm::homogeneity(bands).quantity == "net score");
    CHECK(cxm::trend(bands).p == cxm::trend(nps).p);
    CHECK(cxm::trend(bands).quantity == "net score");
  };
  auto const on = [](auto const& metric) { return cxm::on(&visit::recommend, metric); };
  check(by_shop(on(trust())), by_shop(on(cxm::nps())));
  check(by_shop(cxm::weighted(&visit::weight, on(trust()))),
        by_shop(cxm::weighted(&visit::weight, on(cxm::nps()))));
  check(by_shop(cxm::clustered(&visit::account, on(trust()))),
        by_shop(cxm::clustered(&visit::account, on(cxm::nps()))));
}

TEST_CASE("shrink of indices and valences, and what is shrunk stays on its scale") {
  auto const within = [](auto const& groups, double low, double high) {
    auto const found = cxm::shrink(groups);
    CHECK(found.entered == 7);
    for (auto const& [shop, score] : found.groups) {
      CHECK(score.interval->low >= low);
      CHECK(score.interval->high <= high);
      CHECK(score.factor.has_value());
    }
    CHECK(cxm::ranking(found).size() == 7);
  };
  auto const index = cxm::composite(cxm::item(&visit::recommend, cxm::points<0, 10>{}),
                                    cxm::item(&visit::ease, cxm::points<1, 5>{}));
  within(by_shop(index), 0, 100);
  within(by_shop(cxm::weighted(&visit::weight, index)), 0, 100);
  auto const valence = cxm::on(&visit::valence, cxm::sentiment());
  within(by_shop(valence), -1, 1);
  within(by_shop(cxm::weighted(&visit::weight, valence)), -1, 1);
  auto const ease = [](auto... policies) {
    return cxm::on(&visit::ease, cxm::mean(cxm::points<1, 5>{}, policies...));
  };
  within(by_shop(ease()), 1, 5);
  within(by_shop(ease(cxm::onto{0, 100})), 0, 100);
  within(by_shop(cxm::clustered(&visit::account, ease(cxm::onto{-1, 1}))), -1, 1);
  // An index is a mean, and so shrinks as the mean of its values would.
  auto const alone = cxm::composite(cxm::item(&visit::ease, cxm::points<1, 5>{}),
                                    cxm::item(&visit::ease, cxm::points<1, 5>{}));
  auto const a = cxm::shrink(by_shop(alone));
  auto const b = cxm::shrink(by_shop(ease(cxm::onto{0, 100})));
  CHECK_THAT(*a.centre, WithinRel(*b.centre, 1e-11));
  CHECK_THAT(*a.groups.at(2).value, WithinRel(*b.groups.at(2).value, 1e-11));
  // Groups near the end of their scale: a normal interval would leave it.
  std::vector<visit> near_end;
  for (int shop = 0; shop < 5; ++shop)
    for (int i = 0; i < 4; ++i)
      near_end.push_back({shop, {}, shop == 0 && i == 0 ? 2 : 5, 1, {}, {}});
  auto const ends =
      cxm::shrink(cxm::measure(near_end, cxm::by(&visit::shop, ease())).result()).groups;
  for (auto const& [shop, score] : ends) CHECK(score.interval->high <= 5);
}

TEST_CASE("noisy_estimates: a single cluster knows its value and no error") {
  auto one = visits(4);
  for (auto& each : one)
    if (each.shop == 1) each.account = 1;
  auto const groups =
      cxm::measure(one, cxm::by(&visit::shop, cxm::clustered(&visit::account,
                                                             cxm::on(&visit::recommend, trust()))))
          .result();
  auto const found = cxm::noisy_estimates(groups);
  CHECK(found[1].why() == cxm::reason::degenerate);
  CHECK(found[0].has_value());
  CHECK(cxm::shrink(groups).groups.at(1).factor.why() == cxm::reason::degenerate);
  CHECK(cxm::ranking(groups).at(1).best.why() == cxm::reason::degenerate);
}
