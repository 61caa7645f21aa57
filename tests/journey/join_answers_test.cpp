// SPDX-License-Identifier: BSL-1.0
// Answers joined to journeys: each rule by a case of its own, then all of them on random input
// against the obvious way, which looks at every journey for every answer.
#include <cxm/core/save.hpp>
#include <cxm/event/rows_of.hpp>
#include <cxm/journey/answer_choice.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/join_answers.hpp>
#include <cxm/journey/join_counts.hpp>
#include <cxm/journey/joined_fields.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/within.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

struct answer {
  std::optional<int> customer;
  std::optional<logs::minutes> time;
  std::optional<int> order = std::nullopt;
  std::optional<int> recommend = std::nullopt;
};

auto const fields = cxm::answer_fields{&answer::customer, &answer::time};
auto const by_order = cxm::same_case{&answer::order, &contact::order};

/// Two journeys of customer 1 (orders 10 and 11), one of customer 2 that ends late, two of 3 that
/// share an order.
std::vector<contact> const visits_log = {
    {1, at(0), 'o', at(5), 10}, {1, at(20), 'a', at(25), 10},  {1, at(100), 'o', {}, 11},
    {1, at(120), 'a', {}, 11},  {2, at(50), 'o', at(200), 20}, {2, at(60), 'b', at(61), {}},
    {3, at(0), 'o', {}, 30},    {3, at(90), 'a', {}, 30},
};
auto journeys_of(std::vector<contact> const& rows) {
  return cxm::reconstruct(rows, logs::fields_with_end(), cxm::after_silence{30min});
}

}  // namespace

TEST_CASE("An answer with a case id belongs to the journey of that case, whenever it was given") {
  auto const journeys = journeys_of(visits_log);
  std::vector<answer> const answers = {
      {1, at(1), 10}, {7, at(0), 11}, {{}, {}, 20}, {1, at(30), 12}, {3, at(91), 30}};
  auto const joined = cxm::join_answers(journeys, answers, fields, by_order);
  CHECK(joined.counts().by_case == 3);
  CHECK(joined.counts().unknown_case == 1);
  CHECK(joined.counts().several_journeys == 1);
  CHECK(joined.counts().total() == answers.size());
  CHECK(joined[0].journey()->started() == at(0));
  CHECK(joined[1].journey()->started() == at(100));
  CHECK(joined[2].journey()->customer() == 2);
  CHECK_FALSE(joined.journey_of(3));
  CHECK_FALSE(joined[4].journey());
}

TEST_CASE("Any other answer belongs to the customer's journey that ended last, within the time") {
  auto const journeys = journeys_of(visits_log);
  std::vector<answer> const answers = {
      {1, at(25)},   // on the stroke of its end
      {1, at(24)},   // the journey is not over
      {1, at(119)},  // the second is not over: the first, but too long ago
      {1, at(120)},  // the second
      {1, at(180)},  // the second, at the last moment
      {1, at(181)},  // too late
      {2, at(100)},  // the latest end counts, not that of the last contact
      {4, at(0)},    // no such customer
      {{}, at(0)},   // no one
      {1, {}},       // at no time
  };
  auto const joined = cxm::join_answers(journeys, answers, fields, cxm::within{60min});
  cxm::join_counts expected;
  expected.by_customer = 3;
  expected.out_of_time = 4;
  expected.unknown_customer = 1;
  expected.without_key = 2;
  CHECK(joined.counts().fates() == expected.fates());
  CHECK(joined.counts().matched() == 3);
  CHECK(joined.counts().unmatched() == 7);
  CHECK(joined.counts().ambiguous() == 0);
  CHECK(joined[0].journey()->started() == at(0));
  CHECK(joined[3].journey()->started() == at(100));
  CHECK(joined[4].journey()->started() == at(100));
}

TEST_CASE("Journeys of a customer that ended at one time are ambiguous") {
  std::vector<contact> const two = {{1, at(0), 'o', at(90)}, {1, at(80), 'o', at(90)}};
  auto const journeys = cxm::reconstruct(two, logs::fields_with_end(), cxm::starting_with{'o'});
  REQUIRE(journeys.size() == 2);
  std::vector<answer> const answers = {{1, at(95)}, {1, at(89)}};
  auto const joined = cxm::join_answers(journeys, answers, fields);
  CHECK(joined.counts().equal_ends == 1);
  CHECK(joined.counts().out_of_time == 1);
  CHECK_FALSE(joined[0].journey());
}

