// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/event/copies.hpp>
#include <cxm/event/rows_of.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/without_copies.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

using namespace std::chrono_literals;
using logs::at;

namespace {

struct row {
  int who;
  logs::minutes when;
  char what;
  std::string source = "crm";
  std::optional<int> id = std::nullopt;
  std::optional<logs::minutes> seen = std::nullopt;
  std::string channel = "web";
  int score = 0;
};
auto const fields = cxm::touchpoint_fields{&row::who, &row::when, &row::what};

std::string path(auto const& store) {
  return {store.touchpoints().begin(), store.touchpoints().end()};
}

/// A log with copies of all kinds, in no order.
std::vector<row> random_log(std::uint64_t seed, int events) {
  logs::numbers next(seed);
  std::vector<row> log;
  for (int i = 0; i < events; ++i) {
    row one{next.below(4), at(next.below(30)), static_cast<char>('a' + next.below(2))};
    one.source = next.below(2) > 0 ? "crm" : "web";
    if (next.below(3) > 0) one.id = next.below(events / 2 + 1);
    if (next.below(3) > 0) one.seen = at(next.below(10));
    one.channel = next.below(2) > 0 ? "web" : "app";
    one.score = next.below(100);
    log.push_back(one);
  }
  return log;
}

}  // namespace

TEST_CASE("B2: ids e1, e2, e1 are two events and one duplicate") {
  std::vector<row> const log = {
      {1, at(0), 'a', "crm", 1}, {1, at(1), 'b', "crm", 2}, {1, at(0), 'a', "crm", 1}};
  auto const journeys = cxm::reconstruct(log, fields, cxm::once_per{&row::source, &row::id});
  CHECK(journeys.events() == 2);
  CHECK(journeys.left_out().duplicates == 1);
  auto const clean = cxm::without_copies(log, cxm::once_per{&row::source, &row::id});
  CHECK(clean.size() == 2);
  CHECK(clean.copies() == cxm::copy_counts{1, 0, 0});
}

TEST_CASE("An id counts within its source, and not where a part of it is missing") {
  std::vector<row> const log = {{1, at(0), 'a', "crm", 1},
                                {1, at(1), 'b', "web", 1},
                                {1, at(2), 'c', "crm", {}},
                                {1, at(3), 'd', "crm", {}}};
  CHECK(path(cxm::reconstruct(log, fields, cxm::once_per{&row::source, &row::id})) == "abcd");
}

TEST_CASE("Which copy counts: the first or last row, or the first or last by a field") {
  std::vector<row> const log = {{1, at(0), 'a', "crm", 1, at(7)},
                                {1, at(0), 'b', "crm", 1, at(3)},
                                {1, at(0), 'c', "crm", 1, {}},
                                {1, at(0), 'd', "crm", 1, at(7)},
                                {1, at(0), 'e', "crm", 1, at(3)}};
  auto const kept = [&](auto keep) {
    auto const journeys = cxm::reconstruct(log, fields, keep, cxm::once_per{&row::id});
    CHECK(journeys.left_out().duplicates == 4);
    return path(journeys);
  };
  CHECK(kept(cxm::keep_first{}) == "a");
  CHECK(kept(cxm::keep_last{}) == "e");
  CHECK(kept(cxm::keep_first{&row::seen}) == "b");
  CHECK(kept(cxm::keep_last{&row::seen}) == "d");
  CHECK(kept(cxm::keep_first{&row::what}) == "a");
  CHECK(kept(cxm::keep_last{&row::what}) == "e");
}

TEST_CASE("A row without the field that orders copies gives way, whichever came first") {
  std::vector<row> const log = {{1, at(0), 'a', "crm", 1, {}}, {1, at(0), 'b', "crm", 1, at(1)}};
  std::vector<row> const turned(log.rbegin(), log.rend());
  for (auto const* one : {&log, &turned}) {
    CHECK(path(cxm::reconstruct(*one, fields, cxm::once_per{&row::id},
                                cxm::keep_first{&row::seen})) == "b");
    CHECK(path(cxm::reconstruct(*one, fields, cxm::once_per{&row::id},
                                cxm::keep_last{&row::seen})) == "b");
  }
}

