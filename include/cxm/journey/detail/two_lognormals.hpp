// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// Two normal distributions fitted to counted logarithms by expectation and maximisation (Dempster,
/// Laird and Rubin 1977), and where they cross. Near the crossing the choice between them is made
/// anyway, so bins of a hundredth change nothing that matters.

namespace cxm::detail {

/// How often a logarithm was seen.
struct counted_log {
  double value;
  double count;
};

struct normal_part {
  double weight = 0;
  double mean = 0;
  double deviation = 0;

  double log_density(double x) const {
    double const z = (x - mean) / deviation;
    return std::log(weight / deviation) - 0.5 * std::log(2 * std::numbers::pi) - 0.5 * z * z;
  }
};

struct two_normals {
  normal_part lower;
  normal_part upper;
  double log_likelihood = 0;
  bool converged = false;
};

inline constexpr double least_deviation = 1e-3;

/// One normal distribution by maximum likelihood; `log_likelihood` is returned beside it.
inline std::pair<normal_part, double> fit_one_normal(std::vector<counted_log> const& seen) {
  double n = 0, sum = 0, squares = 0, likelihood = 0;
  for (auto const& one : seen) {
    n += one.count;
    sum += one.count * one.value;
  }
  normal_part fit{1.0, sum / n, 0.0};
  for (auto const& one : seen)
    squares += one.count * (one.value - fit.mean) * (one.value - fit.mean);
  fit.deviation = std::max(std::sqrt(squares / n), least_deviation);
  for (auto const& one : seen) likelihood += one.count * fit.log_density(one.value);
  return {fit, likelihood};
}

/// The value below which the share `share` lies, of values in rising order.
inline double quantile_of(std::vector<counted_log> const& seen, double n, double share) {
  double below = 0;
  for (auto const& one : seen)
    if ((below += one.count) >= share * n) return one.value;
  return seen.back().value;
}

/// One round: who belongs where, and what the two are then.
inline two_normals better_two_normals(std::vector<counted_log> const& seen,
                                      two_normals const& now) {
  struct sums {
    double n = 0, x = 0, xx = 0;
    // About the mean so far, so that no digits are lost.
    void add(double count, double x_from_mean) {
      n += count;
      x += count * x_from_mean;
      xx += count * x_from_mean * x_from_mean;
    }
    normal_part part(double all, double about) const {
      if (!(n > 0)) return {0.0, about, 1.0};
      double const shift = x / n;
      return {n / all, about + shift,
              std::max(std::sqrt(std::max(xx / n - shift * shift, 0.0)), least_deviation)};
    }
  } lower, upper;
  two_normals next;
  double all = 0;
  for (auto const& one : seen) {
    double const a = now.lower.log_density(one.value), b = now.upper.log_density(one.value);
    double const larger = std::max(a, b), either = larger + std::log1p(std::exp(-std::abs(a - b)));
    lower.add(one.count * std::exp(a - either), one.value - now.lower.mean);
    upper.add(one.count * std::exp(b - either), one.value - now.upper.mean);
    next.log_likelihood += one.count * either;  // of the two as they were
    all += one.count;
  }
  next.lower = lower.part(all, now.lower.mean);
  next.upper = upper.part(all, now.upper.mean);
  return next;
}

/// Begins with the quantiles 0.25 and 0.9. `seen` in rising order, not empty.
inline two_normals fit_two_normals(std::vector<counted_log> const& seen) {
  auto const one = fit_one_normal(seen).first;
  double n = 0;
  for (auto const& each : seen) n += each.count;
  two_normals fit;
  fit.lower = {0.5, quantile_of(seen, n, 0.25), one.deviation / 2};
  fit.upper = {0.5, quantile_of(seen, n, 0.9), one.deviation / 2};
  double before = 0;
  for (int round = 0; round < 2000 && fit.lower.weight > 0 && fit.upper.weight > 0; ++round) {
    fit = better_two_normals(seen, fit);
    if (round > 0 && std::abs(fit.log_likelihood - before) <= 1e-12 * std::abs(before) * 100) {
      fit.converged = true;
      break;
    }
    before = fit.log_likelihood;
  }
  if (fit.upper.mean < fit.lower.mean) std::swap(fit.lower, fit.upper);
  return fit;
}

/// Where the weighted densities cross between the two means; nothing where they do not.
inline std::optional<double> crossing(normal_part const& lower, normal_part const& upper) {
  double const v1 = lower.deviation * lower.deviation, v2 = upper.deviation * upper.deviation;
  double const a = 0.5 / v2 - 0.5 / v1;
  double const b = lower.mean / v1 - upper.mean / v2;
  double const c = upper.mean * upper.mean / (2 * v2) - lower.mean * lower.mean / (2 * v1) +
                   std::log(lower.weight * upper.deviation / (upper.weight * lower.deviation));
  double const under_root = b * b - 4 * a * c;
  if (!(under_root >= 0)) return std::nullopt;
  // The form that does not cancel, and that stays right where the deviations are equal, a = 0.
  double const q = -0.5 * (b + std::copysign(std::sqrt(under_root), b));
  for (double const root : {q / a, c / q})
    if (root > lower.mean && root < upper.mean) return root;
  return std::nullopt;
}

}  // namespace cxm::detail
