// SPDX-License-Identifier: BSL-1.0
// Calendars as boundaries, at every change of clocks in the EU and the US from 1970 to 2037, over a
// day that was skipped and over a midnight that was lived twice. The changes are those that the
// system's zdump prints; dates are made of its offsets by the C library.
#include <cxm/core/zone.hpp>
#include <cxm/io/zone_file.hpp>
#include <cxm/journey/at_new.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <string>

using namespace std::chrono_literals;
using cxm::calendar;

namespace {

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int what;
};
auto fields() {
  return cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what};
}

/// Where journeys start.
template <class Boundary>
std::vector<std::int64_t> starts(std::vector<contact> const& log, Boundary const& boundary) {
  std::vector<std::int64_t> found;
  for (auto const& one : cxm::reconstruct(log, fields(), boundary))
    found.push_back(one.started().time_since_epoch().count());
  return found;
}

struct change {
  std::int64_t at;
  std::int64_t before, after;  // offsets from UTC
};

/// The changes of a zone's offset as zdump prints them; none where it is not there.
std::vector<change> changes(std::string const& zone) {
  std::vector<change> found;
  auto* const pipe = popen(("zdump -v -c 1970,2038 " + zone + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return found;
  char line[512];
  std::int64_t offset = 0;
  while (std::fgets(line, sizeof line, pipe) != nullptr) {
    std::tm ut{};
    char month[4] = {};
    long gmtoff = 0;
    char const* const last = std::strstr(line, "gmtoff=");
    if (last == nullptr || std::sscanf(last, "gmtoff=%ld", &gmtoff) != 1 ||
        std::sscanf(line, "%*s %*s %3s %d %d:%d:%d %d UT", month, &ut.tm_mday, &ut.tm_hour,
                    &ut.tm_min, &ut.tm_sec, &ut.tm_year) != 6)
      continue;
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    ut.tm_mon = static_cast<int>(months.find(month) / 3);
    ut.tm_year -= 1900;
    std::int64_t const at = timegm(&ut);
    // A pair of lines: the last second before a change, and the first after it.
    if (ut.tm_sec == 59)
      offset = gmtoff;
    else if (offset != gmtoff && ut.tm_year >= 70 && ut.tm_year < 138)
      found.push_back({at, offset, gmtoff});
  }
  pclose(pipe);
  return found;
}

std::int64_t number(calendar unit, std::int64_t local) {
  std::time_t const seconds = local;
  std::tm date{};
  gmtime_r(&seconds, &date);
  std::int64_t const monday = local / 86400 - (date.tm_wday + 6) % 7;
  switch (unit) {
    case calendar::day:
      return local / 86400;
    case calendar::week:
      return monday;
    case calendar::month:
      return 12 * date.tm_year + date.tm_mon;
    case calendar::quarter:
      return 4 * date.tm_year + date.tm_mon / 3;
    default:
      return date.tm_year;
  }
}

/// Contacts about a change, and where journeys should start.
void check_about(change const& turn, cxm::any_zone const& zone) {
  std::vector<contact> log;
  for (std::int64_t hour = -26; hour <= 26; ++hour)
    log.push_back({1, std::chrono::sys_seconds(std::chrono::seconds(turn.at + 3600 * hour)), 0});
  for (std::int64_t second : {-3601, -1800, -1, 1, 59, 1800, 3599})
    log.push_back({1, std::chrono::sys_seconds(std::chrono::seconds(turn.at + second)), 0});
  std::sort(log.begin(), log.end(), [](auto const& a, auto const& b) { return a.when < b.when; });
  for (auto const unit :
       {calendar::day, calendar::week, calendar::month, calendar::quarter, calendar::year}) {
    std::vector<std::int64_t> wanted;
    std::int64_t of_journey = 0;
    for (auto const& one : log) {
      auto const at = one.when.time_since_epoch().count();
      auto const now = number(unit, at + (at < turn.at ? turn.before : turn.after));
      if (!wanted.empty() && now <= of_journey) continue;
      wanted.push_back(at);
      of_journey = now;
    }
    if (starts(log, cxm::at_new{unit, zone}) != wanted) {
      INFO("unit " << int(unit) << " at " << turn.at);
      CHECK(starts(log, cxm::at_new{unit, zone}) == wanted);
    }
  }
}

constexpr char const* of_the_eu[] = {
    "Africa/Ceuta",      "Asia/Nicosia",      "Atlantic/Azores",  "Atlantic/Canary",
    "Atlantic/Madeira",  "Europe/Amsterdam",  "Europe/Athens",    "Europe/Berlin",
    "Europe/Bratislava", "Europe/Brussels",   "Europe/Bucharest", "Europe/Budapest",
    "Europe/Copenhagen", "Europe/Dublin",     "Europe/Helsinki",  "Europe/Lisbon",
    "Europe/Ljubljana",  "Europe/Luxembourg", "Europe/Madrid",    "Europe/Malta",
    "Europe/Paris",      "Europe/Prague",     "Europe/Riga",      "Europe/Rome",
    "Europe/Sofia",      "Europe/Stockholm",  "Europe/Tallinn",   "Europe/Vienna",
    "Europe/Vilnius",    "Europe/Warsaw",     "Europe/Zagreb"};
constexpr char const* of_the_us[] = {"America/Adak",
                                     "America/Anchorage",
                                     "America/Boise",
                                     "America/Chicago",
                                     "America/Denver",
                                     "America/Detroit",
                                     "America/Indiana/Indianapolis",
                                     "America/Indiana/Knox",
                                     "America/Juneau",
                                     "America/Kentucky/Louisville",
                                     "America/Los_Angeles",
                                     "America/Menominee",
                                     "America/Metlakatla",
                                     "America/New_York",
                                     "America/Nome",
                                     "America/North_Dakota/Beulah",
                                     "America/Phoenix",
                                     "America/Puerto_Rico",
                                     "America/Sitka",
                                     "America/Yakutat",
                                     "Pacific/Honolulu"};
// A day was skipped in Apia; in St. John's clocks went back over midnight, in Lord Howe by half an
// hour.
constexpr char const* odd_ones[] = {"Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe"};

bool skipped() {
  bool const there = std::filesystem::exists("/usr/share/zoneinfo/Europe/Berlin") &&
                     !changes("Europe/Berlin").empty();
  if (!there) WARN("skipped: this system has no zone files or no zdump");
  return !there;
}

template <std::size_t Size>
std::size_t check_zones(char const* const (&zones)[Size]) {
  std::size_t checked = 0;
  for (char const* const name : zones) {
    INFO(name);
    auto const zone = cxm::load_zone(name);
    for (auto const& turn : changes(name)) {
      check_about(turn, zone);
      ++checked;
    }
  }
  return checked;
}

}  // namespace

TEST_CASE("at_new: every change of clocks of the EU from 1970 to 2037") {
  if (skipped()) return;
  CHECK(changes("Europe/Berlin").size() == 116);
  CHECK(check_zones(of_the_eu) > 3500);
}
TEST_CASE("at_new: every change of clocks of the US from 1970 to 2037") {
  if (skipped()) return;
  CHECK(changes("America/New_York").size() == 136);
  CHECK(check_zones(of_the_us) > 2000);
}
TEST_CASE("at_new: a skipped day, midnights that were lived twice, clocks set by half an hour") {
  if (skipped()) return;
  CHECK(check_zones(odd_ones) > 250);
}

TEST_CASE("at_new: Samoa had no 30 December 2011") {
  if (skipped()) return;
  auto const zone = cxm::load_zone("Pacific/Apia");
  // 23:30 on the 29th, 00:30 on the 31st, an hour later; 23:30 on that day.
  std::vector<contact> const log = {{1, std::chrono::sys_seconds(1325237400s), 0},
                                    {1, std::chrono::sys_seconds(1325241000s), 0},
                                    {1, std::chrono::sys_seconds(1325323800s), 0}};
  CHECK(starts(log, cxm::at_new{calendar::day, zone}).size() == 2);
  CHECK(starts(log, cxm::at_new{calendar::day}).size() == 2);
  CHECK(starts(log, cxm::at_new{calendar::month, zone}).size() == 1);
}

TEST_CASE("at_new: weeks begin on Monday, quarters in January, April, July and October") {
  auto const cuts = [](calendar unit, std::chrono::year_month_day first,
                       std::chrono::year_month_day second) {
    std::vector<contact> const log = {{1, std::chrono::sys_days(first), 0},
                                      {1, std::chrono::sys_days(second), 0}};
    return starts(log, cxm::at_new{unit}).size() == 2;
  };
  using namespace std::chrono;
  CHECK(cuts(calendar::week, 2024y / 12 / 29, 2024y / 12 / 30));
  CHECK_FALSE(cuts(calendar::week, 2024y / 12 / 30, 2025y / 1 / 5));
  CHECK(cuts(calendar::week, 1969y / 12 / 28, 1969y / 12 / 29));
  CHECK_FALSE(cuts(calendar::week, 1969y / 12 / 29, 1970y / 1 / 4));
  CHECK(cuts(calendar::quarter, 2024y / 3 / 31, 2024y / 4 / 1));
  CHECK_FALSE(cuts(calendar::quarter, 2024y / 4 / 1, 2024y / 6 / 30));
  CHECK(cuts(calendar::year, 2024y / 12 / 31, 2025y / 1 / 1));
  CHECK(cuts(calendar::month, 1968y / 2 / 29, 1968y / 3 / 1));
}
