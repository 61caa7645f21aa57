// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
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
