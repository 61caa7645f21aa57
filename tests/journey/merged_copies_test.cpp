// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/merged_copies.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

using logs::at;

namespace {

struct row {
  std::optional<int> id;
  std::optional<int> score = std::nullopt;
  std::optional<std::string> agent = std::nullopt;
  std::optional<logs::minutes> seen = std::nullopt;
  int place = 0;
  friend bool operator==(row const&, row const&) = default;
};
cxm::once_per const once{&row::id};
cxm::fill const members{&row::score, &row::agent};

}  // namespace

TEST_CASE("Copies fill what the kept row does not know, and never overwrite") {
  std::vector<row> const log = {{1, {}, "Ann"}, {2, 7, {}}, {1, 9, "Bob"}, {{}, 1, {}}, {1, 4, {}}};
  auto const first = cxm::merged_copies(log, once, members);
  CHECK(first.rows == std::vector<row>{{1, 9, "Ann"}, {2, 7, {}}, {{}, 1, {}}});
  CHECK(first.copies == 2);
  CHECK(first.conflicts == 2);  // Bob against Ann, 4 against 9
  auto const last = cxm::merged_copies(log, once, members, cxm::keep_last{});
  CHECK(last.rows == std::vector<row>{{2, 7, {}}, {{}, 1, {}}, {1, 4, "Bob"}});
}

TEST_CASE("A field says in which order copies fill") {
  std::vector<row> const log = {
      {1, 1, {}, at(5)}, {1, {}, {}, at(2)}, {1, 3, {}, at(9)}, {1, 4, {}, {}}};
  CHECK(cxm::merged_copies(log, once, members, cxm::keep_first{&row::seen}).rows ==
        std::vector<row>{{1, 1, {}, at(2)}});
  CHECK(cxm::merged_copies(log, once, members, cxm::keep_last{&row::seen}).rows ==
        std::vector<row>{{1, 3, {}, at(9)}});
}

TEST_CASE("A function of one's own merges as it likes") {
  std::vector<row> const log = {{1, 3}, {1, 4}, {2, 5}};
  auto const sums = cxm::merged_copies(
      log, once, cxm::merge_with{[](row& kept, row const& copy) { *kept.score += *copy.score; }});
  CHECK(sums.rows == std::vector<row>{{1, 7}, {2, 5}});
}

TEST_CASE("Merging random logs: the slow way gives the same rows, and so does the log twice over") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    logs::numbers next(seed);
    std::vector<row> log;
    for (int i = 0; i < 30; ++i) {
      row one{next.below(8), {}, {}, {}, i};
      if (next.below(2) > 0) one.score = next.below(3);
      if (next.below(2) > 0) one.seen = at(next.below(5));
      log.push_back(one);
    }
    bool const last = next.below(2) > 0;
    std::map<int, std::vector<row>> copies;
    for (auto const& one : log) copies[*one.id].push_back(one);
    std::vector<row> slow;
    for (auto& [id, group] : copies) {
      if (last) std::reverse(group.begin(), group.end());
      std::stable_sort(group.begin(), group.end(), [&](row const& a, row const& b) {
        if (!a.seen || !b.seen) return a.seen.has_value() && !b.seen;
        return last ? *b.seen < *a.seen : *a.seen < *b.seen;
      });
      row kept = group.front();
      for (auto const& one : group)
        if (!kept.score) kept.score = one.score;
      slow.push_back(kept);
    }
    auto const by_place = [](row const& a, row const& b) { return a.place < b.place; };
    std::sort(slow.begin(), slow.end(), by_place);
    auto const merged = [&](std::vector<row> const& rows) {
      return last ? cxm::merged_copies(rows, once, members, cxm::keep_last{&row::seen})
                  : cxm::merged_copies(rows, once, members, cxm::keep_first{&row::seen});
    };
    REQUIRE(merged(log).rows == slow);
    CHECK(merged(log).copies == log.size() - slow.size());
    auto twice = log;
    twice.insert(twice.end(), log.begin(), log.end());
    auto again = merged(twice).rows;
    std::sort(again.begin(), again.end(), by_place);
    REQUIRE(again == slow);
  }
}
