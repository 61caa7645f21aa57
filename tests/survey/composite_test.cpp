// SPDX-License-Identifier: BSL-1.0
// Indices of several questions against worked figures and against the index of each person,
// averaged by hand.
#include <cxm/core/save.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/survey/composite.hpp>
#include <cxm/survey/measures.hpp>
#include <cxm/survey/composite_policies.hpp>
#include <cxm/survey/indices.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {

struct person {
  int group = 0;
  std::optional<int> satisfaction, expectations, ideal;
};
constexpr auto counted(auto plan, auto... people) {
  (plan.add(people), ...);
  return plan.result();
}
constexpr auto acsi(auto... policies) {
  return cxm::acsi_like(&person::satisfaction, &person::expectations, &person::ideal, policies...);
}
constexpr bool near(double found, double wanted, double by) {
  return found - wanted < by && wanted - found < by;
}
constexpr person answers(std::optional<int> a, std::optional<int> b, std::optional<int> c) {
  return {0, a, b, c};
}

// Method reference C4: 8,7,9 with equal weights: 77.8.
static_assert(near(*counted(acsi(), answers(8, 7, 9)).value, 77.8, 0.05));
// Anchor 7.4: 8,7,7: 70.983333 with the weights .3885,.3190,.2925, and 70.370370 with equal ones.
constexpr cxm::item_weights published{.3885, .3190, .2925};
static_assert(near(*counted(acsi(published), answers(8, 7, 7)).value, 70.983333, 5e-7));
static_assert(near(*counted(acsi(), answers(8, 7, 7)).value, 70.370370, 5e-7));
// Anchor 7.5: 6,7,8 on 0 to 10: 7.0.
constexpr auto loyalty =
    cxm::loyalty_index(cxm::item(&person::satisfaction, cxm::points<0, 10>{}),
                       cxm::item(&person::expectations, cxm::points<0, 10>{}),
                       cxm::item(&person::ideal, cxm::points<0, 10>{}), cxm::onto{0, 10});
static_assert(near(*counted(loyalty, answers(6, 7, 8)).value, 7.0, 1e-12));
static_assert(counted(acsi()).value.why() == cxm::reason::no_data);
static_assert(counted(acsi(), answers(8, 7, 9)).deviation.why() == cxm::reason::degenerate);
static_assert(counted(acsi(), answers(8, 7, 9), answers(1, 1, 2)).interval->low == 0);

std::vector<person> random_people(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  auto const one = [&]() -> std::optional<int> {
    auto const kind = random() % 8;
    if (kind == 0) return std::nullopt;
    return static_cast<int>(kind == 1 ? 11 : random() % 10 + 1);
  };
  std::vector<person> made;
  for (std::size_t i = 0; i < count; ++i)
    made.push_back({static_cast<int>(random() % 3), one(), one(), one()});
  return made;
}

/// The index of each person who has one, item by item.
std::vector<double> by_hand(std::vector<person> const& people, std::vector<double> const& weights,
                            bool incomplete) {
  std::vector<double> found;
  for (auto const& one : people) {
    double sum = 0, weight = 0;
    int valid = 0;
    std::optional<int> const items[] = {one.satisfaction, one.expectations, one.ideal};
    for (std::size_t i = 0; i < 3; ++i) {
      if (!items[i] || *items[i] > 10) continue;
      ++valid;
      sum += weights[i] * (*items[i] - 1) / 9.0 * 100;
      weight += weights[i];
    }
    if (valid == 3 || (incomplete && valid > 0)) found.push_back(sum / weight);
  }
  return found;
}
void check_by_hand(cxm::composite_score<3> const& found, std::vector<double> const& indices) {
  double sum = 0, squares = 0;
  for (double index : indices) sum += index;
  auto const n = static_cast<double>(indices.size());
  for (double index : indices) squares += (index - sum / n) * (index - sum / n);
  double const deviation = std::sqrt(squares / (n - 1));
  CHECK(found.n == indices.size());
  CHECK_THAT(*found.value, WithinRel(sum / n, 1e-12));
  CHECK_THAT(*found.deviation, WithinRel(deviation, 1e-12));
  CHECK_THAT(*found.standard_error, WithinRel(deviation / std::sqrt(n), 1e-12));
  auto const ends = cxm::student::mean(sum / n, deviation, indices.size(), {}, {0, 100});
  CHECK_THAT(found.interval->low, WithinRel(ends->low, 1e-12));
  CHECK_THAT(found.interval->high, WithinRel(ends->high, 1e-12));
}

}  // namespace

