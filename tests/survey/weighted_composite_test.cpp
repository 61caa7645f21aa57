// SPDX-License-Identifier: BSL-1.0
// Weighted indices against those of each person, and what is taken back.
#include <cxm/core/save.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/decayed.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/stats/windowed.hpp>
#include <cxm/survey/composite.hpp>
#include <cxm/survey/composite_score.hpp>
#include <cxm/survey/inference.hpp>
#include <cxm/survey/weighted_composite.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;
using namespace std::chrono_literals;

namespace {

struct person {
  std::optional<int> ease, value;
  double weight = 1;
  int group = 0;
  std::chrono::sys_seconds when{};
};
constexpr auto ease = cxm::item(&person::ease, cxm::any_points{1, 5, cxm::better::low});
constexpr auto value = cxm::item(&person::value, cxm::points<0, 10>{});
constexpr auto index(auto... policies) {
  return cxm::composite(ease, value, cxm::item_weights{2, 1}, policies...);
}

std::vector<person> random_people(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<person> made;
  for (std::size_t i = 0; i < count; ++i) {
    person one{static_cast<int>(random() % 6), static_cast<int>(random() % 12),
               random() % 9 == 0 ? 0.0 : double(random() % 3'000) / 700, int(random() % 3)};
    if (random() % 6 == 0) one.ease.reset();
    if (random() % 6 == 0) one.value.reset();
    one.when += std::chrono::minutes(random() % 5'000);
    made.push_back(one);
  }
  return made;
}

/// Value, variance, standard error and counts from the index of each person, in long double.
struct by_hand {
  long double mean = 0, variance = 0, error = 0, kish = 0;
  std::uint64_t n = 0, unweighed = 0, missing = 0, invalid = 0;

  by_hand(std::vector<person> const& people, bool incomplete) {
    std::vector<std::pair<long double, long double>> known;
    for (auto const& one : people) {
      bool const has_ease = one.ease && *one.ease >= 1 && *one.ease <= 5;
      bool const has_value = one.value && *one.value <= 10;
      bool const off = (one.ease && !has_ease) || (one.value && !has_value);
      if (!(has_ease && has_value) && !(incomplete && (has_ease || has_value))) {
        ++(off ? invalid : missing);
        continue;
      }
      auto const w = static_cast<long double>(cxm::weight_from(one.weight)->units) / 1e9L;
      if (!(w > 0)) {
        ++unweighed;
        continue;
      }
      long double sum = 0, weights = 0;
      if (has_ease) sum += 2 * (5 - *one.ease) / 4.0L, weights += 2;
      if (has_value) sum += *one.value / 10.0L, weights += 1;
      known.emplace_back(100 * sum / weights, w);
    }
    n = known.size();
    long double all = 0, squares = 0;
    for (auto [x, w] : known) all += w, squares += w * w, mean += w * x;
    mean /= all;
    for (auto [x, w] : known) variance += w * (x - mean) * (x - mean) / all;
    for (auto [x, w] : known) error += w * w * (x - mean) * (x - mean) / all / all;
    error = std::sqrt(error * static_cast<long double>(n) / static_cast<long double>(n - 1));
    kish = all * all / squares;
  }
};

}  // namespace

TEST_CASE("weighted composite: against the weighted indices of single people") {
  for (unsigned seed = 1; seed < 9; ++seed)
    for (bool const incomplete : {false, true}) {
      auto const people = random_people(seed, 40 * seed);
      by_hand const wanted(people, incomplete);
      auto const plan = [&](auto policy) {
        return cxm::measure(people, cxm::weighted(&person::weight, index(policy))).result();
      };
      auto const found = incomplete ? plan(cxm::available_items{}) : plan(cxm::listwise{});
      CHECK(found.n == wanted.n);
      CHECK(found.unweighed == wanted.unweighed);
      CHECK(found.missing == wanted.missing);
      CHECK(found.invalid == wanted.invalid);
      CHECK_THAT(*found.value, WithinRel(double(wanted.mean), 1e-12));
      CHECK_THAT(*found.variance, WithinRel(double(wanted.variance), 1e-11));
      CHECK_THAT(*found.standard_error, WithinRel(double(wanted.error), 1e-11));
      CHECK_THAT(*found.effective_n, WithinRel(double(wanted.kish), 1e-12));
      auto const ends = cxm::student::mean(*found.value, std::sqrt(*found.variance),
                                           cxm::effective_size{*found.design_n}, {}, {0, 100});
      CHECK_THAT(found.interval->low, WithinRel(ends->low, 1e-12));
      CHECK_THAT(found.interval->high, WithinRel(ends->high, 1e-12));
    }
}

TEST_CASE("weighted composite: equal weights are none, and frequencies are so many people") {
  auto people = random_people(4, 300);
  auto const plain = cxm::measure(people, index()).result();
  for (auto& one : people) one.weight = 2.5;
  auto const equal = cxm::measure(people, cxm::weighted(&person::weight, index())).result();
  CHECK_THAT(*equal.value, WithinRel(*plain.value, 1e-13));
  CHECK_THAT(*equal.standard_error, WithinRel(*plain.standard_error, 1e-12));
  CHECK_THAT(*equal.deviation, WithinRel(*plain.deviation, 1e-12));
  CHECK(equal.items[0].n == plain.items[0].n);
  CHECK_THAT(*equal.items[0].mean, WithinRel(*plain.items[0].mean, 1e-13));
  CHECK(equal.incomplete == plain.incomplete);

  std::vector<person> copied;
  for (auto& one : people) {
    one.weight = static_cast<double>(copied.size() % 4);
    for (int i = 0; i < static_cast<int>(one.weight); ++i) copied.push_back(one);
    if (copied.empty()) copied.push_back(one), one.weight = 1;
  }
  auto const rows =
      cxm::measure(people, cxm::weighted(&person::weight, index(), cxm::frequency_weights{}));
  CHECK(cxm::save(rows.inner()) == cxm::save(cxm::measure(copied, index())));
}

TEST_CASE("weighted composite: one person, all alike, nobody of weight, too few") {
  auto const counted = [](auto const& people, auto... policies) {
    return cxm::measure(people, cxm::weighted(&person::weight, index(policies...))).result();
  };
  std::vector<person> people(1, person{2, 7, 3.5});
  auto found = counted(people);
  CHECK_THAT(*found.value, WithinAbs((2 * 75 + 70) / 3.0, 1e-12));
  CHECK(found.standard_error == cxm::maybe<double>(cxm::reason::degenerate));
  people.push_back({2, 7, 1});
  people.push_back({1, 1, 0});
  people.push_back({2, {}, 0});
  found = counted(people);
  CHECK(found.n == 2);
  CHECK(found.unweighed == 1);
  CHECK(found.missing == 1);
  CHECK_THAT(*found.standard_error, WithinAbs(0, 1e-12));
  CHECK(found.design_n == found.effective_n);
  CHECK(counted(people, cxm::min_n{3}).items[0].mean ==
        cxm::maybe<double>(cxm::reason::below_min_n));
  people.resize(1);
  people[0].weight = 0;
  CHECK(counted(people).value == cxm::maybe<double>(cxm::reason::no_data));
}

TEST_CASE("composite: laws of merging and of taking back, weighted or not, inside by and where") {
  auto const people = random_people(7, 60);
  auto const check = [&](auto const& plan) {
    auto const merged = cxm::check_merge_laws(plan, people, {.rounds = 4, .bytes_to_flip = 500});
    INFO(merged.text());
    CHECK(merged.holds());
    auto const taken = cxm::check_retraction_laws(plan, people, {.rounds = 6});
    INFO(taken.text());
    CHECK(taken.holds());
  };
  auto const heavy = [](person const& one) { return one.weight > 1; };
  check(index());
  check(cxm::weighted(&person::weight, index()));
  check(cxm::weighted(&person::weight, index(), cxm::frequency_weights{}));
  check(cxm::by(&person::group, cxm::where(heavy, cxm::weighted(&person::weight, index()))));
}

TEST_CASE("composite: what was never counted is refused, and nothing changes") {
  auto plan = index();
  plan.add(person{3, 4});
  auto const before = cxm::save(plan);
  CHECK_THROWS_AS(plan.remove(person{3, {}}), std::invalid_argument);
  CHECK_THROWS_AS(plan.remove(person{2, 4}), std::invalid_argument);
  CHECK_THROWS_AS(plan.remove(person{3, 99}), std::invalid_argument);
  CHECK(cxm::save(plan) == before);
  auto weighed = cxm::weighted(&person::weight, index());
  weighed.add(person{3, 4, 2});
  auto const bytes = cxm::save(weighed);
  CHECK_THROWS_AS(weighed.remove(person{3, 4, 1}), std::invalid_argument);
  CHECK_THROWS_AS(weighed.remove(person{3, 5, 2}), std::invalid_argument);
  CHECK_THROWS_AS(weighed.remove(person{3, 4, 0}), std::invalid_argument);
  CHECK(cxm::save(weighed) == bytes);
}

TEST_CASE("composite: decayed against the weights of ages, and in a window that slides") {
  auto people = random_people(11, 200);
  auto const half = cxm::half_life{12h};
  auto const found =
      cxm::measure(people, cxm::decayed(&person::when, half, index(cxm::available_items{})));
  auto const latest = std::max_element(people.begin(), people.end(), [](auto& a, auto& b) {
                        return a.when < b.when;
                      })->when;
  auto aged = people;
  for (auto& one : aged)
    one.weight = std::exp2(-double((latest - one.when).count()) / (12.0 * 3600));
  by_hand const wanted(aged, true);
  CHECK_THAT(*found.result().result.value, WithinRel(double(wanted.mean), 1e-7));
  CHECK_THAT(*found.result().result.standard_error, WithinRel(double(wanted.error), 1e-7));

  std::sort(people.begin(), people.end(), [](auto& a, auto& b) { return a.when < b.when; });
  auto window = cxm::windowed(&person::when, cxm::sliding{10h}, index());
  auto inside = index();
  for (auto const& one : people) {
    window.add(one);
    if (one.when > people.back().when - 10h) inside.add(one);
  }
  CHECK(window.result().result.value == inside.result().value);
  CHECK(window.result().result.n == inside.result().n);
}

TEST_CASE("composite: two indices are compared as means are, weighted or not") {
  auto const a = random_people(2, 200), b = random_people(3, 150);
  auto const first = cxm::measure(a, index()).result(), second = cxm::measure(b, index()).result();
  auto const plain = cxm::compare(first, second);
  auto const wanted = cxm::mean_difference({*first.value, *first.deviation, first.n},
                                           {*second.value, *second.deviation, second.n});
  CHECK(plain.value == wanted.value);
  CHECK(plain.p == wanted.p);
  auto const weighed = cxm::compare(cxm::measure(a, cxm::weighted(&person::weight, index())),
                                    cxm::measure(b, cxm::weighted(&person::weight, index())));
  CHECK(weighed.value.has_value());
  CHECK(weighed.quantity == "mean");
}
