// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/posix_zone.hpp>
#include <cxm/io/timestamp.hpp>

#include "catch.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <stdexcept>
#include <string>

using namespace std::chrono;

namespace {

// Microseconds since 1970, or what no test expects.
constexpr std::int64_t none = INT64_MIN;
std::int64_t micros(std::optional<cxm::parsed_time> const& time) {
  return time ? time->at.time_since_epoch().count() : none;
}
std::int64_t usual(std::string_view text) {
  return micros(cxm::parse_time(text));
}
std::int64_t by(char const* format, std::string_view text) {
  return micros(cxm::parse_time(text, cxm::utc{}, cxm::time_format(format)));
}
constexpr std::int64_t operator""_s(unsigned long long s) {
  return static_cast<std::int64_t>(s) * 1'000'000;
}

}  // namespace

TEST_CASE("timestamp: the usual forms") {
  // seconds by `date -u -d … +%s`
  CHECK(usual("2021-03-01T09:30:15Z") == 1614591015_s);
  CHECK(usual("2021-03-01t09:30:15z") == 1614591015_s);
  CHECK(usual("2021-03-01 09:30:15") == 1614591015_s);
  CHECK(usual("2021-03-01 09:30") == 1614591000_s);
  CHECK(usual("2021-03-01T09:30Z") == 1614591000_s);
  CHECK(usual("2021/03/01 09:30:15") == 1614591015_s);
  CHECK(usual("2021/03/01") == 1614556800_s);
  CHECK(usual("2021-03-01") == 1614556800_s);
  CHECK(usual("2021-03-01Z") == 1614556800_s);
  CHECK(usual("2021-03-01+01:00") == 1614553200_s);
  CHECK(usual("2021-03-01T09:30:15+01:00") == 1614587415_s);
  CHECK(usual("2021-03-01T09:30:15-0530") == 1614610815_s);
  CHECK(usual("2021-03-01T09:30:15+01") == 1614587415_s);
  CHECK(usual("2021-03-01T09:30+01:00") == 1614587400_s);
  CHECK(usual("2021-03-01T09:30:15.25Z") == 1614591015_s + 250'000);
  CHECK(usual("2011-10-11 13:45:40.276000+02:00") == 1318333540_s + 276'000);
  CHECK(usual("0001-01-01") == -62135596800_s);
  CHECK(usual("9999-12-31 23:59:59.999999") == 253402300799_s + 999'999);
  CHECK(usual("1969-12-31 23:59:59.5") == -500'000);
}

TEST_CASE("timestamp: the examples of RFC 3339, section 5.8") {
  CHECK(usual("1985-04-12T23:20:50.52Z") == 482196050_s + 520'000);
  CHECK(usual("1996-12-19T16:39:57-08:00") == 851042397_s);
  CHECK(usual("1990-12-31T23:59:60Z") == 662688000_s);
  CHECK(usual("1990-12-31T15:59:60-08:00") == 662688000_s);
  CHECK(usual("1937-01-01T12:00:27.87+00:20") == -1041337173_s + 870'000);
}

TEST_CASE("timestamp: fractions finer than a microsecond are cut off toward the past") {
  CHECK(usual("1970-01-01 00:00:00.0000019") == 1);
  CHECK(usual("1969-12-31 23:59:59.9999999999999999999999999") == -1);
  CHECK(usual("1970-01-01 00:00:00.000000" + std::string(500, '9')) == 0);
}

TEST_CASE("timestamp: what is no time") {
  for (char const* text : {"",
                           "2021",
                           "2021-03",
                           "2021-3-1",
                           "2021-13-01",
                           "2021-00-01",
                           "2021-02-30",
                           "2021-02-29",
                           "1900-02-29",
                           "2021-04-31",
                           "2021-03-00",
                           "2021-03-32",
                           "0000-01-01",
                           "2021-03/01",
                           "2021/03-01",
                           "2021-03-01 24:00",
                           "2021-03-01 09:60",
                           "2021-03-01 09:30:61",
                           "2021-03-01 09:30:60",
                           "2021-06-30T23:59:60+01:00",
                           "2021-03-01 9:30",
                           "2021-03-01 09",
                           "2021-03-01 09:",
                           "2021-03-01 09:3",
                           "2021-03-01 09:30:",
                           "2021-03-01 09:30:1",
                           "2021-03-01 09:30:15.",
                           "2021-03-01 09:30:15,5",
                           "2021-03-01 09:30:15.5x",
                           "2021-03-01 09:30:15 Z",
                           "2021-03-01T09:30:15+24:00",
                           "2021-03-01T09:30:15+01:60",
                           "2021-03-01T09:30:15+1",
                           "2021-03-01T09:30:15+01:0",
                           "2021-03-01T09:30:15+",
                           " 2021-03-01",
                           "2021-03-01 ",
                           "2021-03-01T",
                           "2021-03-01Q09:30",
                           "20210301",
                           "-021-03-01",
                           "2021-03-0a",
                           "202a-03-01",
                           "20a1-03-01",
                           "2021-0/-01",
                           "2021-03-01 09:30\n",
                           "\xD9\xA2"
                           "021-03-01",
                           "2021-03-01-05",
                           "2021-03-01 09:30Z+01:00"}) {
    INFO(text);
    CHECK(usual(text) == none);
  }
  CHECK(usual(std::string_view("2021-03-01\0", 11)) == none);
  CHECK(usual("2020-02-29") == 1582934400_s);
  CHECK(usual("2000-02-29") == 951782400_s);
}

TEST_CASE("timestamp: every day of the years 0001 to 9999, counted one by one") {
  std::int64_t day = -719162;  // 0001-01-01
  for (int y = 1; y <= 9999; ++y) {
    bool const leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    int const lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int m = 1; m <= 12; ++m) {
      char text[40];
      for (int d = 1; d <= lengths[m - 1]; ++d, ++day) {
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
        if (usual(text) != day * 86400 * 1'000'000) FAIL(text);
      }
      std::snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, lengths[m - 1] + 1);
      if (usual(text) != none) FAIL(text);
    }
  }
  CHECK(day == 2932897);  // 10000-01-01
}

TEST_CASE("timestamp: the date and offset are those written") {
  cxm::fixed_offset const zone(9h);
  auto const with = cxm::parse_time("2021-03-01T00:30:00+02:00", zone);
  REQUIRE(with);
  CHECK(with->date == 2021y / March / 1);
  CHECK(with->offset == minutes(120));
  CHECK(with->at == sys_days(2021y / February / 28) + 22h + 30min);
  auto const without = cxm::parse_time("2021-03-01 00:30", zone);
  REQUIRE(without);
  CHECK(without->date == 2021y / March / 1);
  CHECK_FALSE(without->offset);
  CHECK(without->at == sys_days(2021y / February / 28) + 15h + 30min);
  auto const epoch = cxm::parse_time("1614555000", zone, cxm::time_format("s"));
  REQUIRE(epoch);
  CHECK(epoch->date == 2021y / March / 1);
  CHECK_FALSE(epoch->offset);
}

TEST_CASE("timestamp: in a zone with summer time") {
  cxm::posix_zone const berlin("CET-1CEST,M3.5.0,M10.5.0/3");
  auto const at = [&](char const* text) { return micros(cxm::parse_time(text, berlin)); };
  CHECK(at("2021-07-01") == 1625090400_s);
  CHECK(at("2021-01-01 12:00") == 1609498800_s);
  CHECK(at("2021-03-28 01:59:59") == 1616893199_s);
  CHECK(at("2021-03-28 02:30") == 1616893200_s + 1800_s);  // not shown: read as 03:30 summer time
  CHECK(at("2021-03-28 03:00") == 1616893200_s);
  CHECK(at("2021-10-31 02:30") == 1635642000_s - 1800_s);  // shown twice: the first
  CHECK(at("2021-10-31 03:00") == 1635642000_s + 3600_s);
  CHECK(at("2021-07-01T00:00:00Z") == 1625097600_s);
}

TEST_CASE("timestamp: epochs") {
  CHECK(by("s", "1614591015") == 1614591015_s);
  CHECK(by("ms", "1614591015250") == 1614591015_s + 250'000);
  CHECK(by("us", "1614591015250001") == 1614591015_s + 250'001);
  CHECK(by("ns", "1614591015250001999") == 1614591015_s + 250'001);
  CHECK(by("s", "-1") == -1_s);
  CHECK(by("s", "-0") == 0);
  CHECK(by("s", "1.5") == 1'500'000);
  CHECK(by("s", "-1.5") == -1'500'000);
  CHECK(by("s", "-0.0000001") == -1);
  CHECK(by("s", "0.0000009") == 0);
  CHECK(by("ms", "1.25") == 1'250);
  CHECK(by("us", "-1.5") == -2);
  CHECK(by("us", "1.5") == 1);
  CHECK(by("ns", "-1") == -1);
  CHECK(by("ns", "-1000") == -1);
  CHECK(by("ns", "-1000.5") == -2);
  CHECK(by("ns", "999") == 0);
  CHECK(by("s", "253402300799") == 253402300799_s);
  CHECK(by("s", "-62135596800") == -62135596800_s);
  for (char const* text :
       {"", "-", "+1", " 1", "1 ", "1.", ".5", "1e9", "0x10", "1,5", "--1", "-+1", "253402300800",
        "-62135596801", "9223372036854775807", "9223372036854775808", "99999999999999999999999999",
        "nan", "2021-01-01"}) {
    INFO(text);
    CHECK(by("s", text) == none);
  }
}

TEST_CASE("timestamp: patterns") {
  CHECK(by("%d/%m/%Y %H:%M", "01/03/2021 09:30") == 1614591000_s);
  CHECK(by("%d/%m/%Y %H:%M", "1/3/2021 9:30") == 1614591000_s);
  CHECK(by("%Y%m%d%H%M%S", "20210301093015") == 1614591015_s);
  CHECK(by("%Y-%m-%dT%H:%M:%S.%f%z", "2021-03-01T09:30:15.250+0100") == 1614587415_s + 250'000);
  CHECK(by("%F %T", "2021-03-01 09:30:15") == 1614591015_s);
  CHECK(by("%D %R", "03/01/21 09:30") == 1614591000_s);
  CHECK(by("%z %F", "+05:30 2021-03-01") == 1614556800_s - 19800_s);
  CHECK(by("%z %F", "Z 2021-03-01") == 1614556800_s);
  CHECK(by("%b %d, %Y %I:%M %p", "Mar 1, 2021 9:30 AM") == 1614591000_s);
  CHECK(by("%d %B %Y", "1 march 2021") == 1614556800_s);
  CHECK(by("%d-%b-%y", "01-MAR-21") == 1614556800_s);
  CHECK(by("%b%d%Y", "may012021") == 1619827200_s);
  CHECK(by("%I%p %F", "12am 2021-03-01") == 1614556800_s);
  CHECK(by("%I%p %F", "12pm 2021-03-01") == 1614600000_s);
  CHECK(by("%I%p %F", "11PM 2021-03-01") == 1614639600_s);
  CHECK(by("%Y-%j", "2020-366") == 1609372800_s);
  CHECK(by("%Y-%j", "2021-060") == 1614556800_s);
  CHECK(by("%d.%m.%y", "1.1.68") == 3092601600_s);
  CHECK(by("%d.%m.%y", "1.1.69") == -31536000_s);
  CHECK(by("100%% %F", "100% 2021-03-01") == 1614556800_s);
}

TEST_CASE("timestamp: what a pattern does not fit") {
  CHECK(by("%d/%m/%Y", "31/02/2021") == none);
  CHECK(by("%d/%m/%Y", "1/1/21") == none);
  CHECK(by("%d/%m/%Y", "01/03/2021 ") == none);
  CHECK(by("%d/%m/%Y", "") == none);
  CHECK(by("%d/%m/%Y", "01/03/") == none);
  CHECK(by("%d/%m/%Y", "01-03-2021") == none);
  CHECK(by("%Y-%j", "2021-366") == none);
  CHECK(by("%Y-%j", "2021-000") == none);
  CHECK(by("%I %p %F", "13 PM 2021-03-01") == none);
  CHECK(by("%I %p %F", "0 AM 2021-03-01") == none);
  CHECK(by("%d %b %Y", "1 mrz 2021") == none);
  CHECK(by("%F %z", "2021-03-01 +1") == none);
  CHECK(by("%F%f", "2021-03-01") == none);
}

TEST_CASE("timestamp: patterns that could give no time are refused") {
  for (char const* pattern :
       {"",         "x",         "%",     "%Y",          "%Y-%m",       "%m-%d",
        "%H:%M",    "%Y-%m-%d%", "%Q",    "%Y-%m-%d %Y", "%Y %y-%m-%d", "%Y-%m-%b-%d",
        "%Y-%j-%d", "%F %I:%M",  "%F %p", "%F %H %I %p", "%F %d",       "sec",
        "%Y-%j-%m", "%E"}) {
    INFO(pattern);
    CHECK_THROWS_AS(cxm::time_format(pattern), std::invalid_argument);
  }
}

TEST_CASE("timestamp: random text never throws, and what is read was within the calendar") {
  std::mt19937 random(3);
  constexpr std::string_view letters = "0123456789-/:. TtZz+apm%\xFF";
  cxm::time_format const pattern("%d/%m/%Y %I:%M:%S.%f %p%z"), epoch("ns");
  std::string const seeds[] = {"2021-03-01T09:30:15.25+01:00", "01/03/2021 09:30:15.5 PM+01:00",
                               "1614591015250001999.5"};
  for (int round = 0; round < 300'000; ++round) {
    std::string text = seeds[random() % 3];
    for (unsigned i = random() % 4; i > 0; --i)
      text[random() % text.size()] = letters[random() % letters.size()];
    if (random() % 4 == 0) text.resize(random() % (text.size() + 1));
    std::string_view const exact(text.data(), text.size());
    for (auto const& read : {cxm::parse_time(exact), cxm::parse_time(exact, cxm::utc{}, pattern),
                             cxm::parse_time(exact, cxm::utc{}, epoch)})
      if (read) REQUIRE(read->date.ok());
  }
}
