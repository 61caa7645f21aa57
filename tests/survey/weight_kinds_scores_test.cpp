// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/value_cap.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/at_stake.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <concepts>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct answer {
  std::optional<int> score;
  double weight;
  std::string channel = "web";
  int account = 0;
};
}  // namespace

TEST_CASE("frequency weights: a table of counts gives what its rows one by one would") {
  std::mt19937 random(2);
  std::vector<answer> rows, people;
  for (int i = 0; i < 200; ++i) {
    answer one{static_cast<int>(random() % 14) - 1, static_cast<double>(random() % 6),
               random() % 2 == 0 ? "web" : "shop", static_cast<int>(random() % 9)};
    if (*one.score > 11) one.score.reset();
    rows.push_back(one);
    for (int k = 0; k < one.weight; ++k) people.push_back(one);
  }
  auto const scores = cxm::on(&answer::score, cxm::tally(cxm::nps(), cxm::mean(), cxm::median()));
  auto const plan =
      cxm::all(cxm::by(&answer::channel, scores),
               cxm::clustered(&answer::account, cxm::on(&answer::score, cxm::nps())), cxm::count());
  auto const found =
      cxm::measure(rows, cxm::weighted(&answer::weight, plan, cxm::frequency_weights{}));
  auto const wanted = cxm::measure(people, plan);
  // The very state, so everything that can be read of it.
  CHECK(cxm::save(found.inner()) == cxm::save(wanted));
  CHECK(std::get<2>(found.result()) == people.size());
  auto const [nps, mean, median] = std::get<0>(found.result()).at("web");
  static_assert(std::same_as<decltype(nps), cxm::nps_score const>);  // plain: n is Σw
  CHECK(nps.n + nps.missing + nps.invalid > 0);
  auto const clustered = std::get<1>(found.result());
  CHECK(clustered.standard_error == std::get<1>(wanted.result()).standard_error);
}

TEST_CASE("frequency or probability: the same value, another n and another error") {
  std::vector<answer> const rows = {{9, 40}, {7, 30}, {3, 30}};
  auto const with = [&](auto... kind) {
    return cxm::measure(
               rows, cxm::weighted(&answer::weight, cxm::on(&answer::score, cxm::nps()), kind...))
        .result();
  };
  auto const people = with(cxm::frequency_weights{});
  auto const answers = with();
  CHECK(people.value == answers.value);
  CHECK(people.n == 100);
  CHECK(answers.n == 3);
  CHECK(*people.standard_error < 9);
  CHECK(*answers.standard_error > 40);
}

TEST_CASE("value weights: G6, the critics are the lucrative ones, and what is at stake") {
  std::vector<answer> const answers = {{9, 1000}, {10, 500}, {3, 5000}, {8, 200}};
  auto const plan = cxm::weighted(&answer::weight,
                                  cxm::on(&answer::score, cxm::tally(cxm::nps(), cxm::at_stake())),
                                  cxm::value_weights{});
  auto const [nps, stake] = cxm::measure(answers, plan).result();
  CHECK_THAT(*nps.value, WithinAbs(-52.2, 0.05));
  CHECK(stake.value == 5000);
  CHECK(stake.total == 6700);
  CHECK(stake.detractors == 1);
  CHECK(stake.n == 4);
  CHECK_THAT(*stake.share, WithinRel(5000.0 / 6700, 1e-15));
  auto const [plain, heads] =
      cxm::measure(answers, cxm::on(&answer::score, cxm::tally(cxm::nps(), cxm::at_stake())))
          .result();
  CHECK(*plain.value == 25);
  CHECK(heads.value == 1);
  CHECK(*heads.share == 0.25);
  std::vector<answer> const none;
  CHECK(std::get<1>(cxm::measure(none, plan).result()).share.why() == cxm::reason::no_data);
}

TEST_CASE("value weights: the cap at the 99th percentile is reported with what it cut") {
  std::vector<answer> answers;
  for (int i = 0; i < 199; ++i) answers.push_back({i % 2 == 0 ? 9 : 7, 10});
  answers.push_back({0, 100'000});
  answers.push_back({0, 0});
  answers.push_back({0, -20});
  auto const cap = cxm::value_cap(answers, &answer::weight);
  CHECK(*cap == 10);
  auto const plan = cxm::weighted(&answer::weight,
                                  cxm::on(&answer::score, cxm::tally(cxm::nps(), cxm::at_stake())),
                                  cxm::value_weights{*cap});
  auto const found = cxm::measure(answers, plan);
  CHECK(found.seen().capped == 1);
  CHECK(found.seen().excluded == 2);
  CHECK(found.kind().cap() == 10);
  CHECK(std::get<0>(found.result()).n == 200);
  CHECK(std::get<1>(found.result()).value == 10);
  CHECK(*std::get<0>(found.result()).value == 49.5);
}
