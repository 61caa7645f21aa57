// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/decayed.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace std::chrono;
using namespace Catch::Matchers;

namespace {

struct answer {
  sys_seconds when;
  int channel = 0;
  std::optional<int> score;
};
std::vector<answer> random_answers(std::size_t count, unsigned seed, int span) {
  std::mt19937 random(seed);
  std::vector<answer> made;
  for (std::size_t i = 0; i < count; ++i) {
    answer one{
        sys_seconds(seconds(static_cast<std::int64_t>(random() % 100'000) * span - 2'000'000)),
        static_cast<int>(random() % 4),
        {}};
    if (random() % 6 != 0) one.score = static_cast<int>(random() % 12);
    made.push_back(one);
  }
  return made;
}
auto recommend() {
  return cxm::on(&answer::score, cxm::nps());
}
/// What 2^(−age/half-life) in doubles gives: NPS and Kish's n.
struct by_exp2 {
  double score, effective_n;
  by_exp2(std::vector<answer> const& answers, seconds half) {
    auto latest = sys_seconds::min();
    for (auto const& one : answers) latest = std::max(latest, one.when);
    double sum = 0, squares = 0, net = 0;
    for (auto const& one : answers) {
      if (!one.score || *one.score > 10) continue;
      double const age = static_cast<double>((latest - one.when).count());
      double const weight = std::exp2(-age / static_cast<double>(half.count()));
      sum += weight;
      squares += weight * weight;
      net += weight * (*one.score >= 9 ? 1 : *one.score <= 6 ? -1 : 0);
    }
    score = 100 * net / sum;
    effective_n = sum * sum / squares;
  }
};

}  // namespace

TEST_CASE("decayed: the worked numbers of C16, +73.3 with 2.65 answers") {
  auto const today = sys_seconds(days(20'000));
  std::vector<answer> const answers = {
      {today, 0, 10}, {today - days(30), 0, 9}, {today - days(60), 0, 7}, {today - days(90), 0, 3}};
  for (auto shift : {0h, 5h, 999h}) {
    auto moved = answers;
    for (auto& one : moved) one.when += shift;
    auto const found =
        cxm::measure(moved, cxm::decayed(&answer::when, cxm::transactional_half_life, recommend()))
            .result();
    CHECK_THAT(*found.result.value, WithinAbs(100 * 1.375 / 1.875, 1e-9));
    CHECK_THAT(*found.result.value, WithinAbs(73.3, 0.05));
    CHECK_THAT(*found.result.effective_n, WithinAbs(2.65, 0.005));
    CHECK(found.n == 4);
  }
}

TEST_CASE("decayed: agrees with 2^(−age/half-life) in doubles, in any order") {
  std::mt19937 random(1);
  for (int span : {1, 30, 400}) {
    auto answers = random_answers(500, static_cast<unsigned>(span), span);
    for (auto half : {seconds(7h), seconds(days(30)), seconds(days(91))}) {
      if (span == 400 && half < seconds(days(30))) continue;  // all but the last would fade
      auto const plan = cxm::decayed(&answer::when, cxm::half_life{half}, recommend());
      auto const found = cxm::measure(answers, plan);
      by_exp2 const expected(answers, half);
      CHECK_THAT(*found.result().result.value, WithinAbs(expected.score, 1e-5));
      CHECK_THAT(*found.result().result.effective_n, WithinRel(expected.effective_n, 1e-7));
      std::shuffle(answers.begin(), answers.end(), random);
      CHECK(cxm::save(cxm::measure(answers, plan)) == cxm::save(found));
    }
  }
}

TEST_CASE("decayed: merges exactly, saves and retracts, with groups and several parts") {
  auto const laws = [](auto const& plan, auto const& answers) {
    auto const merges =
        cxm::check_merge_laws(plan, answers, {.seed = 3, .rounds = 3, .bytes_to_flip = 50});
    INFO(merges.text());
    CHECK(merges.holds());
  };
  auto const short_span = random_answers(150, 5, 30);
  auto const long_span = random_answers(150, 6, 3000);  // where much fades
  auto const plan = cxm::decayed(&answer::when, cxm::relationship_half_life, recommend());
  auto const grouped = cxm::decayed(
      &answer::when, cxm::half_life{days(5)},
      cxm::by(&answer::channel,
              cxm::all(recommend(), cxm::count(),
                       cxm::where([](answer const& a) { return a.channel > 1; }, cxm::count()))));
  laws(plan, short_span);
  laws(plan, long_span);
  laws(grouped, short_span);
  laws(grouped, long_span);
  auto const retracts = cxm::check_retraction_laws(grouped, short_span, {.seed = 1, .rounds = 5});
  INFO(retracts.text());
  CHECK(retracts.holds());
  laws(cxm::by(&answer::channel, plan), short_span);
  CHECK(cxm::measure(long_span, plan).result().faded > 0);
}

TEST_CASE("decayed: what is 30 half-lives old fades, and is counted") {
  auto plan = cxm::decayed(&answer::when, cxm::half_life{days(1)}, recommend());
  auto const at = [](int day) { return answer{sys_seconds(days(day)), 0, 9}; };
  plan.add(at(100));
  plan.add(at(129));
  CHECK(plan.result().n == 2);
  plan.add(at(130));
  CHECK(plan.result().faded == 1);
  plan.add(at(100));
  CHECK(plan.result().faded == 2);
  CHECK(plan.result().n == 2);
  CHECK(plan.result().unit == 2);
  plan.remove(at(100));
  CHECK(plan.result().faded == 1);
  CHECK_THROWS_AS(plan.remove(at(110)), std::invalid_argument);
  CHECK_THROWS_AS(plan.remove(at(500)), std::invalid_argument);
  // Both ends of time.
  plan.add(answer{sys_seconds::max(), 0, 9});
  plan.add(answer{sys_seconds::min(), 0, 9});
  CHECK(plan.result().n == 1);
  CHECK(plan.result().faded == 4);
}

TEST_CASE("decayed: no answers, missing times, refusals") {
  struct event {
    std::optional<sys_seconds> at;
  };
  auto plan = cxm::decayed(&event::at, cxm::half_life{24h}, cxm::count());
  CHECK(plan.result().n == 0);
  CHECK_FALSE(plan.result().result.effective_n);
  plan.add(event{});
  CHECK(plan.result().missing == 1);
  CHECK_THROWS_AS(cxm::decayed(&event::at, cxm::half_life{0h}, cxm::count()),
                  std::invalid_argument);
  CHECK_THROWS_AS(plan.merge(cxm::decayed(&event::at, cxm::half_life{25h}, cxm::count())),
                  std::invalid_argument);
}

TEST_CASE("decayed: the powers of two are within 0.6 billionths, and rise") {
  std::int64_t before = 0;
  for (std::uint64_t fraction = 0; fraction < (std::uint64_t{1} << 32); fraction += 65'521) {
    auto const found = cxm::detail::power_in_billionths(static_cast<std::uint32_t>(fraction));
    auto const exact = 1e9L * std::exp2(static_cast<long double>(fraction) * 0x1p-32L);
    REQUIRE(std::abs(static_cast<double>(static_cast<long double>(found) - exact)) <= 0.6);
    REQUIRE(found >= before);
    before = found;
  }
  STATIC_REQUIRE(cxm::detail::power_in_billionths(0) == 1'000'000'000);
  STATIC_REQUIRE(cxm::detail::power_in_billionths(1U << 31) == 1'414'213'562);
}
