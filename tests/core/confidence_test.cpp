// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/confidence.hpp>

#include "catch.hpp"

#include <limits>
#include <stdexcept>

using namespace Catch::Matchers;

TEST_CASE("A confidence level lies strictly between 0 and 1") {
  CHECK(cxm::confidence{}.level() == 0.95);
  CHECK_THAT(cxm::confidence{0.9}.tail(), WithinAbs(0.05, 1e-16));
  for (double const wrong : {0.0, 1.0, -0.5, 95.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK_THROWS_AS(cxm::confidence{wrong}, std::invalid_argument);
}
