// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/cell_weights.hpp>
#include <cxm/survey/known_totals.hpp>
#include <cxm/survey/raking.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace Catch::Matchers;

namespace {
enum class age { young, old };
struct answer {
  std::string region;
  age years;
  int score;
  double base = 1;
};
auto const region = cxm::field<"region">(&answer::region);
auto const years = cxm::field<"age">(&answer::years);

void add(std::vector<answer>& to, std::string const& where, age who, int count) {
  for (int i = 0; i < count; ++i) to.push_back({where, who, i % 11});
}
/// The sample of C10: [[30, 20], [10, 40]].
std::vector<answer> worked() {
  std::vector<answer> made;
  add(made, "north", age::young, 30);
  add(made, "north", age::old, 20);
  add(made, "south", age::young, 10);
  add(made, "south", age::old, 40);
  return made;
}
auto cells_of(std::vector<answer> const& answers) {
  return cxm::measure(answers, cxm::by(region, years, cxm::count())).result();
}
using cell = std::tuple<std::string, age>;
}  // namespace

TEST_CASE("raking: the worked example of C10: 13 sweeps, weights [[1.333, 0.5], [2, 0.75]]") {
  auto const found = cxm::rake(cells_of(worked()), {{"north", 0.5}, {"south", 0.5}},
                               {{age::young, 0.6}, {age::old, 0.4}});
  CHECK(found.sweeps == 13);
  CHECK(found.residual < 1e-10);
  CHECK(found.cut == 0);
  auto const& weights = *found.weights;
  CHECK(weights.size() == 4);
  CHECK_THAT(*weights.find(cell("north", age::young)), WithinAbs(4.0 / 3, 1e-9));
  CHECK_THAT(*weights.find(cell("north", age::old)), WithinAbs(0.5, 1e-9));
  CHECK_THAT(*weights.find(cell("south", age::young)), WithinAbs(2, 1e-9));
  CHECK_THAT(*weights.find(cell("south", age::old)), WithinAbs(0.75, 1e-9));
  CHECK(!weights.find(cell("east", age::old)));
  // Σw = 100 over the answers, Kish's n = 100² / Σw².
  CHECK_THAT(*found.effective_n,
             WithinRel(1e4 / (30 * 16.0 / 9 + 20 * 0.25 + 10 * 4 + 40 * 0.5625), 1e-9));
}

TEST_CASE("raking: totals as numbers of people, weights that add up to them") {
  auto const found = cxm::rake(cells_of(worked()), {{"north", 500}, {"south", 500}},
                               {{age::young, 600}, {age::old, 400}});
  CHECK_THAT(*found.weights->find(cell("north", age::young)), WithinAbs(40.0 / 3, 1e-8));
  CHECK_THAT(*found.weights->find(cell("south", age::old)), WithinAbs(7.5, 1e-8));
}

TEST_CASE("raking: the weights are a field for weighted, and the answers then have the totals") {
  auto answers = worked();
  auto const found = cxm::rake(cells_of(answers), {{"north", 0.3}, {"south", 0.7}},
                               {{age::young, 0.55}, {age::old, 0.45}});
  auto const field = found.weights->of(region, years);
  auto const shares =
      cxm::measure(answers, cxm::weighted(field, cxm::by(region, cxm::count()))).result();
  CHECK_THAT(shares.at("north").weight, WithinAbs(30, 1e-6));
  CHECK_THAT(shares.at("south").weight, WithinAbs(70, 1e-6));
  auto const ages =
      cxm::measure(answers, cxm::weighted(field, cxm::by(years, cxm::count()))).result();
  CHECK_THAT(ages.at(age::young).weight, WithinAbs(55, 1e-6));
  auto const score =
      cxm::measure(answers, cxm::weighted(field, cxm::on(&answer::score, cxm::nps())));
  CHECK(score.result().n == 100);
  CHECK(score.result().value.has_value());
  // An answer from nowhere has no weight, and is counted as such.
  answers.push_back({"east", age::old, 9});
  auto const more =
      cxm::measure(answers, cxm::weighted(field, cxm::on(&answer::score, cxm::nps())));
  CHECK(more.rejected() == 1);
  CHECK(more.result().value == score.result().value);

  auto const report = cxm::check_merge_laws(
      cxm::weighted(field, cxm::by(region, cxm::on(&answer::score, cxm::nps()))), answers,
      {.rounds = 2, .bytes_to_flip = 60});
  INFO(report.text());
  CHECK(report.holds());
  // Other weights are another plan.
  auto const other = cxm::rake(cells_of(worked()), {{"north", 0.5}, {"south", 0.5}},
                               {{age::young, 0.55}, {age::old, 0.45}});
  auto const plan =
      cxm::weighted(other.weights->of(region, years), cxm::on(&answer::score, cxm::nps()));
  CHECK_THROWS_AS(cxm::load(plan, cxm::save(score)), cxm::bad_state);
  auto into = plan;
  CHECK_THROWS_WITH(into.merge(score), Contains("different fields"));
}

