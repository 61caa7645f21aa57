// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/survey/paired.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <cmath>
#include <optional>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
struct customer {
  int segment;
  std::optional<int> before;
  std::optional<int> after;
};
std::vector<customer> customers(std::uint64_t from, int count) {
  std::mt19937_64 random{from};
  std::vector<customer> found;
  auto const answer = [&]() -> std::optional<int> {
    auto const drawn = random() % 13;  // 11 is off the scale, 12 no answer
    if (drawn == 12) return std::nullopt;
    return static_cast<int>(drawn);
  };
  for (int i = 0; i < count; ++i)
    found.push_back({static_cast<int>(random() % 3), answer(), answer()});
  return found;
}
int sign(int answer) {
  return answer >= 9 ? 1 : answer <= 6 ? -1 : 0;
}
}  // namespace

TEST_CASE("pairs of NPS by looking at every customer") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto const people = customers(seed, 10 + static_cast<int>(seed) * 20);
    auto const found =
        cxm::measure(people, cxm::paired(&customer::before, &customer::after, cxm::nps())).result();
    std::vector<double> differences;
    std::uint64_t moved[3][3] = {};
    std::uint64_t lost = 0;
    for (auto const& one : people) {
      bool const had = one.before && *one.before <= 10;
      bool const has = one.after && *one.after <= 10;
      if (had && !has) ++lost;
      if (!had || !has) continue;
      differences.push_back(100.0 * (sign(*one.after) - sign(*one.before)));
      ++moved[sign(*one.before) + 1][sign(*one.after) + 1];
    }
    double sum = 0;
    for (double d : differences) sum += d;
    double const n = static_cast<double>(differences.size());
    double squares = 0;
    for (double d : differences) squares += (d - sum / n) * (d - sum / n);
    double const error = std::sqrt(squares / (n - 1) / n);
    CHECK(found.n == differences.size());
    CHECK(found.only_before == lost);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) CHECK(found.moved[i][j] == moved[i][j]);
    CHECK_THAT(*found.change.value, WithinAbs(sum / n, 1e-10));
    CHECK_THAT(*found.change.value, WithinAbs(*found.after.value - *found.before.value, 1e-10));
    CHECK_THAT(*found.change.standard_error, WithinRel(error, 1e-11));
    CHECK_THAT(*found.change.statistic, WithinAbs(sum / n / error, 1e-10));
    auto const t = *cxm::student::mean(sum / n, error * std::sqrt(n), found.n);
    CHECK_THAT(found.change.interval->raw.low, WithinRel(t.low, 1e-10));
    CHECK(found.improved + found.worsened + moved[0][0] + moved[1][1] + moved[2][2] == found.n);
    CHECK(found.before.n == found.n);
    CHECK((0 <= *found.classes_kept.p && *found.classes_kept.p <= 1));
  }
}

TEST_CASE("the same customers tell more than as many strangers") {
  // 200 people, of whom 20 detractors become passive: clear in pairs, lost between two samples.
  std::vector<customer> people;
  for (int i = 0; i < 200; ++i) people.push_back({0, i % 2 ? 9 : 3, i % 2 ? 9 : 3});
  for (std::size_t i = 0; i < 40; i += 2) people[i].after = 7;
  auto const found =
      cxm::measure(people, cxm::paired(&customer::before, &customer::after, cxm::nps())).result();
  CHECK(found.moved[0][1] == 20);
  CHECK_THAT(*found.change.value, WithinAbs(10, 1e-10));
  CHECK(found.change.significant());
  CHECK(!cxm::compare(found.after, found.before).significant());
  CHECK_THAT(*found.classes_kept.p, WithinRel(*cxm::mcnemar(20, 0).p, 1e-10));
}

TEST_CASE("pairs of satisfaction: the change is McNemar's (b - c) / n") {
  std::vector<customer> people;
  auto const add = [&](int count, int before, int after) {
    for (int i = 0; i < count; ++i) people.push_back({0, before, after});
  };
  add(794, 5, 4), add(150, 4, 2), add(86, 1, 5), add(570, 3, 2);  // Agresti's approval ratings
  auto const found =
      cxm::measure(people, cxm::paired(&customer::before, &customer::after, cxm::csat())).result();
  CHECK_THAT(*found.change.value, WithinAbs((86.0 - 150) / 1600, 1e-15));
  CHECK(found.moved[1][0] == 150);
  CHECK_THAT(*found.classes_kept.statistic, WithinRel(64.0 * 64 / 236, 1e-12));
}

TEST_CASE("pairs compose with by, merge exactly and can be removed") {
  auto const people = customers(3, 200);
  auto const plan = cxm::paired(&customer::before, &customer::after, cxm::nps());
  auto const groups = cxm::measure(people, cxm::by(&customer::segment, plan)).result();
  std::uint64_t n = 0;
  for (auto const& group : groups) n += group.result.n;
  CHECK(n == cxm::measure(people, plan).result().n);
  auto const report = cxm::check_merge_laws(plan, people);
  INFO(report.text());
  CHECK(report.holds());
  auto copy = plan;
  for (auto const& one : people) copy.add(one);
  for (auto const& one : people) copy.remove(one);
  CHECK(cxm::save(copy) == cxm::save(plan));
}

TEST_CASE("pairs of nobody, of one, of people who did not change") {
  auto plan = cxm::paired(&customer::before, &customer::after, cxm::nps());
  CHECK(plan.result().change.value.why() == cxm::reason::no_data);
  CHECK(plan.result().before.value.why() == cxm::reason::no_data);
  plan.add(customer{0, 9, 3});
  CHECK(*plan.result().change.value == -200.0);
  CHECK(plan.result().change.p.why() == cxm::reason::degenerate);
  plan.add(customer{0, 9, 3});
  CHECK(plan.result().change.p.why() == cxm::reason::degenerate);
  CHECK_THROWS_AS(
      cxm::paired(&customer::before, &customer::after, cxm::csat(cxm::any_points{0, 100})),
      std::invalid_argument);
}
