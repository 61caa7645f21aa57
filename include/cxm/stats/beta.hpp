// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The beta distribution: cdf, survival function and quantiles from both tails, without
/// Boost.Math. Exact intervals of shares, Jeffreys' interval and the F distribution are made of it.
/// Sources: the continued fraction is Didonato & Morris, ACM TOMS 18 (1992), formula (BFRAC); the
/// power x^a (1 - x)^b / B(a, b) follows Loader (2000); the quantile is Newton's method for the log
/// of the cdf against the logit of x, which is concave (the density of the logit is log-concave),
/// so that it converges from every start.
#include <cxm/core/detail/order.hpp>
#include <cxm/core/error.hpp>
#include <cxm/stats/detail/gamma_power.hpp>
#include <cxm/stats/normal.hpp>

#include <cmath>

namespace cxm {
namespace detail {
/// x and 1 - x, both to full relative accuracy.
struct share_pair {
  double x;
  double y;
};

/// x^a y^b / B(a, b), which is also the density of the logit of x.
inline double beta_power(double a, double b, share_pair at) noexcept {
  double const n = a + b;
  double const rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
  double const deviance = deviance_part(a, n * at.x) + deviance_part(b, n * at.y);
  return std::sqrt(a / n * b) * std::exp(rest - deviance - half_log_two_pi);
}

/// I_x(a, b) / (x^a y^b / B(a, b)) by the continued fraction (Lentz's method), quick for
/// x < a / (a + b): in O(sqrt(max(a, b))) steps at worst.
inline double beta_fraction(double a, double b, share_pair at) noexcept {
  double const difference = a * at.y - b * at.x;  // a - (a + b) x
  auto const beta = [&](double n) {
    return n + n * (b - n) * at.x / (a + 2 * n - 1) +
           (a + n) / (a + 2 * n + 1) * (difference + 1 + n * (1 + at.y));
  };
  auto const alpha = [&](double n) {
    double const below = a + 2 * n - 1;
    return (a + n - 1) / below * ((a + b + n - 1) / below) * n * (b - n) * at.x * at.x;
  };
  double fraction = a / (a + 1) * (difference + 1);
  double c = fraction;
  double d = 0;
  for (double n = 1; n < 200'000; n += 1) {
    double const next = beta(n);
    double const term = alpha(n);
    d = 1 / (next + term * d);
    c = next + term / c;
    fraction *= c * d;
    if (std::abs(c * d - 1) < 2e-16) break;
  }
  return 1 / fraction;
}

/// I_x(a, b) and 1 - I_x(a, b), the smaller one to full relative accuracy.
inline share_pair beta_tails(double a, double b, share_pair at) noexcept {
  if (at.x <= 0) return {0, 1};
  if (at.y <= 0) return {1, 0};
  double const power = beta_power(a, b, at);
  if (a * at.y >= b * at.x) {
    double const below = lesser(1.0, power * beta_fraction(a, b, at));
    return {below, 1 - below};
  }
  double const above = lesser(1.0, power * beta_fraction(b, a, {at.y, at.x}));
  return {1 - above, above};
}

inline share_pair from_logit(double u) noexcept {
  return {1 / (1 + std::exp(-u)), 1 / (1 + std::exp(u))};
}

/// The x with I_x(a, b) = p, for p <= 1/2 in relative terms exact.
inline share_pair beta_quantile_pair(double p, double a, double b) {
  double const mean = std::log(a / b);
  double const spread = std::sqrt(1 / a + 1 / b);
  double low = -750;
  double high = 750;
  double u = held_within(low, mean + spread * normal_quantile(lesser(p, 0.5)), high);
  for (int round = 0; round < 300; ++round) {
    auto const at = from_logit(u);
    double const power = beta_power(a, b, at);
    double const below = beta_tails(a, b, at).x;
    (below < p ? low : high) = u;
    // Where the tail underflows, or Newton leaves the bracket, halve it.
    double const step = below > 0 && power > 0 ? std::log(p / below) * (below / power) : 0;
    double const next = step != 0 || below == p ? u + step : low + (high - low) / 2;
    u = next >= low && next <= high ? next : low + (high - low) / 2;
    if (std::abs(step) <= 1e-16 * greater(1.0, std::abs(u)) && below > 0) break;
  }
  return from_logit(u);
}

inline void check_beta(double a, double b) {
  if (!(a > 0 && b > 0 && a < 1e300 && b < 1e300)) {
    refuse("cxm::beta: both parameters must be above 0 and finite");
  }
}
inline void check_probability(double p, char const* sentence) {
  if (!(p > 0 && p < 1)) refuse(sentence);
}
}  // namespace detail

/// P(X <= x) of the beta distribution, the regularised incomplete beta function I_x(a, b).
/// Relative error about 1e-14 in the tail.
inline double beta_cdf(double x, double a, double b) {
  detail::check_beta(a, b);
  return detail::beta_tails(a, b, {x, 1 - x}).x;
}

/// P(X > x).
inline double beta_survival(double x, double a, double b) {
  detail::check_beta(a, b);
  return detail::beta_tails(a, b, {x, 1 - x}).y;
}

/// The x with P(X <= x) = p, for 0 < p < 1 (else refused). For p <= 1/2 relative error about 1e-14;
/// for the upper tail give the small probability to `beta_upper_quantile`.
inline double beta_quantile(double p, double a, double b) {
  detail::check_beta(a, b);
  detail::check_probability(p, "cxm::beta_quantile: the probability must lie between 0 and 1");
  if (p <= 0.5) return detail::beta_quantile_pair(p, a, b).x;
  return detail::beta_quantile_pair(1 - p, b, a).y;
}

/// The x with P(X > x) = tail.
inline double beta_upper_quantile(double tail, double a, double b) {
  detail::check_beta(a, b);
  detail::check_probability(tail,
                            "cxm::beta_upper_quantile: the probability must lie between 0 and 1");
  if (tail <= 0.5) return detail::beta_quantile_pair(tail, b, a).y;
  return detail::beta_quantile_pair(1 - tail, a, b).x;
}

/// P(F > f) of Fisher's F with `above` degrees of freedom of the numerator and `below` of the
/// denominator.
inline double f_survival(double f, double above, double below) {
  detail::check_beta(above, below);
  if (!(f > 0)) return 1;
  double const ratio = above / below * f;
  if (std::isinf(ratio)) return 0;
  return detail::beta_tails(below / 2, above / 2, {1 / (1 + ratio), ratio / (1 + ratio)}).x;
}

/// The f with P(F > f) = tail, for 0 < tail < 1 (else refused).
inline double f_upper_quantile(double tail, double above, double below) {
  detail::check_beta(above, below);
  detail::check_probability(tail,
                            "cxm::f_upper_quantile: the probability must lie between 0 and 1");
  // P(F > f) = P(X < x) of the beta distribution with x = below / (below + above f).
  auto const at = tail <= 0.5 ? detail::beta_quantile_pair(tail, below / 2, above / 2)
                              : detail::beta_quantile_pair(1 - tail, above / 2, below / 2);
  return tail <= 0.5 ? at.y / at.x * below / above : at.x / at.y * below / above;
}
}  // namespace cxm