TEST_CASE("raking: random samples reach random margins, the odds ratios of the cells are kept") {
  std::mt19937 random(6);
  for (int round = 0; round < 20; ++round) {
    std::vector<answer> answers;
    std::map<std::string, double> regions;
    double all = 0;
    for (std::string const where : {"a", "b", "c"}) {
      for (age const who : {age::young, age::old})
        add(answers, where, who, 2 + static_cast<int>(random() % 40));
      regions[where] = 1 + static_cast<double>(random() % 50);
      all += regions[where];
    }
    double const young = all * static_cast<double>(20 + random() % 60) / 100;
    auto const cells = cells_of(answers);
    auto const found = cxm::rake(cells, cxm::untrimmed,
                                 {{"a", regions["a"]}, {"b", regions["b"]}, {"c", regions["c"]}},
                                 {{age::young, young}, {age::old, all - young}});
    REQUIRE(found.weights.has_value());
    double found_young = 0;
    std::map<std::string, double> sums;
    auto const weight = [&](std::string const& where, age who) {
      return *found.weights->find(cell(where, who));
    };
    for (auto const& [key, count] : cells) {
      double const mass = static_cast<double>(count) * *found.weights->find(key);
      sums[std::get<0>(key)] += mass;
      if (std::get<1>(key) == age::young) found_young += mass;
    }
    for (auto const& [where, sum] : sums) CHECK_THAT(sum, WithinAbs(regions[where], 1e-6));
    CHECK_THAT(found_young, WithinAbs(young, 1e-6));
    // w = r(region) · c(age): the ratio of the ages is the same in every region.
    CHECK_THAT(weight("a", age::young) * weight("b", age::old),
               WithinRel(weight("a", age::old) * weight("b", age::young), 1e-6));
    CHECK_THAT(weight("a", age::young) * weight("c", age::old),
               WithinRel(weight("a", age::old) * weight("c", age::young), 1e-6));
  }
}

TEST_CASE("raking: weights beyond 0.3 and 3 medians are cut, and the sample raked once more") {
  std::vector<answer> answers;
  add(answers, "north", age::young, 2);
  add(answers, "north", age::old, 90);
  add(answers, "south", age::young, 48);
  add(answers, "south", age::old, 60);
  auto const rake = [&](auto... limits) {
    return cxm::rake(cells_of(answers), limits..., {{"north", 0.5}, {"south", 0.5}},
                     {{age::young, 0.6}, {age::old, 0.4}});
  };
  auto const found = rake();
  auto const free = rake(cxm::untrimmed);
  CHECK(free.cut == 0);
  CHECK(found.cut > 0);
  CHECK(found.residual < 1e-10);
  CHECK(*found.effective_n >= *free.effective_n - 1e-9);
  CHECK(rake(cxm::trimmed{0, 1e9}).cut == 0);
  CHECK_THROWS_AS((cxm::trimmed{1.5, 3}), std::invalid_argument);
  CHECK_THROWS_AS((cxm::trimmed{0.3, 0.9}), std::invalid_argument);
}

TEST_CASE("raking: base weights are the start, what is found multiplies them") {
  auto answers = worked();
  for (auto& one : answers) one.base = one.region == "north" ? 2 : 0.5;
  auto const cells =
      cxm::measure(answers, cxm::weighted(&answer::base, cxm::by(region, years, cxm::count())))
          .result();
  auto const found =
      cxm::rake(cells, {{"north", 0.5}, {"south", 0.5}}, {{age::young, 0.6}, {age::old, 0.4}});
  auto const field = found.weights->of(region, years);
  auto const both = [field](answer const& one) { return one.base * *field(one); };
  auto const shares =
      cxm::measure(answers, cxm::weighted(both, cxm::by(region, cxm::count()))).result();
  CHECK_THAT(shares.at("north").weight, WithinRel(shares.at("south").weight, 1e-8));
}

