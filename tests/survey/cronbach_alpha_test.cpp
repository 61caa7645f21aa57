// SPDX-License-Identifier: BSL-1.0
// Goldens: cronbach_attitude and cronbach_usj4 of cronbach_alpha.json (psych 2.2.9); Feldt's
// interval by SciPy's F, and against the published ICC(3,k) of Shrout & Fleiss (1979), which is
// alpha: .91 with the interval .68 to .99 that psych prints.
#include <cxm/stats/measure.hpp>
#include <cxm/survey/cronbach_alpha.hpp>
#include <cxm/survey/reliability.hpp>
#include <cxm/testing/merge_laws.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace Catch::Matchers;

namespace {
using row = std::vector<std::optional<double>>;

cxm::columns all_columns(std::size_t items) {
  std::vector<std::size_t> indexes(items);
  std::iota(indexes.begin(), indexes.end(), std::size_t{0});
  return cxm::columns{indexes};
}
/// The rows of a golden, in units in which they are whole.
std::vector<row> rows_of(golden::value const& record, double unit) {
  std::size_t const items = static_cast<std::size_t>(record["input"]["items"].number());
  std::vector<row> rows;
  std::size_t i = 0;
  for (auto const& one : record["input"]["row_major"]) {
    if (i++ % items == 0) rows.emplace_back();
    rows.back().push_back(std::round(one.number() * unit));
  }
  return rows;
}

struct answer {
  std::optional<int> easy, quick, kind;
};

/// Alpha by the textbook, from means and deviations.
double by_definition(std::vector<std::vector<double>> const& rows) {
  std::size_t const k = rows[0].size();
  auto const variance = [&](auto const& value_of) {
    double mean = 0, sum = 0;
    for (auto const& one : rows) mean += value_of(one) / static_cast<double>(rows.size());
    for (auto const& one : rows) sum += (value_of(one) - mean) * (value_of(one) - mean);
    return sum / static_cast<double>(rows.size() - 1);
  };
  double parts = 0;
  for (std::size_t i = 0; i < k; ++i) parts += variance([&](auto const& one) { return one[i]; });
  double const all =
      variance([](auto const& one) { return std::accumulate(one.begin(), one.end(), 0.0); });
  return static_cast<double>(k) / static_cast<double>(k - 1) * (1 - parts / all);
}
}  // namespace

TEST_CASE("Cronbach's alpha: cronbach_attitude and cronbach_usj4, with Feldt's interval") {
  struct expected {
    std::string id;
    double unit, low, high;
  };
  auto const file = golden::read("cronbach_alpha.json");
  std::vector<expected> const cases = {
      {"cronbach_attitude", 1, 0.7393756856431071, 0.9157730721599817},
      {"cronbach_usj4", 10, 0.5411516127101381, 0.8309234471974988}};
  std::size_t seen = 0;
  for (auto const& record : file["records"]) {
    auto const& wanted = cases.at(seen++);
    REQUIRE(record["id"].text == wanted.id);
    auto const rows = rows_of(record, wanted.unit);
    auto const found =
        cxm::measure(rows, cxm::cronbach_alpha(all_columns(rows[0].size()))).result();
    auto const& expect = record["expect"];
    CHECK(found.n == rows.size());
    CHECK_THAT(*found.alpha, WithinRel(expect["raw_alpha"].number(), 1e-14));
    CHECK_THAT(*found.standardized, WithinRel(expect["std_alpha"].number(), 1e-13));
    CHECK_THAT(*found.mean_correlation, WithinRel(expect["avg_r"].number(), 1e-13));
    CHECK_THAT(*found.lambda_6, WithinRel(expect["lambda6"].number(), 1e-12));
    CHECK_THAT(found.interval->low, WithinRel(wanted.low, 1e-12));
    CHECK_THAT(found.interval->high, WithinRel(wanted.high, 1e-12));
    for (std::size_t i = 0; i < found.items.size(); ++i) {
      CHECK_THAT(*found.items[i].alpha_if_dropped,
                 WithinRel(expect["alpha_if_dropped"][i].number(), 1e-13));
      CHECK_THAT(*found.items[i].rest_correlation, WithinRel(expect["r_drop"][i].number(), 1e-12));
    }
  }
  CHECK(seen == cases.size());
}

