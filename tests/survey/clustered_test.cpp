// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/cluster_moments.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/inference.hpp>
#include <cxm/testing/merge_laws.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct answer {
  std::optional<int> account;
  std::optional<int> score;
  double value = 1;
  std::string channel = "web";
};
auto clusters(auto const& inner) {
  return cxm::clustered(&answer::account, inner);
}
auto by_account(auto const& plan) {
  return clusters(cxm::on(&answer::score, plan));
}

std::vector<answer> random_answers(std::size_t count, unsigned seed, unsigned accounts,
                                   bool with_alone) {
  std::mt19937 random(seed);
  std::vector<int> mood(accounts);
  for (auto& each : mood) each = static_cast<int>(random() % 7);
  std::vector<answer> made;
  for (std::size_t i = 0; i < count; ++i) {
    auto const account = random() % accounts;
    int const score = mood[account] + static_cast<int>(random() % 6) - 1;
    answer one{static_cast<int>(account), score, static_cast<double>(random() % 5'000) / 700,
               random() % 2 == 0 ? "web" : "shop"};
    if (random() % 9 == 0) one.score.reset();
    if (random() % 11 == 0) one.value = 0;
    if (with_alone && random() % 4 == 0) one.account.reset();
    made.push_back(one);
  }
  return made;
}

/// The formula as it stands in the books, from single answers, in long double.
struct oracle {
  long double mean = 0, error = 0, variance = 0;
  std::size_t clusters = 0, n = 0;
  oracle(std::vector<answer> const& answers, bool weighed, auto const& value_of) {
    auto const each = [&](auto const& use) {
      int own = -1;
      for (auto const& one : answers) {
        auto const units = weighed ? cxm::weight_from(one.value)->units : cxm::weight::one;
        if (one.score && *one.score >= 0 && *one.score <= 10 && units > 0)
          use(one.account ? *one.account : own--, static_cast<long double>(value_of(*one.score)),
              static_cast<long double>(units) / 1e9L);
      }
    };
    long double weight = 0, sum = 0;
    each([&](int, long double x, long double w) { ++n, weight += w, sum += w * x; });
    mean = sum / weight;
    std::map<int, long double> totals;
    each([&](int account, long double x, long double w) {
      totals[account] += w * (x - mean);
      variance += w * (x - mean) * (x - mean) / weight;
    });
    for (auto const& [account, total] : totals) error += total * total;
    clusters = totals.size();
    auto const a = static_cast<long double>(clusters);
    error = std::sqrt(a / (a - 1) * error) / weight;
  }
};
template <class Score>
void check(cxm::clustered_score<Score> const& found, oracle const& wanted) {
  CHECK(found.n == wanted.n);
  CHECK(found.clusters == wanted.clusters);
  CHECK_THAT(*found.value, WithinAbs(static_cast<double>(wanted.mean), 1e-12));
  if (wanted.clusters < 2) {
    CHECK(found.standard_error.why() == cxm::reason::degenerate);
    CHECK(found.interval.why() == cxm::reason::degenerate);
    return;
  }
  CHECK_THAT(*found.standard_error, WithinAbs(static_cast<double>(wanted.error), 1e-11));
  if (wanted.variance < 1e-12L) return;
  auto const n = static_cast<long double>(wanted.n);
  CHECK_THAT(*found.design_effect,
             WithinAbs(static_cast<double>(wanted.error * wanted.error * (n - 1) / wanted.variance),
                       1e-10));
  CHECK(found.interval->low <= *found.value);
  CHECK(*found.value <= found.interval->high);
}
int points_of(int score) {
  return score >= 9 ? 100 : score >= 7 ? 0 : -100;
}
/// F11: accounts (1,1,−1,0,0), (1,1), (−1,−1,0).
std::vector<answer> const worked = {{1, 9}, {1, 10}, {1, 3}, {1, 7}, {1, 8},
                                    {2, 9}, {2, 9},  {3, 0}, {3, 6}, {3, 7}};
}  // namespace

TEST_CASE("clustered: the worked example of F11, SE 36.3 clustered against 26.3 naive") {
  auto const found = cxm::measure(worked, by_account(cxm::nps())).result();
  CHECK(*found.value == 10);
  CHECK_THAT(*found.standard_error, WithinAbs(36.3, 0.05));
  auto const naive = cxm::measure(worked, cxm::on(&answer::score, cxm::nps())).result();
  CHECK_THAT(*naive.standard_error, WithinAbs(26.3, 0.05));
  CHECK(found.clusters == 3);
  CHECK(found.alone == 0);
  CHECK(found.promoters == 4);
  // Plain Wald is value ± t. Of accounts with 5, 2 and 3 answers: 38² / 722 is worth two.
  CHECK(*found.effective_clusters == 2);
  CHECK(found.degrees_of_freedom() == 1);
  auto const wald = cxm::measure(worked, by_account(cxm::nps(cxm::wald{}))).result();
  CHECK_THAT(wald.interval->raw.high,
             WithinAbs(10 + 12.706204736174698 * *found.standard_error, 1e-9));
}

