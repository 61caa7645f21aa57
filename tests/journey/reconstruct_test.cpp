// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/journey_store.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/row_policies.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

#include "catch.hpp"
#include "oracle.hpp"

#include <string>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

TEST_CASE("No rows are no journeys") {
  std::vector<contact> const log;
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK(journeys.empty());
  CHECK(journeys.customers() == 0);
  CHECK(journeys.begin() == journeys.end());
}

TEST_CASE("Equal times keep the order of the input, unless a field orders them") {
  struct row {
    int who;
    logs::minutes when;
    char what;
    int sequence;
  };
  std::vector<row> const log = {{1, at(5), 'c', 2}, {1, at(3), 'a', 0}, {1, at(5), 'b', 1}};
  auto const path = [](auto const& store) {
    return std::string(store.touchpoints().begin(), store.touchpoints().end());
  };
  CHECK(path(cxm::reconstruct(log, cxm::touchpoint_fields{&row::who, &row::when, &row::what})) ==
        "acb");
  CHECK(path(cxm::reconstruct(log, cxm::touchpoint_fields{&row::who, &row::when, &row::what,
                                                          cxm::ordered_by{&row::sequence}})) ==
        "abc");
}

TEST_CASE(
    "Rows without customer, time or touchpoint, or that end too early, are left out and counted") {
  struct row {
    std::optional<int> who;
    std::optional<logs::minutes> when;
    std::optional<std::string> what;
    std::optional<logs::minutes> ended;
  };
  std::vector<row> const log = {{1, at(0), "a", at(5)}, {{}, at(0), "a", {}},
                                {1, {}, "a", {}},       {1, at(1), {}, {}},
                                {1, at(9), "a", at(8)}, {2, at(1), "b", {}}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&row::who, &row::when, &row::what, cxm::ends_at{&row::ended}});
  CHECK(journeys.events() == 2);
  CHECK(journeys.customers() == 2);
  auto const& out = journeys.left_out();
  CHECK(out.missing_customer == 1);
  CHECK(out.missing_time == 1);
  CHECK(out.missing_touchpoint == 1);
  CHECK(out.end_before_start == 1);
  CHECK(journeys.events() + out.total() == log.size());
}

TEST_CASE("once_per keeps the first row of each id, and an empty id is never a duplicate") {
  struct row {
    int who;
    logs::minutes when;
    char what;
    std::optional<std::string> id;
  };
  std::vector<row> const log = {{1, at(5), 'a', "e1"},
                                {1, at(1), 'b', "e2"},
                                {1, at(0), 'c', "e1"},
                                {1, at(6), 'd', {}},
                                {1, at(7), 'e', {}}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&row::who, &row::when, &row::what}, cxm::once_per{&row::id});
  CHECK(std::string(journeys.touchpoints().begin(), journeys.touchpoints().end()) == "bade");
  CHECK(journeys.left_out().duplicates == 1);
}

TEST_CASE("A row that is left out for another reason does not oust the whole copy that follows") {
  struct row {
    std::optional<int> who;
    logs::minutes when;
    char what;
    std::string id;
  };
  std::vector<row> const log = {
      {{}, at(1), 'x', "e1"}, {1, at(1), 'a', "e1"}, {1, at(2), 'b', "e1"}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&row::who, &row::when, &row::what}, cxm::once_per{&row::id});
  CHECK(std::string(journeys.touchpoints().begin(), journeys.touchpoints().end()) == "a");
  CHECK(journeys.left_out().missing_customer == 1);
  CHECK(journeys.left_out().duplicates == 1);
}

TEST_CASE("collapse_repeats keeps a run's first start and latest end, before any boundary") {
  std::vector<contact> const log = {{1, at(0), 'a', at(40)},
                                    {1, at(10), 'a', at(20)},
                                    {1, at(65), 'a', at(66)},
                                    {1, at(90), 'b', {}},
                                    {1, at(95), 'a', {}}};
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end(), cxm::after_silence{24min},
                                         cxm::collapse_repeats{});
  CHECK(oracle::texts_of(journeys) == std::vector<std::string>{"1: 0-95 aba"});
  CHECK(journeys.events() == 3);
  CHECK(journeys.collapsed() == 2);
  CHECK(journeys[0][0].ended() == at(66));
  // The same without ends: a collapsed contact then lasts until the start of its last part.
  auto const points = cxm::reconstruct(log, logs::fields(), cxm::collapse_repeats{});
  CHECK(points[0][0].ended() == at(65));
}

TEST_CASE("Rows of columns and rows of structs give the same journeys") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    auto const log = logs::random(seed, 300, 12, 900);
    std::vector<int> who;
    std::vector<logs::minutes> when;
    std::vector<char> what;
    for (auto const& one : log) {
      who.push_back(one.customer);
      when.push_back(one.when);
      what.push_back(one.what);
    }
    auto const rows = cxm::rows_of(who, when, what);
    CHECK(oracle::texts_of(cxm::reconstruct(rows, cxm::after_silence{20min})) ==
          oracle::texts_of(cxm::reconstruct(log, logs::fields(), cxm::after_silence{20min})));
  }
}

