// SPDX-License-Identifier: BSL-1.0
// Occasion and denominator: who may merge, and what dismissed answers do to a share. Figures by
// hand, oracles by brute force.
#include <cxm/core/save.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/paired.hpp>
#include <cxm/survey/reply.hpp>
#include <cxm/survey/survey_question.hpp>
#include <cxm/survey/tally.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using cxm::no_answer;

static_assert(
    cxm::scale<cxm::survey_question<cxm::points<0, 10>, cxm::transactional, cxm::of_answered>>);
static_assert(cxm::policy<cxm::transactional>);
static_assert(cxm::policy<cxm::any_denominator>);

namespace {

using answer = cxm::reply<int>;

/// Ten people: 6 promoters, 1 passive, 2 detractors … and six who did not answer.
constexpr answer ten_and_six[] = {9,
                                  9,
                                  9,
                                  10,
                                  10,
                                  10,
                                  7,
                                  3,
                                  3,
                                  11,
                                  no_answer::dismissed,
                                  no_answer::dismissed,
                                  no_answer::ignored,
                                  no_answer::not_shown,
                                  no_answer::not_shown,
                                  no_answer::not_shown};

constexpr auto counted(auto plan) {
  for (auto const& one : ten_and_six) plan.add(one);
  return plan.result();
}

// At compile time: the same answers, three denominators.
constexpr auto answered = counted(cxm::nps());
static_assert(answered.n == 9 && answered.missing == 6 && answered.invalid == 1);
static_assert(*answered.value == 400.0 / 9);
constexpr auto with_dismissed = counted(cxm::nps(cxm::including_dismissed{}));
static_assert(with_dismissed.n == 11 && with_dismissed.missing == 4 &&
              with_dismissed.unanswered == 2);
static_assert(*with_dismissed.value == 400.0 / 11 && with_dismissed.passives == 1);
constexpr auto shown = counted(cxm::nps(cxm::of_shown{}));
static_assert(shown.n == 12 && shown.missing == 3 && shown.unanswered == 3);
static_assert(*shown.value == 400.0 / 12);
static_assert(*counted(cxm::csat(cxm::points<0, 10>{}, cxm::of_shown{})).value == 6.0 / 12);
static_assert(shown.interval->low < 33.4 && shown.interval->high > 33.3);

struct asked {
  std::string channel;
  std::optional<int> recommend;
  bool closed;
  bool seen;
  double worth;
};

std::vector<asked> random_people(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<asked> made;
  for (std::size_t i = 0; i < count; ++i) {
    auto const kind = random() % 4;
    made.push_back({random() % 2 == 0 ? "web" : "call",
                    kind == 0 ? std::optional<int>() : static_cast<int>(random() % 12),
                    random() % 2 == 0, random() % 3 != 0, static_cast<double>(random() % 5)});
  }
  return made;
}

auto const recommend = cxm::reply_of(&asked::recommend, &asked::closed, &asked::seen);

}  // namespace

TEST_CASE("reply_of: an answer, or why there is none") {
  auto const read = [](std::optional<int> value, bool closed, bool seen) {
    return recommend(asked{"", value, closed, seen, 1});
  };
  CHECK(read(7, false, true) == answer(7));
  CHECK(read(7, true, false) == answer(7));  // who answered has answered
  CHECK(read({}, false, true) == answer(no_answer::ignored));
  CHECK(read({}, true, true) == answer(no_answer::dismissed));
  CHECK(read({}, true, false) == answer(no_answer::not_shown));
  auto const two = cxm::reply_of(&asked::recommend, &asked::closed);
  CHECK(two(asked{"", {}, true, false, 1}) == answer(no_answer::dismissed));
  CHECK(cxm::name_of(cxm::reply_of(cxm::field<"recommend">(&asked::recommend), &asked::closed)) ==
        "recommend");
}

