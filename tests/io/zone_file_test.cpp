// SPDX-License-Identifier: BSL-1.0
#include <cxm/io/zone_file.hpp>

#include "catch.hpp"

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

using namespace std::chrono;

namespace {

struct known {
  char const* zone;
  std::int64_t at;
  int offset;
};

// Changes by bisection over Python's zoneinfo.
constexpr known changes[] = {
    {"Europe/Berlin", 1553994000, 7200},        {"Europe/Berlin", 1572138000, 3600},
    {"Europe/Berlin", 1698541200, 3600},        {"Europe/Berlin", 2108595600, 3600},
    {"Europe/Berlin", 2153350800, 7200},        {"Europe/Berlin", 2203549200, 3600},
    {"America/New_York", 638953200, -14400},    {"America/New_York", 657093600, -18000},
    {"America/New_York", 671007600, -14400},    {"America/New_York", 1143961200, -14400},
    {"America/New_York", 1173596400, -14400},   {"America/New_York", 1194156000, -18000},
    {"America/New_York", 2120108400, -14400},   {"America/New_York", 2172722400, -18000},
    {"Australia/Lord_Howe", 1174748400, 37800}, {"Australia/Lord_Howe", 1193499000, 39600},
    {"Australia/Lord_Howe", 1254583800, 39600}, {"Pacific/Apia", 1301752800, -39600},
    {"Pacific/Apia", 1316872800, -36000},       {"Pacific/Apia", 1325239200, 50400},
    {"Pacific/Apia", 1333202400, 46800},        {"Europe/Dublin", 1585443600, 3600},
    {"Europe/Dublin", 1603587600, 0},           {"Asia/Kathmandu", 504901800, 20700}};

}  // namespace

TEST_CASE("zone_file: zones of the system change when they should") {
  if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Berlin")) {
    WARN("skipped: this system has no zone files");
    return;
  }
  for (known const& each : changes) {
    INFO(each.zone << " " << each.at);
    cxm::any_zone const zone = cxm::load_zone(each.zone);
    CHECK(zone.offset_at(sys_seconds(seconds(each.at))) == seconds(each.offset));
    CHECK(zone.offset_at(sys_seconds(seconds(each.at - 1))) != seconds(each.offset));
  }
}

TEST_CASE("zone_file: zones that need no file") {
  CHECK(cxm::load_zone("UTC").offset_at({}) == 0s);
  CHECK(cxm::load_zone("+01:00").offset_at({}) == 1h);
  CHECK(cxm::load_zone("-0530").offset_at({}) == -(5h + 30min));
  CHECK(cxm::load_zone("+14").offset_at({}) == 14h);
  CHECK(cxm::load_zone("Z").offset_at({}) == 0s);
  CHECK(cxm::load_zone("CET-1CEST,M3.5.0,M10.5.0/3").offset_at(sys_seconds(1553994000s)) == 2h);
}

TEST_CASE("zone_file: names that are none, or lead out of the folder, are refused") {
  for (char const* name :
       {"", "/etc/passwd", "../../../etc/passwd", "Europe/../../../../etc/passwd", "Europe", "x y",
        "No/Such_Zone", "+24:00", "+1", "+01:0", "+01:60", "zone.tab", "a\nb", "CET-1CEST,",
        "right/Europe/Berlin"}) {
    INFO(name);
    CHECK_THROWS_AS(cxm::load_zone(name), std::invalid_argument);
  }
  CHECK_THROWS_AS(cxm::load_zone(std::string(5000, 'a')), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load_zone(std::string("UTC\0", 4)), std::invalid_argument);
}