TEST_CASE("A field of journeys may say whose they are") {
  // Each order is a journey; its first contact knows the customer, but for order 12.
  struct visit {
    int order;
    logs::minutes start;
    char touchpoint;
    std::optional<int> customer;
  };
  std::vector<visit> const log = {
      {10, at(0), 'o', 1}, {10, at(30), 'a', {}}, {11, at(10), 'o', 1}, {12, at(5), 'o', {}}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&visit::order, &visit::start, &visit::touchpoint});
  std::vector<answer> const answers = {
      {1, at(20)}, {1, at(40)}, {2, at(40)}, {1, at(5)}, {1, at(5), 12}};
  auto const joined =
      cxm::join_answers(journeys, answers, fields, cxm::same_case{&answer::order, &visit::order},
                        cxm::whose{cxm::first(&visit::customer)});
  auto const order_of = [&](std::size_t i) { return joined[i].journey()->customer(); };
  CHECK(order_of(0) == 11);
  CHECK(order_of(1) == 10);
  CHECK_FALSE(joined[2].journey().has_value());
  CHECK_FALSE(joined[3].journey().has_value());
  CHECK(order_of(4) == 12);
  CHECK(joined.counts() == cxm::join_counts{.by_case = 1,
                                            .by_customer = 2,
                                            .unknown_customer = 1,
                                            .out_of_time = 1,
                                            .journeys = 3,
                                            .journeys_answered = 3});
}

TEST_CASE("Fields of journeys are fields of joined answers") {
  auto const journeys = journeys_of(visits_log);
  std::vector<answer> const answers = {
      {1, at(25), {}, 9}, {1, at(130), {}, 2}, {2, at(220), 20, 10}, {9, at(0), {}, 0}};
  auto const joined = cxm::join_answers(journeys, answers, fields, by_order);
  auto const score = cxm::on(&answer::recommend, cxm::nps());

  auto const by_length =
      cxm::measure(joined, cxm::by(cxm::of_journey(cxm::contacts), score)).result();
  REQUIRE(by_length.size() == 2);
  CHECK(by_length.at(std::nullopt).detractors == 1);
  CHECK(by_length.at(2).promoters == 2);
  CHECK(by_length.at(2).detractors == 1);
  CHECK(by_length.names().front() == "contacts");

  // By a field of the journey and one of the answer; a field that is optional itself stays one.
  auto const first_order = cxm::of_journey(cxm::first(&contact::order));
  auto const by_both =
      cxm::measure(joined, cxm::by(first_order, &answer::customer, cxm::count())).result();
  CHECK(by_both.at({std::optional(20), std::optional(2)}) == 1);
  CHECK(by_both.at({std::nullopt, std::optional(9)}) == 1);

  auto const stopped_at = cxm::of_journey(cxm::last_touchpoint);
  CHECK(cxm::measure(joined, cxm::by(stopped_at, cxm::count())).result().at('a') == 2);
  CHECK(cxm::measure(joined, cxm::where(cxm::has_journey, score)).result().n == 3);
  CHECK(cxm::measure(joined, score).result().n == 4);
}

TEST_CASE("Customers and cases may be texts, and answers columns") {
  struct visit {
    std::string customer;
    logs::minutes when;
    char what;
    std::string order;
  };
  struct reply {
    std::string_view customer;
    logs::minutes when;
    std::optional<std::string_view> order;
  };
  std::vector<visit> const visits = {{"Ann, of the accounts department", at(0), 'o', "A-1"},
                                     {"Bo", at(5), 'o', "B-1"}};
  auto const journeys = cxm::reconstruct(
      visits, cxm::touchpoint_fields{&visit::customer, &visit::when, &visit::what});
  std::vector<reply> const replies = {{"Bo", at(6), {}},
                                      {"Ann, of the accounts department", at(6), {}},
                                      {"Bo", at(6), "A-1"},
                                      {"Cy", at(6), {}}};
  auto const joined =
      cxm::join_answers(journeys, replies, cxm::answer_fields{&reply::customer, &reply::when},
                        cxm::same_case{&reply::order, &visit::order});
  CHECK(joined[0].journey()->customer() == "Bo");
  CHECK(joined[1].journey()->customer() == visits[0].customer);
  CHECK(joined[2].journey()->customer() == visits[0].customer);
  CHECK(joined.counts().unknown_customer == 1);

  std::vector<int> const who = {1, 2};
  std::vector<logs::minutes> const when = {at(25), at(201)};
  auto const columns = cxm::rows_of(who, when);
  auto const numbered = journeys_of(visits_log);
  auto const as_columns =
      cxm::join_answers(numbered, columns, cxm::answer_fields{cxm::nth<0>, cxm::nth<1>});
  CHECK(as_columns.counts().by_customer == 2);
}

