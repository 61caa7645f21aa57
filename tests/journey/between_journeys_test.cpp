// SPDX-License-Identifier: BSL-1.0
// Shrout & Fleiss (1979) once more, their targets as journeys: ICC(1,1) = .17; and the same as one
// group a journey on random journeys.
#include <cxm/journey/between_journeys.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ratings.hpp"

using namespace Catch::Matchers;
using ratings::contact;

TEST_CASE("Between journeys: table 2 of Shrout & Fleiss (1979), ICC(1,1) = .17") {
  ratings::contacts log;
  for (auto const& target : std::vector<ratings::some>{
           {9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}})
    ratings::add(log, target);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const found = cxm::measure(journeys, cxm::between_journeys(&contact::rating)).result();
  CHECK_THAT(*found.icc, WithinAbs(0.17, 0.005));
  CHECK_THAT(*found.icc, WithinRel(0.16574176840547544, 1e-14));
  CHECK_THAT(found.interval->high, WithinRel(0.722560062328121, 1e-12));
  CHECK(found.groups == 6);
  CHECK(found.n == 24);
}

TEST_CASE("Between journeys equals the components of one group a journey") {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    auto const log = ratings::random(seed, 40 * static_cast<int>(seed), 8);
    auto const journeys = cxm::reconstruct(log, ratings::fields());
    auto const found = cxm::measure(journeys, cxm::between_journeys(&contact::rating)).result();
    auto const slow = cxm::variance_components(
        cxm::measure(journeys, cxm::by(cxm::customer_of, cxm::each_contact(cxm::on(
                                                             &contact::rating, cxm::moments()))))
            .result());
    CHECK(found.n == slow.n);
    CHECK(found.groups == slow.groups);
    CHECK(found.groups + found.unrated == journeys.size());
    CHECK_THAT(*found.mean, WithinRel(*slow.mean, 1e-13));
    CHECK_THAT(*found.group_size, WithinRel(*slow.group_size, 1e-12));
    CHECK_THAT(*found.between, WithinAbs(*slow.between, 1e-10));
    CHECK_THAT(*found.within, WithinRel(*slow.within, 1e-12));
    CHECK_THAT(*found.icc, WithinAbs(*slow.icc, 1e-11));
  }
}

TEST_CASE("Between journeys: all that differs is the journey, and all is within") {
  ratings::contacts log;
  ratings::add(log, {7, 7, 7});
  ratings::add(log, {2, 2});
  auto journeys = cxm::reconstruct(log, ratings::fields());
  auto const apart = cxm::measure(journeys, cxm::between_journeys(&contact::rating)).result();
  CHECK(*apart.within == 0.0);  // exactly: the sums are integers
  CHECK(*apart.share == 1.0);
  ratings::contacts mixed;
  ratings::add(mixed, {1, 9});
  ratings::add(mixed, {9, 1, 5});
  auto const alike = cxm::measure(cxm::reconstruct(mixed, ratings::fields()),
                                  cxm::between_journeys(&contact::rating))
                         .result();
  CHECK(*alike.share == 0.0);
  CHECK(*alike.mean_square_between == 0.0);
}

TEST_CASE("Between journeys: none, unrated, beyond all scales") {
  ratings::contacts log;
  auto const found = [&] {
    auto const journeys = cxm::reconstruct(log, ratings::fields());
    return cxm::measure(journeys, cxm::between_journeys(&contact::rating)).result();
  };
  CHECK(found().icc.why() == cxm::reason::no_data);
  ratings::add(log, {{}, {}});
  CHECK(found().unrated == 1);
  ratings::add(log, {3, 4});
  CHECK(found().icc.why() == cxm::reason::degenerate);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const far = [](contact const&) { return std::int64_t{1} << 40; };
  CHECK(cxm::measure(journeys, cxm::between_journeys(far)).result().invalid == 2);
}

TEST_CASE("Between journeys: the laws of merging") {
  auto const log = ratings::random(33, 90, 6);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const report = cxm::check_merge_laws(cxm::between_journeys(&contact::rating),
                                            ratings::listed(journeys), {.rounds = 4});
  INFO(report.text());
  CHECK(report.holds());
}
