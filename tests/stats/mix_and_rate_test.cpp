// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/mix_and_rate.hpp>

#include "catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
using groups = std::vector<cxm::two_sided_group>;

/// Shapley's value by its definition: the two causes are switched from the second side to the first
/// in both orders.
struct shapley {
  double mix, rate;
};
shapley shapley_of(groups const& of) {
  auto const whole = [&](bool mix, bool rate) {
    long double sum = 0, weight = 0;
    for (auto const& [a, x, b, y] : of) {
      if (a == 0 && b == 0) continue;
      double const w = mix ? a : b;
      double const m = a == 0 ? y : b == 0 ? x : rate ? x : y;
      sum += static_cast<long double>(w) * static_cast<long double>(m);
      weight += static_cast<long double>(w);
    }
    return sum / weight;
  };
  auto const none = whole(false, false), all = whole(true, true);
  auto const mix = whole(true, false), rate = whole(false, true);
  return {static_cast<double>((mix - none + all - rate) / 2),
          static_cast<double>((rate - none + all - mix) / 2)};
}

/// All parts and all sums, with == and in any order.
void check_exact(groups const& of, std::mt19937_64& random) {
  auto const found = *cxm::decompose(of);
  CHECK(found.mix + found.rate == found.difference);
  std::vector<double> mixes, rates, all;
  for (auto const& [mix, rate] : found.groups) {
    mixes.push_back(mix);
    rates.push_back(rate);
    all.push_back(mix);
    all.push_back(rate);
  }
  auto const sum_is = [&](std::vector<double>& parts, double expected) {
    for (int round = 0; round < 3; ++round) {
      std::shuffle(parts.begin(), parts.end(), random);
      double sum = 0;
      for (double const part : parts) sum += part;
      CHECK(sum == expected);
    }
  };
  sum_is(mixes, found.mix);
  sum_is(rates, found.rate);
  sum_is(all, found.difference);
}
}  // namespace

TEST_CASE("decompose, Das Gupta 1993, example 5.3: U.S. death rates of 1985 and 1970") {
  // 22 groups by race and age, per 1,000: crude rates 8.735618 and 9.421833; by rates -2.2277254,
  // by the age structure 1.5217347 and the race structure 0.0197749, which together are the mix.
  constexpr std::array<double, 22> size_85 = {
      3041, 11577, 27450, 32711, 35480, 27411, 19555, 19795, 15254, 8022, 2472,
      707,  2692,  6473,  6841,  6547,  4352,  3034,  2540,  1749,  804,  236};
  constexpr std::array<double, 22> rate_85 = {
      9.163,  0.462, 0.248, 0.929, 1.084, 1.810, 4.715, 12.187, 27.728, 64.068, 157.570,
      17.208, 0.738, 0.328, 1.103, 2.045, 3.724, 8.052, 17.812, 34.128, 68.276, 125.161};
  constexpr std::array<double, 22> size_70 = {
      2968, 11484, 34614, 30992, 21983, 20314, 20928, 16897, 11339, 5720, 1315,
      535,  2162,  6120,  4781,  3096,  2718,  2363,  1767,  1149,  448,  117};
  constexpr std::array<double, 22> rate_70 = {
      18.469, 0.751, 0.391, 1.146, 1.287, 2.672, 6.636,  15.691, 34.723, 79.763, 176.837,
      36.993, 1.352, 0.541, 2.040, 3.523, 6.746, 12.967, 24.471, 45.091, 74.902, 123.205};
  groups of;
  for (std::size_t i = 0; i < 22; ++i)
    of.push_back({size_85[i], rate_85[i], size_70[i], rate_70[i]});
  auto const found = *cxm::decompose(of);
  CHECK_THAT(found.first, WithinAbs(8.735618, 5e-7));
  CHECK_THAT(found.second, WithinAbs(9.421833, 5e-7));
  CHECK_THAT(found.difference, WithinAbs(-0.6862158, 5e-8));
  CHECK_THAT(found.rate, WithinAbs(-2.2277254, 5e-8));
  CHECK_THAT(found.mix, WithinAbs(1.5217347 + 0.0197749, 1e-7));
  std::mt19937_64 random{33};
  check_exact(of, random);
}

