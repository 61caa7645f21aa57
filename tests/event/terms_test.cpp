// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/terms.hpp>

#include "catch.hpp"

TEST_CASE("Actors, visibility and lifecycles have the names of the field") {
  STATIC_REQUIRE(cxm::name(cxm::actor::customer) == "customer");
  STATIC_REQUIRE(cxm::name(cxm::actor::third_party) == "third_party");
  STATIC_REQUIRE(cxm::name(cxm::actor::partner) == "partner");
  STATIC_REQUIRE(cxm::name(cxm::visibility::back) == "back");
  STATIC_REQUIRE(cxm::name(cxm::lifecycle::cancel) == "cancel");
}

TEST_CASE("The transitions of XES, in any case, become parts of a contact") {
  STATIC_REQUIRE(cxm::lifecycle_of("START") == cxm::lifecycle::start);
  STATIC_REQUIRE(cxm::lifecycle_of("Complete") == cxm::lifecycle::complete);
  for (auto const* const end : {"withdraw", "ate_abort", "PI_ABORT", "cancel"})
    CHECK(cxm::lifecycle_of(end) == cxm::lifecycle::cancel);
  for (auto const* const other :
       {"schedule", "SCHEDULE", "assign", "suspend", "", "starts", "star"})
    CHECK(cxm::lifecycle_of(other) == cxm::lifecycle::point);
}
