// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct answer {
  std::optional<int> score;
  double value;
  std::string channel = "web";
};

auto weighed(auto const& answers, auto const& plan) {
  return cxm::measure(answers, cxm::weighted(&answer::value, cxm::on(&answer::score, plan)))
      .result();
}

/// C9 of the method reference: s = 1, 1, 0, -1, 1, -1 and w = 1, 2, 1, 3, 1, 2.
std::vector<answer> const worked = {{9, 1},         {10, 2},        {7, 1},
                                    {0, 3, "shop"}, {9, 1, "shop"}, {6, 2, "shop"}};

std::vector<answer> random_answers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<answer> made;
  for (std::size_t i = 0; i < count; ++i) {
    auto const drawn = static_cast<int>(random() % 14) - 1;
    made.push_back({drawn > 11 ? std::optional<int>() : drawn,
                    static_cast<double>(random() % 40'000) / 7'000.0,
                    random() % 2 == 0 ? "web" : "shop"});
    if (random() % 10 == 0) made.back().value = 0;
  }
  return made;
}

/// The definitions as they stand in the books, in long double, from single answers.
struct oracle {
  long double mean = 0, variance = 0, error = 0, kish = 0;
  std::size_t n = 0;
  oracle(std::vector<answer> const& answers, auto const& value_of) {
    long double weight = 0, sum = 0, square = 0, spread = 0, influence = 0;
    auto const each = [&](auto const& use) {
      for (auto const& one : answers) {
        auto const units = cxm::weight_from(one.value)->units;
        if (one.score && *one.score >= 0 && *one.score <= 10 && units > 0)
          use(static_cast<long double>(value_of(*one.score)),
              static_cast<long double>(units) / 1e9L);
      }
    };
    each([&](long double x, long double w) { ++n, weight += w, sum += w * x, square += w * w; });
    mean = sum / weight;
    each([&](long double x, long double w) {
      spread += w * (x - mean) * (x - mean);
      influence += w * w * (x - mean) * (x - mean);
    });
    variance = spread / weight;
    auto const count = static_cast<long double>(n);
    // The design n is never above n.
    error =
        std::max(std::sqrt(count / (count - 1) * influence) / weight, std::sqrt(variance / count));
    kish = weight * weight / square;
  }
  double design() const { return static_cast<double>(variance / (error * error)); }
};
void check(cxm::score const& found, oracle const& wanted) {
  CHECK(found.n == wanted.n);
  CHECK_THAT(*found.value, WithinAbs(static_cast<double>(wanted.mean), 1e-12));
  CHECK_THAT(*found.standard_error, WithinRel(static_cast<double>(wanted.error), 1e-12));
}
int points_of(int score) {
  return score >= 9 ? 100 : score >= 7 ? 0 : -100;
}
}  // namespace

TEST_CASE("weighted tally: the worked example of weighted NPS") {
  auto const found = weighed(worked, cxm::nps());
  CHECK(*found.value == -10);
  CHECK_THAT(*found.standard_error, WithinAbs(46.2, 0.05));
  CHECK_THAT(*found.standard_error, WithinRel(100 * std::sqrt(0.2136), 1e-14));
  CHECK(*found.effective_n == 5);
  CHECK_THAT(6 / *found.effective_n, WithinAbs(1.2, 1e-15));
  CHECK_THAT(*found.design_n, WithinRel(0.89 / 0.2136, 1e-14));
  CHECK(found.n == 6);
  CHECK(found.promoters == 3);
  CHECK(found.passives == 1);
  CHECK(found.detractors == 2);
  // Adjusted Wald with the design n in the place of n.
  double const n = 0.89 / 0.2136 + 3, p = (n - 3) * 0.4 + 0.75, d = (n - 3) * 0.5 + 0.75;
  double const net = (p - d) / n;
  double const half = 1.9599639845400542 * std::sqrt(((p + d) / n - net * net) / n);
  CHECK_THAT(found.interval->raw.low, WithinAbs(100 * (net - half), 1e-11));
  CHECK_THAT(found.interval->raw.high, WithinAbs(100 * (net + half), 1e-11));
}