TEST_CASE("Of several answers to a journey all count, or the first, or the latest") {
  auto const journeys = journeys_of(visits_log);
  std::vector<answer> const answers = {{1, at(30), 10, 5}, {1, at(30), 10, 6}, {1, at(29), 10, 1},
                                       {1, at(26), {}, 2}, {1, at(26), {}, 9}, {{}, {}, 10, 3},
                                       {{}, {}, 11, 4},    {{}, {}, 11, 7},    {2, at(210), {}, 8},
                                       {7, at(0), {}, 0}};
  auto const kept = [&](auto... policies) {
    auto const joined = cxm::join_answers(journeys, answers, fields, by_order, policies...);
    std::vector<int> scores;
    for (auto const& one : joined)
      if (one.journey()) scores.push_back(*one.answer().recommend);
    return std::pair(scores, joined.counts());
  };
  auto const [all, counts] = kept();
  CHECK(all.size() == 9);
  CHECK(counts.passed_over == 0);
  CHECK(counts.journeys == journeys.size());
  CHECK(counts.journeys_answered == 3);
  CHECK(counts.journeys_with_several == 2);
  auto const [first, first_counts] = kept(cxm::first_answer{});
  CHECK(first == std::vector{2, 4, 8});
  CHECK(first_counts.passed_over == 6);
  CHECK(first_counts.by_customer == 2);
  CHECK(first_counts.by_case == 1);
  CHECK(first_counts.journeys_with_several == 2);
  CHECK(first_counts.total() == answers.size());
  auto const [latest, latest_counts] = kept(cxm::latest_answer{});
  CHECK(latest == std::vector{6, 7, 8});
  CHECK(latest_counts.by_case == 2);
  auto const share = cxm::response_share(counts);
  CHECK(share.successes == 3);
  CHECK(share.n == journeys.size());
}

TEST_CASE("A contact may belong to several cases") {
  struct visit {
    int customer;
    logs::minutes start;
    char touchpoint;
    std::vector<std::string> orders;
  };
  struct reply {
    int customer;
    logs::minutes time;
    std::optional<std::string_view> order;
  };
  std::vector<visit> const log = {{1, at(0), 'o', {"A", "B"}},
                                  {1, at(5), 'd', {"B", "A", "C"}},
                                  {2, at(0), 'o', {"D", "C"}},
                                  {3, at(0), 'o', {}}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&visit::customer, &visit::start, &visit::touchpoint});
  std::vector<reply> const replies = {
      {0, at(9), "A"}, {0, at(9), "B"}, {0, at(9), "C"}, {0, at(9), "D"}, {0, at(9), "E"}};
  auto const joined =
      cxm::join_answers(journeys, replies, cxm::answer_fields{&reply::customer, &reply::time},
                        cxm::same_case{&reply::order, &visit::orders});
  CHECK(joined.journey_of(0) == 0);
  CHECK(joined.journey_of(1) == 0);
  CHECK(joined.journey_of(3) == 1);
  CHECK(joined.counts().by_case == 3);
  CHECK(joined.counts().several_journeys == 1);
  CHECK(joined.counts().unknown_case == 1);
}

