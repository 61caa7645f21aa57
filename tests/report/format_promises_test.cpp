// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/coverage.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/moving_target.hpp>
#include <cxm/journey/promise_ledger.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/report/figure_table.hpp>
#include <cxm/report/format.hpp>
#include <cxm/report/promise_chart.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/stats/by.hpp>
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

TEST_CASE("tabulate and promise_chart take ledgers, by who promised and who delivered") {
  auto const rule =
      cxm::promise_of(cxm::first(&contact::promised), delivered, cxm::known_until{at(50)});
  auto const found =
      cxm::measure(journeys(),
                   cxm::by(cxm::at_contact{cxm::first_with{&contact::promised}, &contact::what},
                           cxm::at_contact{cxm::first_at{std::string("d")}, &contact::what},
                           cxm::promise_ledger(rule)))
          .result();
  auto const shown = cxm::publish(found, cxm::min_people{1});
  auto const table = cxm::tabulate(shown);
  std::vector<std::string> keys;
  for (auto const& column : table.columns()) keys.push_back(column.key);
  CHECK(keys == std::vector<std::string>{"with_promise", "kept", "late", "unmet", "pending",
                                         "broken_share", "broken_low", "broken_high"});
  auto const value = [&](std::size_t row, std::size_t column) {
    return table.rows()[row].figures[column].value.value_or(-1);
  };
  REQUIRE(table.rows().size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    auto const& key = table.rows()[i].key;
    bool const promised = key[0] == "o", done = key[1] == "d";
    INFO(key[0] << " " << key[1]);
    CHECK(value(i, 0) == (done ? 3 : promised ? 1 : 0));
    CHECK(value(i, 1) == (done ? 1 : 0));
    CHECK(value(i, 2) == (done ? 2 : 0));
    CHECK(value(i, 3) == (promised && !done ? 1 : 0));
  }
  auto const drawn = cxm::promise_chart(shown, "kept?").svg();
  CHECK(drawn.find("2 late") != std::string::npos);
  CHECK(drawn.find("no-show\"") == std::string::npos);
}

TEST_CASE("A ledger with windows shows what came early, no-shows and what can't be judged") {
  auto const rule = cxm::promise_of(cxm::first(&contact::promised), delivered);
  auto found = cxm::measure(journeys(), cxm::promise_ledger(rule)).result();
  found.with_promise = 10;
  found.kept = 4;
  found.early = 1;
  found.late = 2;
  found.no_show = 3;
  found.unmet = found.pending = 0;
  found.broken_share = cxm::share_of(6, 10);
  auto const shown = cxm::publish(found);
  auto const drawn = cxm::promise_chart(shown, "kept?").svg();
  CHECK(drawn.find("4 kept, 1 early, 2 late, 3 no-show, 0 unmet, 0 pending.") != std::string::npos);
  CHECK(drawn.find("class=\"no-show\"") != std::string::npos);
  CHECK(drawn.find("class=\"invalid\"") == std::string::npos);
  auto const grouped = cxm::groups<std::string, decltype(found)>({{"a", found}}, {"office"}, {});
  std::string const table = text(cxm::tabulate(cxm::publish(grouped)));
  CHECK(table.find("no-show") != std::string::npos);
  CHECK(table.find("early") != std::string::npos);
  CHECK(table.find("invalid") == std::string::npos);
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