TEST_CASE(
    "clustered: golden survey.json, svy_apiclus1: means, shares and design effect of R survey") {
  // The record's total and ratio of two totals have no place in the library: a score is a mean.
  auto const records = golden::read("survey.json")["records"];
  auto const& input = records[0]["input"];
  auto const& expect = records[0]["expect"];
  struct school {
    int district;
    int score;
    int type;
    double weight;
  };
  std::vector<school> schools;
  double all = 0;
  for (std::size_t i = 0; i < input["api00"].size(); ++i) {
    auto const& type = input["stype"][i].text;
    schools.push_back({static_cast<int>(input["dnum"][i].number()),
                       static_cast<int>(input["api00"][i].number()),
                       type == "E"   ? 0
                       : type == "H" ? 1
                                     : 2,
                       input["pw"][i].number()});
    all += schools.back().weight;
  }
  auto const measured = [&](auto field, auto plan) {
    return cxm::measure(schools,
                        cxm::weighted(&school::weight,
                                      cxm::clustered(&school::district, cxm::on(field, plan),
                                                     cxm::of_population{757})))
        .result();
  };
  auto const mean = measured(&school::score, cxm::mean(cxm::any_points{200, 1000}));
  CHECK(mean.clusters == 15);
  CHECK_THAT(*mean.value, WithinRel(expect["mean"].number(), 1e-13));
  CHECK_THAT(*mean.standard_error, WithinRel(expect["mean_se"].number(), 1e-12));
  // R's design effect corrects the simple sample for its finite population as well.
  double const deff = *mean.design_effect * (1 - 15 / 757.0) / (1 - 183 / all);
  CHECK_THAT(deff, WithinRel(expect["deff"].number(), 1e-12));
  double squares = 0, fourths = 0;
  std::map<int, double> districts;
  for (auto const& one : schools) districts[one.district] += one.weight;
  for (auto const& [district, weight] : districts) {
    squares += weight * weight;
    fourths += std::pow(weight, 4);
  }
  CHECK_THAT(*mean.effective_clusters, WithinRel(squares * squares / fourths, 1e-12));
  double const t = -cxm::students_t_quantile(0.025, *mean.effective_clusters - 1);
  CHECK_THAT(mean.interval->high, WithinAbs(*mean.value + t * *mean.standard_error, 1e-9));
  for (int type = 0; type < 3; ++type) {
    auto const is = [type](school const& one) { return one.type == type ? 1 : 0; };
    auto const share = measured(is, cxm::csat(cxm::points<0, 1>{}, cxm::good_at{1}));
    auto const at = static_cast<std::size_t>(type);
    CHECK_THAT(*share.value, WithinRel(expect["stype_props"][at].number(), 1e-12));
    CHECK_THAT(*share.standard_error, WithinRel(expect["stype_se"][at].number(), 1e-12));
  }
}

TEST_CASE("clustered: against the formula on random answers, weighted or not, some alone") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    INFO(seed);
    auto const answers = random_answers(4 + seed * seed, seed, 1 + seed % 13, seed % 3 == 0);
    auto const tally = cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}, cxm::good_at{6}),
                                  cxm::mean(), cxm::median());
    auto const examine = [&](auto const& plan, bool weighed) {
      auto const found = cxm::measure(answers, plan).result();
      if (std::get<0>(found).n < 2) return;
      check(std::get<0>(found), oracle(answers, weighed, points_of));
      check(std::get<1>(found), oracle(answers, weighed, [](int x) { return x >= 6 ? 1 : 0; }));
      check(std::get<2>(found), oracle(answers, weighed, [](int x) { return x; }));
      CHECK(std::get<3>(found).has_value());
    };
    examine(by_account(tally), false);
    examine(cxm::weighted(&answer::value, by_account(tally)), true);
  }
}

TEST_CASE("clustered: the jackknife that leaves one cluster out agrees for many small clusters") {
  auto const answers = random_answers(1500, 5, 300, false);
  auto const found = cxm::measure(answers, by_account(cxm::nps())).result();
  std::vector<double> without;
  for (int account = 0; account < 300; ++account) {
    auto const others = [account](answer const& one) { return one.account != account; };
    without.push_back(
        *cxm::measure(answers, cxm::where(others, cxm::on(&answer::score, cxm::nps())))
             .result()
             .value);
  }
  double squares = 0;
  for (double const value : without) squares += (value - *found.value) * (value - *found.value);
  CHECK_THAT(std::sqrt(squares * 299 / 300), WithinRel(*found.standard_error, 0.01));
}

