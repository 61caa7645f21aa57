// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/any_zone.hpp>
#include <cxm/core/posix_zone.hpp>
#include <cxm/core/zone.hpp>

#include "catch.hpp"

#include <chrono>
#include <stdexcept>

using namespace std::chrono;

static_assert(cxm::to_sys(cxm::utc{}, local_seconds(5s)) == sys_seconds(5s));
static_assert(cxm::to_sys(cxm::fixed_offset(1h), local_seconds(1h)) == sys_seconds(0s));

TEST_CASE("zone: utc and fixed offsets") {
  CHECK(cxm::utc{}(sys_seconds(7s)) == local_seconds(7s));
  cxm::fixed_offset const india(5h + 30min);
  CHECK(india(sys_time<milliseconds>(1ms)) == local_time<milliseconds>(5h + 30min + 1ms));
  CHECK(cxm::to_sys(india, local_seconds(0s)) == sys_seconds(-5h - 30min));
  CHECK_THROWS_AS(cxm::fixed_offset(26h), std::invalid_argument);
  CHECK_THROWS_AS(cxm::fixed_offset(-26h), std::invalid_argument);
}

TEST_CASE("zone: a lambda is a zone; twice-shown times are the earlier, unshown ones move on") {
  // +1 h before t = 1'000'000 s, +3 h up to 2'000'000 s, +2 h after
  auto const zone = [](auto at) {
    auto const t = floor<seconds>(at).time_since_epoch();
    seconds const offset = t < 1'000'000s ? 1h : t < 2'000'000s ? 3h : 2h;
    return local_time<seconds>(t + offset);
  };
  CHECK(cxm::to_sys(zone, local_seconds(999'999s + 1h)) == sys_seconds(999'999s));
  CHECK(cxm::to_sys(zone, local_seconds(1'000'000s + 1h)) == sys_seconds(1'000'000s));
  CHECK(zone(cxm::to_sys(zone, local_seconds(1'000'000s + 1h))) == local_seconds(1'000'000s + 3h));
  CHECK(cxm::to_sys(zone, local_seconds(1'000'000s + 3h)) == sys_seconds(1'000'000s));
  CHECK(cxm::to_sys(zone, local_seconds(2'000'000s + 2h)) == sys_seconds(1'996'400s));
  CHECK(cxm::to_sys(zone, local_seconds(1'999'999s + 3h)) == sys_seconds(1'999'999s));
  CHECK(cxm::to_sys(zone, local_seconds(2'000'000s + 3h)) == sys_seconds(2'003'600s));
}

TEST_CASE("zone: POSIX rules change when the tz database says so") {
  // changes found by bisection over Python's zoneinfo (tzdata)
  struct known {
    long long at;
    int offset;
  };
  auto const check = [](cxm::posix_zone const& zone, std::initializer_list<known> changes) {
    for (known const& each : changes) {
      sys_seconds const at{seconds(each.at)};
      CHECK(zone.offset_at(at) == seconds(each.offset));
      CHECK(zone.offset_at(at - 1s) != seconds(each.offset));
    }
  };
  check(cxm::posix_zone("CET-1CEST,M3.5.0,M10.5.0/3"), {{1553994000, 7200},
                                                        {1572138000, 3600},
                                                        {1698541200, 3600},
                                                        {2153350800, 7200},
                                                        {2203549200, 3600}});
  check(cxm::posix_zone("EST5EDT,M3.2.0,M11.1.0"),
        {{1173596400, -14400}, {1194156000, -18000}, {2152162800, -14400}, {2172722400, -18000}});
  check(cxm::posix_zone("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"),
        {{1207407600, 37800}, {1223134200, 39600}, {1238857200, 37800}, {1254583800, 39600}});
  // Ireland: winter time is the exception, an hour back
  check(cxm::posix_zone("IST-1GMT0,M10.5.0,M3.5.0/1"),
        {{1585443600, 3600}, {1603587600, 0}, {1616893200, 3600}, {1635642000, 0}});
}

TEST_CASE("zone: POSIX rules by day of the year") {
  auto const first = [](char const* rule, int in) {
    return cxm::posix_zone(rule).changes(year(in))[0].at;
  };
  CHECK(first("AAA0BBB,J60/0,J300", 2020) == sys_days(2020y / March / 1));
  CHECK(first("AAA0BBB,J60/0,J300", 2021) == sys_days(2021y / March / 1));
  CHECK(first("AAA0BBB,59/0,300", 2020) == sys_days(2020y / February / 29));
  CHECK(first("AAA0BBB,59/0,300", 2021) == sys_days(2021y / March / 1));
  CHECK(first("AAA0BBB,J365/167,J1", 2021) == sys_days(2021y / December / 31) + 167h);
  CHECK(first("AAA0BBB,J1/-24,J300", 2021) == sys_days(2020y / December / 31));
  cxm::posix_zone const always("EST5EDT,0/0,J365/25");
  for (auto at = sys_seconds(sys_days(2020y / January / 1)); at < sys_days(2023y / January / 1);
       at += 1h)
    REQUIRE(always.offset_at(at) == -4h);
  CHECK(cxm::posix_zone("EST5EDT").offset_at(sys_seconds(1173596400s)) == -4h);
  CHECK(cxm::posix_zone("<-03>3").offset_at({}) == -3h);
  CHECK(cxm::posix_zone("AAA-5:45:10").offset_at({}) == 5h + 45min + 10s);
  CHECK(always.offset_at(sys_seconds::max()) == -5h);
  CHECK(always.offset_at(sys_seconds::min()) == -5h);
}

TEST_CASE("zone: what is not a POSIX rule") {
  for (char const* text : {"",
                           "A",
                           "CET",
                           "CE-1",
                           "CET-1CEST,",
                           "CET-1CEST,M3.5.0",
                           "CET-1CEST,M3.5.0,M10.5.0/3x",
                           "CET-1CEST,M13.5.0,M10.5.0",
                           "CET-1CEST,M3.6.0,M10.5.0",
                           "CET-1CEST,M3.5.7,M10.5.0",
                           "CET-25",
                           "CET-1:60",
                           "<CET-1",
                           "<>1",
                           "CET-1CEST,J0,J3",
                           "CET-1CEST,366,J3",
                           "CET-1CEST,M3.5.0/168,M10.5.0",
                           "CET-1CEST,M0.1.0,M1.1.0",
                           "CET-99999999999999999999",
                           "CET-1CEST-",
                           "CET-1CEST-2,",
                           "CET-1,M3.5.0,M10.5.0"}) {
    INFO(text);
    CHECK_THROWS_AS(cxm::posix_zone(text), std::invalid_argument);
  }
}

TEST_CASE("zone: any_zone is the zone it was made from") {
  cxm::posix_zone const berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  cxm::any_zone const any = berlin;
  for (long long t = 1'600'000'000; t < 1'640'000'000; t += 1799) {
    sys_seconds const at{seconds(t)};
    REQUIRE(any(at) == berlin(at));
    local_seconds const local{seconds(t)};
    REQUIRE(cxm::to_sys(any, local) == cxm::to_sys(berlin, local));
  }
  CHECK(cxm::any_zone()(sys_seconds(3s)) == local_seconds(3s));
  CHECK(cxm::any_zone(cxm::fixed_offset(1h)).offset_at({}) == 1h);
}
