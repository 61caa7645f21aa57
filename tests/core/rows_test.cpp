// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/rows.hpp>

#include "catch.hpp"

#include <array>
#include <stdexcept>
#include <vector>

TEST_CASE("column_with_gaps: a value counts where its bit is set, the lowest bit first") {
  std::vector<int> const values = {5, 6, 7, 8, 9, 10, 11, 12, 13};
  std::array<unsigned char, 2> const bits = {0b1000'0101, 0b1};
  cxm::column_with_gaps<int> const column(values, bits);
  REQUIRE(column.size() == 9);
  std::vector<std::optional<int>> seen;
  for (std::size_t i = 0; i < column.size(); ++i) seen.push_back(column[i]);
  CHECK(seen == std::vector<std::optional<int>>{5, {}, 7, {}, {}, {}, {}, 12, 13});
}

TEST_CASE("column_with_gaps: fewer bits than values are refused") {
  std::vector<int> const values(9);
  std::array<unsigned char, 1> const bits{};
  CHECK_THROWS_AS(cxm::column_with_gaps<int>(values, bits), std::invalid_argument);
  CHECK(cxm::column_with_gaps<int>({}, {}).size() == 0);
}

TEST_CASE("rows: fields and parts of rows are rows") {
  struct answer {
    int score;
  };
  std::vector<answer> const answers = {{1}, {2}, {3}};
  auto const rows = cxm::detail::rows_in(answers);
  cxm::detail::field_rows const scores{&answer::score, rows};
  CHECK(scores.size() == 3);
  CHECK(scores[2] == 3);
  // A row that a getter makes is gone when its field is read: the field is copied.
  cxm::detail::field_rows const made{[](answer const& a) { return answer{a.score * 2}; }, rows};
  cxm::detail::field_rows const of_made{&answer::score, made};
  STATIC_REQUIRE(std::is_same_v<decltype(of_made[0]), int>);
  STATIC_REQUIRE(std::is_same_v<decltype(scores[0]), int const&>);
  CHECK(of_made[1] == 4);
  std::vector<std::size_t> sizes;
  std::vector<char> const many(10'000);
  cxm::detail::in_blocks(cxm::detail::rows_in(many), [&](auto const& block) {
    sizes.push_back(block.size());
    CHECK(&block[0] == &many[4096 * (sizes.size() - 1)]);
  });
  CHECK(sizes == std::vector<std::size_t>{4096, 4096, 1808});
}