TEST_CASE("clustered: answers that are each alone are the weighted tally; pairs of twins halve n") {
  auto answers = random_answers(200, 8, 10, false);
  for (auto& one : answers) one.account.reset();
  auto const alone =
      cxm::measure(answers, cxm::weighted(&answer::value, by_account(cxm::nps()))).result();
  auto const plain =
      cxm::measure(answers, cxm::weighted(&answer::value, cxm::on(&answer::score, cxm::nps())))
          .result();
  CHECK(alone.alone == plain.n);
  CHECK(alone.clusters == plain.n);
  CHECK(alone.value == plain.value);
  CHECK_THAT(*alone.standard_error, WithinRel(*plain.standard_error, 1e-14));
  CHECK_THAT(*alone.design_n, WithinRel(*plain.design_n, 1e-14));
  auto const even = cxm::measure(answers, by_account(cxm::mean(cxm::points<0, 10>{}))).result();
  CHECK_THAT(*even.design_effect, WithinRel(1.0, 1e-14));

  // Every answer k times in its cluster: the same score with the same error.
  auto many = random_answers(200, 9, 30, false);
  auto const once = cxm::measure(many, by_account(cxm::nps())).result();
  auto copies = many;
  copies.insert(copies.end(), many.begin(), many.end());
  auto const twice = cxm::measure(copies, by_account(cxm::nps())).result();
  CHECK(once.value == twice.value);
  CHECK_THAT(*twice.standard_error, WithinRel(*once.standard_error, 1e-14));
}

TEST_CASE("clustered: one cluster, no answers, one class, weights of zero, a cap, a minimum") {
  std::vector<answer> const one = {{1, 9}, {1, 3}, {1, 9}};
  auto const single = cxm::measure(one, by_account(cxm::nps())).result();
  CHECK(single.value.has_value());
  CHECK(single.clusters == 1);
  CHECK(single.standard_error.why() == cxm::reason::degenerate);
  CHECK(single.interval.why() == cxm::reason::degenerate);
  CHECK(single.design_effect.why() == cxm::reason::degenerate);

  std::vector<answer> const none;
  auto const nobody = cxm::measure(none, by_account(cxm::nps())).result();
  CHECK(nobody.value.why() == cxm::reason::no_data);
  CHECK(nobody.interval.why() == cxm::reason::no_data);
  CHECK(nobody.clusters == 0);

  std::vector<answer> const alike = {{1, 9}, {1, 9}, {1, 10}, {2, 9}, {3, 10}, {4, 10}};
  auto const same = cxm::measure(alike, by_account(cxm::nps())).result();
  CHECK(*same.value == 100);
  CHECK(*same.standard_error == 0);
  CHECK(same.interval->low < 60);  // as of less than four answers
  CHECK_THAT(*same.design_n, WithinAbs(36.0 / 12, 1e-14));
  CHECK(same.design_effect.why() == cxm::reason::degenerate);

  std::vector<answer> const zero = {{1, 9, 0}, {2, 3, 0}, {3, 4, 1}, {4, 9, 2}};
  auto const weightless =
      cxm::measure(zero, cxm::weighted(&answer::value, by_account(cxm::nps()))).result();
  CHECK(weightless.clusters == 2);
  CHECK(weightless.unweighed == 2);

  auto const capped = cxm::measure(
      worked,
      cxm::clustered(&answer::account, cxm::on(&answer::score, cxm::nps()), cxm::at_most{2}));
  CHECK(*capped.result().value == 10);
  CHECK(capped.result().interval.why() == cxm::reason::not_identified);
  CHECK(capped.size() == 2);

  auto const few = cxm::measure(worked, by_account(cxm::nps(cxm::min_n{11}))).result();
  CHECK(few.value.why() == cxm::reason::below_min_n);
  CHECK(few.standard_error.why() == cxm::reason::below_min_n);
  CHECK(few.design_n.why() == cxm::reason::below_min_n);
}

