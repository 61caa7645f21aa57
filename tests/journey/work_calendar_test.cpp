// SPDX-License-Identifier: BSL-1.0
// Business time against a slow clock: minute by minute, a calendar is open when the latest time
// that the clocks have shown so far lies within its hours.
#include <cxm/core/posix_zone.hpp>
#include <cxm/core/save.hpp>
#include <cxm/core/zone.hpp>
#include <cxm/journey/work_calendar.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <chrono>
#include <stdexcept>
#include <vector>

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

struct hours_of_day {
  minutes from, to;
};
/// The hours of each weekday from Sunday, and a holiday.
struct plan {
  std::vector<hours_of_day> week[7];
  local_days holiday{};
};

template <class Zone>
auto calendar_of(plan const& hours, Zone zone) {
  cxm::work_calendar calendar(zone);
  for (unsigned day = 0; day < 7; ++day)
    for (auto const& [from, to] : hours.week[day]) calendar.open(weekday(day), from, to);
  return calendar.closed_on(year_month_day(hours.holiday));
}

template <class Zone>
minutes slowly(plan const& hours, Zone const& zone, sys_time<minutes> from, sys_time<minutes> to) {
  minutes open{};
  auto latest = floor<minutes>(local_seconds::min());
  for (auto at = from - 30h; at < to; at += 1min) {
    latest = std::max(latest, floor<minutes>(zone(sys_seconds(at))));
    if (at < from) continue;
    auto const day = floor<days>(latest);
    if (day == hours.holiday) continue;
    for (auto const& one : hours.week[weekday(day).c_encoding()])
      if (latest - day >= one.from && latest - day < one.to) open += 1min;
  }
  return open;
}

plan random_plan(logs::numbers& next, sys_days around) {
  plan hours;
  for (auto& day : hours.week) {
    int at = next.below(3) == 0 ? 0 : next.below(900);
    while (at < 1440 && next.below(4) > 0) {
      int const to = next.below(4) == 0 ? 1440 : at + 1 + next.below(1440 - at);
      day.push_back({minutes(at), minutes(to)});
      at = to + next.below(200);
    }
  }
  hours.holiday = local_days((around + days(next.below(7) - 3)).time_since_epoch());
  return hours;
}

template <class Zone>
void compare(Zone const& zone, sys_seconds around, logs::numbers& next) {
  auto const hours = random_plan(next, floor<days>(around));
  auto const calendar = calendar_of(hours, zone);
  sys_time<minutes> const from = floor<minutes>(around) - minutes(next.below(2000));
  sys_time<minutes> const to = floor<minutes>(around) + minutes(next.below(2000));
  CAPTURE(from.time_since_epoch().count(), to.time_since_epoch().count());
  REQUIRE(calendar.between(from, to) == slowly(hours, zone, from, to));
}

}  // namespace

TEST_CASE("Business time of an office week, to the tick") {
  cxm::work_calendar office(cxm::utc{});
  office.open(cxm::monday_to_friday, 9h, 17h).open(Saturday, 10h, 12h);
  sys_days const monday = 2024y / 3 / 4;
  CHECK(office.between(monday + 0s, monday + days(7)) == 42h);
  CHECK(office.between(monday + 16h, monday + 34h) == 2h);  // an hour today, an hour tomorrow
  CHECK(office.between(monday + 18h, monday + 32h) == 0h);
  CHECK(office.between(monday + 34h, monday + 16h) == -2h);
  CHECK(office.between(monday + 9h + 1ms, monday + 9h + 4ms) == 3ms);
  office.closed_on(2024y / 3 / 5)
      .open_on(2024y / 3 / 10, 9h, 10h)
      .open_on(2024y / 3 / 10, 11h, 12h);
  CHECK(office.between(monday + 0s, monday + days(7)) == 36h);
  office.open_on(2024y / 3 / 5, 12h, 13h);  // the holiday was given hours after all
  CHECK(office.between(monday + 0s, monday + days(7)) == 37h);
}

