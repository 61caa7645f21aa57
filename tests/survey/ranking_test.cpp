// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/ranking.hpp>

#include "catch.hpp"

#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;

namespace {
struct answer {
  int shop;
  int recommend;
};
auto const plan = cxm::by(&answer::shop, cxm::on(&answer::recommend, cxm::nps()));

std::vector<answer> drawn(int shops, int n, std::mt19937_64& random) {
  std::vector<answer> found;
  for (int shop = 0; shop < shops; ++shop)
    for (int i = 0; i < n; ++i) found.push_back({shop, static_cast<int>(random() % 11)});
  return found;
}
}  // namespace

TEST_CASE("ranking of raw scores: two groups by the normal probability of their difference") {
  std::vector<answer> answers;
  for (int i = 0; i < 40; ++i) answers.push_back({1, i < 25 ? 10 : i < 30 ? 8 : 2});
  for (int i = 0; i < 30; ++i) answers.push_back({2, i < 15 ? 10 : i < 20 ? 8 : 2});
  auto const groups = cxm::measure(answers, plan).result();
  auto const found = cxm::ranking(groups);
  auto const estimates = cxm::noisy_estimates(groups, cxm::own_answers{});
  double const z = (estimates[0]->value - estimates[1]->value) /
                   std::sqrt(estimates[0]->variance + estimates[1]->variance);
  CHECK_THAT(*found.at(1).best, WithinAbs(cxm::normal_cdf(z), 1e-12));
  CHECK_THAT(*found.at(1).worst, WithinAbs(1 - cxm::normal_cdf(z), 1e-12));
  CHECK_THAT(*found.at(1).expected_rank, WithinAbs(2 - cxm::normal_cdf(z), 1e-12));
  CHECK(found.at(1).n == 40);
  auto const turned = cxm::ranking(groups, cxm::better::low, cxm::confidence{0.9});
  CHECK_THAT(*turned.at(1).best, WithinAbs(*found.at(1).worst, 1e-12));
  // Two groups can't be shrunk, and so not be ranked by shrunk scores.
  CHECK(cxm::ranking(cxm::shrink(groups)).at(1).best.why() == cxm::reason::not_identified);
}

TEST_CASE("ranking of shrunk scores: nobody is best by luck alone") {
  std::mt19937_64 random{35};
  int surest = 0;
  for (int round = 0; round < 40; ++round) {
    auto const groups = cxm::measure(drawn(20, 30, random), plan).result();
    auto const found = cxm::ranking(cxm::shrink(groups));
    double sum = 0, most = 0, worst = 0;
    for (auto const& [shop, rank] : found) {
      sum += *rank.best;
      worst += *rank.worst;
      most = std::max(most, *rank.best);
      CHECK(*rank.low >= 1);
      CHECK(*rank.low <= *rank.high);
      CHECK(*rank.high <= 20);
    }
    CHECK_THAT(sum, WithinAbs(1, 1e-11));
    CHECK_THAT(worst, WithinAbs(1, 1e-11));
    surest += most > 0.5 ? 1 : 0;
  }
  CHECK(surest <= 2);
}

TEST_CASE("ranking: rank intervals hold the true rank") {
  // Ten shops with true values 10 points apart, 60 answers each. 200 rounds.
  std::mt19937_64 random{36};
  int inside = 0, all = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<answer> answers;
    for (int shop = 0; shop < 10; ++shop)
      for (int i = 0; i < 60; ++i) {
        double const u = static_cast<double>(random() >> 11) * 0x1p-53;
        double const promoters = 0.75 - 0.05 * shop;
        answers.push_back({shop, u < promoters ? 10 : u < promoters + 0.1 ? 8 : 3});
      }
    for (auto const& [shop, rank] : cxm::ranking(cxm::measure(answers, plan).result())) {
      auto const truth = static_cast<std::size_t>(shop + 1);
      inside += *rank.low <= truth && truth <= *rank.high ? 1 : 0;
      ++all;
    }
  }
  CHECK(inside >= 0.95 * all);
}

TEST_CASE("ranking: groups without a value have no rank, and leave the others alone") {
  auto const metric = cxm::by(&answer::shop, cxm::on(&answer::recommend, cxm::nps(cxm::min_n{3})));
  std::vector<answer> answers = {{1, 9}, {1, 9}, {1, 3}, {2, 9}, {3, 3}, {3, 3}, {3, 9}, {4, 12}};
  auto const found = cxm::ranking(cxm::measure(answers, metric).result());
  CHECK(found.size() == 4);
  CHECK(found.at(2).best.why() == cxm::reason::below_min_n);
  CHECK(found.at(4).low.why() == cxm::reason::no_data);
  CHECK_THAT(*found.at(1).best + *found.at(3).best, WithinAbs(1, 1e-12));
  CHECK(cxm::ranking(cxm::measure(std::vector<answer>(), plan).result()).empty());
}