TEST_CASE("clustered: a population of clusters") {
  auto const of = [](std::uint64_t size) {
    return cxm::measure(worked,
                        cxm::clustered(&answer::account, cxm::on(&answer::score, cxm::nps()),
                                       cxm::of_population{size}))
        .result();
  };
  auto const plain = cxm::measure(worked, by_account(cxm::nps())).result();
  CHECK_THAT(*of(40).standard_error,
             WithinRel(*plain.standard_error * std::sqrt(37.0 / 40), 1e-14));
  CHECK(*of(3).standard_error == 0);
  CHECK(of(3).interval->low == 10);
  CHECK_THROWS_WITH(of(2), Contains("more answers than the population has"));
  CHECK(cxm::corrected(plain, cxm::of_population{40}).standard_error == of(40).standard_error);
  CHECK_THROWS_WITH(cxm::measure(worked, by_account(cxm::nps(cxm::of_population{40}))).result(),
                    Contains("of_population counts clusters"));
}

TEST_CASE("clustered: inside by, where, all and weighted, with other fields as clusters") {
  auto const answers = random_answers(300, 12, 20, true);
  auto const good = [](answer const& one) { return one.score && *one.score > 2; };
  auto const inner =
      cxm::all(cxm::on(&answer::score, cxm::nps()),
               cxm::where(good, cxm::on(&answer::score, cxm::tally(cxm::nps(), cxm::mean()))));
  auto const groups = cxm::measure(answers, cxm::by(&answer::channel, clusters(inner))).result();
  for (std::string const channel : {"web", "shop"}) {
    std::vector<answer> of_channel, of_good;
    for (auto const& one : answers) {
      if (one.channel != channel) continue;
      of_channel.push_back(one);
      if (good(one)) of_good.push_back(one);
    }
    auto const& [all, some] = groups.at(channel);
    check(all, oracle(of_channel, false, points_of));
    check(std::get<0>(some), oracle(of_good, false, points_of));
    CHECK(std::get<1>(some).deviation.has_value());
  }
  auto const weighed =
      cxm::measure(answers,
                   cxm::weighted(&answer::value, cxm::by(&answer::channel, by_account(cxm::nps()))))
          .result();
  CHECK(weighed.size() == 2);
  auto const text =
      cxm::measure(answers, cxm::clustered(&answer::channel, cxm::on(&answer::score, cxm::nps())));
  CHECK(text.result().clusters == 2);
  auto const lambda =
      cxm::clustered([](auto const& one) { return *one.score % 3; },
                     cxm::on([](auto const& one) { return *one.score; }, cxm::nps()));
  CHECK(cxm::measure(worked, lambda).result().clusters == 3);
}

TEST_CASE("clustered: merge laws on saved bytes") {
  auto const answers = random_answers(60, 3, 9, true);
  auto const holds = [&](auto const& plan) {
    auto const report = cxm::check_merge_laws(plan, answers, {.rounds = 3, .bytes_to_flip = 150});
    INFO(report.text());
    CHECK(report.holds());
  };
  holds(by_account(cxm::nps()));
  holds(cxm::clustered(&answer::account, cxm::on(&answer::score, cxm::csat(cxm::any_points{1, 5})),
                       cxm::at_most{4}));
  holds(cxm::weighted(&answer::value, cxm::by(&answer::channel, by_account(cxm::nps()))));
  auto a = by_account(cxm::nps());
  auto const b =
      cxm::clustered(&answer::account, cxm::on(&answer::score, cxm::nps()), cxm::at_most{3});
  CHECK_THROWS_WITH(a.merge(b), Contains("at_most"));
}

