// SPDX-License-Identifier: BSL-1.0
// The worked numbers of the method reference, sections C1 to C13, to all printed digits; each test
// names its section. The NPS table (five rows, seven methods) is in stats/net_intervals_test.cpp,
// C8 to C10 are in the tests of weights.
#include <cxm/stats/interval.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/sample_size.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/inference.hpp>

#include "catch.hpp"

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

using Catch::Matchers::WithinAbs;

namespace {

template <class Plan>
auto counted(std::vector<std::pair<int, int>> const& answers, Plan plan) {
  for (auto const& [answer, times] : answers)
    for (int i = 0; i < times; ++i) plan.add(answer);
  return plan;
}
cxm::nps_score nps_of(int promoters, int passives, int detractors, auto... policies) {
  return counted({{9, promoters}, {7, passives}, {3, detractors}}, cxm::nps(policies...)).result();
}

/// The probability that the interval of `n` answers covers, summed over all samples; `p` of them
/// are promoters and `d` detractors.
template <class Method>
double coverage(double p, double d, std::uint64_t n, Method const& method) {
  std::vector<double> log_factorial(n + 1);
  for (std::size_t i = 1; i <= n; ++i)
    log_factorial[i] = log_factorial[i - 1] + std::log(static_cast<double>(i));
  double covered = 0;
  for (std::uint64_t a = 0; a <= n; ++a)
    for (std::uint64_t b = 0; a + b <= n; ++b) {
      auto const rest = n - a - b;
      double const log_probability = log_factorial[n] - log_factorial[a] - log_factorial[b] -
                                     log_factorial[rest] + static_cast<double>(a) * std::log(p) +
                                     static_cast<double>(b) * std::log(d) +
                                     static_cast<double>(rest) * std::log(1 - p - d);
      auto const ends = *method.net(a, b, n);
      if (ends.raw.low <= p - d && p - d <= ends.raw.high) covered += std::exp(log_probability);
    }
  return 100 * covered;
}

}  // namespace

TEST_CASE("C1: 50 promoters, 30 passives, 20 detractors are +30 with SE 7.81") {
  auto const score = nps_of(50, 30, 20);
  CHECK(*score.value == 30.0);
  CHECK_THAT(cxm::net_variance(50, 20, 100), WithinAbs(0.61, 1e-15));
  CHECK_THAT(*score.standard_error, WithinAbs(7.81, 0.005));
  // Published elsewhere: the shares 1/2, 1/3, 1/6 of 324 answers have a standard error of 4.1409.
  CHECK_THAT(*nps_of(162, 108, 54).standard_error, WithinAbs(4.1409, 5e-5));
}

TEST_CASE("C2: ten answers, top two boxes, bottom two, their difference, the mean") {
  auto const plan =
      counted({{5, 3}, {4, 3}, {3, 2}, {2, 1}, {1, 1}}, cxm::tally(cxm::csat(), cxm::mean()));
  auto const [top, mean] = plan.result();
  CHECK(*top.value == 0.6);
  CHECK_THAT(top.interval->low, WithinAbs(0.313, 5e-4));
  CHECK_THAT(top.interval->high, WithinAbs(0.832, 5e-4));
  CHECK(*mean.value == 3.6);
  CHECK_THAT(*mean.deviation, WithinAbs(1.35, 0.005));
  auto const net =
      counted({{5, 3}, {4, 3}, {3, 2}, {2, 1}, {1, 1}},
              cxm::nps(cxm::points<1, 5>{}, cxm::promoters_from{4}, cxm::detractors_to{2}))
          .result();
  CHECK_THAT(static_cast<double>(net.detractors) / static_cast<double>(net.n),
             WithinAbs(0.2, 1e-15));
  CHECK_THAT(*net.value, WithinAbs(40, 1e-13));
}

TEST_CASE("C3: Customer Effort Score 2.0 of ten answers") {
  auto const score = counted({{7, 2}, {6, 3}, {5, 2}, {4, 1}, {3, 1}, {2, 1}}, cxm::ces()).result();
  CHECK(*score.value == 5.1);
  CHECK(*score.easy_share == 0.7);
  CHECK_THAT(*score.index, WithinAbs(68.3, 0.05));
  // Published elsewhere: the counts 80, 210, 140, 110, 160, 180, 120 have the mean 4.08, 46 % easy.
  auto const thousand =
      counted({{1, 80}, {2, 210}, {3, 140}, {4, 110}, {5, 160}, {6, 180}, {7, 120}}, cxm::ces());
  CHECK_THAT(*thousand.result().value, WithinAbs(4.08, 1e-14));
  CHECK_THAT(*thousand.result().easy_share, WithinAbs(0.46, 1e-15));
}

