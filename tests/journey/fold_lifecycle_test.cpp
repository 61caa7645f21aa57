// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/is.hpp>
#include <cxm/event/reads_through.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/journey/fold_lifecycle.hpp>
#include <cxm/journey/folded_event.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/without_copies.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using cxm::folding;
using cxm::lifecycle;
using logs::at;

namespace {

struct row {
  std::optional<int> who;
  logs::minutes when;
  char what;
  lifecycle part = lifecycle::point;
  std::optional<int> instance = std::nullopt;
  int id = 0;
  std::string agent = {};
};
cxm::touchpoint_fields const fields{&row::who, &row::when, &row::what};
cxm::touchpoint_fields const folded{&row::who, &row::when, &row::what,
                                    cxm::ends_at{cxm::folded_end}};

/// A field of the user's own that is made of others.
struct id_of_open : cxm::reads_through {
  int operator()(auto const& event) const {
    return cxm::read(cxm::folded_as, event) == folding::open ? cxm::read(&row::id, event) : -1;
  }
};

/// The slow way: every end, in time order, looks for the earliest start that no other end took.
struct slow_pair {
  std::vector<std::optional<std::size_t>> ended_by;
  std::vector<bool> consumed;
};
slow_pair slow(std::vector<row> const& log) {
  std::vector<std::size_t> order(log.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return log[a].when < log[b].when; });
  slow_pair found{std::vector<std::optional<std::size_t>>(log.size()),
                  std::vector<bool>(log.size())};
  for (std::size_t at_end = 0; at_end < order.size(); ++at_end) {
    auto const& end = log[order[at_end]];
    if (end.part != lifecycle::complete && end.part != lifecycle::cancel) continue;
    for (std::size_t before = 0; before < at_end; ++before) {
      auto const& start = log[order[before]];
      if (start.part == lifecycle::start && !found.ended_by[order[before]] &&
          start.who == end.who && start.what == end.what && start.instance == end.instance) {
        found.ended_by[order[before]] = order[at_end];
        found.consumed[order[at_end]] = true;
        break;
      }
    }
  }
  return found;
}

}  // namespace

TEST_CASE("A1: start 09:00 and complete 09:20 of one call are one event of 20 minutes") {
  std::vector<row> const log = {{7, at(540), 'c', lifecycle::start},
                                {7, at(560), 'c', lifecycle::complete},
                                {7, at(600), 'v', lifecycle::start}};
  auto const whole = cxm::fold_lifecycle(log, fields, &row::part);
  REQUIRE(whole.size() == 2);
  CHECK(whole.counts() == cxm::folding_counts{0, 1, 0, 1, 0, 0, 0});
  auto const journeys = cxm::reconstruct(whole, folded);
  REQUIRE(journeys.events() == 2);
  CHECK(journeys[0][0].ended() - journeys[0][0].time() == 20min);
  CHECK(journeys[0][1].ended() == at(600));  // open: no time is counted for it
  CHECK(journeys[0][1].read(cxm::folded_as) == folding::open);
}

TEST_CASE("What is left over is kept and counted: points, ends without a start, cancellations") {
  std::vector<row> const log = {
      {1, at(0), 'a', lifecycle::complete}, {1, at(1), 'b'},
      {1, at(2), 'c', lifecycle::start},    {1, at(5), 'c', lifecycle::cancel},
      {1, at(6), 'c', lifecycle::cancel},   {{}, at(7), 'c', lifecycle::start},
      {1, at(8), 'd', lifecycle::start}};
  auto const whole = cxm::fold_lifecycle(log, fields, &row::part);
  CHECK(whole.counts() == cxm::folding_counts{1, 0, 1, 1, 1, 1, 1});
  auto const kinds = cxm::measure(whole, cxm::by(cxm::folded_as, cxm::count())).result();
  CHECK(kinds.at(folding::cancelled) == 1);
  CHECK(kinds.at(folding::unmatched_complete) == 1);
  CHECK(kinds.at(folding::unmatched_cancel) == 1);
  CHECK(kinds.at(folding::open) == 1);
  CHECK(kinds.at(folding::point) == 2);
  auto const journeys = cxm::reconstruct(whole, folded);
  CHECK(journeys.left_out().missing_customer == 1);
  CHECK(std::string(journeys.touchpoints().begin(), journeys.touchpoints().end()) == "abccd");
  CHECK(journeys[0][2].ended() == at(5));
}

TEST_CASE("First in first out, unless instances say which start an end belongs to") {
  std::vector<row> const log = {{1, at(0), 'a', lifecycle::start, 1, 0, "Ann"},
                                {1, at(1), 'a', lifecycle::start, 2, 0, "Bob"},
                                {1, at(5), 'a', lifecycle::complete, 2, 0, "Cid"},
                                {1, at(9), 'a', lifecycle::complete, 1, 0, "Dee"}};
  auto const ends = [](auto const& events) {
    std::vector<logs::minutes> found;
    for (auto const& one : events) found.push_back(*one.ended());
    return found;
  };
  CHECK(ends(cxm::fold_lifecycle(log, fields, &row::part)) == std::vector{at(5), at(9)});
  auto const apart =
      cxm::fold_lifecycle(log, fields, &row::part, cxm::per_instance{&row::instance});
  CHECK(ends(apart) == std::vector{at(9), at(5)});
  CHECK(apart[0].read(&row::agent) == "Ann");
  CHECK(apart[0].read(cxm::at_completion{&row::agent}) == "Dee");
}

