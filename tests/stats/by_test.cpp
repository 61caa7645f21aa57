// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace {
enum class step : std::int8_t { lost = -1, bought = 0, called = 5 };
struct contact {
  int id;
  step touchpoint;
  std::string channel;
  std::optional<int> market;
  std::int64_t value;
};
std::vector<contact> random_contacts(std::size_t count, int ids) {
  std::mt19937_64 random(3);
  std::vector<contact> made;
  step const steps[] = {step::lost, step::bought, step::called};
  char const* const channels[] = {"", "web", "a channel whose name is not short", "shop"};
  for (std::size_t i = 0; i < count; ++i) {
    contact one{};
    one.id = static_cast<int>(random() % static_cast<unsigned>(ids)) - 3;
    one.touchpoint = steps[random() % 3];
    one.channel = channels[random() % 4];
    if (random() % 4 != 0) one.market = static_cast<int>(random() % 200'000);
    one.value = static_cast<std::int64_t>(random() % 1000);
    made.push_back(one);
  }
  return made;
}
/// What a std::map finds.
template <class Field>
auto oracle(std::vector<contact> const& contacts, Field field) {
  std::map<std::remove_cvref_t<decltype(field(contacts[0]))>, std::vector<std::int64_t>> groups;
  for (auto const& one : contacts) groups[field(one)].push_back(one.value);
  return groups;
}
template <class Groups, class Oracle>
void check_same(Groups const& groups, Oracle const& expected) {
  REQUIRE(groups.size() == expected.size());
  auto at = expected.begin();
  for (auto const& [key, result] : groups) {
    REQUIRE(key == at->first);
    REQUIRE(result.n == at->second.size());
    std::int64_t sum = 0;
    for (auto value : at->second) sum += value;
    REQUIRE(*result.mean == static_cast<double>(sum) / static_cast<double>(result.n));
    ++at;
  }
}
auto value() {
  return cxm::on(&contact::value, cxm::moments());
}
}  // namespace

TEST_CASE(
    "by: numbers, enums, text, optionals and several fields, as a std::map would group them") {
  auto const contacts = random_contacts(4000, 300);
  check_same(cxm::measure(contacts, cxm::by(&contact::id, value())).result(),
             oracle(contacts, [](contact const& c) { return c.id; }));
  check_same(cxm::measure(contacts, cxm::by(&contact::touchpoint, value())).result(),
             oracle(contacts, [](contact const& c) { return c.touchpoint; }));
  check_same(cxm::measure(contacts, cxm::by(&contact::channel, value())).result(),
             oracle(contacts, [](contact const& c) { return c.channel; }));
  check_same(cxm::measure(contacts, cxm::by(&contact::market, value())).result(),
             oracle(contacts, [](contact const& c) { return c.market; }));
  check_same(
      cxm::measure(contacts,
                   cxm::by(&contact::channel, &contact::touchpoint, &contact::id, value()))
          .result(),
      oracle(contacts, [](contact const& c) { return std::tuple(c.channel, c.touchpoint, c.id); }));
  auto const seconds = [](contact const& c) { return std::chrono::seconds(c.id); };
  check_same(cxm::measure(contacts, cxm::by(seconds, value())).result(), oracle(contacts, seconds));
  auto const pair = [](contact const& c) { return std::pair(std::string_view(c.channel), c.id); };
  auto const pairs =
      cxm::measure(random_contacts(100, 3), cxm::by(pair, value()));  // the text outlives the rows
  check_same(pairs.result(), oracle(random_contacts(100, 3),
                                    [](contact const& c) { return std::pair(c.channel, c.id); }));
}

TEST_CASE("by: extreme numbers as keys, in the dense table and outside") {
  std::vector<std::int64_t> const keys = {0,         1,         -1, 65'535, 65'536,
                                          INT64_MIN, INT64_MAX, 3,  70'000, 2};
  auto const same = [](std::int64_t const& key) { return key; };
  auto counted = cxm::by(same, cxm::count());
  for (int round = 0; round < 3; ++round)
    for (auto key : keys) counted.add(key);
  std::set<std::int64_t> const sorted(keys.begin(), keys.end());
  auto const found = counted.result();
  REQUIRE(found.size() == sorted.size());
  CHECK(std::equal(found.begin(), found.end(), sorted.begin(),
                   [](auto const& group, auto key) { return group.key == key; }));
  for (auto const& [key, n] : found) CHECK(n == 3);
}

TEST_CASE("by: a floating key has one spelling for 0 and one for NaN, whatever came first") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> keys = {0.0, -0.0, nan, 2.5, -nan, -1.0, std::copysign(nan, -1.0), 0.0};
  auto const same = [](double const& key) { return key; };
  auto const plan = cxm::by(same, cxm::count());
  auto const report = cxm::check_merge_laws(plan, keys);
  INFO(report.text());
  CHECK(report.holds());
  auto const found = cxm::measure(keys, plan).result();
  REQUIRE(found.size() == 4);
  CHECK(found.at(-0.0) == 3);
  CHECK(found.at(nan) == 3);
  CHECK(std::isnan((found.end() - 1)->key));
}

