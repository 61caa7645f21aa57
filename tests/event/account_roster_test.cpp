// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/account_roster.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {
using day = std::chrono::sys_days;
using roster = cxm::account_roster<std::string, std::string, std::string, day>;
day on(int n) {
  return day(std::chrono::days(n));
}
struct answer {
  std::string contact;
  day when;
};
}  // namespace

TEST_CASE("A contact who moves belongs to the account at the time of the answer (F11)") {
  roster const firms({{"eve", "Globex", "IT", on(20)},
                      {"eve", "Acme", "finance", on(0), on(10)},
                      {"bob", "Acme", "IT", on(0)}});
  auto const account = cxm::account_at(firms, &answer::contact, &answer::when);
  auto const department = cxm::department_at(firms, &answer::contact, &answer::when);
  auto const whose = [&](char const* contact, int when) {
    return account(answer{contact, on(when)}).value_or("nobody's");
  };
  CHECK(whose("eve", 0) == "Acme");
  CHECK(whose("eve", 9) == "Acme");
  CHECK(whose("eve", 10) == "nobody's");
  CHECK(whose("eve", 20) == "Globex");
  CHECK(whose("eve", -1) == "nobody's");
  CHECK(whose("dan", 5) == "nobody's");
  CHECK(department(answer{"eve", on(5)}) == "finance");
  CHECK(department(answer{"eve", on(25)}) == "IT");
  CHECK(firms.departments("Acme", on(5)) == std::vector<std::string>{"IT", "finance"});
  CHECK(firms.departments("Acme", on(15)) == std::vector<std::string>{"IT"});
  CHECK(firms.contacts("Acme", on(5)) == std::vector<std::string>{"bob", "eve"});
}

TEST_CASE("A contact at two firms at once speaks for neither, and a membership can't end first") {
  roster const firms({{"eve", "Acme", "IT", on(0), on(10)},
                      {"eve", "Acme", "IT", on(2), on(8)},
                      {"eve", "Globex", "IT", on(5)}});
  CHECK(firms.at(std::string("eve"), on(3))->account == "Acme");
  CHECK(firms.at(std::string("eve"), on(7)) == nullptr);
  CHECK(firms.at(std::string("eve"), on(11))->account == "Globex");
  CHECK(roster({}).at(std::string("eve"), on(0)) == nullptr);
  CHECK_THROWS_AS(roster({{"eve", "Acme", "IT", on(3), on(2)}}), std::invalid_argument);
}
