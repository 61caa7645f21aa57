// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/contact.hpp>
#include <cxm/journey/placed_contact.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ratings.hpp"

#include <map>
#include <stdexcept>

using ratings::contact;

TEST_CASE("Contacts lie in the part of the journey in which their middle lies") {
  auto const parts_of = [](std::size_t size, std::uint32_t parts) {
    auto const log = ratings::one(ratings::some(size));
    auto const journeys = cxm::reconstruct(log, ratings::fields());
    auto const found =
        cxm::measure(journeys, cxm::each_placed(cxm::by(cxm::part_of_journey{parts}, cxm::count())))
            .result();
    std::vector<std::pair<std::uint32_t, std::uint64_t>> list;
    for (auto const& [part, n] : found) list.emplace_back(part, n);
    return list;
  };
  using list = std::vector<std::pair<std::uint32_t, std::uint64_t>>;
  CHECK(parts_of(1, 10) == list{{5, 1}});
  CHECK(parts_of(2, 10) == list{{2, 1}, {7, 1}});
  CHECK(parts_of(4, 10) == list{{1, 1}, {3, 1}, {6, 1}, {8, 1}});
  CHECK(parts_of(20, 4) == list{{0, 5}, {1, 5}, {2, 5}, {3, 5}});
  CHECK_THROWS_AS(cxm::part_of_journey{0}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::part_of_journey{1001}, std::invalid_argument);
  CHECK(cxm::part_of_journey{10}.name() == "part of 10");
  CHECK(cxm::part_of_journey{1000}.name() == "part of 1000");
}

TEST_CASE("Placed contacts read the user's fields, the touchpoint and their place") {
  auto const log = ratings::random(3, 300, 6);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const found =
      cxm::measure(journeys, cxm::each_placed(cxm::by(cxm::place_in_journey, cxm::at_touchpoint,
                                                      cxm::on(&contact::rating, cxm::moments()))))
          .result();
  std::map<std::pair<std::uint64_t, int>, std::uint64_t> expected;
  for (auto const& journey : journeys)
    for (std::size_t i = 0; i < journey.size(); ++i)
      expected[{i, journey[i].touchpoint()}] += journey[i].read(&contact::rating) ? 1 : 0;
  REQUIRE(found.size() == expected.size());
  for (auto const& [key, one] : found)
    CHECK(one.n == expected.at({std::get<0>(key), std::get<1>(key)}));
}

TEST_CASE("Tenths and twentieths don't merge; the laws of merging") {
  auto const plan = [](std::uint32_t parts) {
    return cxm::each_placed(cxm::by(cxm::part_of_journey{parts}, cxm::count()));
  };
  auto const log = ratings::random(4, 100, 6);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto tenths = cxm::measure(journeys, plan(10));
  auto const twentieths = cxm::measure(journeys, plan(20));
  CHECK_THROWS_AS(tenths.merge(twentieths), std::invalid_argument);
  auto const report = cxm::check_merge_laws(plan(10), ratings::listed(journeys), {.rounds = 4});
  INFO(report.text());
  CHECK(report.holds());
}