TEST_CASE("Equal content is a copy by choice only, exactly, and only of rows without an id") {
  std::vector<row> const log = {{1, at(0), 'a', "crm", {}, {}, "web"},
                                {1, at(0), 'a', "crm", {}, {}, "web"},
                                {1, at(0), 'a', "crm", {}, {}, "app"},
                                {1, at(0), 'a', "crm", 1, {}, "web"},
                                {1, at(0), 'a', "crm", 2, {}, "web"}};
  cxm::once_per_content const content{&row::who, &row::when, &row::what, &row::channel};
  CHECK(cxm::reconstruct(log, fields).events() == 5);
  auto const by_both = cxm::reconstruct(log, fields, content, cxm::once_per{&row::id});
  CHECK(by_both.events() == 4);
  CHECK(by_both.left_out().same_content == 1);
  CHECK(by_both.left_out().duplicates == 0);
  auto const by_content = cxm::without_copies(log, content);
  CHECK(by_content.size() == 2);
  CHECK(by_content.copies() == cxm::copy_counts{0, 3, 0});
}

TEST_CASE("Near duplicates are measured from the one that was kept") {
  std::vector<row> log;
  for (int const minute : {5, 0, 1, 2, 3, 4}) log.push_back({1, at(minute), 'a'});
  log.push_back({1, at(1), 'b'});
  log.push_back({2, at(1), 'a'});
  log.push_back({1, at(1), 'a', "crm", {}, {}, "app"});
  // 0 counts, 1 and 2 are near, 3 counts, 4 and 5 are near; b, the other customer and, with
  // channels, the app are apart.
  auto const found = cxm::reconstruct(log, fields, cxm::near_duplicates{2min, &row::channel});
  CHECK(found.events() == 5);
  CHECK(found.left_out().near_duplicates == 4);
  CHECK(cxm::reconstruct(log, fields, cxm::near_duplicates{2min}).left_out().near_duplicates == 5);
  CHECK(cxm::reconstruct(log, fields, cxm::near_duplicates{59s}).left_out().near_duplicates == 1);
  CHECK_THROWS_AS(cxm::near_duplicates(0s), std::invalid_argument);
}

TEST_CASE("A row that lacks something ousts no whole copy, and is left for reconstruct to count") {
  struct loose {
    std::optional<int> who;
    logs::minutes when;
    char what;
    int id;
  };
  std::vector<loose> const log = {{{}, at(0), 'a', 1}, {1, at(0), 'b', 1}, {1, at(0), 'c', 1}};
  cxm::touchpoint_fields const names{&loose::who, &loose::when, &loose::what};
  auto const clean = cxm::without_copies(log, names, cxm::once_per{&loose::id});
  CHECK(clean.size() == 2);
  auto const journeys = cxm::reconstruct(clean, names);
  CHECK(path(journeys) == "b");
  CHECK(journeys.left_out().missing_customer == 1);
}

TEST_CASE("A1: what happened later than it was seen is quarantined, five minutes of skew apart") {
  std::vector<row> const log = {
      {1, at(5), 'a', "crm", 1, at(0)},  {1, at(6), 'b', "crm", 2, at(0)},
      {1, at(7), 'c', "crm", 3, {}},     {1, at(8), 'd', "crm", 4, at(90)},
      {1, at(99), 'e', "crm", 4, at(0)}, {1, at(9), 'f', "crm", 5, at(2)}};
  auto const found = cxm::reconstruct(log, fields, cxm::quarantine_future{&row::seen},
                                      cxm::once_per{&row::id}, cxm::keep_last{});
  CHECK(path(found) == "acd");  // e does not oust d
  CHECK(found.left_out().future == 3);
  CHECK(found.left_out().duplicates == 0);
  CHECK(found.left_out().total() + found.events() == log.size());
  CHECK(cxm::reconstruct(log, fields, cxm::quarantine_future{&row::seen, 7min}).left_out().future ==
        1);
  CHECK_THROWS_AS((cxm::quarantine_future{&row::seen, -1s}), std::invalid_argument);
}