TEST_CASE("clustered: comparisons, targets and trends know the clusters") {
  auto const earlier = random_answers(200, 21, 12, false),
             later = random_answers(150, 22, 9, false);
  auto const plan =
      by_account(cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}), cxm::mean()));
  auto const first = cxm::measure(later, plan).result(),
             second = cxm::measure(earlier, plan).result();
  auto const [nps, csat, mean] = cxm::compare(first, second);
  auto const examine = [&](auto const& found, auto const& a, auto const& b) {
    CHECK_THAT(*found.value, WithinAbs(*a.value - *b.value, 1e-12));
    if (*a.design_effect < 1 || *b.design_effect < 1) return;
    double const v1 = *a.standard_error * *a.standard_error,
                 v2 = *b.standard_error * *b.standard_error;
    CHECK_THAT(*found.standard_error, WithinRel(std::sqrt(v1 + v2), 1e-12));
    CHECK(found.interval->contains(*found.value));
    CHECK(*found.degrees_of_freedom <= 19.01);
    CHECK(*found.degrees_of_freedom >=
          std::min(a.degrees_of_freedom(), b.degrees_of_freedom()) - 1e-9);
  };
  examine(nps, std::get<0>(first), std::get<0>(second));
  examine(csat, std::get<1>(first), std::get<1>(second));
  examine(mean, std::get<2>(first), std::get<2>(second));
  auto const& score = std::get<0>(first);
  double const df = *mean.degrees_of_freedom;
  double const v1 = std::pow(*std::get<2>(first).standard_error, 2),
               v2 = std::pow(*std::get<2>(second).standard_error, 2);
  CHECK_THAT(df, WithinRel((v1 + v2) * (v1 + v2) /
                               (v1 * v1 / std::get<2>(first).degrees_of_freedom() +
                                v2 * v2 / std::get<2>(second).degrees_of_freedom()),
                           1e-12));

  auto const at = cxm::against(score, cxm::target{0});
  CHECK_THAT(at.interval->raw.low, WithinAbs(score.interval->raw.low, 1e-9));
  CHECK((*at.above < 0.025) == (score.interval->raw.low > 0));
  CHECK((*at.below < 0.025) == (score.interval->raw.high < 0));
  auto const trend = cxm::trend(std::vector{score, std::get<0>(second)});
  CHECK(trend.periods == 2);
  CHECK_THAT(*trend.slope, WithinAbs(*std::get<0>(second).value - *score.value, 1e-10));
  auto const lone =
      cxm::measure(std::vector<answer>{{1, 9}, {1, 3}}, by_account(cxm::nps())).result();
  CHECK(cxm::compare(lone, std::get<0>(second)).p.why() == cxm::reason::degenerate);
  CHECK(cxm::against(lone, cxm::target{0}).above.why() == cxm::reason::degenerate);
  CHECK(cxm::trend(std::vector{score, lone}).periods == 1);
}

TEST_CASE("clustered: accounts that answered in both quarters go together in the difference") {
  auto const plan = by_account(
      cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}, cxm::good_at{6}), cxm::mean()));
  for (unsigned seed = 0; seed < 12; ++seed) {
    INFO(seed);
    // The same moods: random_answers draws them from the seed, one after the other.
    auto first = random_answers(150, seed, 14, false),
         second = random_answers(120, seed, 14, false);
    for (auto& one : second) {
      if (one.score) *one.score = (*one.score + *one.account + static_cast<int>(seed)) % 11;
      if (*one.account < 5) *one.account += 100;  // others
    }
    auto const examine = [&](auto const& one, auto const& other, bool weighed) {
      auto const a = cxm::measure(first, one), b = cxm::measure(second, other);
      auto const [nps, csat, mean] = cxm::compare(a, b);
      auto const strangers = std::get<0>(cxm::compare(a.result(), b.result()));
      auto const score1 = std::get<0>(a.result());
      auto const score2 = std::get<0>(b.result());
      // From single answers: the totals of each account about the mean of its quarter.
      std::map<int, std::pair<double, double>> totals;
      auto const add = [&](auto const& answers, auto const& score, bool to_first) {
        double weight = 0;
        auto const each = [&](auto const& use) {
          for (auto const& answer : answers) {
            double const w = weighed ? cxm::weight_from(answer.value)->value() : 1.0;
            if (answer.score && *answer.score >= 0 && *answer.score <= 10 && w > 0) use(answer, w);
          }
        };
        each([&](auto const&, double w) { weight += w; });
        each([&](auto const& answer, double w) {
          auto& total = totals[*answer.account];
          (to_first ? total.first : total.second) +=
              w * (points_of(*answer.score) - *score.value) / weight;
        });
      };
      add(first, score1, true);
      add(second, score2, false);
      double const a1 = static_cast<double>(score1.clusters),
                   a2 = static_cast<double>(score2.clusters);
      double variance = 0;
      for (auto const& [account, total] : totals) {
        double const z1 = total.first * std::sqrt(a1 / (a1 - 1));
        double const z2 = total.second * std::sqrt(a2 / (a2 - 1));
        variance += (z1 - z2) * (z1 - z2);
      }
      CHECK_THAT(*nps.standard_error, WithinRel(std::sqrt(variance), 1e-10));
      CHECK(nps.value == strangers.value);
      CHECK(nps.interval->contains(*nps.value));
      CHECK(*nps.degrees_of_freedom ==
            std::min(score1.degrees_of_freedom(), score2.degrees_of_freedom()));
      auto const length = [](auto const& of) {
        return of.interval->raw.high - of.interval->raw.low;
      };
      if (*nps.standard_error < 0.8 * *strangers.standard_error)
        CHECK(length(nps) < length(strangers));
      CHECK(csat.interval->low >= -1);
      CHECK(mean.p.has_value());
    };
    examine(plan, plan, false);
    auto const weighed = cxm::weighted(&answer::value, plan);
    examine(weighed, weighed, true);
  }
  // The same answers twice: nothing has changed, for certain.
  auto const answers = random_answers(150, 3, 14, false);
  auto const same =
      std::get<0>(cxm::compare(cxm::measure(answers, plan), cxm::measure(answers, plan)));
  CHECK(*same.value == 0);
  CHECK(*same.standard_error < 1e-6);
  // No account on both sides: as strangers, also inside all.
  auto others = random_answers(120, 4, 9, false);
  for (auto& one : others) *one.account += 100;
  auto const both = cxm::all(plan, plan);
  auto const apart = cxm::compare(cxm::measure(answers, both), cxm::measure(others, both));
  auto const results =
      cxm::compare(cxm::measure(answers, plan).result(), cxm::measure(others, plan).result());
  CHECK(std::get<2>(std::get<1>(apart)).p == std::get<2>(results).p);
  CHECK(std::get<0>(std::get<0>(apart)).interval == std::get<0>(results).interval);
}

