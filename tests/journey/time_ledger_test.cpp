// SPDX-License-Identifier: BSL-1.0
// Ledgers summed up: exact sums against ledgers added by hand, quantiles, groups, the merge laws.
#include <cxm/core/save.hpp>
#include <cxm/core/zone.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/lived_time.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/time_ledger.hpp>
#include <cxm/journey/time_sum.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ledgers.hpp"

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using ledgers::step;
using logs::at;

namespace {

std::vector<step> random_log(std::uint64_t seed, int journeys) {
  logs::numbers next(seed);
  std::vector<step> log;
  for (int i = 0; i < journeys; ++i)
    for (auto const& one : ledgers::random_journey(next, 7, i)) log.push_back(one);
  return log;
}

template <class Summary>
auto sum_of_parts(Summary const& found) {
  auto sum = *found.overlap.sum + *found.hand_off_wait.sum + *found.customer_wait.sum +
             *found.unmeasured.sum;
  for (auto const& [department, one] : found.departments) sum += *one.alone.sum;
  return sum;
}

}  // namespace

TEST_CASE("Worked example B9 summed over two journeys") {
  auto log = ledgers::worked_example();
  for (auto one : ledgers::worked_example()) {
    one.customer = 2;
    log.push_back(one);
  }
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const found = cxm::measure(journeys, cxm::time_ledger(&step::department)).result();
  CHECK(found.journeys == 2);
  CHECK(*found.end_to_end.sum == 106h);
  CHECK(*found.functional.sum == 20h);
  CHECK(*found.touch.mean == 8h);
  CHECK_THAT(*found.flow_efficiency(), WithinAbs(0.151, 5e-4));
  CHECK_THAT(*found.parallelism(), WithinAbs(1.25, 1e-15));
  CHECK(*found.departments.at('f').functional.sum == 8h);
  CHECK(found.departments.at('f').contacts == 2);
  CHECK(found.departments.at('f').functional.n == 2);
  CHECK(*found.departments.at('f').wait_before.mean == 41h);
  CHECK_THAT(found.hand_off_wait.quantiles.median()->count(), WithinRel(45.0 * 60, 0.01));
  CHECK_THAT(*found.hand_off_wait.share_of(found.end_to_end), WithinAbs(45.0 / 53, 1e-15));
  CHECK(sum_of_parts(found) == 106h);
}

TEST_CASE("Summed ledgers are the sums of ledgers, and their parts sum to the whole") {
  auto const log = random_log(4, 400);
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const own = cxm::customer_side{&step::own};
  auto const found = cxm::measure(journeys, cxm::time_ledger(&step::department, own)).result();
  auto const ledger_in = cxm::ledger_of(&step::department, own);
  std::chrono::minutes whole{}, hand_off{}, alone_a{};
  std::uint64_t silent = 0, with_a = 0;
  for (auto const& journey : journeys) {
    auto const one = ledger_in(journey);
    whole += one.end_to_end;
    hand_off += one.hand_off_wait;
    alone_a += one.of('a').alone;
    silent += one.no_durations ? 1 : 0;
    with_a += one.of('a').contacts > 0 ? 1 : 0;
  }
  CHECK(found.journeys == journeys.size());
  CHECK(*found.end_to_end.sum == whole);
  CHECK(*found.hand_off_wait.sum == hand_off);
  CHECK(*found.departments.at('a').alone.sum == alone_a);
  CHECK(found.departments.at('a').alone.n == with_a);
  CHECK(found.without_durations == silent);
  CHECK(sum_of_parts(found) == whole);
}

TEST_CASE("Journeys without the measured part are counted apart") {
  std::vector<step> const log = {{1, at(0), 'p', at(5), 'a', {}},
                                 {1, at(8), 'q', at(9), 'a', {}},
                                 {2, at(0), 'p', at(5), 'a', {}}};
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const found =
      cxm::measure(journeys,
                   cxm::time_ledger(&step::department,
                                    cxm::between_milestones{cxm::start_time, cxm::reached{'q'}}))
          .result();
  CHECK(found.journeys == 1);
  CHECK(found.without_part == 1);
  CHECK(*found.end_to_end.sum == 9min);
  auto const none = cxm::measure(std::vector<decltype(journeys)::value_type>(),
                                 cxm::time_ledger(&step::department))
                        .result();
  CHECK(none.journeys == 0);
  CHECK(none.end_to_end.sum.why() == cxm::reason::no_data);
  CHECK(none.flow_efficiency().why() == cxm::reason::no_data);
}

