// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/nps.hpp>
#include <cxm/survey/point_counts.hpp>
#include <cxm/survey/tally.hpp>

#include "catch.hpp"

#include <vector>

TEST_CASE("point_counts: the answers a point, beside other readings") {
  auto answers = cxm::tally(cxm::points<1, 5>{}, cxm::point_counts());
  CHECK(answers.result().why() == cxm::reason::no_data);
  for (int answer : {1, 5, 5, 3, 9}) answers.add(answer);
  CHECK(*answers.result() == std::vector<std::uint64_t>{1, 0, 1, 0, 2});

  auto both = cxm::tally(cxm::nps(), cxm::point_counts(cxm::min_n{3}));
  both.add(10);
  both.add(0);
  CHECK(std::get<1>(both.result()).why() == cxm::reason::below_min_n);
  both.add(10);
  CHECK((*std::get<1>(both.result())).back() == 2);
}