TEST_CASE("Customers may be text, and the journeys are those of the same customers as numbers") {
  struct named {
    std::string who;
    logs::minutes when;
    char what;
  };
  auto const log = logs::random(3, 20'000, 700, 100'000);
  std::vector<named> names;
  for (auto const& one : log)
    names.push_back({"customer-" + std::to_string(one.customer), one.when, one.what});
  auto const journeys =
      cxm::reconstruct(names, cxm::touchpoint_fields{&named::who, &named::when, &named::what},
                       cxm::after_silence{60min});
  auto const numbers = cxm::reconstruct(log, logs::fields(), cxm::after_silence{60min});
  CHECK(journeys.size() == numbers.size());
  CHECK(journeys.customers() == numbers.customers());
  std::vector<std::string> a, b;
  for (auto const& one : journeys)
    a.push_back(oracle::text(std::stoi(std::string(one.customer().substr(9))), one.started(),
                             one.ended(), ""));
  for (auto const& one : numbers)
    b.push_back(oracle::text(one.customer(), one.started(), one.ended(), ""));
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  CHECK(a == b);
}

namespace {
std::vector<contact> without_ends(std::vector<contact> log) {
  for (auto& one : log) one.ended.reset();
  return log;
}
}  // namespace

TEST_CASE("Many parts, one part and one customer with everything agree with the obvious way") {
  for (int const customers : {1, 3, 5000, 90'000}) {
    auto const log =
        logs::random(static_cast<std::uint64_t>(customers), 120'000, customers, 1'000'000);
    REQUIRE(
        oracle::texts_of(cxm::reconstruct(log, logs::fields(), cxm::after_silence{500min})) ==
        oracle::texts(oracle::cut(without_ends(log), [](auto const& so_far, auto const& next) {
          return oracle::verdict{!so_far.empty() && next.when - so_far.back().when > 500min, false};
        })));
  }
}

TEST_CASE("A kept field is read from its column and any other from the row, to the same values") {
  auto log = logs::random(5, 400, 20, 1000);
  auto const with = cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what,
                                           cxm::keep{&contact::score}, cxm::keep{&contact::order}};
  auto const kept = cxm::reconstruct(log, with);
  auto const rows = cxm::reconstruct(log, logs::fields());
  REQUIRE(kept.size() == rows.size());
  for (std::size_t i = 0; i < kept.size(); ++i)
    for (std::size_t k = 0; k < kept[i].size(); ++k) {
      CHECK(kept[i][k].read(&contact::score) == rows[i][k].read(&contact::score));
      CHECK(kept[i][k].read(&contact::order) == rows[i][k].read(&contact::order));
      CHECK(kept[i][k].read(&contact::ended) == rows[i][k].row().ended);
    }
  // The columns are copies: the rows may change behind them.
  auto const before = kept[0][0].read(&contact::score);
  for (auto& one : log) one.score = -1;
  CHECK(kept[0][0].read(&contact::score) == before);
  CHECK(rows[0][0].read(&contact::score) == -1);
}

TEST_CASE("A store is measured like any range of events") {
  auto const log = logs::written({"abc", "a"});
  auto const journeys = cxm::reconstruct(log, logs::fields());
  auto const found = cxm::measure(journeys, cxm::on(cxm::cycle_time, cxm::quantiles())).result();
  CHECK(found.ascending == std::vector<std::chrono::minutes>{0min, 20min});
}

TEST_CASE("text that a field makes anew is kept by the store, for as long as it is read") {
  struct call {
    int who;
    std::chrono::sys_seconds when;
    int what;
    std::string customer() const { return "a name too long to be kept in place " + text(who); }
    static std::string text(int number) { return std::to_string(number); }
  };
  std::vector<call> calls;
  for (int i = 0; i < 300; ++i)
    calls.push_back({i % 7, std::chrono::sys_seconds(std::chrono::seconds(i)), i % 5});
  auto const touchpoint = [](call const& one) {
    return "a touchpoint too long to be kept in place " + call::text(one.what);
  };
  auto const note = [](call const& one) { return call::text(one.who) + std::string(40, '.'); };
  auto const store = cxm::reconstruct(
      calls, cxm::touchpoint_fields{&call::customer, &call::when, touchpoint, cxm::keep{note}});
  REQUIRE(store.customers() == 7);
  for (auto const& journey : store)
    for (auto const& contact : journey) {
      CHECK(journey.customer() == contact.row().customer());
      CHECK(contact.touchpoint() == touchpoint(contact.row()));
      CHECK(contact.read(note) == note(contact.row()));
    }
}