TEST_CASE("by: merge laws on saved bytes") {
  auto const contacts = random_contacts(60, 20);
  auto const check = [&](auto const& plan) {
    auto const report =
        cxm::check_merge_laws(plan, contacts, {.seed = 4, .rounds = 5, .bytes_to_flip = 500});
    INFO(report.text());
    CHECK(report.holds());
  };
  check(cxm::by(&contact::id, value()));
  check(cxm::by(&contact::channel, &contact::market, value()));
  check(cxm::by(&contact::id, cxm::by(&contact::touchpoint, value())));
  check(cxm::by(&contact::id, value(), cxm::at_most{5}));
  check(cxm::by(&contact::channel, &contact::id, value(), cxm::at_most{1}));
}

TEST_CASE(
    "by: beyond the cap the keys with the smallest hash stay, and groups and other sum to all") {
  auto const contacts = random_contacts(5000, 700);
  std::set<int> ids;
  for (auto const& one : contacts) ids.insert(one.id);
  for (std::uint64_t cap : {1U, 2U, 10U, 350U, 699U, 700U, 701U}) {
    auto const found =
        cxm::measure(contacts, cxm::by(&contact::id, cxm::count(), cxm::at_most{cap})).result();
    REQUIRE(found.size() == std::min<std::size_t>(cap, ids.size()));
    std::uint64_t sum = found.other().value_or(0);
    for (auto const& [key, n] : found) sum += n;
    CHECK(sum == contacts.size());
    CHECK(found.other().has_value() == (ids.size() > cap));

    std::vector<std::pair<std::uint64_t, int>> hashes;
    for (int id : ids) hashes.emplace_back(cxm::detail::key_hash(id), id);
    std::sort(hashes.begin(), hashes.end());
    std::uint64_t whole = 0;  // each group that stays has all of its events
    for (std::size_t i = 0; i < found.size(); ++i) {
      auto const id = hashes[i].second;
      auto const all = std::count_if(contacts.begin(), contacts.end(),
                                     [&](auto const& c) { return c.id == id; });
      CHECK(found.at(id) == static_cast<std::uint64_t>(all));
      whole += found.at(id);
    }
    CHECK(whole + found.other().value_or(0) == contacts.size());
  }
}

TEST_CASE("by: with a cap any order and partition gives the same bytes") {
  auto const contacts = random_contacts(400, 90);
  for (std::uint64_t cap : {1U, 7U, 45U, 89U}) {
    auto const report =
        cxm::check_merge_laws(cxm::by(&contact::id, value(), cxm::at_most{cap}), contacts,
                              {.seed = cap, .rounds = 8, .bytes_to_flip = 60});
    INFO(report.text());
    CHECK(report.holds());
  }
}

TEST_CASE("by: members and columns are twins, with and without a cap, on 10,000 random rows") {
  std::mt19937 random(8);
  struct row {
    std::int64_t a, b, c;
  };
  std::vector<row> rows;
  std::vector<std::vector<std::int64_t>> cells;
  for (int i = 0; i < 10'000; ++i) {
    auto const below = [&](unsigned bound) { return static_cast<std::int64_t>(random() % bound); };
    row const one{below(40), below(7) - 3, below(1000)};
    rows.push_back(one);
    cells.push_back({one.a, one.b, one.c});
  }
  for (std::uint64_t cap : {1'000'000U, 50U, 3U}) {
    auto const two = cxm::measure(rows, cxm::by(&row::a, &row::b, cxm::on(&row::c, cxm::moments()),
                                                cxm::at_most{cap}))
                         .result();
    auto const two_columns =
        cxm::measure(cells, cxm::by(cxm::columns{{0, 1}}, cxm::on(cxm::column{2}, cxm::moments()),
                                    cxm::at_most{cap}))
            .result();
    REQUIRE(two.size() == two_columns.size());
    for (auto const& [key, result] : two) {
      auto const& twin = two_columns.at({std::get<0>(key), std::get<1>(key)});
      CHECK(result.mean == twin.mean);
      CHECK(result.variance == twin.variance);
    }
    auto const one = cxm::measure(rows, cxm::by(&row::a, cxm::count(), cxm::at_most{cap})).result();
    auto const one_column =
        cxm::measure(cells, cxm::by(cxm::columns{{0}}, cxm::count(), cxm::at_most{cap})).result();
    REQUIRE(one.size() == one_column.size());
    for (auto const& [key, n] : one) CHECK(one_column.at({key}) == n);
    CHECK(one.other() == one_column.other());
  }
}

TEST_CASE("by: refusals") {
  CHECK_THROWS_AS(cxm::by(&contact::id, cxm::count(), cxm::at_most{0}), std::invalid_argument);
  auto one = cxm::by(&contact::id, cxm::count());
  CHECK_THROWS_AS(one.merge(cxm::by(&contact::id, cxm::count(), cxm::at_most{9})),
                  std::invalid_argument);
  struct pair {
    int x, y;
  };
  auto x = cxm::by(&pair::x, cxm::count());
  CHECK_THROWS_AS(x.merge(cxm::by(&pair::y, cxm::count())), std::invalid_argument);
}

TEST_CASE("groups: look-up and names") {
  auto const found = cxm::measure(random_contacts(50, 3), cxm::by(cxm::field<"id">(&contact::id),
                                                                  &contact::channel, cxm::count()))
                         .result();
  CHECK(found.names() == std::vector<std::string>{"id", ""});
  CHECK(found.find({99, "web"}) == nullptr);
  CHECK_THROWS_AS(found.at({99, "web"}), std::out_of_range);
  CHECK_FALSE(found.empty());
}
