// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/peak_end_weights.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/students_t.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "ratings.hpp"

#include <cmath>
#include <random>
#include <stdexcept>

using namespace Catch::Matchers;
using ratings::contact;

namespace {
auto plan(auto... policies) {
  return cxm::peak_end_weights(&contact::rating, cxm::last(&contact::overall), policies...);
}
auto fitted(ratings::contacts const& log, auto... policies) {
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  return cxm::measure(journeys, plan(policies...)).result();
}
}  // namespace

TEST_CASE("The weight of the peak worked by hand") {
  // (peak − end, answer − end): (−4, −2), (4, 3), (0, 1) → w = 20/32, rest = 14 − 400/32 = 1.5.
  ratings::contacts log;
  ratings::add(log, {0, 4}, 2);
  ratings::add(log, {10, 6}, 9);
  ratings::add(log, {5, 9}, 10);
  auto const found = fitted(log, cxm::neutral{5});
  CHECK(found.n == 3);
  CHECK(found.alike == 1);
  CHECK(*found.weight == 0.625);
  CHECK_THAT(*found.deviation, WithinRel(std::sqrt(1.5 / 2), 1e-15));
  CHECK_THAT(*found.standard_error, WithinRel(std::sqrt(1.5 / 2 / 32), 1e-15));
  CHECK_THAT(*found.deviation_of_halves, WithinRel(std::sqrt((0.0 + 1 + 1) / 3), 1e-15));
  CHECK(found.interval->low == 0.0);
  CHECK(found.interval->high == 1.0);
  CHECK_THAT(found.interval->raw.high,
             WithinRel(0.625 + cxm::students_t_quantile(0.975, 2) * *found.standard_error, 1e-12));
}

TEST_CASE("A planted weight is found, and covered by its interval") {
  std::mt19937_64 random(77);
  int covered = 0;
  for (int round = 0; round < 40; ++round) {
    ratings::contacts log;
    for (int i = 0; i < 300; ++i) {
      int const a = static_cast<int>(random() % 101), b = static_cast<int>(random() % 101);
      int const end = static_cast<int>(random() % 101);
      int peak = end;
      for (int const one : {a, b})
        if (std::abs(one - 50) > std::abs(peak - 50)) peak = one;
      if (std::abs(a - 50) == std::abs(b - 50) || std::abs(a - 50) == std::abs(end - 50) ||
          std::abs(b - 50) == std::abs(end - 50))
        continue;  // ties are tested elsewhere
      double const noise = static_cast<double>(random() % 21) - 10;
      ratings::add(log, {a, b, end}, static_cast<int>(std::lround(0.7 * peak + 0.3 * end + noise)));
    }
    auto const found = fitted(log, cxm::neutral{50});
    CHECK_THAT(*found.weight, WithinAbs(0.7, 0.05));
    CHECK(*found.deviation < *found.deviation_of_halves);
    covered += found.interval->contains(0.7) ? 1 : 0;
  }
  CHECK(covered >= 34);  // of 40 at 95 %
}

TEST_CASE("The weight of the peak by the normal equations, on random journeys") {
  auto const log = ratings::random(14, 600, 5);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  for (bool const negative : {false, true}) {
    double dd = 0, dz = 0, zz = 0, n = 0;
    for (auto const& journey : journeys) {
      std::vector<double> rated;
      for (auto const& one : journey)
        if (auto const rating = one.read(&contact::rating)) rated.push_back(*rating);
      auto const answer = journey.back().read(&contact::overall);
      if (rated.empty() || !answer) continue;
      double peak = rated[0];
      for (double const one : rated) {
        double const far = std::abs(one - 5), held = std::abs(peak - 5);
        if (negative ? one < peak : far > held || (far == held && one < peak)) peak = one;
      }
      double const d = peak - rated.back(), z = *answer - rated.back();
      dd += d * d;
      dz += d * z;
      zz += z * z;
      n += 1;
    }
    auto const found = negative ? cxm::measure(journeys, plan(cxm::negative_peak{})).result()
                                : cxm::measure(journeys, plan(cxm::neutral{5})).result();
    double const rest = zz - dz * dz / dd;
    CHECK(static_cast<double>(found.n) == n);
    CHECK(found.n + found.missing == journeys.size());
    CHECK_THAT(*found.raw_weight, WithinRel(dz / dd, 1e-13));
    CHECK_THAT(*found.standard_error, WithinRel(std::sqrt(rest / (n - 1) / dd), 1e-12));
    CHECK(found.interval->low <= *found.weight);
    CHECK(*found.weight <= found.interval->high);
  }
}

TEST_CASE("The weight of the peak where it can't be known") {
  CHECK(fitted({}, cxm::neutral{5}).weight.why() == cxm::reason::no_data);
  ratings::contacts log;
  ratings::add(log, {5, 9}, 10);
  CHECK(fitted(log, cxm::neutral{5}).weight.why() == cxm::reason::degenerate);
  ratings::add(log, {1, 9}, {});
  ratings::add(log, {{}, {}}, 4);
  ratings::add(log, {1, 2'000'000'000}, 4);
  auto const found = fitted(log, cxm::negative_peak{});
  CHECK(found.n == 1);
  CHECK(found.missing == 2);
  CHECK(found.invalid == 1);
  CHECK(found.standard_error.why() == cxm::reason::degenerate);
}

TEST_CASE("The weight of the peak: plans that must not meet, and the laws of merging") {
  auto a = plan(cxm::neutral{5});
  CHECK_THROWS_AS(a.merge(plan(cxm::neutral{4})), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(a, cxm::save(plan(cxm::neutral{4}))), cxm::bad_state);
  auto const log = ratings::random(15, 70, 5);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const report = cxm::check_merge_laws(a, ratings::listed(journeys), {.rounds = 4});
  INFO(report.text());
  CHECK(report.holds());
}