TEST_CASE("clustered: the interval covers what it says, where ignoring accounts does not") {
  std::mt19937 random(1);
  auto const chance = [&] { return static_cast<double>(random()) / 4294967296.0; };
  auto const drawn = [&](double p, double d) {
    double const at = chance();
    return at < p ? 10 : at < p + d ? 0 : 7;
  };
  auto const covered = [&](int accounts, double p, double d) {
    int clustered = 0, naive = 0;
    for (int run = 0; run < 400; ++run) {
      std::vector<answer> answers;
      for (int account = 0; account < accounts; ++account) {
        int const mood = drawn(p, d);
        for (int i = 0; i < 6; ++i)
          answers.push_back({account, chance() < 0.6 ? mood : drawn(p, d)});
      }
      auto const all = cxm::measure(answers, cxm::all(by_account(cxm::nps()),
                                                      cxm::on(&answer::score, cxm::nps())))
                           .result();
      clustered += std::get<0>(all).interval->contains(100 * (p - d)) ? 1 : 0;
      naive += std::get<1>(all).interval->contains(100 * (p - d)) ? 1 : 0;
    }
    return std::pair(clustered / 4.0, naive / 4.0);
  };
  // Four standard errors of 400 runs are 4.4 %.
  for (auto const& [accounts, p, d] :
       {std::tuple(5, 0.5, 0.2), std::tuple(10, 0.5, 0.2), std::tuple(10, 0.8, 0.05)}) {
    auto const [clustered, naive] = covered(accounts, p, d);
    CHECK(clustered > 90.6);
    CHECK(naive < 90);
  }
}

TEST_CASE("clustered: accounts of unlike sizes; the number of clusters would promise too much") {
  std::mt19937 random(4);
  auto const chance = [&] { return static_cast<double>(random()) / 4294967296.0; };
  auto const drawn = [&] {
    double const at = chance();
    return at < 0.5 ? 10 : at < 0.7 ? 0 : 7;
  };
  int covered = 0, by_number = 0;
  int const runs = 400;
  for (int run = 0; run < runs; ++run) {
    std::vector<answer> answers;
    double squares = 0, fourths = 0;
    for (int account = 0; account < 20; ++account) {
      int const mood = drawn();
      // Lognormal with sigma 1.5, its deviate by a dozen uniform ones.
      double deviate = -6;
      for (int i = 0; i < 12; ++i) deviate += chance();
      int const people = std::max(1, static_cast<int>(3 * std::exp(1.5 * deviate)));
      squares += std::pow(people, 2);
      fourths += std::pow(people, 4);
      for (int i = 0; i < people; ++i)
        answers.push_back({account, chance() < 0.6 ? mood : drawn()});
    }
    auto const found = cxm::measure(answers, by_account(cxm::nps())).result();
    REQUIRE_THAT(*found.effective_clusters, WithinRel(squares * squares / fourths, 1e-12));
    covered += found.interval->contains(30) ? 1 : 0;
    by_number += std::abs(*found.value - 30) < 2.093 * *found.standard_error ? 1 : 0;
  }
  CHECK(covered > 0.93 * runs);
  CHECK(by_number < 0.88 * runs);
}

TEST_CASE("clustered: where one account is nearly everything, nothing is known of others") {
  std::vector<answer> answers(5000, answer{1, 10});
  for (int i = 0; i < 500; ++i) answers.push_back({1, 3});
  for (int account = 2; account < 5; ++account) answers.push_back({account, 8});
  auto const found = cxm::measure(answers, by_account(cxm::nps())).result();
  CHECK(*found.effective_clusters < 1.001);
  CHECK(found.degrees_of_freedom() == 0.1);
  CHECK(found.interval->low == -100);
  CHECK(found.interval->high == 100);
  auto const shares = by_account(cxm::csat(cxm::points<0, 10>{}));
  auto const share = cxm::measure(answers, shares).result();
  CHECK(share.interval->high - share.interval->low > 0.99);
  auto const same = cxm::compare(found, found);
  CHECK(*same.p == 1);
}

