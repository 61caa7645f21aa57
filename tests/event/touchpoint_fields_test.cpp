// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace {
struct contact {
  int customer;
  std::chrono::sys_seconds when;
  char what;
  std::optional<std::chrono::sys_seconds> ended;
};
}  // namespace

TEST_CASE("Touchpoint fields hold who, when, what and any number of extras") {
  auto const plain = cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what};
  CHECK(plain.customer == &contact::customer);
  auto const rich =
      cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what,
                             cxm::ends_at{&contact::ended}, cxm::keep{&contact::what}};
  CHECK(std::get<0>(rich.extras).field == &contact::ended);
  CHECK(std::get<1>(rich.extras).field == &contact::what);
}

TEST_CASE("How long a contact lasted says when it ended, in whole ticks of its time") {
  using namespace std::chrono_literals;
  struct call {
    int customer;
    std::chrono::sys_seconds when;
    std::optional<std::chrono::milliseconds> took;
  };
  auto const at = [](int second) { return std::chrono::sys_seconds(second * 1s); };
  std::vector<call> const log = {{1, at(10), 5000ms},
                                 {1, at(20), {}},
                                 {1, at(30), 1ms},
                                 {1, at(40), -1ms},
                                 {1, at(50), -1000ms}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&call::customer, &call::when, &call::customer,
                                                   cxm::lasts{&call::took}});
  REQUIRE(journeys.events() == 4);
  CHECK(journeys[0][0].ended() == at(15));
  CHECK(journeys[0][1].ended() == at(20));
  CHECK(journeys[0][2].ended() == at(31));
  CHECK(journeys.left_out().end_before_start == 1);
  struct hostile {
    int customer;
    std::chrono::sys_seconds when;
    std::chrono::seconds took;
  };
  std::vector<hostile> const extremes = {{1, at(10), std::chrono::seconds::max()},
                                         {1, at(-10), std::chrono::seconds::min()}};
  auto const ends = cxm::reconstruct(
      extremes, cxm::touchpoint_fields{&hostile::customer, &hostile::when, &hostile::customer,
                                       cxm::lasts{&hostile::took}});
  CHECK(ends[0][0].ended() == std::chrono::sys_seconds::max());
  CHECK(ends.left_out().end_before_start == 1);
}
