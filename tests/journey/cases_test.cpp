// SPDX-License-Identifier: BSL-1.0
// Cases of one customer beside each other (method reference B1 and B7).
#include <cxm/journey/case_event.hpp>
#include <cxm/journey/cases.hpp>
#include <cxm/journey/concurrency.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include "catch.hpp"
#include "oracle.hpp"

#include <map>

using namespace std::chrono_literals;
using Catch::Matchers::WithinRel;
using logs::at;
using logs::contact;

namespace {

struct event {
  int customer;
  logs::minutes when;
  char what;
  std::vector<int> orders;
};

auto fields() {
  return cxm::touchpoint_fields{&event::customer, &event::when, &event::what};
}
auto case_fields() {
  return cxm::touchpoint_fields{cxm::case_key, &event::when, &event::what};
}

/// The paths of the journeys, by order; 0 stands for none.
template <class... Policy>
std::map<int, std::string> paths(std::vector<event> const& log, Policy... policy) {
  auto const cases = cxm::cases_of(log, fields(), &event::orders, policy...);
  auto const journeys = cxm::reconstruct(cases, case_fields());
  std::map<int, std::string> found;
  for (auto const& one : journeys) {
    auto& path = found[one.customer().second.value_or(0)];
    for (auto const touchpoint : one.path()) path += touchpoint;
  }
  return found;
}
using by_order = std::map<int, std::string>;

}  // namespace

TEST_CASE("B1: an event with orders 7 and 9 goes into both, shared by 2") {
  std::vector<event> const log = {
      {1, at(0), 'a', {7}}, {1, at(1), 'b', {7, 9}}, {1, at(2), 'c', {9}}};
  CHECK(paths(log) == by_order{{7, "ab"}, {9, "bc"}});
  auto const cases = cxm::cases_of(log, fields(), &event::orders);
  REQUIRE(cases.size() == 4);
  auto const journeys = cxm::reconstruct(cases, case_fields());
  auto const found = cxm::measure(
      journeys, cxm::each_contact(cxm::by(cxm::shared_by, &event::what, cxm::count())));
  CHECK(found.result().at({2, 'b'}) == 2);
  CHECK(found.result().at({1, 'a'}) == 1);
  CHECK(cxm::case_customer(journeys[0]) == 1);
}

TEST_CASE("One order named twice is one, and orders of other customers are others") {
  std::vector<event> const log = {{1, at(0), 'a', {7, 7}}, {2, at(1), 'b', {7}}};
  auto const cases = cxm::cases_of(log, fields(), &event::orders);
  CHECK(cases.size() == 2);
  CHECK(cases[0].shared() == 1);
  CHECK(cxm::reconstruct(cases, case_fields()).size() == 2);
}

TEST_CASE("B7: an event without a case goes to the only open one, else by the policy") {
  std::vector<event> const log = {
      {1, at(0), 'p', {}},                          // before all
      {1, at(10), 'a', {7}}, {1, at(15), 'q', {}},  // 7 alone is open
      {1, at(20), 'b', {8}}, {1, at(25), 'r', {}},  // 7 and 8 are, 8 was active
      {1, at(30), 'c', {7}}, {1, at(35), 's', {}},  // 8 alone is open, 7 was active
      {1, at(40), 'd', {8}}, {1, at(45), 't', {}},  // none is open, 8 was active
  };
  CHECK(paths(log) == by_order{{0, "p"}, {7, "aqc"}, {8, "brsdt"}});
  CHECK(paths(log, cxm::most_recently_active{}) == paths(log));
  CHECK(paths(log, cxm::only_open_case{}) == by_order{{0, "prt"}, {7, "aqc"}, {8, "bsd"}});
  CHECK(paths(log, cxm::no_case_is_meant{}) == by_order{{0, "pqrst"}, {7, "ac"}, {8, "bd"}});
}

TEST_CASE("Events without a case go where the obvious way sends them, on random logs") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    logs::numbers next(seed);
    std::vector<event> log;
    for (int i = 0; i < 40; ++i) {
      event one{next.below(3), at(next.below(60)), static_cast<char>('a' + i), {}};
      for (int cases = next.below(3); cases > 0; --cases) one.orders.push_back(1 + next.below(5));
      log.push_back(one);
    }
    auto const cases = cxm::cases_of(log, fields(), &event::orders);
    for (auto const& one : cases) {
      auto const when = one.read(&event::when);
      if (!one.read(&event::orders).empty()) continue;
      std::map<int, std::pair<logs::minutes, logs::minutes>> spans;
      std::optional<int> active;
      logs::minutes active_at;
      for (auto const& each : log) {
        if (each.customer != one.case_key()->first) continue;
        for (int const order : each.orders) {
          auto const [span, first] = spans.try_emplace(order, each.when, each.when);
          span->second.first = std::min(span->second.first, each.when);
          span->second.second = std::max(span->second.second, each.when);
          if (each.when <= when && (!active || each.when >= active_at)) {
            active = order;
            active_at = each.when;
          }
        }
      }
      std::vector<int> open;
      for (auto const& [order, span] : spans)
        if (span.first <= when && when <= span.second) open.push_back(order);
      auto const wanted = open.size() == 1 ? std::optional(open[0]) : active;
      INFO("seed " << seed << " event " << one.read(&event::what));
      REQUIRE(one.case_key()->second == wanted);
    }
  }
}

