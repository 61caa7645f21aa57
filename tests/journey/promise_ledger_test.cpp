// SPDX-License-Identifier: BSL-1.0
// The promise ledger: the worked numbers of B11 (promised and actual hours 48/50, 48/47, 48/48,
// 24/30, 72/71.5: deviations 2, −1, 0, 6, −0.5; on time 3/5 = 0.6, Wilson 0.231 to 0.882; mean
// overrun of the late 4 h; median deviation 0), each rule by a case of its own, and all of them
// on random input against the sentences of B11 applied one by one.
#include <cxm/core/save.hpp>
#include <cxm/core/zone.hpp>
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/promise_fields.hpp>
#include <cxm/journey/promise_ledger.hpp>
#include <cxm/journey/promise_of.hpp>
#include <cxm/journey/promise_policies.hpp>
#include <cxm/journey/promise_record.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using minutes = std::chrono::minutes;
using instant = std::chrono::sys_time<minutes>;

namespace {

struct promise {
  std::optional<instant> promised;
  std::optional<instant> delivered;
  std::optional<instant> made = std::nullopt;
};
struct visit {
  std::optional<instant> from, to;
  std::optional<instant> came;
};
instant at(double hours) {
  return instant(minutes(static_cast<int>(hours * 60)));
}
constexpr double hours(auto ticks) {
  return static_cast<double>(ticks) / 60;
}

std::vector<promise> const worked = {
    {at(48), at(50)}, {at(48), at(47)}, {at(48), at(48)}, {at(24), at(30)}, {at(72), at(71.5)}};

auto rule(auto... policies) {
  return cxm::promise_of(&promise::promised, &promise::delivered, policies...);
}
auto visit_rule(auto... policies) {
  return cxm::promise_of(cxm::appointment{&visit::from, &visit::to}, &visit::came, policies...);
}
auto ledger(std::vector<promise> const& all, auto... policies) {
  return cxm::measure(all, cxm::promise_ledger(rule(policies...))).result();
}
auto visits(std::vector<visit> const& all, auto... policies) {
  return cxm::measure(all, cxm::promise_ledger(visit_rule(policies...))).result();
}

}  // namespace

TEST_CASE("Worked example B11: three of five on time, the late ones four hours late") {
  auto const found = ledger(worked);
  CHECK(found.with_promise == 5);
  CHECK(found.kept == 3);
  CHECK(found.late == 2);
  CHECK_THAT(*found.on_time_share.value, WithinAbs(0.6, 1e-15));
  CHECK_THAT(found.on_time_share.interval->low, WithinAbs(0.231, 5e-4));
  CHECK_THAT(found.on_time_share.interval->high, WithinAbs(0.882, 5e-4));
  CHECK_THAT(*found.broken_share.value, WithinAbs(0.4, 1e-15));
  CHECK_THAT(hours(found.overrun.mean->count()), WithinAbs(4, 1e-15));
  CHECK(found.deviation.median()->count() == 0);
  CHECK(hours(found.deviation.quantiles.at(0)->count()) == -1);
  CHECK(hours(found.deviation.quantiles.at(1)->count()) == 6);
  CHECK_THAT(hours(found.deviation.mean->count()), WithinAbs(6.5 / 5, 1e-15));
  CHECK(found.ahead.n == 2);
  CHECK_THAT(hours(found.ahead.mean->count()), WithinAbs(0.75, 1e-15));
  CHECK(found.without_length == 2);  // nothing is said of when they were made
  CHECK_FALSE(found.overdue.mean);
}

TEST_CASE("Tolerances: up to L later is in time, more than E earlier is early; both ends within") {
  auto const found = ledger(worked, cxm::grace{2h}, cxm::not_before{30min});
  CHECK(found.kept == 3);   // 2 h late, on the stroke, half an hour early
  CHECK(found.late == 1);   // by 6 h
  CHECK(found.early == 1);  // by 1 h
  CHECK(hours(found.overrun.mean->count()) == 6);
  CHECK(found.deviation.n == 5);
  CHECK_THROWS_AS(cxm::grace{-1h}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::not_before{-1h}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::no_show_after{-1h}, std::invalid_argument);
}

