// SPDX-License-Identifier: BSL-1.0
// The worked numbers of C18: touchpoints 9, 8, 9, 8, 9 and journey 5 give R 8.6 and a difference of
// +3.6 on 0–10; ten touchpoints of 95 % leave 59.9 % of journeys without a fault, of 90 % 34.9 %.
#include <cxm/diagnose/question.hpp>
#include <cxm/diagnose/whole_and_parts.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/rated_journeys.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/students_t.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int touchpoint;
  std::optional<int> rating;
  std::optional<int> overall;
};
using contact_log = std::vector<contact>;

/// A journey a customer: these ratings, and what was said of the whole at the end.
void add(contact_log& to, std::vector<std::optional<int>> const& ratings,
         std::optional<int> overall) {
  int const customer = to.empty() ? 0 : to.back().customer + 1;
  for (std::size_t i = 0; i < ratings.size(); ++i)
    to.push_back({customer, std::chrono::sys_seconds(std::chrono::seconds(i)), static_cast<int>(i),
                  ratings[i], i + 1 == ratings.size() ? overall : std::nullopt});
}
auto journeys_in(contact_log const& contacts) {
  return cxm::reconstruct(
      contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint});
}
auto plan(auto... policies) {
  return cxm::whole_against_parts(cxm::question{cxm::last(&contact::overall), cxm::points<0, 10>{}},
                                  cxm::question{&contact::rating, cxm::points<0, 10>{}},
                                  policies...);
}
contact_log random_log(std::uint64_t seed, int journeys) {
  std::mt19937_64 random(seed);
  auto const some = [&](unsigned gap) {
    return random() % gap == 0 ? std::optional<int>()
                               : static_cast<int>(random() % 12);  // 11 is off
  };
  contact_log contacts;
  for (int i = 0; i < journeys; ++i) {
    std::vector<std::optional<int>> ratings;
    for (std::size_t k = 1 + random() % 5; k > 0; --k) ratings.push_back(some(3));
    add(contacts, ratings, some(4));
  }
  return contacts;
}
}  // namespace

TEST_CASE("Worked example C18: R 8.6, J 5, difference +3.6 of 10") {
  contact_log contacts;
  add(contacts, {9, 8, 9, 8, 9}, 5);
  auto const journeys = journeys_in(contacts);
  CHECK(*cxm::average(&contact::rating)(journeys[0]) == 8.6);
  auto const found = cxm::measure(journeys, plan()).result();
  CHECK(found.n == 1);
  CHECK_THAT(*found.mean_parts, WithinRel(86, 1e-14));
  CHECK_THAT(*found.mean_whole, WithinRel(50, 1e-14));
  CHECK_THAT(*found.difference, WithinRel(36, 1e-14));
  CHECK(found.interval.why() == cxm::reason::degenerate);
  CHECK(found.all_good.successes == 1);
  CHECK(found.bad.successes == 0);
  CHECK(cxm::measure(journeys, plan(cxm::bad_to{50})).result().all_good_yet_bad.successes == 1);
}

TEST_CASE("Worked example C18: ten touchpoints of 95 % and of 90 %") {
  CHECK_THAT(cxm::share_without_fault(0.95, 10), WithinAbs(0.599, 5e-4));
  CHECK_THAT(cxm::share_without_fault(0.90, 10), WithinAbs(0.349, 5e-4));
  CHECK(cxm::share_without_fault(0, 0) == 1.0);
  CHECK_THROWS_AS(cxm::share_without_fault(95, 10), std::invalid_argument);
}

