// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/touchpoint_fields.hpp>

#include "catch.hpp"

#include <chrono>
#include <optional>

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
