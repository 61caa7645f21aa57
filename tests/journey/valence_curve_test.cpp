// SPDX-License-Identifier: BSL-1.0
// The worked numbers of C21: .5, −.8, .2, .6 has mean .125, swing 1.4, the low at position 2 and
// recovers by 1.4.
#include <cxm/journey/valence_curve.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/students_t.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ratings.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;
using ratings::contact;

namespace {
/// Tenths; 9 and 10 of the random logs are beyond 1 after the shift, and 10 is no number at all.
std::optional<double> felt(contact const& one) {
  if (!one.rating) return std::nullopt;
  if (*one.rating == 100) return std::numeric_limits<double>::quiet_NaN();
  return *one.rating / 10.0;
}
std::optional<double> shifted(contact const& one) {
  return one.rating ? std::optional((*one.rating - 5) / 4.0) : std::nullopt;  // 10 is 1.25, 0 −1.25
}
auto measured(ratings::contacts const& log, auto field, auto... policies) {
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  return cxm::measure(journeys, cxm::valence_curve(field, policies...)).result();
}
}  // namespace

TEST_CASE("Worked example C21: mean .125, swing 1.4, low point at position 2, recovery 1.4") {
  auto const found = measured(ratings::one({5, -8, 2, 6}), &felt);
  CHECK(found.journeys == 1);
  CHECK(found.all.n == 4);
  CHECK_THAT(*found.all.mean, WithinRel(0.125, 1e-15));
  CHECK_THAT(*found.swing.mean, WithinRel(1.4, 1e-15));
  CHECK_THAT(*found.recovery.mean, WithinRel(1.4, 1e-15));
  REQUIRE(found.low_points.size() == 1);
  CHECK(found.low_points.at(1) == 1);  // touchpoints count from 0 here
  CHECK(found.all.negative.successes == 1);
  CHECK(*found.all.coverage.value == 1.0);
  CHECK(found.lowest()->key == 1);
  CHECK(found.by_part.size() == 4);
  CHECK(*found.by_part.at(3).mean == -0.8);
  CHECK(found.all.mean_by_attention.why() == cxm::reason::not_identified);
}

TEST_CASE("A curve of valence over random journeys, the slow way") {
  auto const log = ratings::random(17, 700, 7);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  struct sums {
    std::uint64_t n = 0, missing = 0, invalid = 0, negative = 0;
    double sum = 0, weight = 0, weighed = 0;
  };
  std::map<int, sums> by_touchpoint;
  std::map<std::uint32_t, sums> by_part;
  std::map<int, std::uint64_t> lows;
  double swing = 0, recovery = 0, both = 0;
  for (auto const& journey : journeys) {
    std::vector<std::pair<double, int>> valid;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const valence = shifted(journey[i].row());
      auto const part = static_cast<std::uint32_t>(
          std::floor(4 * (static_cast<double>(i) + 0.5) / static_cast<double>(journey.size())));
      for (auto* one : {&by_touchpoint[journey[i].touchpoint()], &by_part[part]}) {
        if (!valence) {
          ++one->missing;
        } else if (std::abs(*valence) > 1) {
          ++one->invalid;
        } else {
          double const weight = journey[i].row().weight;
          ++one->n;
          one->negative += *valence < -0.5;
          one->sum += *valence;
          one->weight += weight;
          one->weighed += weight * *valence;
        }
      }
      if (valence && std::abs(*valence) <= 1) valid.emplace_back(*valence, journey[i].touchpoint());
    }
    if (valid.size() < 2) continue;
    auto low = valid[0], high = valid[0];
    for (auto const& one : valid) {
      if (one.first <= low.first) low = one;
      if (one.first > high.first) high = one;
    }
    ++lows[low.second];
    swing += high.first - low.first;
    recovery += valid.back().first - low.first;
    both += 1;
  }
  auto const found = measured(log, &shifted, cxm::attention_paid{&contact::weight},
                              cxm::negative_below{-0.5}, cxm::in_parts{4});
  auto const check = [](cxm::valence_point const& one, sums const& expected) {
    CHECK(one.n == expected.n);
    CHECK(one.missing == expected.missing);
    CHECK(one.invalid == expected.invalid);
    CHECK(one.negative.successes == expected.negative);
    CHECK(one.coverage.n == expected.n + expected.missing + expected.invalid);
    CHECK_THAT(*one.mean, WithinAbs(expected.sum / static_cast<double>(expected.n), 1e-13));
    CHECK_THAT(*one.mean_by_attention, WithinAbs(expected.weighed / expected.weight, 1e-13));
    CHECK(one.interval->low <= *one.mean);
    CHECK(*one.mean <= one.interval->high);
  };
  REQUIRE(found.by_touchpoint.size() == by_touchpoint.size());
  for (auto const& [key, one] : found.by_touchpoint) check(one, by_touchpoint.at(key));
  REQUIRE(found.by_part.size() == by_part.size());
  for (auto const& [key, one] : found.by_part) check(one, by_part.at(key));
  REQUIRE(found.low_points.size() == lows.size());
  for (auto const& [key, n] : found.low_points) CHECK(n == lows.at(key));
  CHECK(static_cast<double>(found.swing.n) == both);
  CHECK_THAT(*found.swing.mean, WithinRel(swing / both, 1e-12));
  CHECK_THAT(*found.recovery.mean, WithinRel(recovery / both, 1e-12));
}

TEST_CASE("Valences that are none: nothing, no number, out of range, a single one") {
  auto const nothing = measured({}, &felt);
  CHECK(nothing.all.mean.why() == cxm::reason::no_data);
  CHECK(nothing.all.coverage.value.why() == cxm::reason::no_data);
  CHECK(nothing.lowest() == nullptr);
  auto const odd = measured(ratings::one({100, 11, -11, {}, 5}), &felt);
  CHECK(odd.all.invalid == 3);
  CHECK(odd.all.missing == 1);
  CHECK(odd.all.n == 1);
  CHECK(*odd.all.mean == 0.5);
  CHECK(odd.swing.n == 0);  // below two valences only the mean
  CHECK(odd.low_points.empty());
  CHECK(odd.all.interval.why() == cxm::reason::degenerate);
  CHECK_THAT(*odd.all.coverage.value, WithinRel(0.2, 1e-15));
}

TEST_CASE("A curve of valence merges and loads like what it is made of") {
  auto const log = ratings::random(18, 25, 4);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const plan = cxm::valence_curve(cxm::field<"felt">(&shifted),
                                       cxm::attention_paid{&contact::weight}, cxm::in_parts{3});
  auto const report =
      cxm::check_merge_laws(plan, ratings::listed(journeys), {.rounds = 1, .bytes_to_flip = 60});
  INFO(report.text());
  CHECK(report.holds());
  CHECK_THROWS_AS(cxm::load(cxm::bind<decltype(journeys[0])>(
                                cxm::valence_curve(&shifted, cxm::negative_below{-0.3})),
                            cxm::save(cxm::measure(journeys, cxm::valence_curve(&shifted)))),
                  cxm::bad_state);
  auto tenths = cxm::measure(journeys, cxm::valence_curve(&shifted));
  CHECK_THROWS_AS(
      tenths.merge(cxm::measure(journeys, cxm::valence_curve(&shifted, cxm::in_parts{3}))),
      std::invalid_argument);
}