TEST_CASE("denominator: shares are of those it counts, on random people, plain and weighted") {
  auto const people = random_people(11, 400);
  auto const check = [&](auto denominator, auto in_denominator) {
    std::uint64_t n = 0, good = 0, bad = 0, missing = 0, invalid = 0;
    double weight = 0, net = 0;
    for (auto const& one : people) {
      auto const what = recommend(one);
      if (!what && !in_denominator(what.why())) {
        ++missing;
      } else if (what && *what > 10) {
        ++invalid;
      } else {
        int const sign = !what ? 0 : *what >= 9 ? 1 : *what <= 6 ? -1 : 0;
        ++n;
        good += sign > 0 ? 1 : 0;
        bad += sign < 0 ? 1 : 0;
        weight += one.worth;
        net += one.worth * sign;
      }
    }
    auto const found = cxm::measure(people, cxm::on(recommend, cxm::nps(denominator))).result();
    CHECK(found.n == n);
    CHECK(found.promoters == good);
    CHECK(found.detractors == bad);
    CHECK(found.passives + found.promoters + found.detractors + found.unanswered == n);
    CHECK(found.missing == missing);
    CHECK(found.invalid == invalid);
    CHECK(found.n + found.missing + found.invalid == people.size());
    CHECK_THAT(*found.value, WithinAbs(100.0 * (double(good) - double(bad)) / double(n), 1e-12));
    CHECK(found.interval == cxm::adjusted_wald::net(good, bad, n).transform([](auto const& ends) {
      return cxm::detail::scaled(ends, 100);
    }));

    auto const plan = cxm::weighted(&asked::worth, cxm::on(recommend, cxm::nps(denominator)));
    auto const weighed = cxm::measure(people, plan).result();
    CHECK_THAT(*weighed.value, WithinAbs(100.0 * net / weight, 1e-9));
    CHECK(weighed.n + weighed.unweighed == n);
    auto const share = cxm::measure(
        people, cxm::weighted(&asked::worth,
                              cxm::on(recommend, cxm::csat(cxm::points<0, 10>{}, denominator))));
    CHECK(share.result().interval->low < *share.result().value);
    CHECK(share.result().interval->high > *share.result().value);
    auto const report = cxm::check_merge_laws(plan, people, {.rounds = 5});
    INFO(report.text());
    CHECK(report.holds());
  };
  check(cxm::of_answered{}, [](no_answer) { return false; });
  check(cxm::including_dismissed{}, [](no_answer why) { return why == no_answer::dismissed; });
  check(cxm::of_shown{}, [](no_answer why) { return why != no_answer::not_shown; });
  using cxm::denominator;
  check(cxm::any_denominator{denominator::answered}, [](no_answer) { return false; });
  check(cxm::any_denominator{denominator::answered_or_dismissed},
        [](no_answer why) { return why == no_answer::dismissed; });
  check(cxm::any_denominator{denominator::shown},
        [](no_answer why) { return why != no_answer::not_shown; });
}

TEST_CASE("denominator: weights of one give the plain score") {
  auto const people = random_people(12, 300);
  auto const plan = cxm::on(recommend, cxm::nps(cxm::of_shown{}));
  auto const plain = cxm::measure(people, plan).result();
  auto const alike = cxm::measure(people, cxm::weighted([](asked const&) { return 1; }, plan));
  CHECK_THAT(*alike.result().value, WithinAbs(*plain.value, 1e-12));
  CHECK_THAT(*alike.result().effective_n, WithinAbs(double(plain.n), 1e-9));
  CHECK(alike.result().n == plain.n);
}