TEST_CASE(
    "Rows without customer, time or touchpoint are handed on and counted; text ids are read") {
  struct row {
    std::optional<std::string> who;
    std::optional<logs::minutes> when;
    std::optional<char> what;
    std::optional<std::string> order;
  };
  std::vector<row> const log = {{"k", at(0), 'a', "o1"},
                                {{}, at(1), 'b', "o1"},
                                {"k", {}, 'c', {}},
                                {"k", at(2), {}, "o1"},
                                {"k", at(0), 'd', {}}};
  auto const cases =
      cxm::cases_of(log, cxm::touchpoint_fields{&row::who, &row::when, &row::what}, &row::order);
  auto const journeys =
      cxm::reconstruct(cases, cxm::touchpoint_fields{cxm::case_key, &row::when, &row::what});
  CHECK(journeys.left_out().missing_customer == 1);
  CHECK(journeys.left_out().missing_time == 1);
  CHECK(journeys.left_out().missing_touchpoint == 1);
  REQUIRE(journeys.size() == 1);
  CHECK(journeys[0].size() == 2);
  CHECK(journeys[0].customer().first == "k");
  CHECK(journeys[0].customer().second == "o1");
}

TEST_CASE("Rows of columns have cases too, and no rows have none") {
  std::vector<int> const who = {1, 1};
  std::vector<logs::minutes> const when = {at(0), at(1)};
  std::vector<char> const what = {'a', 'b'};
  std::vector<int> const order = {7, 8};
  auto const rows = cxm::rows_of(who, when, what, order);
  auto const cases = cxm::cases_of(
      rows, cxm::touchpoint_fields{cxm::nth<0>, cxm::nth<1>, cxm::nth<2>}, cxm::nth<3>);
  auto const journeys =
      cxm::reconstruct(cases, cxm::touchpoint_fields{cxm::case_key, cxm::nth<1>, cxm::nth<2>});
  CHECK(journeys.size() == 2);
  std::vector<event> const none;
  CHECK(cxm::cases_of(none, fields(), &event::orders).empty());
}

TEST_CASE("B7: journeys 0-10, 4-6 and 5-12: 3 open at most, 1.583 on average") {
  std::vector<contact> const log = {{7, at(0), 'a', at(10), 1},
                                    {8, at(4), 'a', at(6), 1},
                                    {9, at(5), 'a', at(12), 1},
                                    {5, at(3), 'a', {}, 2}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  cxm::concurrency const open(journeys, cxm::first(&contact::order));
  REQUIRE(open.customers().size() == 2);
  auto const& one = open.customers()[0];
  CHECK(one.customer == 1);
  CHECK(one.journeys == 3);
  CHECK(one.most == 3);
  CHECK_THAT(*one.average, WithinRel(19.0 / 12, 1e-15));
  CHECK(open.customers()[1].average.why() == cxm::reason::degenerate);
  for (auto const& each : journeys) {
    if (each.customer() == 7) {
      CHECK(open.most()(each) == 3);
      CHECK_THAT(open.average()(each), WithinRel((10.0 + 2 + 5) / 10, 1e-15));
    }
    if (each.customer() == 5) {
      CHECK(open.most()(each) == 1);
      CHECK(open.average()(each) == 1);
    }
  }
  auto const found = cxm::measure(open.customers(), cxm::by(cxm::most_open, cxm::count()));
  CHECK(found.result().at(3) == 1);
  auto const by_most = cxm::measure(journeys, cxm::by(open.most(), cxm::count()));
  CHECK(by_most.result().at(3) == 3);
}

TEST_CASE("Degrees of concurrency are those of counting minute by minute") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    auto log = logs::random(seed, 12, 2000, 100);
    for (auto& one : log) one.order = 1 + one.customer % 2;
    auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
    cxm::concurrency const open(journeys, cxm::first(&contact::order));
    for (auto const& one : journeys) {
      auto const whose = *cxm::first(&contact::order)(one);
      std::uint64_t most = 0;
      double area = 0;
      for (auto minute = one.started(); minute <= one.ended(); minute += 1min) {
        std::uint64_t now = 0, next = 0;
        for (auto const& other : journeys) {
          if (*cxm::first(&contact::order)(other) != whose) continue;
          now += other.started() <= minute && minute <= other.ended();
          next += other.started() <= minute && minute < other.ended();
        }
        most = std::max(most, now);
        if (minute < one.ended()) area += static_cast<double>(next);
      }
      INFO("seed " << seed);
      REQUIRE(open.most()(one) == most);
      if (one.cycle_time() > 0min)
        REQUIRE_THAT(open.average()(one),
                     WithinRel(area / static_cast<double>(one.cycle_time().count()), 1e-12));
    }
  }
}
