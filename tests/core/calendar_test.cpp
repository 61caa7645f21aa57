// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/any_zone.hpp>
#include <cxm/core/calendar.hpp>
#include <cxm/core/posix_zone.hpp>
#include <cxm/core/save.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace std::chrono;
using cxm::calendar;
using cxm::calendar_period;

namespace {

struct answer {
  sys_seconds when;
  std::optional<sys_time<milliseconds>> reminded;
};
calendar const units[] = {calendar::day, calendar::week, calendar::month, calendar::quarter,
                          calendar::year};

/// What std::chrono's calendar says.
local_days first_by_chrono(calendar unit, local_days day) {
  year_month_day const date(day);
  auto const month_number = unsigned(date.month());
  switch (unit) {
    case calendar::day:
      return day;
    case calendar::week:
      return day - (weekday(day) - Monday);
    case calendar::month:
      return local_days(date.year() / date.month() / 1);
    case calendar::quarter:
      return local_days(date.year() / month((month_number - 1) / 3 * 3 + 1) / 1);
    default:
      return local_days(date.year() / January / 1);
  }
}

}  // namespace

TEST_CASE(
    "calendar_period: begins where std::chrono's calendar says, and they join without a gap") {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    local_days const day{days(static_cast<int>(random() % 2'000'000) - 1'000'000)};
    for (auto const unit : units) {
      calendar_period const period(unit, day);
      REQUIRE(period.first_day() == first_by_chrono(unit, day));
      REQUIRE(period.valid());
      REQUIRE(period.next().first_day() == period.first_day() + period.length());
      REQUIRE(period.next().previous() == period);
      REQUIRE(period == calendar_period(unit, period.next().first_day() - days(1)));
      REQUIRE(period < period.next());
    }
  }
}

TEST_CASE("calendar_period: labels, ISO weeks at the turn of a year") {
  auto const on = [](calendar unit, int y, unsigned m, unsigned d) {
    return calendar_period(unit, local_days(year(y) / month(m) / day(d))).label();
  };
  CHECK(on(calendar::day, 2021, 3, 5) == "2021-03-05");
  CHECK(on(calendar::month, 2021, 3, 5) == "2021-03");
  CHECK(on(calendar::quarter, 2021, 3, 31) == "2021-Q1");
  CHECK(on(calendar::quarter, 2021, 10, 1) == "2021-Q4");
  CHECK(on(calendar::year, 2021, 12, 31) == "2021");
  // ISO 8601's own examples, and years of 53 weeks.
  CHECK(on(calendar::week, 2021, 3, 5) == "2021-W09");
  CHECK(on(calendar::week, 2008, 12, 29) == "2009-W01");
  CHECK(on(calendar::week, 2010, 1, 3) == "2009-W53");
  CHECK(on(calendar::week, 2005, 1, 1) == "2004-W53");
  CHECK(on(calendar::week, 2021, 1, 3) == "2020-W53");
  CHECK(on(calendar::year, 33, 1, 1) == "0033");
  CHECK(on(calendar::day, -44, 3, 15) == "-0044-03-15");
}

TEST_CASE("calendar fields: what the clocks of the zone show, not UTC") {
  cxm::posix_zone const berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  auto const at = [](int y, unsigned m, unsigned d, hours h) {
    return answer{sys_days(year(y) / month(m) / day(d)) + h, {}};
  };
  std::vector<answer> const answers = {at(2023, 12, 31, 22h), at(2023, 12, 31, 23h),
                                       at(2024, 3, 31, 21h), at(2024, 3, 31, 22h)};
  auto const months = [&](auto zone) {
    std::string found;
    for (auto const& [month, n] :
         cxm::measure(answers, cxm::by(cxm::month_of(&answer::when, zone), cxm::count())).result())
      found += month.label() + ":" + std::to_string(n) + " ";
    return found;
  };
  CHECK(months(cxm::utc{}) == "2023-12:2 2024-03:2 ");
  CHECK(months(berlin) == "2023-12:1 2024-01:1 2024-03:1 2024-04:1 ");
  CHECK(months(cxm::any_zone(berlin)) == months(berlin));
  CHECK(months([](auto time) { return local_time<seconds>(time.time_since_epoch() + 2h); }) ==
        "2024-01:2 2024-03:1 2024-04:1 ");
  CHECK(cxm::quarter_of(&answer::when, berlin)(answers[3]).label() == "2024-Q2");
  CHECK(cxm::week_of(&answer::when)(answers[0]).label() == "2023-W52");
  CHECK(cxm::year_of(&answer::when, berlin)(answers[1]).label() == "2024");
  CHECK(cxm::day_of(&answer::when, berlin)(answers[1]).label() == "2024-01-01");
}

