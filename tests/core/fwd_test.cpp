// SPDX-License-Identifier: BSL-1.0
#include <cxm/fwd.hpp>

// Before anything is defined: a header that only passes results on.
namespace {
struct dashboard {
  cxm::nps_score const* recommend = nullptr;
  cxm::maybe<double> const* effort = nullptr;
  cxm::scale_tally<cxm::points<1, 5>> const* tally = nullptr;
  cxm::basic_exact<> const* total = nullptr;
};
}  // namespace

#include <cxm/cxm.hpp>

#include "catch.hpp"

#include <type_traits>

TEST_CASE("What is declared ahead is what is defined, with its default arguments") {
  cxm::nps_score const score = cxm::nps().result();
  dashboard const shown{.recommend = &score};
  CHECK(shown.recommend->n == 0);
  STATIC_REQUIRE(std::is_same_v<cxm::points<1, 5>, cxm::points<1, 5, cxm::better::high>>);
  STATIC_REQUIRE(std::is_same_v<cxm::exact, cxm::basic_exact<1>>);
}