TEST_CASE("weighted tally: value-weighted NPS, where the critics are the lucrative customers") {
  std::vector<answer> const answers = {{9, 1000}, {10, 500}, {3, 5000}, {8, 200}};
  CHECK_THAT(*weighed(answers, cxm::nps()).value, WithinAbs(-52.2, 0.05));
  CHECK(*cxm::measure(answers, cxm::on(&answer::score, cxm::nps())).result().value == 25);
}

TEST_CASE(
    "weighted tally: value, error, Kish's and design n against long double, on random answers") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    auto const answers = random_answers(3 + seed * seed, seed);
    auto const [nps, csat, mean] = weighed(
        answers,
        cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}, cxm::good_at{8}), cxm::mean()));
    if (nps.n < 2) continue;
    INFO(seed);
    oracle const net(answers, points_of);
    if (net.variance > 0) check(nps, net);
    if (net.variance > 0) CHECK_THAT(*nps.design_n, WithinRel(net.design(), 1e-12));
    CHECK_THAT(*nps.effective_n, WithinRel(static_cast<double>(net.kish), 1e-14));
    oracle const good(answers, [](int score) { return score >= 8 ? 1 : 0; });
    if (good.variance > 0) check(csat, good);
    oracle const points(answers, [](int score) { return score; });
    if (points.variance > 0) check(mean, points);
    CHECK(nps.n + nps.missing + nps.invalid + nps.unweighed == answers.size());
    if (!nps.interval) continue;
    CHECK(-100 <= nps.interval->low);
    CHECK(nps.interval->high <= 100);
    CHECK(*nps.design_n <= static_cast<double>(nps.n));
  }
}

TEST_CASE(
    "weighted tally: equal weights change no value, and a factor on all weights changes nothing") {
  auto answers = random_answers(300, 7);
  for (auto& one : answers) one.value = 0.3;
  auto const plan = cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}), cxm::mean(),
                               cxm::median(), cxm::point_counts());
  auto const [nps, csat, mean, median, counts] = weighed(answers, plan);
  auto const plain = cxm::measure(answers, cxm::on(&answer::score, plan)).result();
  CHECK(nps.value == std::get<0>(plain).value);
  CHECK(csat.value == std::get<1>(plain).value);
  CHECK(mean.value == std::get<2>(plain).value);
  CHECK_THAT(*mean.standard_error, WithinRel(*std::get<2>(plain).standard_error, 1e-15));
  CHECK_THAT(*mean.deviation, WithinRel(*std::get<2>(plain).deviation, 1e-15));
  CHECK(median == std::get<3>(plain));
  CHECK(counts == std::get<4>(plain));
  CHECK(*nps.effective_n == static_cast<double>(nps.n));
  // The linearised variance divides by n − 1, where the plain error of a share divides by n.
  CHECK(*nps.design_n == static_cast<double>(nps.n - 1));

  auto const other = random_answers(300, 8);
  auto larger = other;
  for (auto& one : larger)
    one.value = static_cast<double>(cxm::weight_from(one.value)->units) * 3 / 1e9;
  auto const a = weighed(other, plan), b = weighed(larger, plan);
  CHECK(std::get<0>(a).value == std::get<0>(b).value);
  CHECK(std::get<0>(a).standard_error == std::get<0>(b).standard_error);
  CHECK(std::get<0>(a).interval == std::get<0>(b).interval);
  CHECK(std::get<1>(a).interval == std::get<1>(b).interval);
  CHECK(std::get<2>(a).interval == std::get<2>(b).interval);
}

TEST_CASE("weighted tally: a weight of 0 counts nowhere but as unweighed") {
  std::vector<answer> const answers = {{9, 0},  {9, 1},  {2, 1e-12}, {{}, 0},
                                       {11, 0}, {9, -1}, {3, 2}};
  auto const found =
      cxm::measure(answers, cxm::weighted(&answer::value, cxm::on(&answer::score, cxm::nps())));
  auto const score = found.result();
  CHECK(score.n == 2);
  CHECK(score.unweighed == 2);
  CHECK(score.missing == 1);
  CHECK(score.invalid == 1);
  CHECK(score.promoters == 1);
  CHECK(found.rejected() == 1);
  CHECK_THAT(*score.value, WithinAbs(-100.0 / 3, 1e-13));
  std::vector<answer> const none = {{9, 0}};
  auto const [nps, mean] = weighed(none, cxm::tally(cxm::nps(), cxm::mean()));
  CHECK(nps.value.why() == cxm::reason::no_data);
  CHECK(nps.effective_n.why() == cxm::reason::no_data);
  CHECK(mean.interval.why() == cxm::reason::no_data);
}

