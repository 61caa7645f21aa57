// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The standard normal distribution: cdf, survival function and quantile, accurate in relative
/// terms far into both tails, and cheap to compile.
/// Sources: Wichura, Algorithm AS 241, Applied Statistics 37 (1988), routine PPND16.
#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/constant_math.hpp>
#include <cxm/core/error.hpp>

#include <cmath>
#include <cstddef>

namespace cxm {
/// P(Z > x). Relative error about 1e-15 down to the smallest normal double (x = 37.5).
inline double normal_survival(double x) noexcept {
  // erfc(y) falls as exp(-y²): rounding y = x / sqrt(2) would cost y² ulps, so what the rounding
  // took away is put back by the derivative.
  constexpr double root = 0.7071067811865476;
  constexpr double root_rest = -4.833646656726457e-17;  // 1 / sqrt(2) - root
  constexpr double slope = 1.1283791670955126;          // 2 / sqrt(pi)
  double const y = x * root;
  double const rest = std::fma(x, root, -y) + x * root_rest;
  double const correction = std::abs(y) < 30 ? slope * std::exp(-y * y) * rest : 0.0;
  return (std::erfc(y) - correction) / 2;
}

/// P(Z <= x), as accurate as `normal_survival`.
inline double normal_cdf(double x) noexcept {
  return normal_survival(-x);
}

/// The density.
inline double normal_density(double x) noexcept {
  constexpr double scale = 0.3989422804014327;  // 1 / sqrt(2 pi)
  return scale * std::exp(-x * x / 2);
}

namespace detail {
/// A rational function by Horner's rule, the coefficients from the constant term on.
template <std::size_t Count>
constexpr double ratio_of_polynomials(double x, double const (&above)[Count],
                                      double const (&below)[Count]) noexcept {
  double numerator = above[Count - 1];
  double denominator = below[Count - 1];
  for (std::size_t i = Count - 1; i-- > 0;) {
    numerator = numerator * x + above[i];
    denominator = denominator * x + below[i];
  }
  return numerator / denominator;
}

/// AS 241 for |p - 1/2| <= 0.425, as a function of q = p - 1/2.
constexpr double normal_quantile_centre(double q) noexcept {
  constexpr double a[] = {3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427,
                          13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
                          33430.575583588128105, 2509.0809287301226727};
  constexpr double b[] = {1.0,
                          42.313330701600911252,
                          687.18700749205790830,
                          5394.1960214247511077,
                          21213.794301586595867,
                          39307.895800092710610,
                          28729.085735721942674,
                          5226.4952788528545610};
  return q * ratio_of_polynomials(0.180625 - q * q, a, b);
}

/// AS 241 for a tail: the x > 0 with P(Z > x) = tail <= 0.075.
constexpr double normal_quantile_tail(double tail) noexcept {
  constexpr double c[] = {1.42343711074968357734,   4.63033784615654529590,
                          5.76949722146069140550,   3.64784832476320460504,
                          1.27045825245236838258,   0.241780725177450611770,
                          0.0227238449892691845833, 7.74545014278341407640e-4};
  constexpr double d[] = {1.0,
                          2.05319162663775882187,
                          1.67638483018380384940,
                          0.689767334985100004550,
                          0.148103976427480074590,
                          0.0151986665636164571966,
                          5.47593808499534494600e-4,
                          1.05075007164441684324e-9};
  constexpr double e[] = {6.65790464350110377720,    5.46378491116411436990,
                          1.78482653991729133580,    0.296560571828504891230,
                          0.0265321895265761230930,  1.24266094738807843860e-3,
                          2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr double f[] = {1.0,
                          0.599832206555887937690,
                          0.136929880922735805310,
                          0.0148753612908506148525,
                          7.86869131145613259100e-4,
                          1.84631831751005468180e-5,
                          1.42151175831644588870e-7,
                          2.04426310338993978564e-15};
  double const r = square_root(-logarithm(tail));
  return r <= 5 ? ratio_of_polynomials(r - 1.6, c, d) : ratio_of_polynomials(r - 5, e, f);
}
}  // namespace detail

/// The x with P(Z <= x) = p, for 0 < p < 1 (else refused). Relative error about 1e-15 for every p
/// that a double can hold; for the upper tail give the small probability and flip the sign.
constexpr double normal_quantile(double p) {
  if (!(p > 0 && p < 1)) {
    detail::refuse("cxm::normal_quantile: the probability must lie between 0 and 1");
  }
  double const q = p - 0.5;
  if (detail::absolute(q) <= 0.425) return detail::normal_quantile_centre(q);
  return q < 0 ? -detail::normal_quantile_tail(p) : detail::normal_quantile_tail(1 - p);
}

/// The z of a two-sided interval: 1.959964 for `confidence{0.95}`.
constexpr double z_of(confidence level) {
  return -normal_quantile(level.tail());
}
}  // namespace cxm
