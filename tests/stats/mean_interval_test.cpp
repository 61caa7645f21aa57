// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/mean_interval.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>

#include "catch.hpp"

#include <chrono>
#include <vector>

using namespace Catch::Matchers;
using namespace std::chrono_literals;

TEST_CASE("mean_interval: Student's sleep data, 1908: hours gained, 95 % interval by R's t.test") {
  // extra sleep with the second drug: mean 2.33, 0.8976775 to 3.7623225
  std::vector<double> const hours = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  auto const found = cxm::mean_interval(cxm::measure(hours, cxm::exact_moments()).result());
  CHECK_THAT(found->low, WithinAbs(0.8976775, 5e-8));
  CHECK_THAT(found->high, WithinAbs(3.7623225, 5e-8));
  auto const clipped = cxm::mean_interval(cxm::measure(hours, cxm::exact_moments()).result(),
                                          cxm::confidence{}, {0, 3});
  CHECK(clipped->high == 3.0);
  CHECK_THAT(clipped->raw.high, WithinAbs(3.7623225, 5e-8));
}

TEST_CASE("mean_interval of whole numbers and durations, and where there is none") {
  auto const numbers =
      cxm::mean_interval(cxm::measure(std::vector{1, 2, 4}, cxm::moments()).result());
  auto const waits =
      cxm::mean_interval(cxm::measure(std::vector{1min, 2min, 4min}, cxm::moments()).result());
  CHECK(*numbers == *waits);  // in minutes
  CHECK(cxm::mean_interval(cxm::measure(std::vector<int>{}, cxm::moments()).result()).why() ==
        cxm::reason::no_data);
  CHECK(cxm::mean_interval(cxm::measure(std::vector{3}, cxm::moments()).result()).why() ==
        cxm::reason::degenerate);
}