TEST_CASE("raking: failures name what is wrong") {
  auto const cells = cells_of(worked());
  using regions = cxm::known_totals<std::string>;
  using ages = cxm::known_totals<age>;
  ages const halves = {{age::young, 0.5}, {age::old, 0.5}};
  auto const rake = [&](regions const& where, ages const& who) {
    return cxm::rake(cells, where, who);
  };
  CHECK_THROWS_WITH(rake({{"north", 0.5}, {"south", 0.4}, {"east", 0.1}}, halves),
                    Contains("nobody answered in region = east, whose known total is above 0"));
  CHECK_NOTHROW(rake({{"north", 0.5}, {"south", 0.5}, {"east", 0}}, halves));
  CHECK_THROWS_WITH(rake({{"north", 1}}, halves),
                    Contains("region = south has answers, but no known total"));
  CHECK_THROWS_WITH(rake({{"north", 600}, {"south", 500}}, {{age::young, 600}, {age::old, 400}}),
                    Contains("the known totals of region add up to 1100 and those of age to 1000: "
                             "they contradict each other"));
  CHECK_THROWS_WITH((regions{{"north", 1}, {"north", 2}}), Contains("north is named twice"));
  CHECK_THROWS_WITH((regions{{"north", -1}}),
                    Contains("the total of north is no number of people"));
  CHECK_THROWS_AS((regions{{"north", std::nan("")}}), std::invalid_argument);
  CHECK_THROWS_WITH((regions{{"north", 0}}), Contains("nobody is in any category"));
  auto const few =
      cxm::measure(worked(), cxm::by(region, years, cxm::count(), cxm::at_most{2})).result();
  CHECK_THROWS_WITH(cxm::rake(few, {{"north", 0.5}, {"south", 0.5}}, halves), Contains("at_most"));
  std::vector<answer> const nobody;
  CHECK(cxm::rake(cells_of(nobody), {{"north", 0.5}, {"south", 0.5}}, halves).weights.why() ==
        cxm::reason::no_data);
}

TEST_CASE("raking: totals that no weights of the cells can reach are reported with the residual") {
  std::vector<answer> answers;
  add(answers, "north", age::young, 10);
  add(answers, "south", age::old, 10);
  auto const found = cxm::rake(cells_of(answers), {{"north", 0.5}, {"south", 0.5}},
                               {{age::young, 0.6}, {age::old, 0.4}});
  CHECK(found.weights.why() == cxm::reason::not_converged);
  CHECK(found.effective_n.why() == cxm::reason::not_converged);
  CHECK(found.sweeps == 100);
  CHECK_THAT(found.residual, WithinAbs(0.1, 1e-9));
  CHECK_THROWS_AS(found.weights->of(region, years), cxm::no_value);
}

TEST_CASE("post-stratification: N/n in every cell") {
  auto const cells = cells_of(worked());
  auto const found = *cxm::post_stratify(cells, {{{"north", age::young}, 300},
                                                 {{"north", age::old}, 100},
                                                 {{"south", age::young}, 200},
                                                 {{"south", age::old}, 400}});
  CHECK(*found.find(cell("north", age::young)) == 10);
  CHECK(*found.find(cell("north", age::old)) == 5);
  CHECK(*found.find(cell("south", age::young)) == 20);
  CHECK(*found.find(cell("south", age::old)) == 10);
  auto const one = cxm::measure(worked(), cxm::by(region, cxm::count())).result();
  auto const shares = *cxm::post_stratify(one, {{"north", 0.25}, {"south", 0.75}});
  CHECK(*shares.find("north") == 0.5);
  CHECK(*shares.find("south") == 1.5);
  auto const answers = worked();
  auto const score =
      cxm::measure(answers, cxm::weighted(shares.of(region), cxm::on(&answer::score, cxm::nps())))
          .result();
  auto const by_region =
      cxm::measure(answers, cxm::by(region, cxm::on(&answer::score, cxm::nps()))).result();
  CHECK_THAT(
      *score.value,
      WithinAbs(0.25 * *by_region.at("north").value + 0.75 * *by_region.at("south").value, 1e-12));
  CHECK_THROWS_WITH(cxm::post_stratify(one, {{"north", 0.25}, {"south", 0.5}, {"east", 0.25}}),
                    Contains("nobody answered in region = east"));
  CHECK_THROWS_WITH(cxm::post_stratify(one, {{"north", 1}}),
                    Contains("region = south has answers"));
  std::vector<answer> const nobody;
  CHECK(cxm::post_stratify(cxm::measure(nobody, cxm::by(region, cxm::count())).result(),
                           {{"north", 1}})
            .why() == cxm::reason::no_data);
}

TEST_CASE("raking: three margins") {
  struct person {
    int a, b, c;
  };
  std::vector<person> people;
  for (int i = 0; i < 240; ++i) people.push_back({i % 2, i % 3, i % 5 == 0});
  auto const cells =
      cxm::measure(people, cxm::by(&person::a, &person::b, &person::c, cxm::count())).result();
  auto const found =
      cxm::rake(cells, {{0, 30}, {1, 70}}, {{0, 20}, {1, 30}, {2, 50}}, {{0, 60}, {1, 40}});
  auto const field = found.weights->of(&person::a, &person::b, &person::c);
  auto const sums =
      cxm::measure(people, cxm::weighted(field, cxm::by(&person::b, cxm::count()))).result();
  CHECK_THAT(sums.at(2).weight, WithinAbs(50, 1e-6));
}
