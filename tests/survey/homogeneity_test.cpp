// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/homogeneity.hpp>

#include "catch.hpp"

#include <cmath>
#include <random>
#include <utility>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {
struct answer {
  int group;
  int points;
};
}  // namespace

TEST_CASE("homogeneity of groups: each metric by its own test, from the results of by") {
  std::vector<answer> answers;
  std::mt19937_64 random{21};
  for (int i = 0; i < 400; ++i)
    answers.push_back({static_cast<int>(random() % 4), static_cast<int>(random() % 5) + 1});
  auto const groups = [&](auto metric) {
    return cxm::measure(answers, cxm::by(&answer::group, cxm::on(&answer::points, metric)))
        .result();
  };
  auto const shares = cxm::homogeneity(groups(cxm::csat()));
  std::vector<std::uint64_t> table(8);
  std::vector<std::uint64_t> counts(20);
  for (auto const& [group, points] : answers) {
    ++table[static_cast<std::size_t>(2 * group + (points >= 4 ? 0 : 1))];
    ++counts[static_cast<std::size_t>(5 * group + points - 1)];
  }
  CHECK(shares.groups == 4);
  CHECK(shares.n == 400);
  CHECK_THAT(*shares.p, WithinRel(*cxm::independence(table, 2).p, 1e-12));
  std::vector<cxm::maybe<std::vector<std::uint64_t>>> rows;
  for (int wanted = 0; wanted < 4; ++wanted) {
    auto metric = cxm::tally(cxm::points<1, 5>{}, cxm::point_counts());
    for (auto const& [group, points] : answers)
      if (group == wanted) metric.add(points);
    rows.push_back(metric.result());
  }
  auto const ranks = cxm::homogeneity(rows);
  CHECK_THAT(*ranks.p, WithinRel(*cxm::equal_ranks(counts, 5).p, 1e-12));
  auto const means = cxm::homogeneity(groups(cxm::mean(cxm::points<1, 5>{})));
  CHECK((0 < *means.p && *means.p < 1));
  CHECK(*means.degrees_of_freedom == 3.0);
}

TEST_CASE("homogeneity of nets keeps its level, also with groups of ten and the unanimous") {
  // The chance of p < .05 when all nets are equal: 6 groups of 10 to 60 of (.75, .05), and two
  // distributions with the same net. 4,000 draws: ± .7 points.
  std::mt19937_64 random{22};
  auto const level = [&](std::vector<std::pair<double, double>> const& truths) {
    int found = 0;
    int constexpr rounds = 4'000;
    for (int round = 0; round < rounds; ++round) {
      std::vector<cxm::nps_score> scores;
      for (std::size_t group = 0; group < truths.size(); ++group) {
        cxm::nps_score score;
        score.n = 10 * (group + 1);
        for (std::uint64_t i = 0; i < score.n; ++i) {
          double const u = static_cast<double>(random() >> 11) * 0x1p-53;
          if (u < truths[group].first)
            ++score.promoters;
          else if (u < truths[group].first + truths[group].second)
            ++score.detractors;
        }
        scores.push_back(score);
      }
      if (*cxm::homogeneity(scores).p < 0.05) ++found;
    }
    return 100.0 * found / rounds;
  };
  double const equal =
      level({{.75, .05}, {.75, .05}, {.75, .05}, {.75, .05}, {.75, .05}, {.75, .05}});
  CHECK((2.5 < equal && equal < 6.5));
  double const unlike = level({{.3, .1}, {.5, .3}, {.3, .1}, {.5, .3}, {.3, .1}, {.6, .4}});
  CHECK((3.0 < unlike && unlike < 7.0));
}

TEST_CASE("homogeneity: none, one, and groups without answers") {
  std::vector<cxm::nps_score> scores;
  CHECK(cxm::homogeneity(scores).p.why() == cxm::reason::no_data);
  cxm::nps_score one;
  one.n = one.promoters = 5;
  scores = {one, cxm::nps_score{}};
  CHECK(cxm::homogeneity(scores).p.why() == cxm::reason::degenerate);
  cxm::nps_score other;
  other.n = other.detractors = 5;
  scores.push_back(other);
  auto const apart = cxm::homogeneity(scores);
  CHECK(apart.groups == 2);
  CHECK(*apart.p < 0.001);
}

TEST_CASE("homogeneity of weighted groups: by design n, not by the counts of the base") {
  struct answer {
    int group;
    int score;
    double value;
  };
  std::mt19937 random(14);
  std::vector<answer> answers;
  for (int i = 0; i < 600; ++i) {
    int const group = static_cast<int>(random() % 3);
    answers.push_back(
        {group, static_cast<int>(random() % 11), static_cast<double>(1 + random() % 40) / 8});
  }
  auto const plan = [](auto inner) {
    return cxm::weighted(&answer::value, cxm::by(&answer::group, cxm::on(&answer::score, inner)));
  };
  auto const nps = cxm::measure(answers, plan(cxm::nps())).result();
  auto const found = cxm::homogeneity(nps);
  double weights = 0, sum = 0, squares = 0, n = 0, good = 0, chi = 0;
  for (auto const& [group, score] : nps) {
    double const d = *score.design_n, net = *score.value / 100 * d / (d + 3);
    double const both =
        (d * (*score.variance / 1e4 + std::pow(*score.value / 100, 2)) + 1.5) / (d + 3);
    double const weight = (d + 3) / (both - net * net);
    weights += weight, sum += weight * net, squares += weight * net * net;
  }
  CHECK_THAT(*found.statistic, WithinAbs(squares - sum * sum / weights, 1e-9));
  CHECK(found.n == 600);
  auto const csat = cxm::measure(answers, plan(cxm::csat(cxm::points<0, 10>{}))).result();
  for (auto const& [group, score] : csat)
    n += *score.design_n, good += *score.design_n * *score.value;
  for (auto const& [group, score] : csat)
    chi += *score.design_n * std::pow(*score.value - good / n, 2) / (good / n * (1 - good / n));
  CHECK_THAT(*cxm::homogeneity(csat).statistic, WithinAbs(chi, 1e-9));
  CHECK(*cxm::homogeneity(csat).degrees_of_freedom == 2);
}