TEST_CASE("A day of 24 hours has 23 or 25 where clocks change, and eight hours stay eight") {
  cxm::posix_zone const berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  cxm::work_calendar always(berlin), office(berlin), night(berlin);
  for (unsigned day = 0; day < 7; ++day) {
    always.open(weekday(day), 0h, 24h);
    office.open(weekday(day), 9h, 17h);
    night.open(weekday(day), 2h, 3h);
  }
  auto const day_of = [&](auto const& calendar, year_month_day date) {
    auto const begin = to_sys(berlin, local_seconds(local_days(date)));
    auto const end = to_sys(berlin, local_seconds(local_days(date) + days(1)));
    return calendar.between(begin, end);
  };
  CHECK(day_of(always, 2024y / 3 / 31) == 23h);
  CHECK(day_of(always, 2024y / 10 / 27) == 25h);
  CHECK(day_of(office, 2024y / 3 / 31) == 8h);
  CHECK(day_of(office, 2024y / 10 / 27) == 8h);
  CHECK(day_of(night, 2024y / 3 / 31) == 0h);   // 02:00 to 03:00 was never shown
  CHECK(day_of(night, 2024y / 10 / 27) == 2h);  // and here it was shown twice
}

TEST_CASE(
    "Business time agrees with the slow clock at every change of EU and US time, 1970 to 2037") {
  logs::numbers next(16);
  for (auto const* const rule : {"CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0"}) {
    cxm::posix_zone const zone(rule);
    sys_seconds const end = sys_days(2038y / 1 / 1);
    int changes = 0;
    for (sys_seconds at = sys_days(1970y / 1 / 1); at < end; at += 12h)
      if (zone.offset_at(at) != zone.offset_at(at - 12h)) {
        compare(zone, at, next);
        ++changes;
      }
    CHECK(changes == 136);
  }
}

TEST_CASE("Business time agrees with the slow clock where days are skipped, repeated or halved") {
  logs::numbers next(17);
  // Half an hour of summer time, as on Lord Howe Island; changes at midnight.
  cxm::posix_zone const half("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
  cxm::posix_zone const midnight("<-03>3<-02>,M10.2.0/0,M2.3.0/0");
  sys_seconds const jump = sys_days(2011y / 12 / 30) + 10h;
  auto const skips_a_day = [&](sys_seconds at) {
    return local_seconds(at.time_since_epoch() + (at < jump ? -10h : 14h));
  };
  auto const repeats_a_day = [&](sys_seconds at) {
    return local_seconds(at.time_since_epoch() + (at < jump ? 14h : -10h));
  };
  for (int i = 0; i < 40; ++i) {
    compare(half, sys_days(2024y / 4 / 7) + 0s, next);
    compare(half, sys_days(2024y / 10 / 6) + 0s, next);
    compare(midnight, sys_days(2024y / 10 / 13) + 3h, next);
    compare(midnight, sys_days(2024y / 2 / 18) + 2h, next);
    compare(skips_a_day, jump, next);
    compare(repeats_a_day, jump, next);
  }
}

TEST_CASE("Business time adds up at any three instants, finer than the hours") {
  logs::numbers next(18);
  cxm::posix_zone const zone("CET-1CEST,M3.5.0,M10.5.0/3");
  for (int i = 0; i < 300; ++i) {
    sys_time<milliseconds> const around = sys_days(2024y / 3 / 31) + 1h;
    auto const calendar = calendar_of(random_plan(next, floor<days>(around)), zone);
    auto const at = [&] { return around + milliseconds(next.below(900'000'000) - 450'000'000); };
    auto const a = at(), b = at(), c = at();
    REQUIRE(calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c));
  }
}

TEST_CASE("A calendar refuses hours that make no sense") {
  cxm::work_calendar office(cxm::utc{});
  office.open(Monday, 9h, 12h).open(Monday, 12h, 17h);
  CHECK_THROWS_AS(office.open(Monday, 16h, 18h), std::invalid_argument);
  CHECK_THROWS_AS(office.open(Monday, 8h, 10h), std::invalid_argument);
  CHECK_THROWS_AS(office.open(Tuesday, 9h, 9h), std::invalid_argument);
  CHECK_THROWS_AS(office.open(Tuesday, -1h, 9h), std::invalid_argument);
  CHECK_THROWS_AS(office.open(Tuesday, 9h, 25h), std::invalid_argument);
  CHECK_THROWS_AS(office.open(weekday(9), 9h, 10h), std::invalid_argument);
  CHECK_THROWS_AS(office.closed_on(2024y / 2 / 30), std::invalid_argument);
  cxm::work_calendar other = office;
  CHECK(other == office);
  other.closed_on(2024y / 12 / 25);
  CHECK_FALSE(other == office);
}
