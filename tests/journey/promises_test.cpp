// SPDX-License-Identifier: BSL-1.0
// The worked numbers of B11 (promised and actual hours 48/50, 48/47, 48/48, 24/30, 72/71.5: three
// of five in time, Wilson 0.231 to 0.882), and the rule that a promise by date is kept on its day.
#include <cxm/core/save.hpp>
#include <cxm/core/zone.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/promises.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/measure.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using time_type = std::chrono::sys_time<std::chrono::minutes>;

namespace {

struct fulfilment {
  std::optional<time_type> promised;
  std::optional<time_type> delivered;
};
time_type at(double hours) {
  return time_type(std::chrono::minutes(static_cast<int>(hours * 60)));
}

auto measured(std::vector<fulfilment> const& all, auto... policies) {
  return cxm::measure(all,
                      cxm::promises(&fulfilment::promised, &fulfilment::delivered, policies...))
      .result();
}

}  // namespace

TEST_CASE("Worked example B11: two of five late, with Wilson's interval") {
  auto const found = measured(
      {{at(48), at(50)}, {at(48), at(47)}, {at(48), at(48)}, {at(24), at(30)}, {at(72), at(71.5)}});
  CHECK(found.with_promise == 5);
  CHECK(found.kept == 3);
  CHECK(found.late == 2);
  CHECK_THAT(*found.late_share.value, WithinAbs(0.4, 1e-15));
  CHECK_THAT(1 - found.late_share.interval->high, WithinAbs(0.231, 5e-4));
  CHECK_THAT(1 - found.late_share.interval->low, WithinAbs(0.882, 5e-4));
}

TEST_CASE(
    "What has not happened is unmet once its time has passed, pending before, and never unmet "
    "without an end") {
  std::vector<fulfilment> const all = {
      {at(10), {}}, {at(20), {}}, {at(30), {}}, {{}, at(5)}, {at(10), at(10)}};
  auto const found = measured(all, cxm::known_until{at(20)});
  CHECK(found.without_promise == 1);
  CHECK(found.unmet == 1);
  CHECK(found.pending == 2);
  CHECK(found.kept == 1);
  CHECK(found.with_promise == found.kept + found.late + found.unmet + found.pending);
  CHECK_THAT(*found.broken_share.value, WithinAbs(0.5, 1e-15));
  CHECK(measured(all).unmet == 0);
  CHECK(measured({}).late_share.value.why() == cxm::reason::no_data);
}

TEST_CASE("By date a delivery on the promised day is in time, in the zone of the customer") {
  std::vector<fulfilment> const all = {
      {at(48), at(48 + 23.5)}};  // promised for the third day, delivered late that evening
  CHECK(measured(all).late == 1);
  CHECK(measured(all, cxm::by_date{cxm::utc{}}).kept == 1);
  CHECK(measured(all, cxm::by_date{cxm::fixed_offset{1h}}).late == 1);
}

TEST_CASE("Promises of different ends of observation do not merge or load as each other") {
  auto const plan = [](double until) {
    return cxm::promises(&fulfilment::promised, &fulfilment::delivered,
                         cxm::known_until{at(until)});
  };
  CHECK_THROWS_AS(cxm::load(plan(2), cxm::save(plan(1))), cxm::bad_state);
  auto a = plan(1);
  CHECK_THROWS_AS(a.merge(plan(2)), std::invalid_argument);
  auto const by_day =
      cxm::promises(&fulfilment::promised, &fulfilment::delivered, cxm::by_date{cxm::utc{}});
  CHECK_THROWS_AS(
      cxm::load(by_day, cxm::save(cxm::promises(&fulfilment::promised, &fulfilment::delivered))),
      cxm::bad_state);
  // Days of another zone are other days.
  CHECK_THROWS_AS(cxm::load(cxm::promises(&fulfilment::promised, &fulfilment::delivered,
                                          cxm::by_date{cxm::fixed_offset{2h}}),
                            cxm::save(cxm::promises(&fulfilment::promised, &fulfilment::delivered,
                                                    cxm::by_date{cxm::fixed_offset{1h}}))),
                  cxm::bad_state);
  auto other = by_day;
  CHECK_THROWS_AS(other.merge(cxm::promises(&fulfilment::delivered, &fulfilment::delivered,
                                            cxm::by_date{cxm::utc{}})),
                  std::invalid_argument);
}