TEST_CASE(
    "denominator: in clusters, who dismissed the question is as one who answered for nothing") {
  // The oracle: the same people, those who dismissed it giving a passive 7, which a net takes for 0
  // and a share from 9 on as well.
  auto const people = random_people(14, 400);
  auto const account = [](asked const& one) {
    return static_cast<int>(one.worth) * 2 + (one.channel == "web");
  };
  auto const dismissed_as_passive = [](asked const& one) {
    auto const what = recommend(one);
    return what || what.why() != no_answer::dismissed ? what : answer(7);
  };
  auto const scores = [](auto... denominator) {
    return cxm::tally(cxm::nps(denominator...), cxm::csat(cxm::points<0, 10>{}, denominator...),
                      cxm::mean());
  };
  auto const examine = [](auto const& found, auto const& expected) {
    CHECK(found.n == expected.n);
    CHECK(found.clusters == expected.clusters);
    CHECK_THAT(*found.value, WithinAbs(*expected.value, 1e-12));
    CHECK_THAT(*found.standard_error, WithinRel(*expected.standard_error, 1e-12));
    CHECK_THAT(*found.design_n, WithinRel(*expected.design_n, 1e-12));
    CHECK_THAT(found.interval->low, WithinAbs(expected.interval->low, 1e-10));
    CHECK_THAT(found.interval->high, WithinAbs(expected.interval->high, 1e-10));
  };
  auto const in_clusters =
      cxm::clustered(account, cxm::on(recommend, scores(cxm::including_dismissed{})));
  auto const as_passive = cxm::clustered(account, cxm::on(dismissed_as_passive, scores()));
  auto const found = cxm::measure(people, in_clusters);
  auto const oracle = cxm::measure(people, as_passive);
  auto const [nps, csat, mean] = found.result();
  examine(nps, std::get<0>(oracle.result()));
  examine(csat, std::get<1>(oracle.result()));
  CHECK(nps.unanswered > 0);
  auto const over_answers =
      cxm::measure(people, cxm::clustered(account, cxm::on(recommend, scores())));
  examine(mean, std::get<2>(over_answers.result()));  // a mean is over answers

  auto const worth = [](asked const& one) { return one.worth + 1; };
  auto const weighed = cxm::measure(people, cxm::weighted(worth, in_clusters));
  auto const weighed_oracle = cxm::measure(people, cxm::weighted(worth, as_passive));
  examine(std::get<0>(weighed.result()), std::get<0>(weighed_oracle.result()));
  examine(std::get<1>(weighed.result()), std::get<1>(weighed_oracle.result()));

  // And against other answers of the same accounts.
  auto const later = random_people(15, 300);
  auto const change = cxm::compare(found, cxm::measure(later, in_clusters));
  auto const expected = cxm::compare(oracle, cxm::measure(later, as_passive));
  CHECK_THAT(*std::get<0>(change).standard_error,
             WithinRel(*std::get<0>(expected).standard_error, 1e-10));
  CHECK_THAT(*std::get<1>(change).p, WithinRel(*std::get<1>(expected).p, 1e-8));
}

TEST_CASE("denominator: an empty optional is a question that was shown and passed over") {
  auto plan = cxm::csat(cxm::of_shown{});
  plan.add(std::optional<int>(5));
  plan.add(std::optional<int>());
  CHECK(plan.result().value == cxm::maybe(0.5));
  auto dismissed = cxm::csat(cxm::including_dismissed{});
  dismissed.add(std::optional<int>(5));
  dismissed.add(std::optional<int>());
  CHECK(dismissed.result().value == cxm::maybe(1.0));
}

TEST_CASE("denominator: a mean beside a share is over answers") {
  auto plan = cxm::tally(cxm::csat(cxm::of_shown{}), cxm::mean(), cxm::median());
  for (answer one : {answer(5), answer(4), answer(no_answer::dismissed)}) plan.add(one);
  auto const [share, mean, median] = plan.result();
  CHECK(share.value == cxm::maybe(2.0 / 3));
  CHECK(mean.value == cxm::maybe(4.5));
  CHECK(mean.n == 2);
  CHECK(mean.missing == 1);
  CHECK(median == cxm::maybe(4.5));
}

