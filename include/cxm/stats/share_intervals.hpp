// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// More intervals of a share, beside `wilson` and `wald`: the exact one of Clopper and Pearson,
/// which never covers less than its level and pays with length; Jeffreys', the equal-tailed Bayes
/// interval under the prior Beta(1/2, 1/2), shorter and right on average; Agresti and Coull's, the
/// Wald interval around Wilson's centre, for comparison with published figures. Sources: Clopper &
/// Pearson, Biometrika 26 (1934); Brown, Cai & DasGupta, Statistical Science 16 (2001); Agresti &
/// Coull, The American Statistician 52 (1998).
#include <cxm/stats/beta.hpp>
#include <cxm/stats/interval.hpp>

#include <cmath>
#include <string_view>

namespace cxm {
/// Quantiles of Beta(x, n - x + 1) and Beta(x + 1, n - x); exactly 0 and 1 where no or all answers
/// are successes.
struct clopper_pearson : detail::share_method<clopper_pearson> {
  static constexpr std::string_view name = "Clopper-Pearson";

  using detail::share_method<clopper_pearson>::share;
  static maybe<bounded_interval> share(effective_share const& of, confidence level = {}) {
    if (!(of.n() > 0)) return reason::no_data;
    double const x = of.successes;
    double const rest = of.failures;
    interval const ends{x > 0 ? beta_quantile(level.tail(), x, rest + 1) : 0.0,
                        rest > 0 ? beta_upper_quantile(level.tail(), x + 1, rest) : 1.0};
    return detail::made_by<clopper_pearson>(level, {ends, ends});
  }
};

/// Quantiles of Beta(x + 1/2, n - x + 1/2); by convention 0 and 1 where no or all answers are
/// successes.
struct jeffreys : detail::share_method<jeffreys> {
  static constexpr std::string_view name = "Jeffreys";

  using detail::share_method<jeffreys>::share;
  static maybe<bounded_interval> share(effective_share const& of, confidence level = {}) {
    if (!(of.n() > 0)) return reason::no_data;
    double const x = of.successes + 0.5;
    double const rest = of.failures + 0.5;
    interval const ends{of.successes > 0 ? beta_quantile(level.tail(), x, rest) : 0.0,
                        of.failures > 0 ? beta_upper_quantile(level.tail(), x, rest) : 1.0};
    return detail::made_by<jeffreys>(level, {ends, ends});
  }
};

/// Wilson's interval with correction for continuity: nearly as cautious as the exact one, in closed
/// form. Source: Newcombe, Statistics in Medicine 17 (1998), 857, method 4.
struct corrected_wilson : detail::share_method<corrected_wilson> {
  static constexpr std::string_view name = "Wilson, corrected";

  using detail::share_method<corrected_wilson>::share;
  static maybe<bounded_interval> share(effective_share const& of, confidence level = {}) {
    if (!(of.n() > 0)) return reason::no_data;
    double const z = z_of(level);
    // 1 - low would lose the digits of a small upper end.
    interval const ends{low(of.successes, of.failures, z),
                        of.successes > of.failures ? 1 - low(of.failures, of.successes, z)
                                                   : high(of.successes, of.failures, z)};
    return detail::made_by<corrected_wilson>(level, {ends, ends});
  }

 private:
  // The ends are the shares whose corrected score statistic is z; A = 2x + z² - 1 and B = z times
  // the root, the lower end (A - B) / 2(n + z²), without the cancellation (A² - B²) / (A + B).
  static double low(double x, double rest, double z) noexcept {
    if (!(x > 0.5)) return 0;
    double const n = x + rest;
    double const root = std::sqrt(z * z - 2 - 1 / n + 4 * x * ((rest + 1) / n));
    return (2 * x - 1) / n * (2 * x - 1) / (2 * (2 * x + z * z - 1 + z * root));
  }
  static double high(double x, double rest, double z) noexcept {
    if (!(rest > 0.5)) return 1;
    double const n = x + rest;
    double const root = std::sqrt(z * z + 2 - 1 / n + 4 * x * ((rest - 1) / n));
    return std::fmin(1.0, (2 * x + z * z + 1 + z * root) / (2 * (n + z * z)));
  }
};

/// Wald after adding z²/2 successes and z²/2 failures.
struct agresti_coull : detail::share_method<agresti_coull> {
  static constexpr std::string_view name = "Agresti-Coull";

  using detail::share_method<agresti_coull>::share;
  static maybe<bounded_interval> share(effective_share const& of, confidence level = {}) {
    if (!(of.n() > 0)) return reason::no_data;
    double const z = z_of(level);
    double const total = of.n() + z * z;
    double const p = (of.successes + z * z / 2) / total;
    double const q = (of.failures + z * z / 2) / total;
    return detail::made_by<agresti_coull>(
        level, detail::around(p, z * std::sqrt(p * q / total), detail::share_range));
  }
};
}  // namespace cxm