TEST_CASE("The answer to a journey is a field of it") {
  auto const journeys = journeys_of(visits_log);
  std::vector<answer> const answers = {
      {1, at(30), 10, 5}, {1, at(40), 10, 10}, {2, at(210), {}, 8}, {1, at(121), 11, {}}};
  auto const joined = cxm::join_answers(journeys, answers, fields, by_order);
  cxm::answered const score{joined, &answer::recommend};
  std::vector<std::optional<int>> found;
  for (auto const& journey : journeys) found.push_back(score(journey));
  CHECK(found == std::vector<std::optional<int>>{10, {}, 8, {}, {}});
  auto const first = cxm::join_answers(journeys, answers, fields, by_order, cxm::first_answer{});
  CHECK(cxm::answered{first, &answer::recommend}(journeys[0]) == 5);
  auto const by_end =
      cxm::measure(journeys, cxm::by(cxm::last_touchpoint, cxm::on(score, cxm::nps()))).result();
  CHECK(by_end.at('a').promoters == 1);
  CHECK(by_end.at('a').missing == 2);
  auto const others = journeys_of(visits_log);
  CHECK_THROWS_AS(score(others[0]), std::invalid_argument);
}

TEST_CASE("What became of answers is a field, and its counts merge and are saved") {
  auto const journeys = journeys_of(visits_log);
  std::vector<answer> const answers = {{1, at(30), 10}, {1, at(31), 10}, {7, at(0)}, {1, at(26)}};
  auto const joined = cxm::join_answers(journeys, answers, fields, by_order, cxm::latest_answer{});
  auto const fates = cxm::measure(joined, cxm::by(cxm::fate_of_answer, cxm::count())).result();
  CHECK(fates.at(cxm::answer_fate::by_case) == 1);
  CHECK(fates.at(cxm::answer_fate::passed_over) == 2);
  CHECK(fates.at(cxm::answer_fate::unknown_customer) == 1);
  CHECK(fates.names().front() == "answer_fate");

  auto counts = joined.counts();
  auto const bytes = cxm::save(counts);
  CHECK(cxm::load(cxm::join_counts{}, bytes) == counts);
  counts.merge(joined.counts());
  CHECK(counts.by_case == 2);
  CHECK(counts.journeys == 2 * journeys.size());
  CHECK(counts.total() == 8);
  cxm::join_counts full;
  full.by_case = INT64_MAX;
  CHECK_THROWS_AS(counts.merge(full), std::invalid_argument);
  CHECK(counts.by_case == 2);
}

TEST_CASE("A negative time to wait is refused, and no journeys match nothing") {
  CHECK_THROWS_AS(cxm::within{-1min}, std::invalid_argument);
  std::vector<contact> const nothing;
  auto const journeys = journeys_of(nothing);
  std::vector<answer> const answers = {{1, at(25)}, {1, at(25), 10}};
  auto const joined = cxm::join_answers(journeys, answers, fields, by_order, cxm::within{0min});
  CHECK(joined.counts().unknown_customer == 1);
  CHECK(joined.counts().unknown_case == 1);
}