TEST_CASE("C5: trust on 1 to 10, good from 8, bad to 4: all from one state, and the cut moves") {
  auto plan = cxm::nps(cxm::points<1, 10>{}, cxm::promoters_from{8}, cxm::detractors_to{4});
  for (int answer = 1; answer <= 10; ++answer) plan.add(answer);
  CHECK_THAT(*plan.result().value, WithinAbs(-10, 1e-13));
  auto const read = [&](std::int64_t from) {
    return plan.read_as(
        std::get<0>(cxm::csat(cxm::points<1, 10>{}, cxm::good_at{from}).readings()));
  };
  CHECK(*read(8).value == 0.3);
  CHECK(*read(9).value == 0.2);  // no answer is read again
  CHECK(*plan.read_as(cxm::mean()).value == 5.5);
}

TEST_CASE("C7: the intervals of +30, and of one and ten promoters") {
  auto const wald = nps_of(50, 30, 20, cxm::wald{});
  CHECK_THAT(wald.interval->low, WithinAbs(14.7, 0.05));
  CHECK_THAT(wald.interval->high, WithinAbs(45.3, 0.05));
  auto const score = nps_of(50, 30, 20);
  CHECK_THAT(score.interval->low, WithinAbs(14.05, 0.005));
  CHECK_THAT(score.interval->high, WithinAbs(44.20, 0.005));
  CHECK_THAT((score.interval->low + score.interval->high) / 2, WithinAbs(29.13, 0.005));
  auto const one = nps_of(1, 0, 0);
  CHECK_THAT(one.interval->low, WithinAbs(-48.5, 0.05));
  CHECK_THAT(one.interval->high, WithinAbs(98.5, 0.05));
  CHECK_THAT((one.interval->low + one.interval->high) / 2, WithinAbs(25, 1e-12));
  auto const ten = nps_of(10, 0, 0);
  CHECK_THAT(ten.interval->low, WithinAbs(47.5, 0.05));
  CHECK_THAT(ten.interval->raw.high, WithinAbs(106.3, 0.05));
  CHECK(ten.interval->high == 100.0);
}

TEST_CASE("C7: exact coverage for single truths, by all samples: Wald, adjusted Wald, MOVER") {
  struct row {
    double p, d;
    std::uint64_t n;
    double wald, adjusted, mover;
  };
  row const rows[] = {{0.50, 0.20, 10, 89.6, 96.2, 94.7}, {0.50, 0.20, 50, 94.1, 95.0, 95.0},
                      {0.40, 0.40, 20, 92.2, 94.6, 94.6}, {0.70, 0.10, 20, 90.7, 96.1, 94.3},
                      {0.90, 0.02, 20, 87.5, 95.4, 95.1}, {0.90, 0.02, 100, 93.0, 96.2, 94.9},
                      {0.95, 0.01, 10, 40.0, 91.4, 96.2}, {0.95, 0.01, 50, 75.9, 96.9, 95.2}};
  for (auto const& row : rows) {
    INFO(row.p << ", " << row.d << ", n = " << row.n);
    CHECK_THAT(coverage(row.p, row.d, row.n, cxm::wald{}), WithinAbs(row.wald, 0.0501));
    CHECK_THAT(coverage(row.p, row.d, row.n, cxm::adjusted_wald{}),
               WithinAbs(row.adjusted, 0.0501));
    CHECK_THAT(coverage(row.p, row.d, row.n, cxm::mover_wilson{}), WithinAbs(row.mover, 0.0501));
  }
}

TEST_CASE("C11: +30 of 100 against +15 of 200 is no difference, by the interval and by Z") {
  auto const found = cxm::compare(nps_of(50, 30, 20), nps_of(90, 50, 60));
  CHECK_THAT(*found.value, WithinAbs(15, 1e-13));
  CHECK_THAT(*found.statistic, WithinAbs(1.52, 0.005));
  CHECK_THAT(*found.p, WithinAbs(0.128, 5e-4));
  CHECK_THAT((found.interval->low + found.interval->high) / 2, WithinAbs(14.3, 0.05));
  CHECK_THAT(found.interval->low, WithinAbs(-4.7, 0.05));
  CHECK_THAT(found.interval->high, WithinAbs(33.4, 0.05));
  CHECK_FALSE(found.significant());
}

TEST_CASE("C12: eight p-values, two discoveries") {
  std::vector<double> const p = {.001, .008, .039, .041, .042, .06, .074, .205};
  std::vector<double> const wanted = {.008, .032, .0672, .0672, .0672, .08, .0846, .205};
  auto const found = cxm::benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) CHECK_THAT(found[i], WithinAbs(wanted[i], 5e-5));
}

TEST_CASE("C13: answers for a margin, of a population, for a change") {
  double const margin = cxm::answers_for_margin(0.61, 0.05);
  CHECK(std::ceil(margin) == 938);
  CHECK(std::ceil(cxm::answers_for_margin(1, 0.05)) == 1537);
  CHECK(std::ceil(cxm::answers_for_margin(0.61, 0.1)) == 235);
  CHECK(std::ceil(cxm::answers_for_margin(1, 0.1)) == 385);
  CHECK(std::ceil(cxm::answers_of_population(margin, 1000)) == 485);
  CHECK(std::ceil(cxm::answers_for_change(0.61, 0.61, 0.1)) == 958);
}