TEST_CASE(
    "calendar fields: a missing time has no period; merging and saving ask for zone and unit") {
  auto const plan = cxm::by(cxm::period_of(&answer::reminded, calendar::week), cxm::count());
  std::mt19937 random(2);
  std::vector<answer> answers(300);
  for (auto& one : answers)
    if (random() % 4 != 0) one.reminded = sys_days(days(random() % 90)) + milliseconds(5);
  auto const report = cxm::check_merge_laws(plan, answers, {.seed = 1, .rounds = 3});
  INFO(report.text());
  CHECK(report.holds());
  auto const found = cxm::measure(answers, plan).result();
  CHECK_FALSE(found.begin()->key.has_value());
  CHECK(found.names() == std::vector<std::string>{"week"});

  auto const when = [](auto zone) {
    return cxm::by(cxm::day_of(&answer::when, zone), cxm::count());
  };
  auto here = when(cxm::fixed_offset(1h));
  CHECK_THROWS_AS(here.merge(when(cxm::fixed_offset(2h))), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(here, cxm::save(when(cxm::fixed_offset(2h)))), cxm::bad_state);
  auto const by_day = cxm::by(cxm::period_of(&answer::when, calendar::day), cxm::count());
  auto by_month = cxm::by(cxm::period_of(&answer::when, calendar::month), cxm::count());
  CHECK_THROWS_AS(by_month.merge(by_day), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(by_month, cxm::save(by_day)), cxm::bad_state);
}

TEST_CASE("periods: times at both ends of their type have one, in any zone") {
  struct event {
    sys_seconds when;
  };
  auto const check = [](auto const& of) {
    for (auto const at : {sys_seconds::min(), sys_seconds::max()}) {
      auto const found = of(event{at});
      CHECK(found.valid());
      CHECK((found.first_day() < local_days(days(0))) == (at < sys_seconds{}));
      CHECK(found.next().valid());
      CHECK(found.previous().valid());
      CHECK(!found.label().empty());
    }
  };
  check(cxm::day_of(&event::when));
  check(cxm::month_of(&event::when, cxm::posix_zone("CET-1CEST,M3.5.0,M10.5.0/3")));
  check(cxm::week_of(&event::when, cxm::fixed_offset(-5h)));
  struct fine {
    sys_time<nanoseconds> when;
  };
  auto const year = cxm::year_of(&fine::when, cxm::fixed_offset(14h));
  CHECK(year(fine{sys_time<nanoseconds>::max()}).label() == "2262");
  CHECK(year(fine{sys_time<nanoseconds>::min()}).label() == "1677");
}

TEST_CASE("periods know their distance") {
  local_days const start{2024y / 1 / 31};
  for (auto const unit : {cxm::calendar::day, cxm::calendar::week, cxm::calendar::month,
                          cxm::calendar::quarter, cxm::calendar::year}) {
    cxm::calendar_period const first(unit, start);
    auto later = first;
    for (int i = 0; i < 30; ++i) {
      CHECK(later.periods_since(first) == i);
      CHECK(first.periods_since(later) == -i);
      later = later.next();
    }
  }
}
