// SPDX-License-Identifier: BSL-1.0
// The worked numbers of C17: 6, 9, 2, 7, 8 on 0–10 with neutral 5 have the peak 9, the end 8, peak–
// end 8.5 and with a negative peak 5.0; and of anchor 7.9: 3, 2, −4, 1, 2 have −4 and 2, so −1.
// C21: .5, −.8, .2, .6 swing by 1.4, are lowest at position 2 and recover by 1.4.
#include <cxm/journey/average.hpp>
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/rated_contacts.hpp>
#include <cxm/journey/rated_journeys.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ratings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

using namespace Catch::Matchers;
using ratings::contact;

namespace {
/// What `field` gives for one journey of these ratings.
template <class Field>
auto of(ratings::some const& rated, Field const& field) {
  auto const log = ratings::one(rated);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  return field(journeys[0]);
}
auto remembered(ratings::some const& rated, auto... policies) {
  return of(rated, cxm::peak_end(&contact::rating, policies...));
}
}  // namespace

TEST_CASE("Worked example C17: 6, 9, 2, 7, 8 with neutral 5") {
  ratings::some const rated = {6, 9, 2, 7, 8};
  CHECK(of(rated, cxm::average(&contact::rating)) == 6.4);
  CHECK(of(rated, cxm::at_contact{cxm::peak_rated{&contact::rating, cxm::neutral{5}},
                                  &contact::rating}) == 9);
  CHECK(of(rated, cxm::last(&contact::rating)) == 8);
  CHECK(remembered(rated, cxm::neutral{5}) == 8.5);
  CHECK(remembered(rated, cxm::negative_peak{}) == 5.0);
  CHECK(of(rated, cxm::worst(&contact::rating)) == 2);
  CHECK(of(rated, cxm::best(&contact::rating)) == 9);
}

TEST_CASE("Worked example of anchor 7.9: 3, 2, −4, 1, 2 is remembered as −1, its mean is .8") {
  ratings::some const rated = {3, 2, -4, 1, 2};
  CHECK(remembered(rated, cxm::neutral{0}) == -1.0);
  CHECK(of(rated, cxm::average(&contact::rating)) == 0.8);
}

TEST_CASE("Peak and end: ties go to the more negative, then to the later") {
  CHECK(remembered({9, 1, 5}, cxm::neutral{5}) == 3.0);  // 9 and 1 are equally far: 1
  CHECK(remembered({1, 9, 5}, cxm::neutral{5}) == 3.0);
  auto const where = [](ratings::some const& rated) {
    return of(rated, cxm::at_contact{cxm::peak_rated{&contact::rating, cxm::neutral{5}},
                                     &contact::touchpoint});
  };
  CHECK(where({1, 9, 1, 5}) == 2);
  CHECK(where({9, 5, 9}) == 2);
  // Where low is good, the more negative is the higher.
  CHECK(remembered({9, 1, 5}, cxm::neutral{5}, cxm::low_is_good{}) == 7.0);
  CHECK(remembered({2, 4, 1}, cxm::negative_peak{}, cxm::low_is_good{}) == 2.5);
}

TEST_CASE("Peak and end: one rating is both, unrated contacts don't count, none gives none") {
  CHECK(remembered({{}, 7, {}}, cxm::neutral{5}) == 7.0);
  CHECK(remembered({{}, 9, {}, 3, {}}, cxm::neutral{5}) == 6.0);
  CHECK_FALSE(remembered({{}, {}}, cxm::neutral{5}));
  CHECK_FALSE(of({{}}, cxm::worst(&contact::rating)));
  CHECK_FALSE(of({{}}, cxm::average(&contact::rating)));
  CHECK_FALSE(of({{}}, cxm::at_contact{cxm::worst_rated{&contact::rating}, &contact::touchpoint}));
}

TEST_CASE("Peak and end with another weight, and weights that are refused") {
  ratings::some const rated = {6, 9, 2, 7, 8};
  CHECK(remembered(rated, cxm::neutral{5}, cxm::peak_weight{1}) == 9.0);
  CHECK(remembered(rated, cxm::peak_weight{0}, cxm::neutral{5}) == 8.0);
  CHECK_THAT(*remembered(rated, cxm::neutral{5}, cxm::peak_weight{0.7}), WithinRel(8.7, 1e-15));
  CHECK_THROWS_AS(cxm::peak_weight{1.1}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::peak_weight{std::nan("")}, std::invalid_argument);
}

TEST_CASE("Worked example C21: .5, −.8, .2, .6 swings by 1.4 and recovers by 1.4") {
  auto const valence = [](contact const& one) -> std::optional<double> {
    return one.rating ? std::optional(*one.rating / 10.0) : std::nullopt;
  };
  ratings::some const felt = {5, -8, 2, 6};
  CHECK_THAT(*of(felt, cxm::average(valence)), WithinRel(0.125, 1e-14));
  CHECK_THAT(*of(felt, cxm::swing(valence)), WithinRel(1.4, 1e-15));
  CHECK_THAT(*of(felt, cxm::recovery(valence)), WithinRel(1.4, 1e-15));
  CHECK(of(felt, cxm::at_contact{cxm::worst_rated{valence}, &contact::touchpoint}) == 1);
  CHECK(of(felt, cxm::rated{valence}) == 4);
  CHECK_FALSE(of({5, {}}, cxm::swing(valence)));
  CHECK_FALSE(of({5, {}}, cxm::recovery(valence)));
  CHECK(of({5, 1}, cxm::recovery(valence)) == 0.0);
}