TEST_CASE("clustered: the test of a trend by t holds its level where accounts are few") {
  std::mt19937 random(6);
  auto const chance = [&] { return static_cast<double>(random()) / 4294967296.0; };
  auto const drawn = [&] {
    double const at = chance();
    return at < 0.5 ? 10 : at < 0.7 ? 0 : 7;
  };
  auto const plan = by_account(cxm::mean(cxm::points<0, 10>{}));
  int by_t = 0, by_z = 0;
  int const runs = 1000;
  for (int run = 0; run < runs; ++run) {
    std::vector<decltype(cxm::measure(worked, plan).result())> months;
    for (int month = 0; month < 4; ++month) {
      std::vector<answer> answers;
      for (int account = 0; account < 4; ++account) {
        int const mood = drawn();
        for (int i = 0; i < 5; ++i) answers.push_back({account, chance() < 0.6 ? mood : drawn()});
      }
      months.push_back(cxm::measure(answers, plan).result());
    }
    auto const found = cxm::trend(months);
    if (!found.p) continue;
    REQUIRE(*found.degrees_of_freedom >= 3 - 1e-9);
    REQUIRE(*found.degrees_of_freedom <= 12 + 1e-9);
    by_t += *found.p < 0.05 ? 1 : 0;
    by_z += std::abs(*found.statistic) > 1.96 ? 1 : 0;
    REQUIRE((*found.p < 0.05) == !found.interval->contains(0));
  }
  CHECK(by_t < 0.065 * runs);
  CHECK(by_z > by_t + 0.01 * runs);
}

namespace {
auto trust(auto... policies) {
  return cxm::bands(cxm::points<0, 10>{}, cxm::band<"bad", 0, 6, -1>{}, cxm::band<"fair", 7, 8>{},
                    cxm::band<"good", 9, 10, +1>{}, policies...);
}
void check_taken_back(auto const& plan, std::vector<answer> const& answers) {
  auto const taken = cxm::check_retraction_laws(plan, answers, {.rounds = 6});
  INFO(taken.text());
  CHECK(taken.holds());
  auto const merged = cxm::check_merge_laws(plan, answers, {.rounds = 3, .bytes_to_flip = 300});
  INFO(merged.text());
  CHECK(merged.holds());
}
}  // namespace

TEST_CASE("clustered bands: the bands of NPS give clustered NPS, each band its share of clusters") {
  for (unsigned seed = 1; seed < 6; ++seed) {
    auto const answers = random_answers(60 * seed, seed, 4 + seed, true);
    auto const same = [&](auto const& bands, auto const& nps, bool weighed) {
      CHECK(bands.clusters == nps.clusters);
      CHECK(bands.alone == nps.alone);
      CHECK(bands.value == nps.value);
      CHECK(bands.standard_error == nps.standard_error);
      CHECK(bands.design_n == nps.design_n);
      CHECK(bands.interval->low == nps.interval->low);
      CHECK(bands.interval->high == nps.interval->high);
      for (auto const& one : bands.bands) {
        oracle const wanted(answers, weighed,
                            [&](int score) { return one.low <= score && score <= one.high; });
        double const p = double(wanted.mean);
        CHECK_THAT(*one.share, WithinRel(p, 1e-12));
        CHECK(one.interval.has_value());
        if (!(wanted.error > 0)) continue;  // a band of none or of all: Kish's n
        // By hand: Wilson of the design n p(1-p)/SE², z made as long as t makes it.
        auto const n =
            std::min(p * (1 - p) / double(wanted.error * wanted.error), double(wanted.n));
        auto const ends =
            cxm::detail::ends_of(cxm::detail::sampled<cxm::effective_share>(
                                     {n * p, n * (1 - p)}, 1, bands.degrees_of_freedom()),
                                 cxm::wilson{}, {});
        CHECK_THAT(one.interval->low, WithinAbs(ends->low, 1e-9));
        CHECK_THAT(one.interval->high, WithinAbs(ends->high, 1e-9));
      }
    };
    same(cxm::measure(answers, by_account(trust())).result(),
         cxm::measure(answers, by_account(cxm::nps())).result(), false);
    same(cxm::measure(answers, cxm::weighted(&answer::value, by_account(trust()))).result(),
         cxm::measure(answers, cxm::weighted(&answer::value, by_account(cxm::nps()))).result(),
         true);
  }
}