TEST_CASE("weighted tally: one answer, answers all alike, and a minimum") {
  std::vector<answer> const one = {{9, 3}};
  auto const [nps, mean] = weighed(one, cxm::tally(cxm::nps(), cxm::mean()));
  CHECK(*nps.value == 100);
  CHECK(*nps.design_n == 1);
  CHECK(*nps.standard_error == 0);
  // As one unweighted promoter: −48.5 to 100.
  CHECK_THAT(nps.interval->raw.low, WithinAbs(-48.5, 0.05));
  CHECK(*mean.value == 9);
  CHECK(mean.standard_error.why() == cxm::reason::degenerate);
  std::vector<answer> const alike = {{9, 1}, {10, 3}};
  auto const same = weighed(alike, cxm::nps(cxm::min_n{2}));
  CHECK(*same.design_n == *same.effective_n);
  CHECK_THAT(*same.design_n, WithinAbs(1.6, 1e-15));
  CHECK(weighed(alike, cxm::nps(cxm::min_n{3})).value.why() == cxm::reason::below_min_n);
}

TEST_CASE("weighted tally: inside by, where and all, every interval") {
  auto const web = [](answer const& one) { return one.channel == "web"; };
  auto const inner =
      cxm::by(&answer::channel,
              cxm::all(cxm::on(&answer::score, cxm::nps()),
                       cxm::where(web, cxm::on(&answer::score, cxm::ces())), cxm::count()));
  auto const found = cxm::measure(worked, cxm::weighted(&answer::value, inner)).result();
  CHECK_THAT(*std::get<0>(found.at("shop")).value, WithinAbs(-400.0 / 6, 1e-12));
  CHECK(std::get<2>(found.at("shop")).weight == 6);
  CHECK(std::get<2>(found.at("shop")).n == 3);
  CHECK_THAT(*std::get<2>(found.at("shop")).effective_n, WithinRel(36.0 / 14, 1e-15));
  CHECK(std::get<1>(found.at("web")).invalid == 2);
  CHECK(*std::get<1>(found.at("web")).easy_share == 1);

  auto const answers = random_answers(60, 9);
  auto const narrow = [&](auto const& plan) {
    auto const score = weighed(answers, plan);
    CHECK(score.interval.has_value());
    CHECK(score.interval->low < *score.value);
    CHECK(*score.value < score.interval->high);
  };
  narrow(cxm::nps(cxm::wald{}));
  narrow(cxm::nps(cxm::student{}));
  narrow(cxm::nps(cxm::agresti_min{}));
  narrow(cxm::nps(cxm::bonett_price{}));
  narrow(cxm::nps(cxm::tango{}));
  narrow(cxm::nps(cxm::mover_wilson{}));
  narrow(cxm::csat(cxm::points<0, 10>{}, cxm::wald{}));
  narrow(cxm::csat(cxm::points<0, 10>{}, cxm::clopper_pearson{}));
  narrow(cxm::csat(cxm::points<0, 10>{}, cxm::jeffreys{}));
  narrow(cxm::csat(cxm::points<0, 10>{}, cxm::agresti_coull{}));
}

TEST_CASE("weighted tally: merge laws on saved bytes") {
  auto const answers = random_answers(60, 3);
  auto const holds = [&](auto const& inner) {
    auto const report = cxm::check_merge_laws(cxm::weighted(&answer::value, inner), answers,
                                              {.rounds = 4, .bytes_to_flip = 300});
    INFO(report.text());
    CHECK(report.holds());
  };
  holds(cxm::on(&answer::score, cxm::nps()));
  holds(cxm::by(&answer::channel, cxm::on(&answer::score, cxm::csat(cxm::any_points{1, 5}))));
  holds(cxm::count());
}