TEST_CASE("What is not delivered is unmet once its time has passed, with a censored overrun") {
  std::vector<promise> const all = {
      {at(10), {}}, {at(20), {}}, {at(30), {}}, {{}, at(5)}, {at(10), at(10)}};
  auto const found = ledger(all, cxm::known_until{at(20)});
  CHECK(found.without_promise == 1);
  CHECK(found.unmet == 1);
  CHECK(found.pending == 2);
  CHECK(found.kept == 1);
  CHECK(hours(found.overdue.mean->count()) == 10);
  CHECK_THAT(*found.on_time_share.value, WithinAbs(0.5, 1e-15));
  CHECK(ledger(all, cxm::known_until{at(20)}, cxm::grace{10h}).unmet == 0);
  CHECK(ledger(all).pending == 3);
  auto const nothing = ledger({});
  CHECK(nothing.on_time_share.value.why() == cxm::reason::no_data);
  CHECK(nothing.overrun.mean.why() == cxm::reason::no_data);
  CHECK(nothing.deviation.median().why() == cxm::reason::no_data);
}

TEST_CASE("A window is missed against its nearer end, and where nobody came it is a no-show") {
  std::vector<visit> const all = {
      {at(8), at(12), at(8)},    {at(8), at(12), at(12)}, {at(8), at(12), at(7)},
      {at(8), at(12), at(12.5)}, {at(8), at(12), at(36)}, {at(8), at(12), {}},
      {at(40), at(44), {}},      {at(12), at(8), at(9)},  {at(8), {}, at(9)},
  };
  auto const found = visits(all, cxm::known_until{at(40)}, cxm::no_show_after{8h});
  CHECK(found.kept == 2);
  CHECK(found.early == 1);
  CHECK(found.late == 1);
  CHECK(found.no_show == 2);
  CHECK(found.pending == 1);
  CHECK(found.invalid == 1);
  CHECK(found.without_promise == 1);
  CHECK(found.unmet == 0);
  CHECK(found.appointments == 7);
  CHECK(hours(found.window.mean->count()) == 4);
  CHECK(hours(found.deviation.quantiles.min()->count()) == -1);
  CHECK(hours(found.overrun.quantiles.max()->count()) == 24);
  CHECK(hours(found.overdue.mean->count()) == 28);
  CHECK(found.broken_window_share.successes == 4);
  CHECK(found.broken_window_share.n == 6);
  // Without the limit, who came the next day was late; with tolerances nearly all is well.
  CHECK(visits(all).late == 2);
  CHECK(visits(all, cxm::grace{30min}, cxm::not_before{1h}).kept == 4);
}

TEST_CASE("By date, what comes on the promised day is in time, and delays are whole days") {
  std::vector<promise> const all = {{at(48), at(48 + 23.5)}, {at(48), at(120)}, {at(48), {}}};
  CHECK(ledger(all).late == 2);
  auto const found = ledger(all, cxm::by_date{cxm::utc{}}, cxm::known_until{at(100)});
  CHECK(found.kept == 1);
  CHECK(found.overrun.mean == std::chrono::duration<double, std::ratio<86400>>(3));
  CHECK(found.overdue.mean == std::chrono::duration<double, std::ratio<86400>>(2));
  CHECK(ledger(all, cxm::by_date{cxm::fixed_offset{1h}}).late == 2);
}

TEST_CASE("The relative overrun is undefined for a promise of no time") {
  std::vector<promise> const all = {{at(10), at(15), at(0)},
                                    {at(10), at(11), at(10)},
                                    {at(10), at(12), {}},
                                    {at(10), at(9), at(0)}};
  auto const found = ledger(all, cxm::promised_when{&promise::made});
  CHECK(found.late == 3);
  CHECK(found.relative_overrun.n() == 1);
  CHECK(*found.relative_overrun.max() == 0.5);
  CHECK(found.without_length == 2);
}

TEST_CASE("A promise of within so long, and one made of two fields, are empty without either") {
  struct order {
    instant when;
    std::optional<std::chrono::hours> within;
    std::optional<instant> arrived;
  };
  std::vector<order> const all = {{at(0), 24h, at(25)}, {at(0), {}, at(25)}, {at(1), 24h, at(25)}};
  auto const found =
      cxm::measure(all, cxm::promise_ledger(cxm::promise_of(
                            cxm::due_in{&order::when, &order::within}, &order::arrived)))
          .result();
  CHECK(found.late == 1);
  CHECK(found.kept == 1);
  CHECK(found.without_promise == 1);
}