TEST_CASE(
    "The field of the row that ended a contact is read in the journey, empty where it is open") {
  std::vector<row> const log = {
      {1, at(0), 'a', lifecycle::start, {}, 0, "an agent with a long name"},
      {1, at(5), 'a', lifecycle::complete, {}, 0, "another one, as long"},
      {1, at(6), 'a', lifecycle::start}};
  auto const whole = cxm::fold_lifecycle(log, fields, &row::part);
  auto const by_end = cxm::at_completion{&row::agent};
  for (bool const kept : {false, true}) {
    auto const check = [&](auto const& journeys) {
      CHECK(journeys[0][0].read(by_end) == "another one, as long");
      CHECK(journeys[0][1].read(by_end) == std::nullopt);
      CHECK(journeys[0].front().row().first_row().agent == "an agent with a long name");
    };
    if (kept)
      check(cxm::reconstruct(
          whole, cxm::touchpoint_fields{&row::who, &row::when, &row::what, cxm::keep{by_end}}));
    else
      check(cxm::reconstruct(whole, folded));
  }
}

TEST_CASE("Fields made of fields ask the folded event, in a journey and outside") {
  std::vector<row> const log = {{1, at(0), 'a', lifecycle::start},
                                {1, at(5), 'a', lifecycle::complete},
                                {1, at(6), 'a', lifecycle::start}};
  auto const whole = cxm::fold_lifecycle(log, fields, &row::part);
  auto const is_open = cxm::is{cxm::folded_as, folding::open};
  auto const journeys = cxm::reconstruct(whole, folded);
  CHECK_FALSE(journeys[0][0].read(is_open));
  CHECK(journeys[0][1].read(is_open));
  CHECK(whole[1].read(is_open));
  CHECK(journeys[0][0].read(id_of_open{}) == -1);
  CHECK(journeys[0][1].read(id_of_open{}) == 0);
}

TEST_CASE("Rows of one instant come as they lie, or as a field orders them") {
  std::vector<row> const log = {{1, at(0), 'a', lifecycle::complete, {}, 2},
                                {1, at(0), 'a', lifecycle::start, {}, 1}};
  CHECK(cxm::fold_lifecycle(log, fields, &row::part).counts() ==
        cxm::folding_counts{0, 0, 0, 1, 1, 0, 0});
  cxm::touchpoint_fields const ordered{&row::who, &row::when, &row::what,
                                       cxm::ordered_by{&row::id}};
  CHECK(cxm::fold_lifecycle(log, ordered, &row::part).counts() ==
        cxm::folding_counts{0, 1, 0, 0, 0, 0, 0});
}

TEST_CASE("Ends that rows have of their own stay; an empty lifecycle is a point") {
  struct loose {
    int who;
    logs::minutes when;
    std::optional<logs::minutes> ended;
    std::optional<lifecycle> part;
  };
  std::vector<loose> const log = {{1, at(0), at(3), {}},
                                  {1, at(4), {}, lifecycle::start},
                                  {1, at(6), at(8), lifecycle::complete},
                                  {1, at(9), at(2), lifecycle::start}};
  cxm::touchpoint_fields const with_end{&loose::who, &loose::when, &loose::who,
                                        cxm::ends_at{&loose::ended}};
  auto const whole = cxm::fold_lifecycle(log, with_end, &loose::part);
  CHECK(whole.counts() == cxm::folding_counts{1, 1, 0, 0, 0, 0, 1});
  CHECK(whole[0].ended() == at(3));
  CHECK(whole[1].ended() == at(8));
  auto const journeys =
      cxm::reconstruct(whole, cxm::touchpoint_fields{&loose::who, &loose::when, &loose::who,
                                                     cxm::ends_at{cxm::folded_end}});
  CHECK(journeys.left_out().end_before_start == 1);
}

TEST_CASE("Rows sent twice are removed before they are folded") {
  std::vector<row> log = {{1, at(0), 'a', lifecycle::start, {}, 1},
                          {1, at(5), 'a', lifecycle::complete, {}, 2}};
  log.insert(log.end(), log.begin(), log.begin() + 2);
  auto const clean = cxm::without_copies(log, fields, cxm::once_per{&row::id});
  auto const whole = cxm::fold_lifecycle(clean, fields, &row::part);
  CHECK(whole.counts() == cxm::folding_counts{0, 1, 0, 0, 0, 0, 0});
  CHECK(whole[0].first_row().row().id == 1);
}

TEST_CASE("No rows fold into no events") {
  std::vector<row> const log;
  auto const whole = cxm::fold_lifecycle(log, fields, &row::part);
  CHECK(whole.empty());
  CHECK(whole.counts() == cxm::folding_counts{});
}

TEST_CASE("Folding on random logs: the slow way pairs the same rows") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    logs::numbers next(seed);
    std::vector<row> log;
    for (int i = next.below(40); i-- > 0;) {
      row one{next.below(3), at(next.below(20)), static_cast<char>('a' + next.below(2)),
              static_cast<lifecycle>(next.below(4))};
      if (next.below(3) == 0) one.instance = next.below(2);
      log.push_back(one);
    }
    auto const expected = slow(log);
    auto const whole =
        cxm::fold_lifecycle(log, fields, &row::part, cxm::per_instance{&row::instance});
    std::size_t k = 0;
    for (std::size_t i = 0; i < log.size(); ++i) {
      if (expected.consumed[i]) continue;
      REQUIRE(k < whole.size());
      auto const& one = whole[k++];
      REQUIRE(&one.first_row() == &log[i]);
      REQUIRE(&one.last_row() == &log[expected.ended_by[i].value_or(i)]);
      REQUIRE(one.ended().has_value() == expected.ended_by[i].has_value());
    }
    REQUIRE(k == whole.size());
    auto const& n = whole.counts();
    CHECK(log.size() == whole.size() + n.whole + n.cancelled);
    CHECK(whole.size() == n.points + n.whole + n.cancelled + n.open + n.unmatched_complete +
                              n.unmatched_cancel + n.no_contact);
  }
}