TEST_CASE("Without departments all work is of unknown owner") {
  auto const log = ledgers::worked_example();
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const found = cxm::measure(journeys, cxm::time_ledger()).result();
  CHECK(*found.touch.sum == 8h);
  CHECK(*found.unmeasured.sum == 45h);
  CHECK(found.departments.size() == 1);
}

TEST_CASE("Ledgers stand inside groups, beside others, and over any field of a contact") {
  auto const log = random_log(5, 200);
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  auto const found = cxm::measure(
      journeys, cxm::all(cxm::by(cxm::first_touchpoint, cxm::time_ledger(&step::department)),
                         cxm::time_ledger(&step::what), cxm::time_ledger(&step::department),
                         cxm::by(cxm::path, cxm::time_ledger(&step::department)),
                         cxm::each_contact(cxm::by(cxm::at_touchpoint,
                                                   cxm::on(cxm::time_spent, cxm::time_sum())))));
  auto const [by_start, by_touchpoint, whole, by_variant, contacts] = found.result();
  std::chrono::minutes sum{}, variants{};
  for (auto const& [start, one] : by_start) {
    CHECK(sum_of_parts(one) == *one.end_to_end.sum);
    sum += *one.end_to_end.sum;
  }
  for (auto const& [variant, one] : by_variant) variants += *one.end_to_end.sum;
  CHECK(sum == *whole.end_to_end.sum);
  CHECK(variants == sum);
  CHECK(sum_of_parts(by_touchpoint) == sum);
  CHECK(*by_touchpoint.departments.at('p').functional.sum == *contacts.at('p').sum);
}

TEST_CASE("Summed ledgers keep the merge laws and saved bytes") {
  auto const log = random_log(6, 40);
  auto const store = cxm::reconstruct(log, ledgers::fields());
  std::vector<decltype(store)::value_type> const journeys(store.begin(), store.end());
  auto const plan = cxm::time_ledger(&step::department, cxm::customer_side{&step::own},
                                     cxm::between_milestones{cxm::start_time, cxm::reached{'q'}});
  auto const report =
      cxm::check_merge_laws(plan, journeys, {.seed = 2, .rounds = 2, .bytes_to_flip = 150});
  INFO(report.text());
  CHECK(report.holds());
}

TEST_CASE("Ledgers of other policies do not merge or load as each other") {
  auto const log = ledgers::worked_example();
  auto const journeys = cxm::reconstruct(log, ledgers::fields());
  cxm::work_calendar office(cxm::utc{}), longer(cxm::utc{});
  office.open(cxm::monday_to_friday, 9h, 17h);
  longer.open(cxm::monday_to_friday, 8h, 17h);
  auto const counted = [&](auto const& plan) { return cxm::measure(journeys, plan); };
  auto a = counted(cxm::time_ledger(&step::department, cxm::during{office}));
  auto const b = counted(cxm::time_ledger(&step::department, cxm::during{longer}));
  CHECK_THROWS_AS(a.merge(b), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(a, cxm::save(b)), cxm::bad_state);
  auto c = counted(cxm::time_ledger(&step::department));
  auto const d = counted(cxm::time_ledger(&step::department, cxm::at_most{2}));
  CHECK_THROWS_AS(c.merge(d), std::invalid_argument);
  CHECK(d.result().departments.size() == 2);
  CHECK(d.result().departments.other().has_value());
}

TEST_CASE("Sums beyond 64 bits say so") {
  using nanoseconds = std::chrono::nanoseconds;
  auto sum = cxm::bind<nanoseconds>(cxm::time_sum());
  for (int i = 0; i < 3; ++i) sum.add(nanoseconds(INT64_MAX));
  CHECK(sum.result().sum.why() == cxm::reason::overflow);
  CHECK_THAT(sum.result().mean->count(), WithinRel(9.223372036854775807e18, 1e-15));
  auto const one = cxm::bind<std::optional<nanoseconds>>(cxm::time_sum());
  CHECK(one.result().sum.why() == cxm::reason::no_data);
}