namespace {

using tens = std::chrono::duration<int, std::ratio<600>>;

/// The fate of one answer, and its journey: everything is looked at.
struct verdict {
  std::uint64_t cxm::join_counts::*fate;
  std::optional<std::size_t> journey = std::nullopt;
};

template <class Store>
verdict by_case(Store const& journeys, int order) {
  std::vector<std::size_t> with;
  for (std::size_t j = 0; j < journeys.size(); ++j) {
    bool has = false;
    for (auto const& one : journeys[j]) has = has || one.row().order == order;
    if (has) with.push_back(j);
  }
  if (with.empty()) return {&cxm::join_counts::unknown_case};
  if (with.size() > 1) return {&cxm::join_counts::several_journeys};
  return {&cxm::join_counts::by_case, with[0]};
}

template <class Store>
verdict obvious(Store const& journeys, answer const& one, std::chrono::minutes limit) {
  if (one.order) return by_case(journeys, *one.order);
  if (!one.customer || !one.time) return {&cxm::join_counts::without_key};
  bool known = false;
  std::vector<std::size_t> latest;
  for (std::size_t j = 0; j < journeys.size(); ++j) {
    if (journeys[j].customer() != *one.customer) continue;
    known = true;
    if (journeys[j].ended() > *one.time || *one.time - journeys[j].ended() > limit) continue;
    if (!latest.empty() && journeys[latest[0]].ended() > journeys[j].ended()) continue;
    if (!latest.empty() && journeys[latest[0]].ended() < journeys[j].ended()) latest.clear();
    latest.push_back(j);
  }
  if (!known) return {&cxm::join_counts::unknown_customer};
  if (latest.empty()) return {&cxm::join_counts::out_of_time};
  if (latest.size() > 1) return {&cxm::join_counts::equal_ends};
  return {&cxm::join_counts::by_customer, latest[0]};
}

/// Whether an answer comes before another: those without a time are never chosen before others.
bool counts_before(answer const& one, answer const& other, bool latest) {
  if (one.time.has_value() != other.time.has_value()) return one.time.has_value();
  return one.time && (latest ? *one.time >= *other.time : *one.time < *other.time);
}

/// Of all answers to a journey the one that no other comes before counts.
template <class Store, class Joined, class Choice>
void check_choice(Store const& journeys, std::vector<answer> const& answers,
                  std::chrono::minutes limit, Joined const& all, Choice choice, bool latest) {
  auto const joined =
      cxm::join_answers(journeys, answers, fields, by_order, cxm::within{limit}, choice);
  std::vector<std::optional<std::size_t>> kept(journeys.size());
  std::vector<int> votes(journeys.size());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto const journey = all.journey_of(i);
    if (!journey) continue;
    ++votes[*journey];
    auto& best = kept[*journey];
    bool const both_timeless = best && !answers[i].time && !answers[*best].time;
    if (!best || (both_timeless ? latest : counts_before(answers[i], answers[*best], latest)))
      best = i;
  }
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto const journey = all.journey_of(i);
    REQUIRE(joined.journey_of(i) == (journey && kept[*journey] == i ? journey : std::nullopt));
  }
  auto const answered = std::count_if(votes.begin(), votes.end(), [](int n) { return n > 0; });
  auto const several = std::count_if(votes.begin(), votes.end(), [](int n) { return n > 1; });
  REQUIRE(joined.counts().journeys_answered == static_cast<std::uint64_t>(answered));
  REQUIRE(joined.counts().journeys_with_several == static_cast<std::uint64_t>(several));
  REQUIRE(joined.counts().matched() == static_cast<std::uint64_t>(answered));
  REQUIRE(joined.counts().passed_over == all.counts().matched() - joined.counts().matched());
}

}  // namespace

TEST_CASE("On random logs the join is the obvious one") {
  cxm::join_counts seen;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {  // 12,000 answers
    logs::numbers next(seed);
    int const events = 20 + next.below(300), customers = 1 + next.below(20),
              span = 50 + next.below(2000);
    auto log = logs::random(seed, events, customers, span);
    for (auto& one : log) {
      if (one.order) one.order = next.below(60);
      if (one.ended) one.ended = std::chrono::ceil<tens>(*one.ended);  // so that some end together
    }
    auto const journeys =
        cxm::reconstruct(log, logs::fields_with_end(),
                         cxm::either{cxm::after_silence{20min}, cxm::starting_with{'c'}});
    std::vector<answer> answers;
    for (int i = 0; i < 200; ++i) {
      answer one{next.below(22), at(next.below(2100))};
      if (next.below(20) == 0) one.customer.reset();
      if (next.below(20) == 0) one.time.reset();
      if (next.below(3) == 0) one.order = next.below(70);
      answers.push_back(one);
    }
    std::chrono::minutes const limit(next.below(400));
    auto const joined = cxm::join_answers(journeys, answers, fields, by_order, cxm::within{limit});
    cxm::join_counts expected;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      auto const wanted = obvious(journeys, answers[i], limit);
      ++(expected.*wanted.fate);
      ++(seen.*wanted.fate);
      REQUIRE(joined.journey_of(i) == wanted.journey);
    }
    REQUIRE(joined.counts().fates() == expected.fates());
    REQUIRE(joined.counts().total() == answers.size());
    check_choice(journeys, answers, limit, joined, cxm::first_answer{}, false);
    check_choice(journeys, answers, limit, joined, cxm::latest_answer{}, true);
  }
  // Every fate was met.
  for (auto const fate :
       {seen.by_case, seen.by_customer, seen.unknown_case, seen.unknown_customer, seen.out_of_time,
        seen.without_key, seen.several_journeys, seen.equal_ends})
    CHECK(fate >= 10);
}
