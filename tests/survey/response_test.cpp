// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/adjustment.hpp>
#include <cxm/survey/response.hpp>
#include <cxm/survey/response_weights.hpp>

#include "catch.hpp"

#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace Catch::Matchers;

namespace {
cxm::nps_score nps_of(int promoters, int passives, int detractors) {
  auto metric = cxm::nps();
  for (int i = 0; i < promoters; ++i) metric.add(10);
  for (int i = 0; i < passives; ++i) metric.add(8);
  for (int i = 0; i < detractors; ++i) metric.add(0);
  return metric.result();
}
struct person {
  std::string group;
  int score = 9;
};
void add(std::vector<person>& to, std::string const& group, int count, int score = 9) {
  for (int i = 0; i < count; ++i) to.push_back({group, score});
}
auto counts(std::vector<person> const& people) {
  return cxm::measure(people, cxm::by(cxm::field<"group">(&person::group), cxm::count())).result();
}
}  // namespace

TEST_CASE("response: C14, r .25 and +30: bounds −67.5 to +82.5, negative below −10") {
  auto const score = nps_of(50, 30, 20);
  auto const response = cxm::response_of(score, cxm::invitations{400, 20});
  CHECK(*response.rate == 0.25);
  CHECK(response.bounced == 20);
  CHECK_THAT(*response.bounce_rate, WithinRel(20.0 / 420, 1e-15));
  auto const bounds = *cxm::with_silent(score, response);
  CHECK_THAT(bounds.score.low, WithinAbs(-67.5, 1e-12));
  CHECK_THAT(bounds.score.high, WithinAbs(82.5, 1e-12));
  CHECK_THAT(bounds.sampling.low, WithinAbs(0.25 * score.interval->low - 75, 1e-12));
  CHECK_THAT(bounds.sampling.high, WithinAbs(0.25 * score.interval->high + 75, 1e-12));
  CHECK_THAT(*cxm::break_even(score, response), WithinAbs(-10, 1e-12));
  CHECK_THAT(*cxm::break_even(score, response, 40), WithinAbs(130 / 3.0, 1e-12));
}

TEST_CASE("response: the break-even score of the silent gives the level, and bounds hold it") {
  for (int answered = 1; answered < 40; ++answered) {
    auto const score = nps_of(answered, answered / 2, answered / 3);
    auto const response = cxm::response_of(
        score, cxm::invitations{score.n + static_cast<std::uint64_t>(answered % 7) + 1});
    double const silent = *cxm::break_even(score, response, 12);
    double const rate = *response.rate;
    CHECK_THAT(rate * *score.value + (1 - rate) * silent, WithinAbs(12, 1e-10));
    auto const bounds = *cxm::with_silent(score, response);
    CHECK(bounds.score.contains(12) == (silent >= -100 - 1e-9 && silent <= 100 + 1e-9));
  }
}

TEST_CASE("response: shares, means with their range, weighted scores") {
  auto csat = cxm::csat();
  for (int i = 0; i < 10; ++i) csat.add(i < 6 ? 5 : 2);
  auto const response = cxm::response_of(csat.result(), cxm::invitations{20});
  CHECK(cxm::with_silent(csat.result(), response)->score == cxm::interval{0.3, 0.8});
  auto mean = cxm::mean(cxm::points<1, 5>{});
  for (int i = 0; i < 10; ++i) mean.add(4);
  CHECK(cxm::with_silent(mean.result(), response, cxm::interval{1, 5})->score ==
        cxm::interval{2.5, 4.5});
  CHECK(cxm::with_silent(cxm::share_of(6, 10), response)->score == cxm::interval{0.3, 0.8});
  std::vector<person> const people = {{"a", 9}, {"b", 3}};
  auto const one = [](person const&) { return 2.0; };
  auto const weighed =
      cxm::measure(people, cxm::weighted(one, cxm::on(&person::score, cxm::nps()))).result();
  CHECK(*cxm::response_of(weighed, cxm::invitations{8}).rate == 0.25);
}