TEST_CASE("clustered bands: one cluster, a cap, a minimum, nobody") {
  auto const answers = random_answers(80, 3, 6, false);
  auto const counted = [&](auto const& plan) { return cxm::measure(answers, plan).result(); };
  auto const one = cxm::measure(answers, cxm::clustered([](answer const&) { return 1; },
                                                        cxm::on(&answer::score, trust())))
                       .result();
  CHECK(one.interval.why() == cxm::reason::degenerate);
  CHECK(one.at("good").share.has_value());
  CHECK(one.at("good").interval.why() == cxm::reason::degenerate);
  auto const capped =
      counted(cxm::clustered(&answer::account, cxm::on(&answer::score, trust()), cxm::at_most{2}));
  CHECK(capped.at("bad").interval.why() == cxm::reason::not_identified);
  CHECK(counted(by_account(trust(cxm::min_n{999}))).at("bad").interval.why() ==
        cxm::reason::below_min_n);
  CHECK(cxm::measure(std::vector<answer>(), by_account(trust())).result().value.why() ==
        cxm::reason::no_data);
}

TEST_CASE("clustered: a mean shown on another scale has the error of clusters, stretched") {
  auto const answers = random_answers(200, 5, 12, true);
  auto const mean = cxm::measure(answers, by_account(cxm::mean(cxm::points<0, 10>{}))).result();
  auto const shown =
      cxm::measure(answers, by_account(cxm::mean(cxm::points<0, 10>{}, cxm::onto{0, 100})))
          .result();
  CHECK_THAT(*shown.value, WithinRel(10 * *mean.value, 1e-13));
  CHECK_THAT(*shown.standard_error, WithinRel(10 * *mean.standard_error, 1e-13));
  CHECK_THAT(*shown.variance, WithinRel(100 * *mean.variance, 1e-13));
  CHECK_THAT(shown.interval->low, WithinRel(10 * mean.interval->low, 1e-13));
  CHECK(shown.clusters == mean.clusters);
  // Also where clusters are on both sides.
  auto const before = random_answers(200, 6, 12, true);
  auto const change = [&](auto const& plan) {
    return cxm::compare(cxm::measure(answers, plan), cxm::measure(before, plan));
  };
  auto const plain = change(by_account(cxm::mean(cxm::points<0, 10>{})));
  auto const wide = change(by_account(cxm::mean(cxm::points<0, 10>{}, cxm::onto{0, 100})));
  CHECK_THAT(*wide.standard_error, WithinRel(10 * *plain.standard_error, 1e-10));
  CHECK_THAT(wide.interval->high, WithinRel(10 * plain.interval->high, 1e-10));
  auto const nets = change(by_account(trust())), nps = change(by_account(cxm::nps()));
  CHECK_THAT(*nets.standard_error, WithinRel(*nps.standard_error, 1e-12));
  CHECK_THAT(nets.interval->low, WithinRel(nps.interval->low, 1e-12));
  CHECK(nets.quantity == "net score");
}

TEST_CASE("clustered: answers are taken back, in every combinator and of every inner") {
  auto const answers = random_answers(60, 8, 7, true);
  auto const shop = [](answer const& one) { return one.channel == "shop"; };
  auto const scored = cxm::on(&answer::score, cxm::tally(cxm::nps(), trust()));
  check_taken_back(by_account(cxm::nps()), answers);
  check_taken_back(by_account(trust()), answers);
  check_taken_back(cxm::weighted(&answer::value, clusters(cxm::where(shop, scored))), answers);
  check_taken_back(clusters(cxm::where(shop, scored)), answers);
  check_taken_back(cxm::by(&answer::channel, clusters(cxm::all(scored, cxm::where(shop, scored)))),
                   answers);
}

TEST_CASE("clustered: beyond the cap nothing is taken back, and strangers never") {
  auto plan =
      cxm::clustered(&answer::account, cxm::on(&answer::score, cxm::nps()), cxm::at_most{2});
  plan.add(answer{1, 9});
  auto const before = cxm::save(plan);
  CHECK_THROWS_AS(plan.remove(answer{2, 9}), std::invalid_argument);
  CHECK_THROWS_AS(plan.remove(answer{{}, 9}), std::invalid_argument);
  CHECK_THROWS_AS(plan.remove(answer{1, 8}), std::invalid_argument);
  CHECK(cxm::save(plan) == before);
  plan.remove(answer{1, 9});
  CHECK(plan.empty());
  for (int account : {1, 2, 3}) plan.add(answer{account, 9});
  CHECK_THROWS_WITH(plan.remove(answer{1, 9}),
                    Contains("cxm::remove: more keys came than at_most"));
}
