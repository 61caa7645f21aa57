// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/coverage.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/moving_target.hpp>
#include <cxm/journey/promise_ledger.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/report/format.hpp>
#include <cxm/stats/measure.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {

using instant = std::chrono::sys_time<std::chrono::minutes>;
struct contact {
  int customer;
  instant when;
  std::string what;
  std::optional<instant> promised = std::nullopt;
  std::optional<int> recommend = std::nullopt;
};
instant at(int hours) {
  return instant(std::chrono::hours(hours));
}
std::vector<contact> const visited = {
    {1, at(0), "o", at(48)}, {1, at(47), "c", at(60)}, {1, at(50), "d", {}, 9},
    {2, at(0), "o", at(48)}, {2, at(48), "d"},         {3, at(0), "o", at(24)},
    {3, at(30), "d", {}, 2}, {4, at(0), "o", at(40)},  {5, at(0), "o"}};
auto journeys() {
  return cxm::reconstruct(
      visited, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what});
}
cxm::reached const delivered{std::string("d")};

}  // namespace

TEST_CASE("format: a promise ledger") {
  auto const rule =
      cxm::promise_of(cxm::first(&contact::promised), delivered, cxm::known_until{at(50)});
  auto const found = cxm::measure(journeys(), cxm::promise_ledger(rule)).result();
  CHECK(fmt::format("{}", found) == "1 kept, 0 early, 2 late, 0 no-shows, 1 unmet, 0 pending");
  CHECK(fmt::format("{:full}", found) ==
        "promises: 1 kept, 0 early, 2 late, 0 no-shows, 1 unmet, 0 pending, 1 event without a "
        "promise; on time 25 % (5..70), n = 4; late by 4.0 h in the mean, 2.0 h in the median, n = "
        "2; overdue by 10.0 h in the mean, 10.0 h in the median, n = 1");
}

TEST_CASE("format: moved targets") {
  auto const found = cxm::measure(journeys(), cxm::moving_target(&contact::promised, delivered,
                                                                 cxm::known_until{at(50)}))
                         .result();
  CHECK(fmt::format("{}", found) == "+25 %");
  CHECK(fmt::format("{:full}", found) ==
        "moved targets: +25 %, n = 4, 1 promised again; on-time share against the last promise "
        "less that against the first; customer 25 % (5..70), n = 4, company 50 % (15..85), n = 4");
  std::vector<contact> const nothing;
  auto const none = cxm::reconstruct(
      nothing, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what});
  CHECK(fmt::format(
            "{}", cxm::measure(none, cxm::moving_target(&contact::promised, delivered)).result()) ==
        "no data");
}

TEST_CASE("format: coverage") {
  auto const found =
      cxm::measure(journeys(),
                   cxm::coverage(cxm::at_touchpoint, cxm::any_answer{&contact::recommend},
                                 cxm::planned{std::vector<std::string>{"o", "x"}}))
          .result();
  CHECK(fmt::format("{}", found) == "1 of 4");
  CHECK(fmt::format("{:full}", found) ==
        "measured places: 1 of 4, journeys with an answer 40 % (12..77), n = 5; not measured: c, "
        "o; not even met: x");
}
