// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Binomial random numbers, by inversion where few successes are expected and else by transformed
/// rejection, in O(1) however large n: a bootstrap of a billion answers draws one number a class.
/// Source: Hörmann, The Generation of Binomial Random Variates (1993), algorithm BTRS.
#include <cxm/core/rng.hpp>
#include <cxm/stats/detail/gamma_power.hpp>

#include <cmath>
#include <cstdint>

namespace cxm::detail {
inline double binomial_by_inversion(random_stream& random, double n, double p, double q) noexcept {
  double const odds = p / q;
  double probability = std::exp(n * std::log1p(-p));
  double left = random.unit();
  double k = 0;
  while (left > probability && k < n) {
    left -= probability;
    k += 1;
    probability *= odds * (n - k + 1) / k;
  }
  return k;
}

inline double binomial_by_rejection(random_stream& random, double n, double p, double q) noexcept {
  double const deviation = std::sqrt(n * p * q);
  double const b = 1.15 + 2.53 * deviation;
  double const a = -0.0873 + 0.0248 * b + 0.01 * p;
  double const alpha = (2.83 + 5.1 / b) * deviation;
  double const top = log_binomial(std::floor((n + 1) * p), n, p, q);
  while (true) {
    double const v = random.unit();
    double const u = random.unit() - 0.5;
    double const edge = 0.5 - std::abs(u);
    double const k = std::floor((2 * a / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (k < 0 || k > n) continue;
    double const wanted = std::log(v * alpha / (a / (edge * edge) + b));
    if (wanted <= log_binomial(k, n, p, q) - top) return k;
  }
}

/// The number of successes of `n` trials, of which `part` in `whole` succeed on average.
inline std::uint64_t random_binomial(random_stream& random, std::uint64_t n, std::uint64_t part,
                                     std::uint64_t whole) noexcept {
  if (n == 0 || part == 0) return 0;
  if (part == whole) return n;
  if (part > whole - part) return n - random_binomial(random, n, whole - part, whole);
  double const count = static_cast<double>(n);
  double const p = static_cast<double>(part) / static_cast<double>(whole);
  double const q = static_cast<double>(whole - part) / static_cast<double>(whole);
  double const k = count * p < 10 ? binomial_by_inversion(random, count, p, q)
                                  : binomial_by_rejection(random, count, p, q);
  return static_cast<std::uint64_t>(k);
}
}  // namespace cxm::detail