TEST_CASE("decompose on random groups: Shapley's value, and parts that sum to the last bit") {
  std::mt19937_64 random{34};
  for (int round = 0; round < 200; ++round) {
    groups of;
    auto const size = 1 + random() % 40;
    for (std::size_t i = 0; i < size; ++i) {
      auto const weight = [&] {
        return random() % 5 == 0 ? 0.0 : static_cast<double>(random() % 1000);
      };
      auto const mean = [&] { return static_cast<double>(random() % 20001) / 100 - 100; };
      of.push_back({weight(), mean(), weight(), mean()});
    }
    of.push_back({1, 1, 2, 3});
    auto const found = *cxm::decompose(of);
    auto const expected = shapley_of(of);
    CHECK_THAT(found.mix, WithinAbs(expected.mix, 5e-10));
    CHECK_THAT(found.rate, WithinAbs(expected.rate, 5e-10));
    CHECK_THAT(found.difference, WithinAbs(found.first - found.second, 2e-11));
    // The other way round is the negative of it, part by part, but for the last step.
    groups back;
    for (auto const& [a, x, b, y] : of) back.push_back({b, y, a, x});
    auto const reversed = *cxm::decompose(back);
    CHECK_THAT(reversed.mix, WithinAbs(-found.mix, 2e-9));
    check_exact(of, random);
  }
  // One step is 1.5e-11 points, and no part is further from its own formula.
  groups many;
  for (int i = 0; i < 3000; ++i)
    many.push_back({static_cast<double>(random() % 9), static_cast<double>(random() % 201) - 100.0,
                    static_cast<double>(random() % 9),
                    static_cast<double>(random() % 201) - 100.0});
  check_exact(many, random);
  auto const found = *cxm::decompose(many);
  double a = 0, b = 0;
  for (auto const& one : many) a += one.first_weight, b += one.second_weight;
  for (std::size_t i = 0; i < many.size(); ++i) {
    auto const& one = many[i];
    if (one.first_weight == 0 || one.second_weight == 0) continue;
    double const rate =
        (one.first_weight / a + one.second_weight / b) / 2 * (one.first_mean - one.second_mean);
    CHECK_THAT(found.groups[i].rate, WithinAbs(rate, 1.5e-11));
  }
}

TEST_CASE("decompose: a group of one side is mix, nothing moves where nothing differs") {
  groups const grown = {{10, 5, 10, 5}, {10, 9, 0, 0}};
  auto const found = *cxm::decompose(grown);
  CHECK(found.rate == 0);
  CHECK(found.groups[1].rate == 0);
  CHECK_THAT(found.mix, WithinAbs(2, 1e-11));
  CHECK(found.groups[1].mix > 0);  // better than usual, and more of it
  CHECK(found.groups[0].mix > 0);  // worse than usual, and less of it
  auto const same = *cxm::decompose(groups{{3, 5, 6, 5}, {4, 7, 8, 7}, {0, 1, 0, 2}});
  CHECK(same.difference == 0);
  for (auto const& part : same.groups) CHECK(part == cxm::mix_and_rate{});
  CHECK(cxm::decompose(groups{{3, 0, 1, 0}})->difference == 0);
}

TEST_CASE("decompose: no data and what is refused") {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  CHECK(cxm::decompose({}).why() == cxm::reason::no_data);
  CHECK(cxm::decompose(groups{{0, 0, 1, 5}}).why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::decompose(groups{{-1, 0, 1, 5}}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::decompose(groups{{1, infinite, 1, 5}}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::decompose(groups{{infinite, 1, 1, 5}}), std::invalid_argument);
  auto const tiny = *cxm::decompose(groups{{1, 1e-310, 1, 0}});
  CHECK(tiny.mix + tiny.rate == tiny.difference);
}