TEST_CASE("Rows of columns lose their copies as well") {
  std::vector<int> const who = {1, 1, 2}, id = {7, 7, 8};
  std::vector<logs::minutes> const when = {at(0), at(0), at(1)};
  std::vector<char> const what = {'a', 'a', 'b'};
  auto const columns = cxm::rows_of(who, when, what, id);
  auto const clean = cxm::without_copies(columns, cxm::once_per{cxm::nth<3>});
  REQUIRE(clean.size() == 2);
  CHECK(clean[1].read(cxm::nth<2>) == 'b');
  CHECK(clean[1].row().get<0>() == 2);
  auto const found = cxm::measure(clean, cxm::by(cxm::nth<0>, cxm::count())).result();
  CHECK(found.at(1) == 1);
}

TEST_CASE("Copies on random logs: the slow way finds the same, for every policy") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto const log = random_log(seed, 40);
    auto const survivors = [&](auto const& clean) {
      std::vector<std::size_t> found;
      for (auto const& one : clean)
        found.push_back(static_cast<std::size_t>(&one.row() - log.data()));
      return found;
    };
    // For every id the best row: by when it was seen, unknown last, else by its place.
    using rank = std::tuple<bool, int, std::size_t>;
    auto const slow = [&](bool last) {
      std::map<std::pair<std::string, int>, std::pair<rank, std::size_t>> best;
      std::vector<std::size_t> found;
      for (std::size_t i = 0; i < log.size(); ++i) {
        if (!log[i].id) {
          found.push_back(i);
          continue;
        }
        int const seen =
            log[i].seen ? static_cast<int>(log[i].seen->time_since_epoch().count()) : 0;
        rank const mine{!log[i].seen, last ? -seen : seen, last ? log.size() - i : i};
        auto const [at_id, fresh] =
            best.try_emplace({log[i].source, *log[i].id}, std::pair(mine, i));
        if (!fresh && mine < at_id->second.first) at_id->second = {mine, i};
      }
      for (auto const& [id, one] : best) found.push_back(one.second);
      std::sort(found.begin(), found.end());
      return found;
    };
    cxm::once_per const once{&row::source, &row::id};
    REQUIRE(survivors(cxm::without_copies(log, once, cxm::keep_first{&row::seen})) == slow(false));
    REQUIRE(survivors(cxm::without_copies(log, once, cxm::keep_last{&row::seen})) == slow(true));
    // Near: in time order, a row is dropped when a kept one of its kind is at most 3 minutes
    // before.
    std::vector<std::size_t> order(log.size()), near;
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return log[a].when < log[b].when; });
    std::vector<std::size_t> kept;
    for (auto const i : order) {
      bool const dropped = std::any_of(kept.begin(), kept.end(), [&](auto k) {
        return log[k].who == log[i].who && log[k].what == log[i].what &&
               log[k].channel == log[i].channel && log[i].when - log[k].when <= 3min;
      });
      if (!dropped) kept.push_back(i);
    }
    std::sort(kept.begin(), kept.end());
    auto const thinned =
        cxm::without_copies(log, fields, cxm::near_duplicates{3min, &row::channel});
    REQUIRE(survivors(thinned) == kept);
    CHECK(thinned.copies().near == log.size() - kept.size());
  }
}

TEST_CASE("A log that is played twice gives the bytes of once, whichever copy counts") {
  auto const plan = cxm::all(cxm::on(cxm::cycle_time, cxm::moments()),
                             cxm::by(cxm::first_touchpoint, cxm::count()), cxm::flow_graph());
  auto const bytes = [&](std::vector<row> const& log, auto keep) {
    auto const journeys =
        cxm::reconstruct(log, fields, cxm::once_per{&row::id}, keep, cxm::after_silence{5min});
    return cxm::save(cxm::measure(journeys, plan));
  };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    auto log = random_log(seed, 200);
    for (std::size_t i = 0; i < log.size(); ++i)
      if (!log[i].id) log[i].id = static_cast<int>(1000 + i);
    auto twice = log;
    twice.insert(twice.end(), log.begin(), log.end());
    CHECK(bytes(twice, cxm::keep_first{}) == bytes(log, cxm::keep_first{}));
    CHECK(bytes(twice, cxm::keep_first{&row::seen}) == bytes(log, cxm::keep_first{&row::seen}));
    CHECK(bytes(twice, cxm::keep_last{&row::seen}) == bytes(log, cxm::keep_last{&row::seen}));
  }
}
