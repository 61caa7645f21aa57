// SPDX-License-Identifier: BSL-1.0
// How often do the intervals of NPS cover the truth? For each method and number of answers the
// coverage of the 95 % interval, summed over all possible samples (no chance involved), at 2000
// truths (600 for 200 answers) spread evenly over all shares of promoters, passives and detractors:
// mean and 5th percentile in %, and the mean width in points. The bootstrap is that of infinitely
// many replicates. Every figure is compared with the documented one: a mean that is off by more
// than 0.3, or another one by more than its chance error (the documented truths were drawn at
// random, which moves the 5th percentile of 10 and 20 answers by a point), ends the program with an
// error. Usage: nps_coverage [largest n]
#include <cxm/stats/interval.hpp>
#include <cxm/stats/net_intervals.hpp>
#include <cxm/stats/simultaneous.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {
std::array<char const*, 6> const names = {"wald",         "t",        "adjusted_wald", "goodman",
                                          "mover_wilson", "bootstrap"};

struct row {
  unsigned n;
  struct figures {
    double mean, low, width;
  } methods[6];
};
row const documented[] = {
    {10,
     {{86.7, 72.5, 76},
      {90.7, 73.4, 91},
      {95.0, 92.3, 75},
      {91.1, 73.4, 93},
      {95.0, 91.9, 76},
      {86.8, 69.4, 77}}},
    {20,
     {{91.1, 85.4, 57},
      {93.1, 87.1, 63},
      {95.1, 93.6, 56},
      {95.2, 88.8, 71},
      {95.2, 93.9, 57},
      {91.0, 84.3, 57}}},
    {30,
     {{92.5, 89.0, 48},
      {93.8, 90.0, 51},
      {95.1, 94.1, 47},
      {96.5, 93.2, 59},
      {95.2, 94.3, 47},
      {92.7, 89.9, 47}}},
    {50,
     {{93.5, 91.7, 37},
      {94.3, 92.2, 39},
      {95.1, 94.5, 37},
      {97.4, 95.4, 47},
      {95.1, 94.6, 37},
      {93.8, 92.1, 37}}},
    {100,
     {{94.3, 93.3, 27},
      {94.7, 93.7, 27},
      {95.0, 94.7, 27},
      {98.0, 97.0, 33},
      {95.1, 94.9, 27},
      {94.4, 93.7, 27}}},
    {200,
     {{94.7, 94.2, 19},
      {94.9, 94.4, 19},
      {95.0, 94.8, 19},
      {98.3, 97.9, 24},
      {95.1, 94.9, 19},
      {94.7, 94.4, 19}}},
};
struct single {
  double p, d;
  unsigned n;
  double wald, adjusted, mover, bootstrap;
};
single const singles[] = {
    {.50, .20, 10, 89.6, 96.2, 94.7, 93.0}, {.90, .02, 20, 87.5, 95.4, 95.1, 87.3},
    {.50, .20, 50, 94.1, 95.0, 95.0, 95.3}, {.90, .02, 100, 93.0, 96.2, 94.9, 94.4},
    {.40, .40, 20, 92.2, 94.6, 94.6, 95.0}, {.95, .01, 10, 40.0, 91.4, 96.2, 40.0},
    {.70, .10, 20, 90.7, 96.1, 94.3, 94.8}, {.95, .01, 50, 75.9, 96.9, 95.2, 92.0},
};

/// The percentile interval of infinitely many resamples: the quantiles of the exact distribution of
/// (promoters - detractors) in a resample.
cxm::interval endless_bootstrap(unsigned promoters, unsigned detractors, unsigned n) {
  double const p = static_cast<double>(promoters) / n;
  double const d = static_cast<double>(detractors) / n;
  double const rest = static_cast<double>(n - promoters - detractors) / n;
  std::vector<double> weights(2 * n + 1);
  std::vector<double> next(2 * n + 1);
  weights[n] = 1;
  for (unsigned draw = 1; draw <= n; ++draw) {
    for (unsigned at = n - draw; at <= n + draw; ++at) {
      double sum = rest * weights[at];
      if (at > 0) sum += p * weights[at - 1];
      if (at < 2 * n) sum += d * weights[at + 1];
      next[at] = sum;
    }
    std::swap(weights, next);
  }
  auto const quantile = [&](double share) {
    double sum = 0;
    for (unsigned at = 0; at < 2 * n; ++at)
      if ((sum += weights[at]) >= share - 1e-12) return (static_cast<double>(at) - n) / n;
    return 1.0;
  };
  return {quantile(0.025), quantile(0.975)};
}

/// All samples of n answers with the six intervals of each.
struct samples {
  struct sample {
    unsigned promoters, detractors;
    std::array<cxm::interval, 6> intervals;
  };
  unsigned n;
  std::vector<sample> all;
  std::vector<double> log_factorial;