TEST_CASE("A rating that is no number is seen by what counts the journeys, and never a score") {
  auto const nan = std::numeric_limits<double>::quiet_NaN();
  auto const odd = [nan](contact const& one) -> std::optional<double> {
    return one.rating == 0 ? nan : one.rating ? std::optional(1.0 * *one.rating) : std::nullopt;
  };
  for (ratings::some const& rated : {ratings::some{0, 7, 8}, {7, 0, 8}, {7, 8, 0}}) {
    auto const log = ratings::one(rated);
    auto const journeys = cxm::reconstruct(log, ratings::fields());
    auto const invalid = [&](auto const& field) {
      return cxm::measure(journeys, cxm::on(field, cxm::exact_moments())).result().invalid == 1;
    };
    CHECK(invalid(cxm::worst(odd)));
    CHECK(invalid(cxm::best(odd)));
    CHECK(invalid(cxm::average(odd)));
    CHECK(invalid(cxm::average(odd, cxm::exposure{&contact::weight})));
    CHECK(invalid(cxm::swing(odd)));
    CHECK(invalid(cxm::peak_end(odd, cxm::neutral{5})));
    CHECK(invalid(cxm::peak_end(odd, cxm::negative_peak{})));
  }
}

TEST_CASE("Peak, end, worst and best of random journeys, the slow way") {
  auto const log = ratings::random(21, 1500, 7);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  std::map<int, std::vector<int>> expected;
  for (auto const& one : log) {
    auto& list = expected[one.customer];
    if (one.rating) list.push_back(*one.rating);
  }
  for (auto const& journey : journeys) {
    auto const& rated = expected.at(journey.customer());
    auto const found = cxm::peak_end(&contact::rating, cxm::neutral{5.5})(journey);
    REQUIRE(found.has_value() == !rated.empty());
    if (rated.empty()) continue;
    double peak = rated[0];
    for (double const one : rated) {
      double const far = std::abs(one - 5.5), held = std::abs(peak - 5.5);
      if (far > held || (far == held && one < peak)) peak = one;
    }
    CHECK(*found == (peak + rated.back()) / 2);
    CHECK(*cxm::worst(&contact::rating)(journey) == *std::min_element(rated.begin(), rated.end()));
    CHECK(*cxm::best(&contact::rating)(journey) == *std::max_element(rated.begin(), rated.end()));
  }
}

TEST_CASE("Fields made of a field have names of their own, so that states don't mix") {
  constexpr auto rating = cxm::field<"rating">(&contact::rating);
  CHECK(cxm::name_of(cxm::worst(rating)) == "worst rating");
  CHECK(cxm::name_of(cxm::best(rating)) == "best rating");
  CHECK(cxm::name_of(cxm::average(rating)) == "average rating");
  CHECK(cxm::name_of(cxm::peak_end(rating, cxm::neutral{5})) ==
        "peak-end rating, neutral 5, weight 0.5");
  CHECK(cxm::name_of(cxm::peak_end(rating, cxm::negative_peak{}, cxm::low_is_good{},
                                   cxm::peak_weight{0.7})) ==
        "peak-end rating, negative peak, low is good, weight 0.7");
  CHECK(cxm::name_of(cxm::worst(rating, cxm::low_is_good{})) == "worst (low is good) rating");
  CHECK(cxm::name_of(cxm::average(rating, cxm::exposure{&contact::weight})) ==
        "average by exposure of rating");
  CHECK(cxm::name_of(cxm::worst(&contact::rating)).empty());
  CHECK(cxm::name_of(cxm::swing(cxm::column{3, "felt"})) == "felt");
  auto const worst = cxm::on(cxm::worst(rating), cxm::extrema());
  auto const best = cxm::on(cxm::best(rating), cxm::extrema());
  CHECK_THROWS_AS(cxm::load(best, cxm::save(worst)), cxm::bad_state);
  auto a = cxm::on(cxm::peak_end(&contact::rating, cxm::neutral{5}), cxm::exact_moments());
  auto const b = cxm::on(cxm::peak_end(&contact::rating, cxm::neutral{4}), cxm::exact_moments());
  CHECK_THROWS_AS(a.merge(b), std::invalid_argument);
}

TEST_CASE("Journey-shaped scores inside groups: the laws of merging") {
  auto const log = ratings::random(5, 60, 5);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const plan =
      cxm::by(cxm::worst(&contact::rating),
              cxm::on(cxm::peak_end(&contact::rating, cxm::neutral{5}, cxm::peak_weight{0.3}),
                      cxm::exact_moments()));
  auto const report =
      cxm::check_merge_laws(plan, ratings::listed(journeys), {.rounds = 2, .bytes_to_flip = 200});
  INFO(report.text());
  CHECK(report.holds());
}
