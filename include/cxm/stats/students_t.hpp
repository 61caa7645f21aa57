// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Student's t distribution for any real number of degrees of freedom above 0: cdf, survival
/// function and quantile, accurate in relative terms into both tails, without Boost.Math.
/// Sources: the centre is Gauss's hypergeometric series, DLMF 15.2 and 15.8.1; the tail is the
/// continued fraction of the incomplete beta function, Didonato & Morris, ACM TOMS 18 (1992),
/// formula (BFRAC); the start of the quantile is Wallace's approximation, Ann. Math. Stat. 30
/// (1959).
#include <cxm/core/error.hpp>
#include <cxm/stats/normal.hpp>

#include <cmath>
#include <limits>

namespace cxm {
namespace detail {
/// Γ(z + 1/2) / Γ(z). As one function: the difference of two lgamma would lose all digits for a
/// large z. Stirling's series of the logarithm, reached from a small z by recurrence.
constexpr double half_step_gamma_ratio(double z) noexcept {
  double factor = 1;
  for (; z < 16; z += 1) factor *= z / (z + 0.5);
  double const u = 1 / z;
  double const v = u * u;
  double const series =
      u *
      (-1.0 / 8 + v * (1.0 / 192 + v * (-1.0 / 640 + v * (17.0 / 14336 + v * (-31.0 / 18432)))));
  return factor * square_root(z) * exponential(series);
}

/// What all formulas share: t of a distribution with `df` degrees of freedom, t >= 0.
struct students_t_terms {
  double t, df, x, y;  // x = df / (df + t²) and y = 1 - x, both without cancellation
  double power;        // x^(df / 2)
};

constexpr students_t_terms students_t_at(double t, double df) noexcept {
  constexpr double far = 1e150;  // t² would overflow, and df / t² is all that is left of it
  if (t > far) return {t, df, df / t / t, 1.0, power_of(square_root(df) / t, df)};
  double const square = t * t;
  double const q = square / df;
  double const x = 1 / (1 + q);
  // (1 + q)^(-df/2) multiplies the rounding of 1 + q by df/2: its rest enters by the derivative.
  double const q_rest = (multiply_add(-q, df, square) + multiply_add(t, t, -square)) / df;
  double const base = 1 + q;
  double const rest = (q > 1 ? 1 - (base - q) : q - (base - 1)) + q_rest;
  double const power = df < 1e14 ? power_of(base, -df / 2) * exponential(-df / 2 * (rest / base))
                                 : exponential(-df / 2 * logarithm_1p(q));
  return {t, df, x, q * x, power};
}

/// The density at 0, times sqrt(df): Γ((df+1)/2) / (Γ(df/2) sqrt(π)).
constexpr double students_t_scale(double df) noexcept {
  return half_step_gamma_ratio(df / 2) * 0.5641895835477563;
}

constexpr double students_t_density(students_t_terms const& at) noexcept {
  return students_t_scale(at.df) / square_root(at.df) * at.power * square_root(at.x);
}

/// P(0 < T < t): a series of positive terms, quick for t² <= 2.
constexpr double students_t_centre(students_t_terms const& at) noexcept {
  double term = 1;
  double sum = 1;
  for (int k = 0; k < 10'000 && term > sum * 1e-17; ++k) {
    term *= ((at.df + 1) / 2 + k) / (1.5 + k) * at.y;
    sum += term;
  }
  return students_t_density(at) * at.t * sum;
}

/// P(T > t) = I_x(df/2, 1/2) / 2 by the continued fraction, evaluated by Lentz's method; t² >= 2.
constexpr double students_t_tail(students_t_terms const& at) noexcept {
  double const a = at.df / 2;
  double const difference = a * at.y - at.x / 2;  // a - (a + b) x with b = 1/2
  auto const beta = [&](double n) {
    return n + n * (0.5 - n) * at.x / (a + 2 * n - 1) +
           (a + n) / (a + 2 * n + 1) * (difference + 1 + n * (1 + at.y));
  };
  auto const alpha = [&](double n) {
    double const below = a + 2 * n - 1;
    return (a + n - 1) / below * ((a + n - 0.5) / below) * n * (0.5 - n) * at.x * at.x;
  };
  double fraction = a / (a + 1) * (difference + 1);
  double c = fraction;
  double d = 0;
  for (double n = 1; n < 10'000; n += 1) {
    double const b = beta(n);
    d = 1 / (b + alpha(n) * d);
    c = b + alpha(n) / c;
    fraction *= c * d;
    if (absolute(c * d - 1) < 2e-16) break;
  }
  return at.power * square_root(at.y) * students_t_scale(at.df) / fraction / 2;
}

constexpr void check_degrees_of_freedom(double df) {
  if (!(df > 0)) refuse("cxm::students_t: the degrees of freedom must be above 0");
}

constexpr double students_t_survival_of_positive(double t, double df) noexcept {
  auto const at = students_t_at(t, df);
  return t * t <= 2 ? 0.5 - students_t_centre(at) : students_t_tail(at);
}

/// The t > 0 with P(0 < T < t) = centre. The function is concave, so Newton's method climbs to the
/// root from the left and never passes it.
constexpr double students_t_quantile_centre(double centre, double df) noexcept {
  double t = centre / students_t_density(students_t_at(0, df));
  for (int round = 0; round < 50; ++round) {
    auto const at = students_t_at(t, df);
    double const step = (centre - students_t_centre(at)) / students_t_density(at);
    t += step;
    if (absolute(step) <= 1e-16 * t) break;
  }
  return t;
}

/// A first guess of the t with P(T > t) = tail: the power law of the far tail for few degrees of
/// freedom, else the normal deviate stretched as Wallace found.
constexpr double students_t_quantile_start(double tail, double df) {
  if (df < 3) {
    return square_root(df) * power_of(tail * df / students_t_scale(df), -1 / df);
  }
  double const z = normal_quantile(tail);
  double const stretch = (df - 5.0 / 6) / (df - 2.0 / 3 + 0.1 / df) / (df - 2.0 / 3 + 0.1 / df);
  return square_root(df * exponential_m1(z * z * stretch));
}

/// The t with P(T > t) = tail, t² > 2. Newton's method for log P against log t, which is concave
/// and nearly straight; a step out of the bracket halves it (in the logarithm) instead.
constexpr double students_t_quantile_tail(double tail, double df) {
  double low = 1.4142135623730951;
  double high = std::numeric_limits<double>::max();
  double t = students_t_quantile_start(tail, df);
  if (!(t < high)) return std::numeric_limits<double>::infinity();
  if (!(t > low)) t = low;
  for (int round = 0; round < 200; ++round) {
    auto const at = students_t_at(t, df);
    double const found = students_t_tail(at);
    (found >= tail ? low : high) = t;
    double const step = found > 0 ? logarithm(found / tail) * found / (t * students_t_density(at))
                                  : -std::numeric_limits<double>::infinity();
    double next = t * exponential(step);
    if (absolute(step) < 4e-16) return next;
    if (!(next >= low && next <= high)) next = square_root(low) * square_root(high);
    if (next == t) return t;
    t = next;
  }
  return t;
}
}  // namespace detail

/// P(T > t). Relative error below 1e-13 for probabilities above 1e-300.
inline double students_t_survival(double t, double df) {
  detail::check_degrees_of_freedom(df);
  if (std::isinf(df)) return normal_survival(t);
  if (std::isinf(t)) return t > 0 ? 0.0 : 1.0;
  if (t >= 0) return detail::students_t_survival_of_positive(t, df);
  if (t * t <= 2) return 0.5 + detail::students_t_centre(detail::students_t_at(-t, df));
  return 1 - detail::students_t_survival_of_positive(-t, df);
}

/// P(T <= t), as accurate as `students_t_survival`.
inline double students_t_cdf(double t, double df) {
  return students_t_survival(-t, df);
}

/// The t with P(T <= t) = p, for 0 < p < 1 (else refused). Relative error below 1e-13; infinite
/// where no double is large enough (few degrees of freedom and a tiny p).
constexpr double students_t_quantile(double p, double df) {
  detail::check_degrees_of_freedom(df);
  if (!(p > 0 && p < 1)) {
    detail::refuse("cxm::students_t_quantile: the probability must lie between 0 and 1");
  }
  if (df > std::numeric_limits<double>::max()) return normal_quantile(p);
  double const tail = p < 0.5 ? p : 1 - p;
  double const edge =
      detail::students_t_centre(detail::students_t_at(detail::square_root(2.0), df));
  double const t = 0.5 - tail <= edge ? detail::students_t_quantile_centre(0.5 - tail, df)
                                      : detail::students_t_quantile_tail(tail, df);
  return p < 0.5 ? -t : t;
}
}  // namespace cxm
