// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/unit.hpp>

#include "catch.hpp"

TEST_CASE("unit: a number without one is a number") {
  CHECK(cxm::unit{} == cxm::unit::number);
}
