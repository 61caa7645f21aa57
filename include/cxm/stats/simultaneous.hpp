// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Intervals for the shares of all classes at once: with probability `confidence` every one of them
/// covers. For a bar chart of answers, whose bars are compared with each other. `goodman` is
/// Bonferroni's bound on Wilson's interval, good for few classes; `sison_glaz` is shorter for many
/// classes, but poor where shares are very unlike.
/// Sources: Goodman, Technometrics 7 (1965), and for the net Annals of Mathematical Statistics 35
/// (1964); Sison & Glaz, JASA 90 (1995); May & Johnson, J. Statistical Software 5 (2000).
#include <cxm/stats/detail/gamma_power.hpp>
#include <cxm/stats/interval.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm {
namespace detail {
/// The number of answers; refused where a counter of 64 bits can't hold it.
inline std::uint64_t total_of(std::span<std::uint64_t const> counts) {
  std::uint64_t sum = 0;
  for (auto const count : counts) {
    if (count > UINT64_MAX - sum) refuse("cxm::shares: more than 2^64 answers");
    sum += count;
  }
  return sum;
}
}  // namespace detail

/// Wilson's interval at the level 1 - (1 - confidence) / classes.
struct goodman {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Goodman";

  static maybe<std::vector<bounded_interval>> shares(std::span<std::uint64_t const> counts,
                                                     confidence level = {}) {
    auto const n = detail::total_of(counts);
    if (n == 0) return reason::no_data;
    confidence const each = level_of_one(counts.size(), level);
    std::vector<bounded_interval> found;
    for (auto const count : counts)
      found.push_back(detail::made_by<goodman>(level, *wilson::share(count, n, each)));
    return found;
  }
  /// At which each of so many intervals is found, so that all hold at once.
  static confidence level_of_one(std::size_t classes, confidence level = {}) {
    return confidence{1 - 2 * level.tail() / static_cast<double>(classes)};
  }
  /// Wald with the root of the chi-square quantile of 2 degrees of freedom in the place of z: for
  /// all contrasts of promoters, passives and detractors at once. Too long for the net alone.
  static maybe<bounded_interval> net(std::uint64_t promoters, std::uint64_t detractors,
                                     std::uint64_t n, confidence level = {}) {
    detail::check_net(promoters, detractors, n);
    if (n == 0) return reason::no_data;
    double const root = std::sqrt(-2 * std::log(2 * level.tail()));
    double const error = std::sqrt(net_variance(promoters, detractors, n) / static_cast<double>(n));
    return detail::made_by<goodman>(level, detail::around(net_share(promoters, detractors, n),
                                                          root * error, detail::net_range));
  }
};

/// Counts as Poisson variables, each within `width` of what was seen, given that they sum to n: the
/// smallest width with probability `confidence`, interpolated. All of 0..1 where the counts allow
/// no statement: a handful of answers, or hardly any outside one class, so that the ends would
/// begin at what was seen as if it were certain; `goodman` can tell more there. O(classes ·
/// sqrt(n)).
struct sison_glaz {
  using policy_kind = interval_method;
  static constexpr std::string_view name = "Sison-Glaz";

  static maybe<std::vector<bounded_interval>> shares(std::span<std::uint64_t const> counts,
                                                     confidence level = {}) {
    auto const n = detail::total_of(counts);
    if (n == 0) return reason::no_data;
    std::vector<truncated> classes(counts.begin(), counts.end());
    double const total = static_cast<double>(n);
    double width = 0;
    double before = 0;
    double after = widened(classes, total, 1);
    while (!(before <= level.level() && level.level() < after) && width < total) {
      width += 1;
      before = std::exchange(after, widened(classes, total, width + 1));
    }
    // The expansion fails for a handful of answers; nor is a width of nothing known to be enough.
    bool const silent = width >= total || width == 0;
    double const part = after > before ? (level.level() - before) / (after - before) : 0;
    std::vector<bounded_interval> found;
    for (auto const count : counts) {
      double const share = static_cast<double>(count) / total;
      interval const ends =
          silent ? detail::share_range
                 : interval{share - width / total, share + (width + 2 * part) / total};
      found.push_back(detail::made_by<sison_glaz>(level, detail::clip(ends, detail::share_range)));
    }
    return found;
  }

 private:
  /// A Poisson variable of mean `mean`, cut off beyond `mean` ± width: its moments about the mean,
  /// grown by two terms a step.
  struct truncated {
    double mean, upper, lower;  // the probabilities at mean + width and mean - width
    double moment[5] = {};      // sums of probability · (x - mean)^r

    truncated(std::uint64_t count) : mean(static_cast<double>(count)) {
      upper = lower = moment[0] =
          count == 0
              ? 1.0
              : std::exp(-detail::stirling_rest(mean) - detail::half_log_two_pi) / std::sqrt(mean);
    }
    void widen(double width) {
      upper *= mean / (mean + width);
      lower *= mean == 0 ? 0 : std::fmax(0.0, (mean - width + 1) / mean);
      double above = upper;
      double below = lower;
      for (double& sum : moment) {
        sum += above + below;
        above *= width;
        below *= -width;
      }
    }
  };
  /// The probability that all classes lie within `width`, by Edgeworth's expansion of their sum.
  static double widened(std::vector<truncated>& classes, double n, double width) {
    double log_inside = 0, shift = 0, second = 0, third = 0, fourth = 0;
    for (auto& each : classes) {
      each.widen(width);
      auto const& m = each.moment;
      double const d = m[1] / m[0];
      double const v = m[2] / m[0] - d * d;
      log_inside += std::log(m[0]);
      shift += d;
      second += v;
      third += m[3] / m[0] - 3 * d * m[2] / m[0] + 2 * d * d * d;
      fourth += m[4] / m[0] - 4 * d * m[3] / m[0] + 6 * d * d * m[2] / m[0] - 3 * d * d * d * d -
                3 * v * v;
    }
    double const x = -shift / std::sqrt(second);
    double const skew = third / (second * std::sqrt(second));
    double const excess = fourth / (second * second);
    double const square = x * x;
    double const terms = 1 + skew * x * (square - 3) / 6 +
                         excess * (square * (square - 6) + 3) / 24 +
                         skew * skew * (square * (square * (square - 15) + 45) - 15) / 72;
    double const density = normal_density(x) * terms / std::sqrt(second);
    double const poisson = std::exp(-detail::stirling_rest(n) - detail::half_log_two_pi) /
                           std::sqrt(n);  // that a Poisson variable of mean n is n
    return std::exp(log_inside) * density / poisson;
  }
};
}  // namespace cxm
