// SPDX-License-Identifier: BSL-1.0
// Suppression: examples by hand, and attacks. The attack on one key subtracts; that on two keys
// solves the linear equations of the margins exactly (by Gaussian elimination), and must find no
// withheld cell.
#include <cxm/report/detail/withhold.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using counts = std::vector<std::uint64_t>;

namespace {

std::vector<bool> withheld(counts const& people, std::uint64_t least = 5) {
  return cxm::detail::withhold_line(people, least).cells;
}

struct answer {
  std::string channel;
  std::string region;
  int recommend;
};
std::vector<answer> answers(std::vector<std::tuple<std::string, std::string, int>> const& cells) {
  std::vector<answer> all;
  for (auto const& [channel, region, n] : cells)
    for (int i = 0; i < n; ++i) all.push_back({channel, region, 9});
  return all;
}
auto by_channel(std::vector<answer> const& all) {
  return cxm::measure(all, cxm::by(&answer::channel, cxm::on(&answer::recommend, cxm::nps())))
      .result();
}

/// The cells (of an extended table with margins) whose value follows from the shown ones.
std::vector<bool> solved(std::size_t rows, std::size_t columns,
                         cxm::detail::withheld_cross const& cross) {
  std::size_t const width = columns + 1, size = (rows + 1) * width;
  std::vector<std::vector<double>> equations;
  auto const equation = [&](auto const& place, std::size_t length) {
    std::vector<double> line(size, 0);
    for (std::size_t i = 0; i <= length; ++i) {
      auto const [r, c] = place(i);
      if (cross.hidden(r, c)) line[r * width + c] = i == length ? -1 : 1;
    }
    equations.push_back(line);
  };
  for (std::size_t r = 0; r <= rows; ++r)
    equation([&](std::size_t i) { return std::pair(r, i); }, columns);
  for (std::size_t c = 0; c <= columns; ++c)
    equation([&](std::size_t i) { return std::pair(i, c); }, rows);
  std::size_t top = 0;
  for (std::size_t c = 0; c < size && top < equations.size(); ++c) {
    std::size_t pivot = top;
    while (pivot < equations.size() && std::abs(equations[pivot][c]) < 1e-9) ++pivot;
    if (pivot == equations.size()) continue;
    std::swap(equations[pivot], equations[top]);
    for (std::size_t other = 0; other < equations.size(); ++other) {
      double const factor = other == top ? 0 : equations[other][c] / equations[top][c];
      for (std::size_t k = c; factor != 0 && k < size; ++k)
        equations[other][k] -= factor * equations[top][k];
    }
    ++top;
  }
  std::vector<bool> known(size);
  for (auto const& line : equations) {
    std::size_t unknown = 0, last = 0;
    for (std::size_t k = 0; k < size; ++k)
      if (std::abs(line[k]) > 1e-9) ++unknown, last = k;
    if (unknown == 1) known[last] = true;
  }
  return known;
}

}  // namespace

TEST_CASE("publish: small groups are withheld, and with a single one the next smallest") {
  CHECK(withheld({100, 50, 20}) == std::vector{false, false, false});
  CHECK(withheld({100, 3, 20}) == std::vector{false, true, true});
  CHECK(withheld({100, 3, 4, 20}) == std::vector{false, true, true, false});
  CHECK(withheld({100, 1, 1, 20}) ==
        std::vector{false, true, true, true});                        // two people are not five
  CHECK(withheld({100, 0, 20}) == std::vector{false, false, false});  // nobody is in an empty group
  CHECK(withheld({100, 0, 3}) == std::vector{true, false, true});
  CHECK(withheld({100, 4, 20}, 4) == std::vector{false, false, false});
  CHECK(withheld({}).empty());
}

TEST_CASE("publish: a total that is but the withheld groups is withheld itself") {
  CHECK(cxm::detail::withhold_line({3}, 5).total);
  CHECK(cxm::detail::withhold_line({1, 2}, 5).total);
  CHECK_FALSE(cxm::detail::withhold_line({3, 4}, 5).total);
  CHECK_FALSE(cxm::detail::withhold_line({8}, 5).total);
}

TEST_CASE("publish: subtraction from the total never leaves fewer people than the minimum") {
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    counts people(random() % 7);
    for (auto& n : people) n = random() % 12;
    std::uint64_t const least = 1 + random() % 8;
    auto const found = cxm::detail::withhold_line(people, least);
    std::uint64_t hidden = 0, cells = 0;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (people[i] > 0 && people[i] < least) REQUIRE(found.cells[i]);
      if (!found.cells[i]) continue;
      hidden += people[i];
      ++cells;
    }
    if (cells > 0 && !found.total) REQUIRE((cells >= 2 && hidden >= least));
  }
}