TEST_CASE("Cronbach's alpha is ICC(3,k): .91, .68 to .99 for Shrout & Fleiss (1979)") {
  std::vector<std::vector<int>> const rows = {{9, 2, 5, 8}, {6, 1, 3, 2},  {8, 4, 6, 8},
                                              {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
  auto const found = cxm::measure(rows, cxm::cronbach_alpha(all_columns(4))).result();
  CHECK_THAT(*found.alpha, WithinAbs(0.91, 0.005));
  CHECK_THAT(found.interval->low, WithinAbs(0.68, 0.005));
  CHECK_THAT(found.interval->high, WithinAbs(0.99, 0.005));
  CHECK_THAT(*found.alpha, WithinRel(0.9093155423770694, 1e-14));
  CHECK_THAT(found.interval->low, WithinRel(0.6756747138163043, 1e-12));
}

TEST_CASE("Cronbach's alpha of fields: names, rows that lack an answer, rows of nonsense") {
  std::vector<answer> const answers = {{5, 4, 5}, {2, 1, 2},  {3, 3, 4},
                                       {4, 4, 4}, {1, {}, 2}, {{}, {}, {}}};
  auto const plan =
      cxm::cronbach_alpha(cxm::field<"easy">(&answer::easy), cxm::field<"quick">(&answer::quick),
                          cxm::field<"kind">(&answer::kind));
  auto const found = cxm::measure(answers, plan).result();
  CHECK(found.n == 4);
  CHECK(found.missing == 2);
  CHECK(found.items[1].name == "quick");
  CHECK(*found.items[0].mean == 3.5);
  CHECK_THAT(*found.alpha,
             WithinRel(by_definition({{5, 4, 5}, {2, 1, 2}, {3, 3, 4}, {4, 4, 4}}), 1e-14));
  CHECK(found.interval->low <= *found.alpha);
  CHECK(*found.alpha <= found.interval->high);

  auto const nan = std::numeric_limits<double>::quiet_NaN();
  auto const odd =
      cxm::measure(std::vector<std::vector<double>>{{1, 2}, {2, 2.5}, {nan, 1}, {1, 1e300}, {3, 4}},
                   cxm::cronbach_alpha(all_columns(2)))
          .result();
  CHECK(odd.n == 2);
  CHECK(odd.invalid == 3);
}

TEST_CASE("Cronbach's alpha: by definition on random answers, and of any size of numbers") {
  std::mt19937_64 random(4);
  for (int round = 0; round < 60; ++round) {
    std::size_t const items = 2 + random() % 5;
    std::int64_t const unit = round % 3 == 0 ? 100'000'000 : 1;
    std::vector<std::vector<double>> rows;
    for (std::size_t n = 3 + random() % 50; n > 0; --n) {
      auto const mood = static_cast<double>(random() % 5);
      rows.emplace_back();
      for (std::size_t i = 0; i < items; ++i)
        rows.back().push_back((mood + static_cast<double>(random() % 4)) *
                              static_cast<double>(unit));
    }
    auto const found = cxm::measure(rows, cxm::cronbach_alpha(all_columns(items))).result();
    if (!found.alpha) continue;
    CHECK_THAT(*found.alpha, WithinAbs(by_definition(rows), 1e-12));
    CHECK(*found.alpha <= 1);
  }
}

TEST_CASE("Cronbach's alpha where it can't be known") {
  auto const of = [](std::vector<std::vector<int>> const& rows, std::size_t items) {
    return cxm::measure(rows, cxm::cronbach_alpha(all_columns(items))).result();
  };
  CHECK(of({}, 3).alpha.why() == cxm::reason::no_data);
  CHECK(of({{1, 2}}, 2).alpha.why() == cxm::reason::degenerate);
  CHECK(*of({{1, 2}}, 2).items[1].mean == 2.0);
  CHECK(of({{1, 2}, {2, 1}}, 2).alpha.why() == cxm::reason::degenerate);  // the sum never varies
  auto const equal = of({{1, 1}, {2, 2}, {3, 3}}, 2);
  CHECK(*equal.alpha == 1.0);
  CHECK(equal.interval->high == 1.0);
  CHECK(equal.lambda_6.why() == cxm::reason::degenerate);
  CHECK(equal.items[0].alpha_if_dropped.why() == cxm::reason::degenerate);
  auto const constant = of({{1, 3, 2}, {2, 3, 1}, {3, 3, 5}}, 3);
  CHECK(constant.alpha.has_value());
  CHECK(constant.mean_correlation.why() == cxm::reason::degenerate);
  CHECK_THROWS_AS(cxm::cronbach_alpha(all_columns(1)), std::invalid_argument);
  auto one = cxm::cronbach_alpha(all_columns(2));
  CHECK_THROWS_AS(one.merge(cxm::cronbach_alpha(all_columns(3))), std::invalid_argument);
}

TEST_CASE("Cronbach's alpha: the laws of merging, and what is taken back leaves no trace") {
  std::mt19937_64 random(8);
  std::vector<answer> answers;
  auto const some = [&] {
    return random() % 9 == 0 ? std::optional<int>() : static_cast<int>(random() % 7) - 3;
  };
  for (int i = 0; i < 120; ++i) answers.push_back({some(), some(), some()});
  auto const plan = cxm::cronbach_alpha(&answer::easy, &answer::quick, &answer::kind);
  auto const report = cxm::check_merge_laws(plan, answers, {.rounds = 3});
  INFO(report.text());
  CHECK(report.holds());
  auto const back = cxm::check_retraction_laws(plan, answers, {.rounds = 3});
  INFO(back.text());
  CHECK(back.holds());
  auto counted = cxm::measure(answers, plan);
  auto const before = cxm::save(counted);
  for (auto const& one : answers) counted.add(one);
  for (auto const& one : answers) counted.remove(one);
  CHECK(cxm::save(counted) == before);
}

TEST_CASE("Cronbach's alpha: what was never added is refused and changes nothing") {
  auto counted =
      cxm::bind<answer>(cxm::cronbach_alpha(&answer::easy, &answer::quick, &answer::kind));
  counted.add(answer{1, 2, 3});
  counted.add(answer{2, 2, 2});
  auto const before = cxm::save(counted);
  CHECK_THROWS_AS(counted.remove(answer{{}, 2, 3}), std::invalid_argument);  // none was missing
  CHECK_THROWS_AS(counted.remove(answer{3, 2, 3}), std::invalid_argument);   // by Cauchy, Schwarz
  CHECK(cxm::save(counted) == before);
  counted.remove(answer{1, 2, 3});
  CHECK_THROWS_AS(counted.remove(answer{1, 2, 3}), std::invalid_argument);
  counted.remove(answer{2, 2, 2});
  CHECK(counted.empty());
  CHECK_THROWS_AS(counted.remove(answer{2, 2, 2}), std::invalid_argument);
}