TEST_CASE("denominator: nobody answered, though the question was shown") {
  auto plan = cxm::nps(cxm::of_shown{});
  CHECK(plan.result().value == cxm::maybe<double>(cxm::reason::no_data));
  plan.add(answer(no_answer::dismissed));
  CHECK(plan.result().n == 1);
  CHECK(plan.result().value == cxm::maybe(0.0));
  CHECK(cxm::tally(cxm::points<1, 5>{}, cxm::of_shown{}, cxm::mean()).result().value ==
        cxm::maybe<double>(cxm::reason::no_data));
}

TEST_CASE("occasion and denominator decide who may merge and load, at compile time and run time") {
  using cxm::any_denominator;
  using cxm::any_occasion;
  using cxm::denominator;
  using cxm::occasion;
  auto const asked_at = [](occasion when, denominator of) {
    return cxm::nps(any_occasion{when}, any_denominator{of});
  };
  auto one = asked_at(occasion::transactional, denominator::shown);
  one.add(9);
  auto const bytes = cxm::save(one);
  auto same = asked_at(occasion::transactional, denominator::shown);
  same.merge(one);
  CHECK(cxm::save(same) == bytes);
  for (auto const& other : {asked_at(occasion::relationship, denominator::shown),
                            asked_at(occasion::transactional, denominator::answered),
                            asked_at(occasion::employee, denominator::shown)}) {
    auto copy = other;
    CHECK_THROWS_AS(copy.merge(one), std::invalid_argument);
    CHECK(copy == other);
    CHECK_FALSE(cxm::try_load(other, bytes));
  }
  auto fixed = cxm::nps(cxm::transactional{}, cxm::of_shown{});
  fixed.add(9);
  CHECK_FALSE(cxm::try_load(cxm::nps(), cxm::save(fixed)));
  CHECK_FALSE(cxm::try_load(cxm::nps(cxm::relationship{}, cxm::of_shown{}), cxm::save(fixed)));
  CHECK(cxm::load(cxm::nps(cxm::of_shown{}, cxm::transactional{}), cxm::save(fixed)) == fixed);
  CHECK(cxm::nps(cxm::transactional{}).scale() ==
        cxm::tally(cxm::transactional{}, cxm::points<0, 10>{}, cxm::mean()).scale());
}

TEST_CASE("tally: what is read in another way merges, what was asked in another way does not") {
  auto wide = cxm::nps(cxm::confidence{0.9});
  auto tight = cxm::nps(cxm::wald{});
  tight.add(10);
  wide.merge(tight);
  CHECK(wide.result().n == 1);
  auto means = cxm::tally(cxm::points<0, 10>{}, cxm::mean());
  means.merge(tight);
  CHECK(means.result().value == cxm::maybe(10.0));
}

TEST_CASE("ces and mean carry an occasion") {
  auto effort = cxm::ces(cxm::transactional{});
  effort.add(7);
  CHECK(effort.result().value == cxm::maybe(7.0));
  CHECK(effort.scale().asked() == cxm::occasion::transactional);
  CHECK(cxm::mean(cxm::points<1, 7>{}, cxm::relationship{}).scale().asked() ==
        cxm::occasion::relationship);
  auto const answers = random_people(13, 60);
  auto const by_channel = cxm::measure(
      answers, cxm::by(&asked::channel, cxm::on(recommend, cxm::nps(cxm::of_shown{}))));
  CHECK(by_channel.result().size() == 2);
  CHECK(cxm::load(cxm::by(&asked::channel, cxm::on(recommend, cxm::nps(cxm::of_shown{}))),
                  cxm::save(by_channel)) == by_channel);
}

TEST_CASE("paired: replies are answers of people asked twice") {
  struct twice {
    answer before, after;
  };
  std::vector<twice> const people = {{answer(3), answer(9)},
                                     {answer(9), answer(no_answer::dismissed)},
                                     {answer(no_answer::not_shown), answer(7)}};
  auto const found =
      cxm::measure(people, cxm::paired(&twice::before, &twice::after, cxm::nps())).result();
  CHECK(found.n == 1);
  CHECK(found.improved == 1);
  CHECK(found.only_before == 1);
  CHECK(found.only_after == 1);
}
