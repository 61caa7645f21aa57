// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/tz_rules.hpp>

#include "catch.hpp"

#include <chrono>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono;

namespace {

void put(std::string& out, std::uint64_t value, int width) {
  for (int i = width - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

using changes = std::vector<std::pair<std::int64_t, int>>;  // time, index of the offset

std::string block(char version, int width, changes const& times, std::vector<int> const& offsets) {
  std::string out = "TZif";
  out += version;
  out.append(15, '\0');
  for (std::size_t const count : {std::size_t{0}, std::size_t{0}, std::size_t{0}, times.size(),
                                  offsets.size(), std::size_t{4}})
    put(out, count, 4);
  for (auto const& each : times) put(out, static_cast<std::uint64_t>(each.first), width);
  for (auto const& each : times) put(out, static_cast<std::uint64_t>(each.second), 1);
  for (int const offset : offsets) {
    put(out, static_cast<std::uint32_t>(offset), 4);
    out.append(2, '\0');
  }
  return out + std::string("LMT\0", 4);
}

// A file as RFC 8536 lays it out, version 2.
std::string file(changes const& times, std::vector<int> const& offsets, std::string const& rule) {
  return block('2', 4, {}, {0}) + block('2', 8, times, offsets) + "\n" + rule + "\n";
}

sys_seconds at(std::int64_t t) {
  return sys_seconds(seconds(t));
}

}  // namespace

TEST_CASE("tz_rules: Samoa skipped a day") {
  // Pacific/Apia: changes by Python's zoneinfo; 30 December 2011 was never shown
  cxm::tz_rules const apia(
      file({{1316872800, 1}, {1325239200, 2}, {1333202400, 3}, {1348927200, 2}},
           {-39600, -36000, 50400, 46800}, "<+13>-13"));
  CHECK(apia.offset_at(at(1316872799)) == -11h);
  CHECK(apia.offset_at(at(1325239199)) == -10h);
  CHECK(apia.offset_at(at(1325239200)) == 14h);
  CHECK(apia(at(1325239200)) == local_days(2011y / December / 31));
  // a time on the skipped day moves on by 24 hours
  CHECK(cxm::to_sys(apia, local_seconds(local_days(2011y / December / 30) + 12h)) ==
        sys_days(2011y / December / 30) + 22h);
  CHECK(cxm::to_sys(apia, local_seconds(local_days(2011y / December / 29) + 23h)) ==
        sys_days(2011y / December / 30) + 9h);
  CHECK(apia.offset_at(at(4'000'000'000)) == 13h);
}

TEST_CASE("tz_rules: Lord Howe moves by half an hour") {
  cxm::tz_rules const howe(file({{1207407600, 0}, {1223134200, 1}}, {37800, 39600},
                                "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"));
  CHECK(howe.offset_at(at(1238857199)) == 11h);
  CHECK(howe.offset_at(at(1238857200)) == 10h + 30min);
  CHECK(howe.offset_at(at(1254583800)) == 11h);
  // 5 October 2008: 02:15 was not shown; 5 April 2009: 01:45 was shown twice
  CHECK(cxm::to_sys(howe, local_seconds(local_days(2008y / October / 5) + 2h + 15min)) ==
        at(1223134200) + 15min);
  CHECK(cxm::to_sys(howe, local_seconds(local_days(2009y / April / 5) + 1h + 45min)) ==
        at(1238857200) - 15min);
}

TEST_CASE("tz_rules: the rule after the last change is the same written out or asked") {
  std::string const rule = "CET-1CEST,M3.5.0,M10.5.0/3";
  cxm::tz_rules const slim(file({{846378000, 0}}, {3600}, rule));
  cxm::posix_zone const plain(rule);
  for (std::int64_t t = 846378000; t < 4'300'000'000; t += 9'999)
    REQUIRE(slim.offset_at(at(t)) == plain.offset_at(at(t)));
  CHECK(slim.offset_at(at(1553994000)) == 2h);
  CHECK(slim.offset_at(at(0)) == 1h);
  cxm::tz_rules const only_rule(file({}, {0}, rule));
  CHECK(only_rule.offset_at(at(1553994000)) == 2h);
}

TEST_CASE("tz_rules: a version 1 file keeps its last offset") {
  cxm::tz_rules const old(block('\0', 4, {{-100, 1}, {100, 0}}, {3600, 7200}));
  CHECK(old.offset_at(at(-101)) == 1h);
  CHECK(old.offset_at(at(-100)) == 2h);
  CHECK(old.offset_at(at(100)) == 1h);
  CHECK(old.offset_at(sys_seconds::max()) == 1h);
  CHECK(old.offset_at(sys_seconds::min()) == 1h);
}

TEST_CASE("tz_rules: bytes that are no zone file are refused") {
  std::string const good = file({{100, 1}, {200, 0}}, {0, 3600}, "AAA0BBB,M3.5.0,M10.5.0");
  REQUIRE(cxm::tz_rules::parse(good));
  CHECK_THROWS_AS(cxm::tz_rules(""), std::invalid_argument);
  // without its last line feed a file is still understood; any shorter one is not
  for (std::size_t length = 0; length + 2 < good.size(); ++length) {
    auto const cut = cxm::tz_rules::parse(good.substr(0, length));
    if (cut) CHECK(length > good.size() - 24);  // a rule cut at a shorter rule
  }
  CHECK_FALSE(cxm::tz_rules::parse(file({{100, 2}}, {0, 3600}, "")));         // no such type
  CHECK_FALSE(cxm::tz_rules::parse(file({{100, 0}, {100, 1}}, {0, 1}, "")));  // not ascending
  CHECK_FALSE(cxm::tz_rules::parse(file({{100, 0}}, {93600}, "")));           // no such offset
  CHECK_FALSE(cxm::tz_rules::parse(file({{100, 0}}, {-2147483647 - 1}, "")));
  CHECK_FALSE(cxm::tz_rules::parse(file({}, {}, "")));      // no type
  CHECK_FALSE(cxm::tz_rules::parse(file({}, {0}, "AAA")));  // no rule
  std::string leaps = block('\0', 4, {}, {0});
  leaps[20 + 11] = '\1';
  CHECK_FALSE(cxm::tz_rules::parse(leaps + std::string(8, '\0')));
  std::string huge = block('\0', 4, {}, {0});
  for (std::size_t i = 20; i < 44; ++i) huge[i] = '\xFF';
  CHECK_FALSE(cxm::tz_rules::parse(huge));
}

TEST_CASE("tz_rules: damaged files never crash, whatever is asked of them") {
  std::string const good =
      file({{-2'000'000'000, 1}, {100, 1}, {200, 0}}, {0, 3600}, "AAA0BBB,M3.5.0,M10.5.0/-3");
  std::mt19937 random(7);
  unsigned understood = 0;
  for (int round = 0; round < 40'000; ++round) {
    std::string bytes = good;
    for (unsigned i = random() % 4 + 1; i > 0; --i)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    if (random() % 4 == 0) bytes.resize(random() % bytes.size());
    auto const zone = cxm::tz_rules::parse(bytes);
    if (!zone) continue;
    ++understood;
    for (std::int64_t const t :
         {std::int64_t{0}, std::int64_t{-62'135'596'800}, std::int64_t{253'402'300'799},
          static_cast<std::int64_t>(random())})
      cxm::to_sys(*zone, local_time<microseconds>(seconds(t)));
    zone->offset_at(sys_seconds::max());
    zone->offset_at(sys_seconds::min());
  }
  CHECK(understood > 1'000);
}