TEST_CASE("The figures of one promise are fields: groups, shares and sums") {
  auto const of = rule(cxm::known_until{at(100)});
  auto all = worked;
  all.push_back({at(20), {}});
  all.push_back({at(120), {}});
  all.push_back({});
  auto const by_fate = cxm::measure(all, cxm::by(cxm::outcome_of(of), cxm::count())).result();
  CHECK(by_fate.at(cxm::promise_fate::kept) == 3);
  CHECK(by_fate.at(cxm::promise_fate::late) == 2);
  CHECK(by_fate.at(cxm::promise_fate::unmet) == 1);
  CHECK(by_fate.at(cxm::promise_fate::pending) == 1);
  CHECK(by_fate.at(std::nullopt) == 1);
  auto const broken =
      cxm::measure(all, cxm::on(cxm::broken_promise(of), cxm::proportion())).result();
  CHECK(broken.successes == 3);
  CHECK(broken.n == 6);
  CHECK(broken.missing == 2);
  CHECK(*cxm::overrun(of)(worked[0]) == 2h);
  CHECK_FALSE(cxm::overrun(of)(worked[1]));
  CHECK(*cxm::ahead_of_promise(of)(worked[1]) == 1h);
  CHECK_FALSE(cxm::ahead_of_promise(of)(worked[2]));
  CHECK(*cxm::deviation_of(of)(worked[1]) == -1h);
  CHECK(cxm::overrun(rule()).name() == "overrun of promise");
  CHECK(rule(cxm::grace{2h}, cxm::not_before{30min}, cxm::by_date{cxm::utc{}}).name() ==
        "promise, by date, grace 2 h, not before 30 min");
}

TEST_CASE("Who promised and who delivered are groups, and a journey counts its broken promises") {
  struct contact {
    int customer;
    instant when;
    char what;
    char office;
    std::optional<instant> promised = std::nullopt;
    std::optional<instant> kept_at = std::nullopt;
  };
  std::vector<contact> const log = {
      {1, at(0), 'o', 'S', at(24), at(30)}, {1, at(30), 'd', 'F', {}, {}},
      {2, at(0), 'o', 'S', at(24), at(20)}, {2, at(20), 'd', 'P', {}, {}},
      {3, at(0), 'c', 'C', {}, {}},         {3, at(1), 'c', 'C', at(2), at(3)},
      {3, at(2), 'c', 'S', at(3), at(4)},   {3, at(5), 'd', 'F', {}, {}}};
  auto const journeys = cxm::reconstruct(
      log, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what});
  auto const of =
      cxm::promise_of(cxm::first(&contact::promised), cxm::reached{'d'},
                      cxm::promised_when{cxm::time_of{cxm::first_with{&contact::promised}}});
  auto const found =
      cxm::measure(
          journeys,
          cxm::by(cxm::at_contact{cxm::first_with{&contact::promised}, &contact::office},
                  cxm::at_contact{cxm::first_at{'d'}, &contact::office}, cxm::promise_ledger(of)))
          .result();
  REQUIRE(found.size() == 3);
  using office = std::optional<char>;
  CHECK(found.at({office('S'), office('F')}).late == 1);
  CHECK(*found.at({office('S'), office('F')}).relative_overrun.max() == 0.25);
  CHECK(found.at({office('S'), office('P')}).kept == 1);
  CHECK(found.at({office('C'), office('F')}).late == 1);
  CHECK(*found.at({office('C'), office('F')}).relative_overrun.max() == 3);
  CHECK(cxm::time_of{cxm::last_with{&contact::promised}}(journeys[2]) == at(2));
  CHECK(cxm::last_with{&contact::promised}(journeys[2])->read(&contact::kept_at) == at(4));
  cxm::broken_promises const broken{cxm::promise_of(&contact::promised, &contact::kept_at)};
  CHECK(broken(journeys[0]) == 1);
  CHECK(broken(journeys[1]) == 0);
  CHECK(broken(journeys[2]) == 2);
  CHECK(broken.name() == "broken promise");
  // Every promise for itself.
  auto const each =
      cxm::measure(log, cxm::promise_ledger(cxm::promise_of(&contact::promised, &contact::kept_at)))
          .result();
  CHECK(each.late == 3);
  CHECK(each.without_promise == 4);
}

