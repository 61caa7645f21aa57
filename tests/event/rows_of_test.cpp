// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/rows_of.hpp>

#include "catch.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

TEST_CASE("Columns of equal length are seen as rows, without a copy") {
  std::vector<int> const ids = {1, 2, 3};
  std::array<std::string, 3> const names = {"a", "b", "c"};
  auto const rows = cxm::rows_of(ids, names);
  REQUIRE(rows.size() == 3);
  CHECK(cxm::nth<0>(rows[1]) == 2);
  CHECK(&cxm::nth<1>(rows[2]) == &names[2]);
  std::string seen;
  for (auto const row : rows) seen += std::to_string(row.get<0>()) + row.get<1>();
  CHECK(seen == "1a2b3c");
}

TEST_CASE("Columns of different lengths are refused, empty ones are no rows") {
  std::vector<int> const ids = {1, 2}, none;
  std::vector<double> const values = {1.0};
  CHECK_THROWS_AS(cxm::rows_of(ids, values), std::invalid_argument);
  auto const rows = cxm::rows_of(none, none);
  CHECK(rows.begin() == rows.end());
}

TEST_CASE("A column with gaps is a column whose values are optional") {
  std::vector<int> const ids = {1, 2, 3}, scores = {9, 0, 7};
  std::array<unsigned char, 1> const valid = {0b101};
  auto const rows = cxm::rows_of(ids, cxm::column_with_gaps<int>(scores, valid));
  REQUIRE(rows.size() == 3);
  CHECK(cxm::nth<1>(rows[0]) == 9);
  CHECK_FALSE(cxm::nth<1>(rows[1]).has_value());
  CHECK(cxm::nth<1>.column_of(rows)[2] == 7);
  CHECK_THROWS_AS(cxm::rows_of(ids, cxm::column_with_gaps<int>({}, {})), std::invalid_argument);
}
