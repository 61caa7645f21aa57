// SPDX-License-Identifier: BSL-1.0
// Weighted sentiment against sums by hand, and what is taken back.
#include <cxm/core/save.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/decayed.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey/emotion.hpp>
#include <cxm/survey/valence.hpp>
#include <cxm/survey/valence_score.hpp>
#include <cxm/survey/weighted_valence.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <chrono>
#include <cmath>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;
using namespace std::chrono_literals;

namespace {
struct text {
  std::optional<double> valence;
  double weight = 1;
  int source = 0;
  std::vector<cxm::emotion> felt{};
};
auto on_valence(auto const& plan) {
  return cxm::on(&text::valence, plan);
}
auto weighed(auto... policies) {
  return cxm::weighted(&text::weight, on_valence(cxm::sentiment(policies...)));
}
std::vector<text> random_texts(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<text> made;
  for (std::size_t i = 0; i < count; ++i) {
    text one{double(random() % 2'300) / 1'000 - 1.15,
             random() % 8 == 0 ? 0.0 : double(random() % 5'000) / 900, int(random() % 3)};
    if (random() % 9 == 0) one.valence.reset();
    for (auto k = random() % 4; k > 0; --k)
      one.felt.push_back(static_cast<cxm::emotion>(random() % 20));
    made.push_back(one);
  }
  return made;
}
}  // namespace

TEST_CASE("weighted sentiment: against sums by hand on random texts") {
  for (unsigned seed = 1; seed < 9; ++seed) {
    auto const texts = random_texts(seed, 30 * seed);
    long double all = 0, squares = 0, mean = 0, negative = 0, positive = 0;
    std::uint64_t n = 0, unweighed = 0, missing = 0, invalid = 0;
    auto const each = [&](auto const& use) {
      for (auto const& one : texts)
        if (one.valence && std::abs(*one.valence) <= 1 && one.weight > 0)
          use(static_cast<long double>(*one.valence),
              static_cast<long double>(cxm::weight_from(one.weight)->units) / 1e9L);
    };
    for (auto const& one : texts) {
      if (!one.valence)
        ++missing;
      else if (std::abs(*one.valence) > 1)
        ++invalid;
      else
        ++(one.weight > 0 ? n : unweighed);
    }
    each([&](long double x, long double w) {
      all += w, squares += w * w, mean += w * x;
      negative += x < -0.2 ? w : 0, positive += x > 0.2 ? w : 0;
    });
    mean /= all;
    long double variance = 0, error = 0;
    each([&](long double x, long double w) {
      variance += w * (x - mean) * (x - mean) / all;
      error += w * w * (x - mean) * (x - mean) / all / all;
    });
    auto const found = cxm::measure(texts, weighed()).result();
    CHECK(found.n == n);
    CHECK(found.unweighed == unweighed);
    CHECK(found.missing == missing);
    CHECK(found.invalid == invalid);
    CHECK_THAT(*found.value, WithinAbs(double(mean), 1e-9));
    CHECK_THAT(*found.variance, WithinRel(double(variance), 1e-8));
    CHECK_THAT(*found.standard_error,
               WithinRel(std::sqrt(double(error) * double(n) / double(n - 1)), 1e-8));
    CHECK_THAT(*found.negative_share, WithinRel(double(negative / all), 1e-12));
    CHECK_THAT(*found.net, WithinAbs(double(100 * (positive - negative) / all), 1e-10));
    CHECK_THAT(*found.effective_n, WithinRel(double(all * all / squares), 1e-12));
  }
}

TEST_CASE("weighted sentiment: equal weights are none, frequencies are so many texts") {
  auto texts = random_texts(3, 250);
  auto const plain = cxm::measure(texts, on_valence(cxm::sentiment())).result();
  for (auto& one : texts) one.weight = 0.75;
  auto const equal = cxm::measure(texts, weighed()).result();
  CHECK(equal.value == plain.value);
  CHECK_THAT(*equal.standard_error, WithinRel(*plain.standard_error, 1e-13));
  CHECK_THAT(*equal.deviation, WithinRel(*plain.deviation, 1e-13));
  CHECK_THAT(*equal.net, WithinAbs(*plain.net, 1e-12));
  for (auto& one : texts) one.weight = 2;
  auto const rows = cxm::measure(
      texts, cxm::weighted(&text::weight, on_valence(cxm::sentiment()), cxm::frequency_weights{}));
  auto twice = cxm::measure(texts, on_valence(cxm::sentiment()));
  twice.merge(twice);
  CHECK(cxm::save(rows.inner()) == cxm::save(twice));
}

TEST_CASE("weighted sentiment: one alone, all alike, all at an end, too few") {
  std::vector<text> texts(1, text{-1, 2});
  auto found = cxm::measure(texts, weighed()).result();
  CHECK(found.value == cxm::maybe(-1.0));
  CHECK(found.interval.why() == cxm::reason::degenerate);
  texts.push_back({-1, 5});
  found = cxm::measure(texts, weighed()).result();
  CHECK(found.standard_error == cxm::maybe(0.0));
  CHECK(found.design_n == found.effective_n);
  CHECK(found.net == cxm::maybe(-100.0));
  CHECK(cxm::measure(texts, weighed(cxm::min_n{3})).result().net ==
        cxm::maybe<double>(cxm::reason::below_min_n));
  CHECK(cxm::measure(std::vector<text>(), weighed()).result().value ==
        cxm::maybe<double>(cxm::reason::no_data));
}

TEST_CASE("sentiment: laws of merging and of taking back, weighted or not, inside by") {
  auto const texts = random_texts(5, 70);
  auto const check = [&](auto const& plan) {
    auto const merged = cxm::check_merge_laws(plan, texts, {.rounds = 4, .bytes_to_flip = 500});
    INFO(merged.text());
    CHECK(merged.holds());
    auto const taken = cxm::check_retraction_laws(plan, texts, {.rounds = 8});
    INFO(taken.text());
    CHECK(taken.holds());
  };
  check(on_valence(cxm::sentiment()));
  check(weighed());
  check(cxm::by(&text::source, weighed(cxm::neutral_within{0.1})));
  auto const balance = [](text const& one) { return cxm::emotional_balance(one.felt); };
  check(cxm::on(balance, cxm::net_emotional_value()));
  check(cxm::weighted(&text::weight, cxm::on(balance, cxm::net_emotional_value())));
}

TEST_CASE("sentiment: what was never counted is refused, and nothing changes") {
  auto plan = cxm::sentiment();
  plan.add(0.5);
  auto const before = cxm::save(plan);
  for (double never : {0.6, -0.5, 2.0}) CHECK_THROWS_AS(plan.remove(never), std::invalid_argument);
  CHECK_THROWS_AS(plan.remove(std::optional<double>()), std::invalid_argument);
  CHECK(cxm::save(plan) == before);
  auto twin = cxm::sentiment().with_weights();
  twin.add(0.5, *cxm::weight_from(2));
  auto const bytes = cxm::save(twin);
  CHECK_THROWS_AS(twin.remove(0.5, *cxm::weight_from(1)), std::invalid_argument);
  CHECK_THROWS_AS(twin.remove(0.4, *cxm::weight_from(2)), std::invalid_argument);
  CHECK_THROWS_AS(twin.remove(0.5, cxm::weight{0}), std::invalid_argument);
  CHECK(cxm::save(twin) == bytes);
  CHECK_THROWS_AS(twin.merge(cxm::sentiment(cxm::neutral_within{0.3}).with_weights()),
                  std::invalid_argument);
  CHECK_THROWS_AS(twin.double_weights(120), std::invalid_argument);
  CHECK(cxm::save(twin) == bytes);
}
