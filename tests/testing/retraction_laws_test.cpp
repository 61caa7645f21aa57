// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/paired.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <cmath>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

struct answer {
  int customer = 0;
  std::string channel;
  std::optional<int> score;
  std::optional<bool> solved;
  double spent = 0;
  std::optional<double> weight;
  bool human = false;
  std::optional<int> before;
};

std::vector<answer> random_answers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<answer> made(count);
  for (auto& one : made) {
    one.customer = static_cast<int>(random() % 40) - 4;
    one.channel = std::string("channel ") + static_cast<char>('a' + random() % 6);
    if (random() % 5 != 0) one.score = static_cast<int>(random() % 13) - 1;  // some off the scale
    if (random() % 4 != 0) one.solved = random() % 3 == 0;
    one.spent =
        random() % 50 == 0 ? HUGE_VAL : std::ldexp(random() % 1000, int(random() % 60) - 30);
    if (random() % 2 == 0) one.spent = -one.spent;
    if (random() % 6 != 0) one.weight = static_cast<double>(random() % 9) / 3 - 0.3;
    one.human = random() % 3 != 0;
    if (random() % 5 != 0) one.before = static_cast<int>(random() % 11);
  }
  return made;
}

template <class Plan>
void check(Plan const& plan) {
  for (unsigned seed : {1U, 2U}) {
    auto const report =
        cxm::check_retraction_laws(plan, random_answers(150, seed), {.seed = seed, .rounds = 12});
    INFO(report.text());
    CHECK(report.holds());
  }
}

answer answer_of(int customer) {
  answer made;
  made.customer = customer;
  return made;
}

auto recommend() {
  return cxm::on(&answer::score, cxm::nps());
}

/// Takes back what it never counted without a word.
struct careless {
  static constexpr std::string_view type_name = "careless";
  static constexpr bool retracts = true;
  std::uint64_t n = 0;
  void add(auto const&) { ++n; }
  void remove(auto const&) { --n; }
  bool empty() const { return n == 0; }
  void merge(careless const& other) { n += other.n; }
  std::uint64_t result() const { return n; }
  static constexpr void describe(auto& self, auto& visit) { visit.state("n", self.n); }
};

}  // namespace

TEST_CASE("retraction laws: leaves") {
  check(cxm::count());
  check(recommend());
  check(cxm::on(&answer::score, cxm::tally(cxm::any_points{1, 7}, cxm::mean())));
  check(cxm::on(&answer::score, cxm::moments()));
  check(cxm::on(&answer::spent, cxm::exact_moments()));
  check(cxm::on(&answer::spent, cxm::quantiles()));
  check(cxm::on(&answer::score, cxm::quantiles()));
  check(cxm::on(&answer::solved, cxm::proportion()));
  check(cxm::paired(&answer::before, &answer::score, cxm::nps()));
}

TEST_CASE("retraction laws: combinators pass it on") {
  check(cxm::where(&answer::human, recommend()));
  check(cxm::all(recommend(), cxm::count(), cxm::on(&answer::spent, cxm::exact_moments())));
  check(cxm::by(&answer::channel, recommend()));
  check(cxm::by(&answer::customer,
                cxm::all(recommend(), cxm::on(&answer::solved, cxm::proportion()))));
  check(cxm::by(&answer::human, &answer::solved, &answer::channel, cxm::count()));
  check(cxm::by(&answer::channel, cxm::by(&answer::customer, recommend())));
  check(cxm::by(&answer::score, cxm::on(&answer::spent, cxm::quantiles())));
  check(cxm::by(&answer::customer, recommend(), cxm::at_most{40}));
}

TEST_CASE("retraction laws: groups of events that leave no trace are counted") {
  check(cxm::by(&answer::channel, cxm::where(&answer::human, recommend())));
  check(cxm::by(&answer::customer, cxm::all(cxm::where(&answer::human, cxm::count()),
                                            cxm::where(&answer::solved, recommend()))));
  check(cxm::by(&answer::channel, cxm::each<cxm::event_count>({})));
}

TEST_CASE("retraction laws: the twins at run time") {
  using question = cxm::one_of<decltype(recommend()), cxm::event_count>;
  check(cxm::each<question>({question(recommend()), question(cxm::count())}));
  check(cxm::by(&answer::channel,
                cxm::each<question>({question(cxm::count()), question(recommend())})));
}

TEST_CASE("retraction laws: weights") {
  check(cxm::weighted(&answer::weight, recommend()));
  check(cxm::weighted(&answer::weight, cxm::count()));
  check(cxm::weighted(&answer::weight,
                      cxm::by(&answer::channel, cxm::all(cxm::count(), recommend()))));
  check(cxm::weighted(&answer::weight,
                      cxm::by(&answer::channel, cxm::where(&answer::human, recommend()))));
  check(cxm::by(&answer::channel, cxm::weighted(&answer::weight, recommend())));
}

TEST_CASE("retraction laws: find who keeps no count") {
  auto const report = cxm::check_retraction_laws(careless{}, random_answers(20, 3));
  CHECK_FALSE(report.holds());
}

TEST_CASE("remove: what was never added is refused, and nothing changes") {
  auto const answers = random_answers(60, 4);
  auto const unchanged = [&](auto plan, answer const& stranger) {
    for (auto const& one : answers) plan.add(one);
    auto const before = cxm::save(plan);
    CHECK_THROWS_AS(plan.remove(stranger), std::invalid_argument);
    CHECK(cxm::save(plan) == before);
  };
  answer const nobody{99, "nowhere", 10, true, 1e300, 2.5, true, {}};
  unchanged(cxm::by(&answer::channel, recommend()), nobody);
  unchanged(cxm::on(&answer::spent, cxm::quantiles()), nobody);
  unchanged(cxm::all(recommend(), cxm::by(&answer::channel, cxm::count())), nobody);
  unchanged(cxm::all(cxm::count(), cxm::all(recommend(), cxm::by(&answer::customer, cxm::count()))),
            nobody);
  unchanged(cxm::each<cxm::by_fields<std::string, cxm::event_count, std::string answer::*>>(
                {cxm::by(&answer::channel, cxm::count())}),
            nobody);
  // A weight that none of the answers at this point can have had.
  answer heavy = answers[0];
  heavy.weight = 9e9;
  heavy.score = 10;
  unchanged(cxm::weighted(&answer::weight, recommend()), heavy);
  unchanged(cxm::weighted(&answer::weight, cxm::count()), heavy);
  // Squares would be negative, or less than the sum allows.
  answer large = answers[0];
  large.score = 1'000'000'000;
  unchanged(cxm::on(&answer::score, cxm::moments()), large);
  large.spent = 1e300;
  unchanged(cxm::on(&answer::spent, cxm::exact_moments()), large);
}

TEST_CASE("remove: from groups beyond at_most is refused, whatever has been merged already") {
  auto plan = cxm::by(&answer::customer, cxm::count(), cxm::at_most{2});
  for (int customer : {1, 2}) plan.add(answer_of(customer));
  plan.remove(answer_of(2));
  plan.add(answer_of(3));
  CHECK(plan.result().size() == 2);
  plan.add(answer_of(2));
  auto const before = cxm::save(plan);
  for (int customer : {1, 2, 3})
    CHECK_THROWS_AS(plan.remove(answer_of(customer)), std::invalid_argument);
  CHECK(cxm::save(plan) == before);
  auto loaded = cxm::load(cxm::by(&answer::customer, cxm::count(), cxm::at_most{2}), before);
  CHECK_THROWS_AS(loaded.remove(answer_of(1)), std::invalid_argument);
}