namespace {

/// The sentences of B11, one by one.
cxm::promise_fate obvious(visit const& one, int early, int late, int missed, instant until) {
  using fate = cxm::promise_fate;
  if (*one.to < *one.from) return fate::invalid;
  if (!one.came) return (until - *one.to).count() > late ? fate::no_show : fate::pending;
  auto const after = (*one.came - *one.to).count(), before = (*one.from - *one.came).count();
  if (after > late && after > missed) return fate::no_show;
  if (after > late) return fate::late;
  return before > early ? fate::early : fate::kept;
}

}  // namespace

TEST_CASE("On 10,000 random windows the ledger is what the sentences say, and its parts add up") {
  logs::numbers next(5);
  auto const when = [&] { return instant(minutes(next.below(300))); };
  for (int round = 0; round < 100; ++round) {
    int const early = next.below(20), late = next.below(20), missed = next.below(120);
    auto const until = instant(minutes(150 + next.below(150)));
    std::vector<visit> all;
    std::array<std::uint64_t, 7> fates{};
    std::int64_t overrun = 0, n = 0;
    for (int i = 0; i < 100; ++i) {
      auto const from = when();
      visit one{from, from + minutes(next.below(60) - 3), {}};
      if (next.below(4) > 0) one.came = from + minutes(next.below(200) - 60);
      all.push_back(one);
      auto const fate = obvious(one, early, late, missed, until);
      ++fates[static_cast<std::size_t>(fate)];
      if (fate == cxm::promise_fate::late || (fate == cxm::promise_fate::no_show && one.came)) {
        overrun += (*one.came - *one.to).count();
        ++n;
      }
    }
    auto const found = visits(all, cxm::known_until{until}, cxm::grace{minutes(late)},
                              cxm::not_before{minutes(early)}, cxm::no_show_after{minutes(missed)});
    REQUIRE(std::array{found.kept, found.early, found.late, found.no_show, found.unmet,
                       found.pending, found.invalid} == fates);
    REQUIRE(found.with_promise == 100);
    REQUIRE(found.overrun.n == static_cast<std::uint64_t>(n));
    if (n > 0)
      REQUIRE_THAT(found.overrun.mean->count(),
                   WithinRel(static_cast<double>(overrun) / static_cast<double>(n), 1e-14));
    REQUIRE(found.on_time_share.n + found.pending + found.invalid == 100);
  }
}

TEST_CASE("The laws of merge and saved bytes hold for ledgers, also in groups") {
  logs::numbers next(8);
  std::vector<promise> all;
  for (int i = 0; i < 60; ++i) {
    promise one{instant(minutes(next.below(500))), {}, {}};
    if (next.below(4) > 0) one.delivered = instant(minutes(next.below(700)));
    if (next.below(3) > 0) one.made = instant(minutes(next.below(300)));
    if (next.below(9) == 0) one.promised.reset();
    all.push_back(one);
  }
  auto const of =
      rule(cxm::known_until{at(10)}, cxm::not_before{1h}, cxm::promised_when{&promise::made});
  auto const plan = cxm::bind<promise>(cxm::promise_ledger(of));
  auto const alone = cxm::check_merge_laws(plan, all, {1, 5, 512});
  INFO(alone.text());
  CHECK(alone.holds());
  auto const grouped = cxm::check_merge_laws(
      cxm::bind<promise>(cxm::by(cxm::outcome_of(of), cxm::promise_ledger(of))), all, {1, 3, 256});
  INFO(grouped.text());
  CHECK(grouped.holds());
}

TEST_CASE("Ledgers of other rules neither merge nor load as each other") {
  auto const plan = [](auto... policies) {
    return cxm::bind<promise>(cxm::promise_ledger(rule(policies...)));
  };
  auto const refuse = [](auto one, auto const& other) {
    CHECK_THROWS_AS(one.merge(other), std::invalid_argument);
    CHECK_THROWS_AS(cxm::load(one, cxm::save(other)), cxm::bad_state);
  };
  refuse(plan(cxm::grace{1h}), plan(cxm::grace{2h}));
  refuse(plan(cxm::not_before{1h}), plan(cxm::not_before{2h}));
  refuse(plan(cxm::known_until{at(1)}), plan(cxm::known_until{at(2)}));
  CHECK_THROWS_AS(cxm::load(plan(), cxm::save(plan(cxm::by_date{cxm::utc{}}))), cxm::bad_state);
  auto berlin = plan(cxm::by_date{cxm::fixed_offset{1h}});
  CHECK_THROWS_AS(berlin.merge(plan(cxm::by_date{cxm::fixed_offset{2h}})), std::invalid_argument);
}