TEST_CASE("real-valued counts: whole ones give what the whole counts give") {
  for (std::uint64_t n : {1U, 2U, 10U, 37U})
    for (std::uint64_t x = 0; x <= n; ++x) {
      auto const of = [&](double p) { return cxm::effective_share{p, static_cast<double>(n) - p}; };
      double const p = static_cast<double>(x);
      CHECK(cxm::wald::share(of(p)) == cxm::wald::share(x, n));
      CHECK(cxm::wilson::share(of(p)) == cxm::wilson::share(x, n));
      CHECK(cxm::jeffreys::share(of(p)) == cxm::jeffreys::share(x, n));
      cxm::effective_net const net{p, 0, static_cast<double>(n)};
      CHECK(cxm::adjusted_wald::net(net) == cxm::adjusted_wald::net(x, 0, n));
      CHECK(cxm::tango::net(net) == cxm::tango::net(x, 0, n));
      CHECK(cxm::mover_wilson::net(net) == cxm::mover_wilson::net(x, 0, n));
      auto const t = cxm::student::net(net), whole = cxm::student::net(x, 0, n);
      REQUIRE(t.has_value() == whole.has_value());
      if (t) CHECK_THAT(t->raw.low, WithinAbs(whole->raw.low, 1e-13));
      CHECK_THAT(cxm::wald::net(net)->raw.high,
                 WithinAbs(cxm::wald::net(x, 0, n)->raw.high, 1e-15));
    }
}

TEST_CASE("weighted tally: two weighted scores are compared by their design n") {
  auto const earlier = random_answers(200, 21), later = random_answers(150, 22);
  auto const plan = cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}), cxm::mean());
  auto const first = weighed(later, plan), second = weighed(earlier, plan);
  auto const [nps, csat, mean] = cxm::compare(first, second);
  auto const& [nps1, csat1, mean1] = first;
  auto const& [nps2, csat2, mean2] = second;
  CHECK(*nps.value == *nps1.value - *nps2.value);
  CHECK_THAT(*nps.standard_error,
             WithinRel(std::hypot(*nps1.standard_error, *nps2.standard_error), 1e-12));
  CHECK_THAT(*nps.statistic, WithinRel(*nps.value / *nps.standard_error, 1e-12));
  CHECK_THAT(*csat.standard_error,
             WithinRel(std::hypot(*csat1.standard_error, *csat2.standard_error), 1e-12));
  CHECK_THAT(*mean.standard_error,
             WithinRel(std::hypot(*mean1.standard_error, *mean2.standard_error), 1e-12));
  CHECK(mean.interval->contains(*mean.value));
  CHECK(nps.first_n == nps1.n);
  // Adjusted Wald of each group, from its shares: 1/2 (v + m² ± m).
  auto const centre = [](auto const& score) {
    return *score.design_n * *score.value / (*score.design_n + 3);
  };
  CHECK_THAT((nps.interval->low + nps.interval->high) / 2,
             WithinAbs(centre(nps1) - centre(nps2), 1e-10));
  std::vector<answer> const none;
  CHECK(std::get<0>(cxm::compare(first, weighed(none, plan))).value.why() == cxm::reason::no_data);
}

TEST_CASE("weighted tally: golden survey.json, svy_apiclus1, means and shares of schools") {
  // Its errors are those of clusters, which a tally of single answers has not.
  auto const records = golden::read("survey.json")["records"];
  auto const& input = records[0]["input"];
  auto const& expect = records[0]["expect"];
  std::vector<answer> schools, types;
  for (std::size_t i = 0; i < input["api00"].size(); ++i) {
    double const weight = input["pw"][i].number();
    schools.push_back({static_cast<int>(input["api00"][i].number()), weight});
    types.push_back({input["stype"][i].text == "E" ? 2 : 1, weight});
  }
  auto const mean = weighed(schools, cxm::mean(cxm::any_points{200, 1000}));
  CHECK_THAT(*mean.value, WithinRel(expect["mean"].number(), 1e-12));
  // The design effect is in relation to the error of a simple sample of 183 out of 6,194 schools.
  double const simple = expect["mean_se"].number() / std::sqrt(expect["deff"].number());
  CHECK_THAT(*mean.standard_error * std::sqrt(1 - 183 / 6194.0), WithinRel(simple, 1e-4));
  auto const elementary = weighed(types, cxm::csat(cxm::points<1, 2>{}, cxm::good_at{2}));
  CHECK_THAT(*elementary.value, WithinRel(expect["stype_props"][0].number(), 1e-12));
}
