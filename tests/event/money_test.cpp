// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/event/money.hpp>

#include "catch.hpp"

#include <stdexcept>

using cxm::currency;
using cxm::money;

TEST_CASE("Money adds within one currency, and within 64 bits") {
  constexpr currency euro("EUR"), zloty("PLN");
  STATIC_REQUIRE(money{150, euro} + money{-50, euro} == money{100, euro});
  STATIC_REQUIRE(money{150, euro} - money{50, euro} == money{100, euro});
  CHECK_THROWS_AS((money{1, euro} + money{1, zloty}), std::invalid_argument);
  CHECK_THROWS_AS((money{1, euro} - money{1, zloty}), std::invalid_argument);
  CHECK_THROWS_AS((money{INT64_MAX, euro} + money{1, euro}), std::invalid_argument);
  CHECK_THROWS_AS((money{INT64_MIN, euro} + money{-1, euro}), std::invalid_argument);
  CHECK_THROWS_AS((money{INT64_MIN, euro} - money{1, euro}), std::invalid_argument);
  CHECK_THROWS_AS((money{0, euro} - money{INT64_MIN, euro}), std::invalid_argument);
  CHECK(money{INT64_MIN, euro} - money{INT64_MIN, euro} == money{0, euro});
}

TEST_CASE("A currency is three capital letters") {
  CHECK(std::string(currency("PLN").code().data(), 3) == "PLN");
  // ISO 4217's code for no currency at all.
  CHECK(std::string(currency().code().data(), 3) == std::string(3, 'X'));
  for (auto const* const bad : {"", "EU", "EURO", "eur", "E1R"})
    CHECK_THROWS_AS(currency(bad), std::invalid_argument);
}
