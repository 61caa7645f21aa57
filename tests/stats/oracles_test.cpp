// SPDX-License-Identifier: BSL-1.0
// Intervals and tests against independent oracles on random inputs that stand in no file:
// Boost.Math for distributions, definitions and enumerations for the rest.
#include <cxm/stats/exact_tests.hpp>
#include <cxm/stats/k_groups.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/stats/paired_classes.hpp>
#include <cxm/stats/ranks.hpp>
#include <cxm/stats/residuals.hpp>
#include <cxm/stats/sample_size.hpp>
#include <cxm/stats/share_intervals.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/stats/two_nets.hpp>
#include <cxm/stats/two_shares.hpp>

#include "catch.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;
namespace math = boost::math;

namespace {
confidence some_level(std::mt19937_64& random) {
  return confidence{0.5 + static_cast<double>(random() % 1000) / 2001};
}
}  // namespace

TEST_CASE("oracle: exact and Jeffreys' intervals by Boost's quantiles") {
  std::mt19937_64 random{101};
  for (int round = 0; round < 400; ++round) {
    std::uint64_t const n = 1 + random() % (round % 2 == 0 ? 40 : 100'000);
    std::uint64_t const x = random() % (n + 1);
    auto const level = some_level(random);
    double const count = static_cast<double>(n);
    double const hits = static_cast<double>(x);
    using binomial = math::binomial_distribution<double>;
    auto const exact = *cxm::clopper_pearson::share(x, n, level);
    if (x > 0)
      CHECK_THAT(exact.low,
                 WithinRel(binomial::find_lower_bound_on_p(count, hits, level.tail()), 1e-10));
    if (x < n)
      CHECK_THAT(exact.high,
                 WithinRel(binomial::find_upper_bound_on_p(count, hits, level.tail()), 1e-10));
    auto const bayes = *cxm::jeffreys::share(x, n, level);
    math::beta_distribution<double> const posterior(hits + 0.5, count - hits + 0.5);
    if (x > 0) CHECK_THAT(bayes.low, WithinRel(quantile(posterior, level.tail()), 1e-10));
    if (x < n)
      CHECK_THAT(bayes.high, WithinRel(quantile(complement(posterior, level.tail())), 1e-10));
  }
}

TEST_CASE("oracle: the ends of score intervals are where the score statistic is z") {
  std::mt19937_64 random{102};
  for (int round = 0; round < 1000; ++round) {
    std::uint64_t const n = 1 + random() % 2000;
    std::uint64_t const x = random() % (n + 1);
    auto const level = some_level(random);
    math::normal_distribution<double> const normal;
    double const z = quantile(complement(normal, level.tail()));
    double const count = static_cast<double>(n);
    double const p = static_cast<double>(x) / count;
    auto const statistic = [&](double end, double correction) {
      return (std::abs(p - end) - correction) / std::sqrt(end * (1 - end) / count);
    };
    auto const plain = *cxm::wilson::share(x, n, level);
    auto const corrected = *cxm::corrected_wilson::share(x, n, level);
    if (x > 0) {
      CHECK_THAT(statistic(plain.low, 0), WithinRel(z, 1e-8));
      CHECK_THAT(statistic(corrected.low, 0.5 / count), WithinRel(z, 1e-7) || WithinAbs(z, 1e-9));
    }
    if (x < n) {
      CHECK_THAT(statistic(plain.high, 0), WithinRel(z, 1e-8));
      CHECK_THAT(statistic(corrected.high, 0.5 / count), WithinRel(z, 1e-7) || WithinAbs(z, 1e-9));
    }
    CHECK((0 <= corrected.low && corrected.low <= plain.low));
    CHECK((plain.high <= corrected.high && corrected.high <= 1));
    auto const mirror = *cxm::corrected_wilson::share(n - x, n, level);
    CHECK_THAT(corrected.low, WithinAbs(1 - mirror.high, 1e-14));
  }
}

TEST_CASE("oracle: the corrected interval covers at its level or more, by all samples") {
  for (std::uint64_t n : {5u, 20u, 60u})
    for (double p = 0.02; p < 1; p += 0.02) {
      double covered = 0;
      for (std::uint64_t x = 0; x <= n; ++x)
        if (cxm::corrected_wilson::share(x, n)->contains(p))
          covered += pdf(math::binomial_distribution<double>(static_cast<double>(n), p),
                         static_cast<double>(x));
      CHECK(covered > 0.93);
    }
}

TEST_CASE("oracle: Fisher's exact test by Boost's hypergeometric distribution") {
  std::mt19937_64 random{103};
  for (int round = 0; round < 300; ++round) {
    std::uint64_t const n1 = 1 + random() % 60;
    std::uint64_t const n2 = 1 + random() % 60;
    cxm::share_counts const first{random() % (n1 + 1), n1};
    cxm::share_counts const second{random() % (n2 + 1), n2};
    auto const m = first.successes + second.successes;
    auto const whole = [](std::uint64_t number) { return static_cast<unsigned>(number); };
    math::hypergeometric_distribution<double> const tables(whole(m), whole(n1), whole(n1 + n2));
    double const seen = pdf(tables, whole(first.successes));
    double sum = 0;
    for (auto k = m > n2 ? m - n2 : 0; k <= std::min(n1, m); ++k) {
      double const each = pdf(tables, whole(k));
      if (each <= seen * (1 + 1e-7)) sum += each;
    }
    CHECK_THAT(*cxm::fisher_exact(first, second), WithinRel(std::min(1.0, sum), 1e-10));
  }
}

TEST_CASE("oracle: McNemar's three tests by Boost's distributions") {
  std::mt19937_64 random{104};
  for (int round = 0; round < 300; ++round) {
    std::uint64_t const up = random() % 80;
    std::uint64_t const down = 1 + random() % 80;
    auto const found = cxm::mcnemar(up, down);
    double const a = static_cast<double>(up);
    double const b = static_cast<double>(down);
    math::chi_squared_distribution<double> const one(1);
    double const plain = (a - b) * (a - b) / (a + b);
    double const rest = std::max(0.0, std::abs(a - b) - 1);
    CHECK_THAT(*found.p, WithinRel(cdf(complement(one, plain)), 1e-10));
    CHECK_THAT(*found.corrected_p, WithinRel(cdf(complement(one, rest * rest / (a + b))), 1e-10));
    math::binomial_distribution<double> const fair(a + b, 0.5);
    CHECK_THAT(*found.exact_p, WithinRel(std::min(1.0, 2 * cdf(fair, std::min(a, b))), 1e-10));
  }
}

TEST_CASE("oracle: t, F, Z and chi-square tests by Boost's distributions") {
  std::mt19937_64 random{105};
  auto const real = [&] { return static_cast<double>(random() % 10'000) / 997; };
  for (int round = 0; round < 300; ++round) {
    cxm::mean_estimate const a{real(), 0.1 + real(), 2 + random() % 90};
    cxm::mean_estimate const b{real(), 0.1 + real(), 2 + random() % 90};
    double const n1 = static_cast<double>(a.n);
    double const n2 = static_cast<double>(b.n);
    double const v1 = a.deviation * a.deviation / n1;
    double const v2 = b.deviation * b.deviation / n2;
    double const df = std::pow(v1 + v2, 2) / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
    double const t = (a.mean - b.mean) / std::sqrt(v1 + v2);
    math::students_t_distribution<double> const welch(df);
    auto const level = some_level(random);
    auto const found = cxm::mean_difference(a, b, level);
    CHECK_THAT(*found.p, WithinRel(2 * cdf(complement(welch, std::abs(t))), 1e-10));
    double const half = quantile(complement(welch, level.tail())) * std::sqrt(v1 + v2);
    CHECK_THAT(found.interval->high, WithinAbs(a.mean - b.mean + half, 1e-11 * (1 + half)));
    std::vector<cxm::mean_estimate> const three = {a, b, {real(), 0.1 + real(), 2 + random() % 90}};
    auto const means = cxm::equal_means(three);
    math::fisher_f_distribution<double> const f(2, *means.denominator_degrees_of_freedom);
    CHECK_THAT(*means.p, WithinRel(cdf(complement(f, *means.statistic)), 1e-9));

    std::vector<std::uint64_t> table(12);
    for (auto& cell : table) cell = 1 + random() % 30;
    auto const pearson = cxm::independence(table, 4);
    math::chi_squared_distribution<double> const six(6);
    CHECK_THAT(*pearson.p, WithinRel(cdf(complement(six, *pearson.statistic)), 1e-10));
    auto const g = cxm::likelihood_ratio(table, 4);
    CHECK_THAT(*g.p, WithinRel(cdf(complement(six, *g.statistic)), 1e-10));

    cxm::net_counts const one{20 + random() % 20, random() % 20, 60};
    cxm::net_counts const two{random() % 20, random() % 20, 60 + random() % 50};
    auto const net = cxm::net_difference(one, two);
    math::normal_distribution<double> const normal;
    CHECK_THAT(*net.p, WithinRel(2 * cdf(complement(normal, std::abs(*net.statistic))), 1e-10));
  }
}

TEST_CASE("oracle: residuals and the likelihood ratio by their definitions") {
  std::mt19937_64 random{106};
  for (int round = 0; round < 100; ++round) {
    std::vector<std::uint64_t> table(6);
    for (auto& cell : table) cell = random() % 20;
    table[0] += 1;
    table[5] += 1;
    double n = 0;
    double row[2] = {};
    double column[3] = {};
    for (std::size_t i = 0; i < 6; ++i) {
      double const count = static_cast<double>(table[i]);
      n += count;
      row[i / 3] += count;
      column[i % 3] += count;
    }
    auto const residuals = cxm::standardised_residuals(table, 3);
    double g = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      double const expected = row[i / 3] * column[i % 3] / n;
      double const count = static_cast<double>(table[i]);
      if (count > 0) g += 2 * count * std::log(count / expected);
      double const variance = expected * (1 - row[i / 3] / n) * (1 - column[i % 3] / n);
      REQUIRE(residuals[i].has_value() == (variance > 0));
      if (variance > 0)
        CHECK_THAT(*residuals[i], WithinAbs((count - expected) / std::sqrt(variance), 1e-12));
    }
    auto const found = cxm::likelihood_ratio(table, 3);
    if (found.statistic) CHECK_THAT(*found.statistic, WithinAbs(g, 1e-11));
  }
  // In a table of two rows and two columns all residuals are the root of Pearson's statistic.
  std::vector<std::uint64_t> const four = {12, 5, 9, 14};
  for (auto const& one : cxm::standardised_residuals(four, 2))
    CHECK_THAT(*one * *one, WithinRel(*cxm::independence(four, 2).statistic, 1e-12));
  std::vector<std::uint64_t> const flat = {3, 0, 4, 0};
  CHECK(cxm::standardised_residuals(flat, 2)[0].why() == cxm::reason::degenerate);
  CHECK(cxm::likelihood_ratio(flat, 2).p.why() == cxm::reason::degenerate);
  CHECK_THROWS_AS(cxm::standardised_residuals(flat, 3), std::invalid_argument);
  CHECK(cxm::standardised_residuals({}, 3).empty());
}

TEST_CASE("oracle: Hommel's p is that of the closed test, over all intersections") {
  std::mt19937_64 random{107};
  for (int round = 0; round < 200; ++round) {
    std::size_t const m = 1 + random() % 8;
    std::vector<double> p(m);
    for (double& value : p) value = static_cast<double>(random() % 1001) / 1000;
    std::vector<double> wanted(m);
    for (unsigned set = 1; set < (1u << m); ++set) {
      std::vector<double> members;
      for (std::size_t i = 0; i < m; ++i)
        if ((set >> i) % 2 == 1) members.push_back(p[i]);
      std::sort(members.begin(), members.end());
      double simes = 1;
      for (std::size_t i = 0; i < members.size(); ++i)
        simes = std::min(
            simes, static_cast<double>(members.size()) * members[i] / static_cast<double>(i + 1));
      for (std::size_t i = 0; i < m; ++i)
        if ((set >> i) % 2 == 1) wanted[i] = std::max(wanted[i], simes);
    }
    auto const hommel = cxm::hommel(p);
    auto const hochberg = cxm::hochberg(p);
    auto const holm = cxm::holm(p);
    auto const bonferroni = cxm::bonferroni(p);
    for (std::size_t i = 0; i < m; ++i) {
      CHECK_THAT(hommel[i], WithinAbs(wanted[i], 1e-14));
      CHECK((p[i] <= hommel[i] + 1e-15 && hommel[i] <= hochberg[i] + 1e-15));
      CHECK((hochberg[i] <= holm[i] + 1e-15 && holm[i] <= bonferroni[i] + 1e-15));
      CHECK(bonferroni[i] == std::min(1.0, static_cast<double>(m) * p[i]));
    }
  }
  CHECK(cxm::hommel(std::vector<double>{}).empty());
  CHECK_THROWS_AS(cxm::bonferroni(std::vector<double>{-0.1}), std::invalid_argument);
}

TEST_CASE("oracle: the median shift over all pairs, and the corrected rank test") {
  std::mt19937_64 random{108};
  for (int round = 0; round < 200; ++round) {
    std::vector<double> x(1 + random() % 12);
    std::vector<double> y(1 + random() % 12);
    for (double& value : x) value = static_cast<double>(random() % 9);
    for (double& value : y) value = static_cast<double>(random() % 9) / 2;
    std::vector<double> all;
    for (double const a : x)
      for (double const b : y) all.push_back(a - b);
    std::sort(all.begin(), all.end());
    double const wanted = (all[(all.size() - 1) / 2] + all[all.size() / 2]) / 2;
    CHECK_THAT(*cxm::median_shift(x, y), WithinAbs(wanted, 1e-14));
    auto const ranks = cxm::mann_whitney(x, y);
    if (!ranks.p) {
      CHECK(ranks.corrected_p.why() == ranks.p.why());
      continue;
    }
    // |U - mean| less one half, by the deviation that the uncorrected test implies.
    double const mean = static_cast<double>(x.size() * y.size()) / 2;
    double const away = std::abs(ranks.u - mean);
    double const deviation = away / std::max(1e-300, std::abs(*ranks.statistic));
    math::normal_distribution<double> const normal;
    if (away > 0.5)
      CHECK_THAT(*ranks.corrected_p,
                 WithinRel(2 * cdf(complement(normal, (away - 0.5) / deviation)), 1e-10));
    else
      CHECK(*ranks.corrected_p == 1.0);
  }
  CHECK(cxm::median_shift({}, std::vector<double>{1}).why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::median_shift(std::vector<double>{NAN}, std::vector<double>{1}),
                  std::invalid_argument);
}

TEST_CASE(
    "oracle: with the computed number of answers the test sees the change as often as asked") {
  // The power of the Z test by its normal distribution, solved the other way round.
  std::mt19937_64 random{109};
  math::normal_distribution<double> const normal;
  for (int round = 0; round < 200; ++round) {
    double const p1 = 0.05 + static_cast<double>(random() % 900) / 1000;
    double const p2 = p1 + (p1 < 0.5 ? 0.04 : -0.04);
    auto const level = some_level(random);
    cxm::power const wanted{0.5 + static_cast<double>(random() % 499) / 1000};
    double const n = cxm::answers_for_shares(p1, p2, level, wanted);
    double const mean = (p1 + p2) / 2;
    double const z = quantile(complement(normal, level.tail()));
    double const away = std::abs(p1 - p2) * std::sqrt(n) - z * std::sqrt(2 * mean * (1 - mean));
    CHECK_THAT(cdf(normal, away / std::sqrt(p1 * (1 - p1) + p2 * (1 - p2))),
               WithinRel(wanted.probability(), 1e-10));
  }
}