TEST_CASE("response: nobody, everybody, and more than were asked") {
  auto const score = nps_of(5, 3, 2);
  CHECK_THROWS_WITH(cxm::response_of(score, cxm::invitations{9}), Contains("more answers than"));
  auto const all = cxm::response_of(score, cxm::invitations{10});
  CHECK(*all.rate == 1);
  CHECK(cxm::break_even(score, all).why() == cxm::reason::degenerate);
  CHECK(cxm::with_silent(score, all)->score == cxm::interval{30, 30});
  auto const none = nps_of(0, 0, 0);
  auto const asked = cxm::response_of(none, cxm::invitations{10});
  CHECK(*asked.rate == 0);
  CHECK(cxm::with_silent(none, asked).why() == cxm::reason::no_data);
  CHECK(cxm::break_even(none, asked).why() == cxm::reason::no_data);
  CHECK(cxm::response_of(0, cxm::invitations{0}).rate.why() == cxm::reason::no_data);
  CHECK(cxm::response_of(0, cxm::invitations{0}).bounce_rate.why() == cxm::reason::no_data);
  CHECK(*cxm::response_of(0, cxm::invitations{0, 5}).bounce_rate == 1);
}

TEST_CASE("response weights: 1/r by class, and the score they give") {
  std::vector<person> asked, answered;
  add(asked, "old", 100), add(asked, "young", 100);
  add(answered, "old", 50, 9), add(answered, "young", 10, 0);
  auto const found = cxm::response_weights(counts(answered), counts(asked));
  CHECK(*found.weights->find("old") == 2);
  CHECK(*found.weights->find("young") == 10);
  CHECK(found.merged == 0);
  auto const score = cxm::measure(answered, cxm::weighted(found.weights->of(&person::group),
                                                          cxm::on(&person::score, cxm::nps())))
                         .result();
  CHECK(*score.value == 0);  // half of those asked are young
}

TEST_CASE("response weights: classes that hardly answer are merged with the next rate") {
  std::vector<person> asked, answered;
  add(asked, "a", 100), add(asked, "b", 100), add(asked, "c", 100), add(asked, "d", 50);
  add(answered, "a", 1), add(answered, "b", 3), add(answered, "c", 20), add(answered, "d", 25);
  auto const found = cxm::response_weights(counts(answered), counts(asked));
  CHECK(found.merged == 3);  // 1 % and 3 % are still 2 %: the third joins
  CHECK_THAT(*found.weights->find("a"), WithinAbs(12.5, 1e-9));
  CHECK_THAT(*found.weights->find("c"), WithinAbs(12.5, 1e-9));
  CHECK(*found.weights->find("d") == 2);
  CHECK(found.classes[0].rate == 0.01);
  CHECK(found.classes[0].pool == found.classes[2].pool);
  CHECK(found.classes[3].pool != found.classes[2].pool);
  auto const strict = cxm::response_weights(counts(answered), counts(asked), cxm::merge_below{0});
  CHECK(strict.merged == 0);
  CHECK(*strict.weights->find("a") == 100);
  CHECK(cxm::response_weights(counts(answered), counts(asked), cxm::merge_below{1}).merged == 4);
  CHECK_THROWS_AS(cxm::response_weights(counts(answered), counts(asked), cxm::merge_below{2}),
                  std::invalid_argument);
}

TEST_CASE("response weights: silent classes, strangers, nobody; weights add up to those asked") {
  std::vector<person> asked, answered;
  add(asked, "a", 40), add(asked, "silent", 10);
  add(answered, "a", 20);
  auto const found = cxm::response_weights(counts(answered), counts(asked), cxm::merge_below{0});
  CHECK(found.merged == 2);
  CHECK(*found.weights->find("a") == 2.5);
  answered.push_back({"stranger"});
  CHECK_THROWS_WITH(cxm::response_weights(counts(answered), counts(asked)),
                    Contains("more answers than invitations in group = stranger"));
  std::vector<person> const nobody;
  CHECK(cxm::response_weights(counts(nobody), counts(asked)).weights.why() == cxm::reason::no_data);

  std::mt19937 random(3);
  for (int round = 0; round < 30; ++round) {
    std::vector<person> people, some;
    for (int i = 0; i < 300; ++i) {
      std::string const group(1, static_cast<char>('a' + random() % 6));
      add(people, group, 1);
      if (random() % 40 < static_cast<unsigned>(group[0] - 'a') * 3 + 1) add(some, group, 1);
    }
    auto const weights = cxm::response_weights(counts(some), counts(people));
    auto const total =
        cxm::measure(some, cxm::weighted(weights.weights->of(&person::group), cxm::count()))
            .result();
    CHECK_THAT(total.weight, WithinAbs(300, 1e-6));
    for (auto const& one : weights.classes)
      CHECK((one.used_rate >= 0.05 || weights.merged == weights.classes.size()));
  }
}
