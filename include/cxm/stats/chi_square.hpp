// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The chi-square distribution for any real number of degrees of freedom above 0: cdf, survival
/// function and upper quantile, accurate in relative terms in both tails, without Boost.Math.
/// Sources: the incomplete gamma function by its series (DLMF 8.11.4) below the mean and by
/// Legendre's continued fraction (DLMF 8.9.2) above; the power x^a e^-x / Γ(a) follows Loader
/// (2000).
#include <cxm/core/error.hpp>
#include <cxm/stats/detail/gamma_power.hpp>
#include <cxm/stats/normal.hpp>

#include <algorithm>
#include <cmath>

namespace cxm {
namespace detail {
/// x^a e^-x / Γ(a), the density of the logarithm of a gamma variable.
inline double gamma_power(double a, double x) noexcept {
  return std::sqrt(a) * std::exp(-stirling_rest(a) - deviance_part(a, x) - half_log_two_pi);
}

/// P(a, x) / power: 1/a (1 + x/(a+1) + x²/((a+1)(a+2)) + …), positive terms, for x < a + 1.
inline double gamma_series(double a, double x) noexcept {
  double term = 1 / a;
  double sum = term;
  for (double n = 1; n < 1e6 && term > sum * 1e-17; n += 1) sum += term *= x / (a + n);
  return sum;
}

/// Q(a, x) / power by the continued fraction, for x >= a + 1.
inline double gamma_fraction(double a, double x) noexcept {
  double b = x + 1 - a;
  double c = 1e300;
  double d = 1 / b;
  double fraction = d;
  for (double n = 1; n < 1e6; n += 1) {
    double const term = -n * (n - a);
    b += 2;
    d = 1 / (term * d + b);
    c = b + term / c;
    fraction *= d * c;
    if (std::abs(d * c - 1) < 2e-16) break;
  }
  return fraction;
}

/// P(G > x) of a gamma variable with shape a and scale 1.
inline double gamma_survival(double a, double x) noexcept {
  if (!(x > 0)) return 1;
  double const power = gamma_power(a, x);
  if (x < a + 1) return std::max(0.0, 1 - power * gamma_series(a, x));
  return std::min(1.0, power * gamma_fraction(a, x));
}
inline double gamma_cdf(double a, double x) noexcept {
  if (!(x > 0)) return 0;
  double const power = gamma_power(a, x);
  if (x < a + 1) return std::min(1.0, power * gamma_series(a, x));
  return std::max(0.0, 1 - power * gamma_fraction(a, x));
}

inline void check_chi_square(double df) {
  if (!(df > 0 && df < 1e300)) {
    refuse("cxm::chi_square: the degrees of freedom must be above 0 and finite");
  }
}
}  // namespace detail

/// P(X > x) of chi-square with `df` degrees of freedom. Relative error about 1e-14.
inline double chi_square_survival(double x, double df) {
  detail::check_chi_square(df);
  if (df == 1) return x > 0 ? 2 * normal_survival(std::sqrt(x)) : 1.0;
  if (df == 2) return x > 0 ? std::exp(-x / 2) : 1.0;
  return detail::gamma_survival(df / 2, x / 2);
}

/// P(X <= x).
inline double chi_square_cdf(double x, double df) {
  detail::check_chi_square(df);
  return detail::gamma_cdf(df / 2, x / 2);
}

/// The x with P(X > x) = tail, for 0 < tail < 1 (else refused). Newton's method for the logarithm
/// of the smaller tail against ln x, which is concave, so that it converges from every start.
inline double chi_square_upper_quantile(double tail, double df) {
  detail::check_chi_square(df);
  if (!(tail > 0 && tail < 1)) {
    detail::refuse("cxm::chi_square_upper_quantile: the probability must lie between 0 and 1");
  }
  if (df == 2) return -2 * std::log(tail);
  double const a = df / 2;
  bool const upper = tail < 0.5;
  // Wilson and Hilferty's cube; far below the mean the first term of the series.
  double const z = upper ? -normal_quantile(tail) : normal_quantile(1 - tail);
  double const cube = 1 - 1 / (9 * a) + z / (3 * std::sqrt(a));
  double const log_gamma =
      (a + 0.5) * std::log(a) - a + detail::half_log_two_pi + detail::stirling_rest(a);  // of a + 1
  double u = cube > 0.3 ? std::log(a * cube * cube * cube) : (std::log1p(-tail) + log_gamma) / a;
  for (int round = 0; round < 200; ++round) {
    double const x = std::exp(u);
    double const found = upper ? detail::gamma_survival(a, x) : detail::gamma_cdf(a, x);
    double const power = detail::gamma_power(a, x);
    if (!(found > 0 && power > 0)) {
      u += upper ? -0.5 : 0.5;
      continue;
    }
    double const wanted = upper ? std::log(tail) : std::log1p(-tail);
    double const step = (wanted - std::log(found)) * (found / power) * (upper ? -1.0 : 1.0);
    u += step;
    if (std::abs(step) < 1e-16 * std::max(1.0, std::abs(u))) break;
  }
  return 2 * std::exp(u);
}
}  // namespace cxm