TEST_CASE("The whole against its parts, counted the slow way") {
  auto const contacts = random_log(6, 2000);
  std::map<int, std::vector<contact>> by_customer;
  for (auto const& one : contacts) by_customer[one.customer].push_back(one);
  std::uint64_t missing = 0, parts = 0, invalid = 0, good = 0, bad = 0, both = 0;
  std::vector<double> differences;
  for (auto const& [customer, all] : by_customer) {
    auto const whole = all.back().overall;
    bool off = whole && *whole > 10, rated = false, all_good = true;
    double sum = 0, n = 0;
    for (auto const& one : all) {
      if (!one.rating) continue;
      rated = true;
      off = off || *one.rating > 10;
      all_good = all_good && *one.rating >= 8;
      sum += *one.rating;
      n += 1;
    }
    if (off) {
      ++invalid;
    } else if (!whole) {
      ++missing;
    } else if (!rated) {
      ++parts;
    } else {
      differences.push_back(10 * (sum / n - *whole));
      good += all_good;
      bad += *whole <= 4;
      both += all_good && *whole <= 4;
    }
  }
  double const n = static_cast<double>(differences.size());
  double mean = 0, squares = 0;
  for (double const one : differences) mean += one / n;
  for (double const one : differences) squares += (one - mean) * (one - mean);
  double const error = std::sqrt(squares / (n - 1) / n);

  auto const found = cxm::measure(journeys_in(contacts), plan()).result();
  CHECK(found.journeys == 2000);
  CHECK(found.n == differences.size());
  CHECK(found.whole_missing == missing);
  CHECK(found.parts_missing == parts);
  CHECK(found.invalid == invalid);
  CHECK(found.all_good.successes == good);
  CHECK(found.bad.successes == bad);
  CHECK(found.all_good_yet_bad.successes == both);
  CHECK(found.all_good_yet_bad.n == found.n);
  CHECK(found.bad_of_all_good.n == good);
  CHECK_THAT(*found.coverage.value, WithinRel(n / 2000, 1e-14));
  CHECK_THAT(*found.difference, WithinAbs(mean, 1e-11));
  CHECK_THAT(*found.standard_error, WithinRel(error, 1e-11));
  CHECK_THAT(found.interval->high,
             WithinRel(mean + cxm::students_t_quantile(0.975, n - 1) * error, 1e-10));
}

TEST_CASE("Any field of a journey may be the roll-up, and scales may differ or be turned round") {
  contact_log contacts;
  add(contacts, {9, 2, 7}, 6);
  auto const journeys = journeys_in(contacts);
  auto const with = [&](auto field) {
    return *cxm::measure(journeys, plan(cxm::rolled_up{field})).result().mean_parts;
  };
  CHECK_THAT(with(cxm::worst(&contact::rating)), WithinRel(20, 1e-14));
  CHECK_THAT(with(cxm::last(&contact::rating)), WithinRel(70, 1e-14));
  CHECK_THAT(with(cxm::peak_end(&contact::rating, cxm::neutral{5})), WithinRel(80, 1e-14));
  CHECK_THAT(with([](auto const&) { return 5.5; }), WithinRel(55, 1e-14));
  // Effort 1–5, low is good: 2 is 75 of 100.
  auto const turned =
      cxm::measure(journeys, cxm::whole_against_parts(
                                 cxm::question{cxm::last(&contact::overall), cxm::points<0, 10>{}},
                                 cxm::question{[](auto const&) { return 2; },
                                               cxm::any_points{1, 5, cxm::better::low}}))
          .result();
  CHECK_THAT(*turned.mean_parts, WithinRel(75, 1e-14));
  CHECK(turned.all_good.successes == 1);
  // A roll-up that leaves the scale is invalid, not clamped.
  auto const off =
      cxm::measure(journeys, plan(cxm::rolled_up{[](auto const&) { return 11.0; }})).result();
  CHECK(off.invalid == 1);
  CHECK(off.n == 0);
}

TEST_CASE("The whole against its parts: nothing, and plans that must not meet") {
  auto const nothing = plan().result();
  CHECK(nothing.difference.why() == cxm::reason::no_data);
  CHECK(nothing.all_good_yet_bad.value.why() == cxm::reason::no_data);
  auto a = plan();
  CHECK_THROWS_AS(a.merge(plan(cxm::bad_to{30})), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(plan(), cxm::save(plan(cxm::good_from{80}))), cxm::bad_state);
  CHECK_THROWS_AS(cxm::good_from{101}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::bad_to{-1}, std::invalid_argument);
}

TEST_CASE("The whole against its parts: the laws of merging, and inside by") {
  auto const contacts = random_log(7, 80);
  auto const journeys = journeys_in(contacts);
  std::vector<std::remove_cvref_t<decltype(journeys[0])>> all;
  for (std::size_t i = 0; i < journeys.size(); ++i) all.push_back(journeys[i]);
  auto const report = cxm::check_merge_laws(plan(), all, {.rounds = 2, .bytes_to_flip = 400});
  INFO(report.text());
  CHECK(report.holds());
  auto const grouped = cxm::measure(journeys, cxm::by(cxm::contacts, plan())).result();
  std::uint64_t n = 0;
  for (auto const& [size, one] : grouped) n += one.journeys;
  CHECK(n == 80);
}