TEST_CASE("publish: no cell of two keys follows from the others and the margins") {
  std::mt19937 random(5);
  std::size_t withheld_cells = 0;
  for (int round = 0; round < 3000; ++round) {
    std::size_t const rows = 1 + random() % 5, columns = 1 + random() % 5;
    counts people(rows * columns);
    for (auto& n : people) n = random() % 3 == 0 ? random() % 6 : random() % 40;
    cxm::detail::withheld_cross const cross(rows, columns, people, people, 5);
    auto const known = solved(rows, columns, cross);
    for (std::size_t r = 0; r <= rows; ++r)
      for (std::size_t c = 0; c <= columns; ++c) {
        std::uint64_t const n = cross.count(r, c);
        if (n > 0 && n < 5) REQUIRE(cross.hidden(r, c));
        if (n == 0) REQUIRE_FALSE(cross.hidden(r, c));
        withheld_cells += cross.hidden(r, c) ? 1 : 0;
        REQUIRE_FALSE((cross.hidden(r, c) && known[r * (columns + 1) + c]));
      }
    for (std::size_t r = 0; r <= rows; ++r) {  // what is hidden in a line of known total is enough
      std::uint64_t hidden = 0;
      for (std::size_t c = 0; c < columns; ++c)
        hidden += cross.hidden(r, c) ? cross.count(r, c) : 0;
      if (!cross.hidden(r, columns)) REQUIRE((hidden == 0 || hidden >= 5));
    }
  }
  CHECK(withheld_cells > 1000);
}

TEST_CASE("publish: groups of results keep their names and lose their numbers") {
  auto const found = by_channel(answers({{"web", "n", 50}, {"call", "n", 20}, {"fax", "n", 2}}));
  auto const table = cxm::publish(found);
  REQUIRE(table.size() == 3);
  CHECK(table.withheld() == 2);
  CHECK(table.least() == 5);
  for (auto const& [key, result] : table) {
    CHECK(result.has_value() == (key == std::vector<std::string>{"web"}));
    if (!result) CHECK(result.why() == cxm::reason::suppressed);
  }
  CHECK(cxm::publish(found, cxm::min_people{1}).withheld() == 0);
  CHECK_THROWS_AS(cxm::publish(found, cxm::min_people{0}), std::invalid_argument);
}

TEST_CASE("publish: labels, totals and transformed results stay guarded") {
  auto const all = answers({{"web", "n", 50}, {"fax", "n", 2}});
  auto const total = cxm::measure(all, cxm::on(&answer::recommend, cxm::nps())).result();
  auto const table =
      cxm::publish(by_channel(all), cxm::with_total{total},
                   cxm::labelled{[](std::string const& key) { return "by " + key; }});
  CHECK(table.begin()->key == std::vector<std::string>{"by fax"});
  CHECK(table.withheld() == 2);
  REQUIRE(table.total().has_value());
  CHECK((*table.total())->n == 52);
  auto const promoters =
      table.transform([](cxm::nps_score const& score) { return score.promoters; });
  CHECK(promoters.withheld() == 2);
  auto const small = by_channel(answers({{"web", "n", 3}}));
  auto const alone = cxm::publish(small, cxm::with_total{cxm::nps_score{small.at("web")}});
  CHECK(alone.total()->why() == cxm::reason::suppressed);
}

TEST_CASE("publish: two keys are guarded by both margins") {
  auto const all = answers({{"web", "north", 50},
                            {"web", "south", 40},
                            {"call", "north", 30},
                            {"call", "south", 2},
                            {"shop", "north", 20},
                            {"shop", "south", 25}});
  auto const table =
      cxm::publish(cxm::measure(all, cxm::by(&answer::channel, &answer::region,
                                             cxm::on(&answer::recommend, cxm::nps())))
                       .result());
  CHECK(table.withheld() == 4);  // a rectangle with the smallest partners: call and shop
  REQUIRE(table.rows().size() == 3);
  CHECK(*table.rows()[0].people == 32);
  CHECK(*table.columns()[0].people == 100);
}

TEST_CASE("publish: what by merged into other is a group like any other") {
  std::vector<answer> all;
  for (int i = 0; i < 30; ++i) all.push_back({"c" + std::to_string(i % 10), "", 9});
  auto const found =
      cxm::measure(all, cxm::by(&answer::channel, cxm::count(), cxm::at_most{4})).result();
  auto const table = cxm::publish(found, cxm::min_people{3});
  CHECK(table.size() == 5);
  CHECK(table.withheld() == 0);
}

TEST_CASE("publish: of several results in a group the one with fewest people decides") {
  struct row {
    int key;
    std::optional<int> a, b;
  };
  std::vector<row> const all(10, row{1, 9, {}});
  auto const found = cxm::measure(all, cxm::by(&row::key, cxm::all(cxm::on(&row::a, cxm::nps()),
                                                                   cxm::on(&row::b, cxm::nps()))))
                         .result();
  CHECK(cxm::publish(found).withheld() == 0);  // nobody answered b, which betrays nobody
  auto some = all;
  some[0].b = 3;
  CHECK(cxm::publish(cxm::measure(some, cxm::by(&row::key, cxm::all(cxm::on(&row::a, cxm::nps()),
                                                                    cxm::on(&row::b, cxm::nps()))))
                         .result())
            .withheld() == 1);
  CHECK(cxm::detail::people_in(std::tuple(std::uint64_t{3}, std::uint64_t{0})) ==
        3);  // not hidden by the other's 0
}

TEST_CASE("publish: a single result below the minimum is withheld, none is none") {
  cxm::nps_score score;
  CHECK_FALSE(cxm::publish(score).withheld());
  score.n = 4;
  CHECK(cxm::publish(score).withheld());
  CHECK_FALSE(cxm::publish(score, cxm::min_people{4}).withheld());
}