  explicit samples(unsigned count) : n(count), log_factorial(count + 1) {
    for (unsigned i = 1; i <= n; ++i) log_factorial[i] = log_factorial[i - 1] + std::log(i);
    for (unsigned p = 0; p <= n; ++p)
      for (unsigned d = 0; p + d <= n; ++d)
        all.push_back({p,
                       d,
                       {*cxm::wald::net(p, d, n), *cxm::student::net(p, d, n),
                        *cxm::adjusted_wald::net(p, d, n), *cxm::goodman::net(p, d, n),
                        *cxm::mover_wilson::net(p, d, n), endless_bootstrap(p, d, n)}});
  }
  /// Coverage and mean width of each method in %, where the truth is (p, d).
  std::array<std::array<double, 2>, 6> at(double p, double d) const {
    std::array<std::array<double, 2>, 6> found{};
    double const logs[] = {std::log(p), std::log(d), std::log(1 - p - d)};
    for (auto const& [promoters, detractors, intervals] : all) {
      unsigned const rest = n - promoters - detractors;
      double const probability = std::exp(
          log_factorial[n] - log_factorial[promoters] - log_factorial[detractors] -
          log_factorial[rest] + promoters * logs[0] + detractors * logs[1] + rest * logs[2]);
      for (std::size_t method = 0; method < 6; ++method) {
        auto const& ends = intervals[method];
        // The truth may lie on an end exactly.
        if (ends.low - 1e-12 <= p - d && p - d <= ends.high + 1e-12)
          found[method][0] += 100 * probability;
        found[method][1] += 100 * probability * (ends.high - ends.low);
      }
    }
    return found;
  }
};

/// The `index`-th of points that fill the triangle of all (p, d) evenly (Roberts's sequence R2).
std::array<double, 2> truth(unsigned index) {
  double const golden = 1.32471795724474602596;
  double whole;
  double u = std::modf(0.5 + index / golden, &whole);
  double v = std::modf(0.5 + index / (golden * golden), &whole);
  if (u + v > 1) u = 1 - u, v = 1 - v;
  return {u, v};
}

int failures = 0;
void compare(char const* name, double found, double documented_as, double within) {
  if (std::abs(found - documented_as) <= within) return;
  std::printf("  ! %s: %.2f, documented as %.1f\n", name, found, documented_as);
  ++failures;
}

void table_row(row const& wanted) {
  samples const of(wanted.n);
  unsigned const truths = wanted.n >= 200 ? 600 : 2000;
  std::array<std::vector<double>, 6> coverage;
  std::array<double, 6> width{};
  for (unsigned i = 0; i < truths; ++i) {
    auto const [p, d] = truth(i + 1);
    auto const found = of.at(p, d);
    for (std::size_t method = 0; method < 6; ++method) {
      coverage[method].push_back(found[method][0]);
      width[method] += found[method][1] / truths;
    }
  }
  std::printf("%4u", wanted.n);
  for (std::size_t method = 0; method < 6; ++method) {
    auto& values = coverage[method];
    std::sort(values.begin(), values.end());
    double mean = 0;
    for (double value : values) mean += value / truths;
    double const low = values[truths / 20];
    std::printf("  %5.1f / %4.1f w%3.0f", mean, low, width[method]);
    compare(names[method], mean, wanted.methods[method].mean, 0.3);
    compare(names[method], low, wanted.methods[method].low, wanted.n >= 30 ? 0.35 : 1.7);
    compare(names[method], width[method], wanted.methods[method].width, 1);
  }
  std::printf("\n");
}
}  // namespace

int main(int argc, char** argv) {
  unsigned const most = argc > 1 ? static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)) : 200;
  std::printf("   n");
  for (auto const* name : names) std::printf("  %18s", name);
  std::printf("\n");
  for (auto const& wanted : documented)
    if (wanted.n <= most) table_row(wanted);
  std::printf("\n  (p, d)      n   wald  adjusted  mover  bootstrap\n");
  for (auto const& wanted : singles) {
    if (wanted.n > most) continue;
    auto const found = samples(wanted.n).at(wanted.p, wanted.d);
    std::printf("  (%.2f, %.2f) %3u  %5.1f  %5.1f  %5.1f  %5.1f\n", wanted.p, wanted.d, wanted.n,
                found[0][0], found[2][0], found[4][0], found[5][0]);
    compare("wald", found[0][0], wanted.wald, 0.06);
    compare("adjusted_wald", found[2][0], wanted.adjusted, 0.06);
    compare("mover_wilson", found[4][0], wanted.mover, 0.06);
    compare("bootstrap", found[5][0], wanted.bootstrap, 0.3);
  }
  std::printf("%d figures off\n", failures);
  return failures == 0 ? 0 : 1;
}
