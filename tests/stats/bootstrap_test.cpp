// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/bootstrap.hpp>
#include <cxm/survey.hpp>

#include "catch.hpp"

#include <cmath>
#include <map>
#include <vector>

using Catch::Matchers::WithinAbs;
using cxm::replicates;
using cxm::seed;

TEST_CASE("the bootstrap of 70/20/10: percentile 47 to 72, BCa 45 to 71, within a point") {
  // R's boot with 10,000 replicates.
  auto const percentile = *cxm::bootstrap{seed{42}, replicates{10'000}}.net(70, 10, 100);
  CHECK_THAT(100 * percentile.low, WithinAbs(47, 1));
  CHECK_THAT(100 * percentile.high, WithinAbs(72, 1));
  auto const bca = *cxm::bca{seed{42}, replicates{10'000}}.net(70, 10, 100);
  CHECK_THAT(100 * bca.low, WithinAbs(45, 1));
  CHECK_THAT(100 * bca.high, WithinAbs(71, 1));
}

TEST_CASE("same seed, same interval; another seed, another one; policies in any order") {
  std::vector<std::uint64_t> const counts = {3, 1, 4, 10, 9};
  auto const one = cxm::bootstrap{}.mean_of(1, counts);
  CHECK(one == cxm::bootstrap{seed{1}, replicates{2000}}.mean_of(1, counts));
  CHECK(one == cxm::bootstrap{replicates{2000}, seed{1}}.mean_of(1, counts));
  std::vector<std::uint64_t> const many = {30'011, 10'007, 40'003, 100'019, 90'001};
  CHECK(cxm::bootstrap{}.mean_of(1, many) != cxm::bootstrap{seed{2}}.mean_of(1, many));
  // Nearly Student's interval, here where the mean is nearly normal.
  auto const student = *cxm::student::mean(102.0 / 27, 1.2810, 27);
  CHECK_THAT(one->low, WithinAbs(student.low, 0.08));
  CHECK_THAT(one->high, WithinAbs(student.high, 0.08));
  CHECK_THROWS_AS(cxm::bootstrap{replicates{0}}, std::invalid_argument);
}

TEST_CASE("a mean is resampled from the counts of every point, through the metric") {
  auto plain = cxm::mean(cxm::points<1, 5>{}, cxm::bootstrap{seed{7}});
  auto better = cxm::mean(cxm::points<1, 5>{}, cxm::bca{seed{7}});
  std::vector<std::uint64_t> counts(5);
  for (int answer : {5, 4, 4, 3, 5, 2, 1, 5, 4, 3}) {
    plain.add(answer);
    better.add(answer);
    ++counts[static_cast<std::size_t>(answer - 1)];
  }
  CHECK(plain.result().interval == cxm::bootstrap{seed{7}}.mean_of(1, counts));
  CHECK(better.result().interval == cxm::bca{seed{7}}.mean_of(1, counts));
  CHECK(better.result().interval->low < plain.result().interval->low);  // the answers lean left
  auto net = cxm::nps(cxm::bootstrap{seed{3}, replicates{500}});
  auto box = cxm::csat(cxm::bca{});
  for (int answer : {10, 9, 3, 8, 9}) net.add(answer);
  for (int answer : {5, 4, 1, 2, 5}) box.add(answer);
  CHECK(net.result().interval->low ==
        100 * cxm::bootstrap{seed{3}, replicates{500}}.net(3, 1, 5)->low);
  CHECK(box.result().interval == cxm::bca{}.share(3, 5));
}

TEST_CASE("a billion answers cost what ten do, and the ends are those of the normal distribution") {
  auto const found = *cxm::bootstrap{replicates{4000}}.net(500'000'000, 200'000'000, 1'000'000'000);
  double const error = std::sqrt(0.61 / 1e9);
  CHECK_THAT((found.low - 0.3) / error, WithinAbs(-1.96, 0.1));
  CHECK_THAT((found.high - 0.3) / error, WithinAbs(1.96, 0.1));
}

TEST_CASE("degenerate and no data") {
  CHECK(cxm::bootstrap{}.net(0, 0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::bootstrap{}.net(5, 0, 5)->raw == cxm::interval{1, 1});
  CHECK(cxm::bootstrap{}.net(1, 0, 1).why() == cxm::reason::degenerate);
  CHECK(cxm::bootstrap{}.share(1, 1).why() == cxm::reason::degenerate);
  CHECK(cxm::bootstrap{}.mean_of(1, std::vector<std::uint64_t>{0, 0, 1}).why() ==
        cxm::reason::degenerate);
  CHECK(cxm::bca{}.net(5, 0, 5).why() == cxm::reason::degenerate);
  CHECK_THROWS_AS(cxm::bootstrap{}.share(2, 1), std::invalid_argument);
}

TEST_CASE("binomial random numbers have their distribution") {
  // Chi-square of 20,000 draws against the probabilities, for both algorithms and both halves.
  struct setting {
    std::uint64_t n, part, whole;
  };
  for (auto const& [n, part, whole] :
       {setting{20, 1, 10}, setting{100, 1, 2}, setting{50, 3, 4}, setting{1000, 999, 1000},
        setting{400, 1, 20}, setting{7, 6, 7}}) {
    INFO(n << " of " << part << "/" << whole);
    cxm::random_stream random(seed{9}, 1);
    constexpr int draws = 20'000;
    std::map<std::uint64_t, double> seen;
    for (int i = 0; i < draws; ++i) seen[cxm::detail::random_binomial(random, n, part, whole)] += 1;
    double const count = static_cast<double>(n);
    double const p = static_cast<double>(part) / static_cast<double>(whole);
    double statistic = 0;
    double cells = 0;
    double rest = draws;
    double rest_seen = draws;
    for (std::uint64_t k = 0; k <= n; ++k) {
      double const hits = static_cast<double>(k);
      double const expected = draws * std::exp(std::lgamma(count + 1) - std::lgamma(hits + 1) -
                                               std::lgamma(count - hits + 1) + hits * std::log(p) +
                                               (count - hits) * std::log1p(-p));
      if (expected < 10) continue;
      statistic += (seen[k] - expected) * (seen[k] - expected) / expected;
      cells += 1;
      rest -= expected;
      rest_seen -= seen[k];
    }
    if (rest > 10) statistic += (rest_seen - rest) * (rest_seen - rest) / rest;
    CHECK(statistic < cells + 4 * std::sqrt(2 * cells) + 8);
  }
}
