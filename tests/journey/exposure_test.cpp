// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/is.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/exposure.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <optional>
#include <string>
#include <vector>

using cxm::actor;
using cxm::visibility;
using logs::at;

namespace {

struct contact {
  int who;
  logs::minutes when;
  actor by = actor::brand;
  std::optional<visibility> seen = std::nullopt;
  std::optional<std::string> department = "sales";
};
auto const told = cxm::is{&contact::by, actor::third_party};
auto const outside = cxm::met_outside(&contact::seen, &contact::department, "sales", "service");

auto exposure_of(std::vector<contact> const& log) {
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&contact::who, &contact::when, &contact::by});
  return cxm::measure(journeys, cxm::all(cxm::each_contact(cxm::on(told, cxm::proportion())),
                                         cxm::on(cxm::opened_by{told}, cxm::proportion()),
                                         cxm::each_contact(cxm::on(outside, cxm::proportion()))))
      .result();
}

}  // namespace

TEST_CASE("B15: 40 events, 6 of a third party, 4 contacts of accounting are 0.15 and 0.10") {
  std::vector<contact> log;
  for (int i = 0; i < 40; ++i) {
    contact one{i / 4, at(i)};
    if (i % 4 == 0 && i < 12) one.by = actor::third_party;  // three journeys start with it
    if (i % 4 == 2 && i < 12) one.by = actor::third_party;
    if (i >= 20 && i < 24) one.department = "accounting";
    if (i == 30) one = {one.who, one.when, actor::brand, visibility::back, "accounting"};
    log.push_back(one);
  }
  auto const [by_others, started, accounting] = exposure_of(log);
  CHECK(*by_others.value == 0.15);
  CHECK(*accounting.value == 0.10);
  CHECK(accounting.n == 40);  // what the customer does not see is no contact of the back office
  CHECK(*started.value == 0.3);
}

TEST_CASE("A contact of an unknown department is missing; an unseen one is not") {
  std::vector<contact> const log = {{1, at(0), actor::brand, {}, {}},
                                    {1, at(1), actor::brand, visibility::back, {}},
                                    {1, at(2), actor::partner, visibility::front, "courier"}};
  auto const [by_others, started, elsewhere] = exposure_of(log);
  CHECK(elsewhere.n == 2);
  CHECK(elsewhere.missing == 1);
  CHECK(elsewhere.successes == 1);
  CHECK(by_others.successes == 0);  // a partner acts for the firm
}

TEST_CASE("opened_by asks the first contact, whether it answers or not") {
  struct asked {
    int who;
    logs::minutes when;
    std::optional<bool> yes;
  };
  std::vector<asked> const log = {{1, at(0), {}}, {1, at(1), true}, {2, at(0), true}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&asked::who, &asked::when, &asked::who});
  auto const found =
      cxm::measure(journeys, cxm::on(cxm::opened_by{&asked::yes}, cxm::proportion())).result();
  CHECK(found.n == 1);
  CHECK(found.missing == 1);
}