TEST_CASE("composite: against the index of each person, averaged by hand") {
  auto const people = random_people(1, 600);
  std::vector<double> const equal = {1, 1, 1}, given = {.3885, .3190, .2925};
  check_by_hand(cxm::measure(people, acsi()).result(), by_hand(people, equal, false));
  check_by_hand(cxm::measure(people, acsi(published)).result(), by_hand(people, given, false));
  check_by_hand(cxm::measure(people, acsi(cxm::available_items{})).result(),
                by_hand(people, equal, true));
  check_by_hand(cxm::measure(people, acsi(published, cxm::available_items{})).result(),
                by_hand(people, given, true));
}

TEST_CASE("composite: everybody is counted somewhere") {
  std::vector<person> const people = {answers(8, 7, 9),   answers(8, {}, 9), answers({}, {}, {}),
                                      answers(8, 7, 11),  answers(0, 0, 0),  answers({}, 99, {}),
                                      answers(10, 10, 10)};
  auto const whole = cxm::measure(people, acsi()).result();
  CHECK(whole.n == 2);
  CHECK(whole.missing == 2);
  CHECK(whole.invalid == 3);
  CHECK(whole.incomplete == 2);
  CHECK(whole.items[0].n == 4);
  CHECK(whole.items[0].mean == cxm::maybe(34.0 / 4));
  CHECK(whole.items[2].n == 3);
  auto const partly = cxm::measure(people, acsi(cxm::available_items{})).result();
  CHECK(partly.n == 4);
  CHECK(partly.missing == 1);
  CHECK(partly.invalid == 2);
}

TEST_CASE("composite: items of several scales, one of which has its good end below") {
  struct reply {
    int recommend, effort;
  };
  auto const plan =
      cxm::composite(cxm::item(&reply::recommend, cxm::points<0, 10>{}),
                     cxm::item(&reply::effort, cxm::any_points{1, 5, cxm::better::low}));
  auto const found = counted(plan, reply{10, 1}, reply{0, 5}, reply{5, 1});
  CHECK_THAT(*found.value, WithinAbs((100 + 0 + 75) / 3.0, 1e-12));
  CHECK(found.items[1].mean == cxm::maybe(7.0 / 3));  // as it was answered
}

TEST_CASE("composite: merge laws, saving, other items refused, weights are a reading") {
  auto const people = random_people(2, 150);
  auto const plan = cxm::by(&person::group, acsi(cxm::available_items{}));
  auto const report = cxm::check_merge_laws(plan, people, {.rounds = 10});
  INFO(report.text());
  CHECK(report.holds());
  auto const bytes = cxm::save(cxm::measure(people, acsi()));
  CHECK(cxm::load(acsi(published, cxm::available_items{}), bytes).result().n >
        cxm::load(acsi(), bytes).result().n);
  auto other = cxm::acsi_like(&person::ideal, &person::expectations, &person::satisfaction);
  CHECK_THROWS_AS(other.merge(acsi()), std::invalid_argument);
  auto const wide = cxm::composite(cxm::item(&person::satisfaction, cxm::points<1, 7>{}),
                                   cxm::item(&person::expectations, cxm::points<1, 10>{}),
                                   cxm::item(&person::ideal, cxm::points<1, 10>{}));
  CHECK_FALSE(cxm::try_load(wide, bytes));
  for (double bad : {0.0, -1.0, std::nan(""), HUGE_VAL})
    CHECK_THROWS_AS((cxm::item_weights{1.0, bad}), std::invalid_argument);
  auto damaged = bytes;
  damaged[damaged.size() / 2] ^= std::byte{1};
  CHECK_FALSE(cxm::try_load(acsi(), damaged));
}

TEST_CASE("composite: min_n withholds the index and its items") {
  auto const few = counted(acsi(cxm::min_n{3}), answers(8, 7, 9), answers(8, 7, 8));
  CHECK(few.n == 2);
  CHECK(few.value == cxm::maybe<double>(cxm::reason::below_min_n));
  CHECK(few.items[1].mean == cxm::maybe<double>(cxm::reason::below_min_n));
}

TEST_CASE("composite: 2^62 people do not overflow, however wide the scales") {
  auto const wide = cxm::points<0, 1000>{};
  auto all = cxm::bind<person>(cxm::composite(cxm::item(&person::satisfaction, wide),
                                              cxm::item(&person::expectations, wide),
                                              cxm::item(&person::ideal, wide)));
  all.add(answers(1000, 1000, 1000));
  all.add(answers(0, 0, 0));
  all.add(answers(1000, 0, 500));
  all.add(answers(0, 1000, 500));
  auto const once = all.result();
  for (int i = 0; i < 60; ++i) all.merge(all);
  auto const found = cxm::load(all, cxm::save(all)).result();
  CHECK(found.n == std::uint64_t{1} << 62);
  CHECK(found.value == once.value);
  CHECK_THAT(*found.deviation, WithinRel(*once.deviation * std::sqrt(0.75), 1e-12));
  CHECK_THROWS_AS(all.merge(all), std::invalid_argument);
}
