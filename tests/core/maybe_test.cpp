// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>

#include "catch.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

using cxm::maybe;
using cxm::reason;

TEST_CASE("maybe: a value, or the reason why there is none") {
  maybe<double> const some = 4.0;
  maybe<double> const none = reason::below_min_n;
  CHECK(some.has_value());
  CHECK(*some == 4.0);
  CHECK(some.value_or(7.0) == 4.0);
  CHECK_FALSE(none);
  CHECK(none.why() == reason::below_min_n);
  CHECK(none.value_or(7.0) == 7.0);
}

TEST_CASE("maybe: reading what is not there throws, and says why") {
  maybe<std::string> const none = reason::suppressed;
  CHECK_THROWS_AS(*none, cxm::no_value);
  CHECK_THROWS_AS(none->size(), cxm::no_value);
  CHECK_THROWS_AS(maybe<std::string>(reason::no_data).value(), std::logic_error);
  try {
    (void)none.value();
  } catch (cxm::no_value const& error) {
    CHECK(error.why() == reason::suppressed);
    CHECK(std::string(error.what()).find("suppressed") != std::string::npos);
  }
}

TEST_CASE("maybe: transform keeps the reason") {
  maybe<double> const four = 4.0;
  maybe<double> const none = reason::degenerate;
  auto const root = [](double value) { return std::sqrt(value); };
  CHECK(four.transform(root) == maybe<double>(2.0));
  CHECK(none.transform(root) == maybe<double>(reason::degenerate));
  CHECK(four.transform([](double) { return std::string("text"); }) == maybe<std::string>("text"));
}

TEST_CASE("maybe: equal are equal values, or equal reasons") {
  CHECK(maybe<int>(3) == maybe<int>(3));
  CHECK_FALSE(maybe<int>(3) == maybe<int>(4));
  CHECK_FALSE(maybe<int>(0) == maybe<int>(reason::no_data));
  CHECK_FALSE(maybe<int>(reason::overflow) == maybe<int>(reason::no_data));
}

TEST_CASE("reason: every one has its name") {
  CHECK(name(reason::no_data) == "no_data");
  CHECK(name(reason::below_min_n) == "below_min_n");
  CHECK(name(reason::degenerate) == "degenerate");
  CHECK(name(reason::not_identified) == "not_identified");
  CHECK(name(reason::not_converged) == "not_converged");
  CHECK(name(reason::suppressed) == "suppressed");
  CHECK(name(reason::overflow) == "overflow");
  CHECK(name(reason::bad_state) == "bad_state");
}

TEST_CASE("error: wrong configuration is std::invalid_argument, counts stay below 2^63") {
  CHECK_THROWS_AS(cxm::detail::refuse("cxm::test: a sentence"), std::invalid_argument);
  CHECK(cxm::detail::counts_fit(INT64_MAX, 0));
  CHECK(cxm::detail::counts_fit(1, INT64_MAX - 1));
  CHECK_FALSE(cxm::detail::counts_fit(1, INT64_MAX));
  CHECK_FALSE(cxm::detail::counts_fit(UINT64_MAX, 0));
  CHECK_FALSE(cxm::detail::counts_fit(UINT64_MAX, 1));
}
