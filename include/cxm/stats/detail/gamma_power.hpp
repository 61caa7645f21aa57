// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The pieces from which densities of the gamma, beta and binomial families are built without
/// losing the digits that differences of large logarithms lose: the rest of Stirling's formula and
/// the deviance, both small numbers found directly.
/// Source: Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
#include <cmath>

namespace cxm::detail {
inline constexpr double half_log_two_pi = 0.9189385332046727;

/// ln Γ(z + 1) - [(z + 1/2) ln z - z + ln sqrt(2π)], z > 0; about 1 / 12z. By recurrence from
/// z >= 16, where four terms of the asymptotic series hold 16 digits.
inline double stirling_rest(double z) noexcept {
  double rest = 0;
  for (; z < 16; z += 1) rest += (z + 0.5) * std::log1p(1 / z) - 1;
  double const v = 1 / (z * z);
  double const series =
      1.0 / 12 + v * (-1.0 / 360 + v * (1.0 / 1260 + v * (-1.0 / 1680 + v * (1.0 / 1188))));
  return rest + series / z;
}

/// x ln(x / mean) + mean - x >= 0, also where x is near the mean; x and mean above 0.
inline double deviance_part(double x, double mean) noexcept {
  double const difference = x - mean;
  if (!(std::abs(difference) < 0.1 * (x + mean))) return x * std::log(x / mean) - difference;
  double const v = difference / (x + mean);
  double sum = difference * v;
  double power = 2 * x * v;
  for (int k = 1; k < 1000; ++k) {
    power *= v * v;
    double const next = sum + power / (2 * k + 1);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

/// ln P(X = k) of X binomial(n, p), 0 < p < 1.
inline double log_binomial(double k, double n, double p, double q) noexcept {
  if (k <= 0) return n * std::log1p(-p);
  if (k >= n) return n * std::log(p);
  return stirling_rest(n) - stirling_rest(k) - stirling_rest(n - k) - deviance_part(k, n * p) -
         deviance_part(n - k, n * q) - half_log_two_pi + std::log(n / k / (n - k)) / 2;
}
}  // namespace cxm::detail
