// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Intervals from the replicates of any statistic, resampled by whoever knows how:
/// `percentile_ends` takes their quantiles, `bca_ends` shifts the quantiles by the bias and the
/// skewness of the statistic. For means, shares and nets `bootstrap` and `bca` resample by
/// themselves. Source: Efron, JASA 82 (1987); Davison & Hinkley, Bootstrap Methods and their
/// Application (1997), chapter 5, with their interpolation between order statistics on the scale of
/// normal quantiles.
#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/normal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace cxm {
namespace detail {
/// The quantile at `share` of sorted replicates: order statistic (R + 1) share.
inline double replicate_quantile(std::span<double const> sorted, double share) {
  double const count = static_cast<double>(sorted.size());
  double const rank = (count + 1) * share;
  if (!(rank >= 1)) return sorted.front();
  if (rank >= count) return sorted.back();
  double const below = std::floor(rank);
  auto const at = static_cast<std::size_t>(below) - 1;
  if (below == rank) return sorted[at];
  double const low = normal_quantile(below / (count + 1));
  double const high = normal_quantile((below + 1) / (count + 1));
  double const part = (normal_quantile(share) - low) / (high - low);
  return sorted[at] + part * (sorted[at + 1] - sorted[at]);
}

/// What the shares of `bca_ends` are made of: the bias z0 and the acceleration.
struct bca_terms {
  double bias;
  double acceleration;
};
inline interval bca_ends_of(std::span<double const> sorted, bca_terms terms, confidence level) {
  auto const at = [&](double z) {
    double const moved = terms.bias + z;
    return normal_cdf(terms.bias + moved / (1 - terms.acceleration * moved));
  };
  double const z = z_of(level);
  return {replicate_quantile(sorted, at(-z)), replicate_quantile(sorted, at(z))};
}
/// `degenerate` where no replicate, or every one, lies below the estimate.
inline maybe<double> bca_bias(std::span<double const> sorted, double estimate) {
  auto const below = std::lower_bound(sorted.begin(), sorted.end(), estimate) - sorted.begin();
  double const share = static_cast<double>(below) / static_cast<double>(sorted.size());
  if (!(share > 0 && share < 1)) return reason::degenerate;
  return normal_quantile(share);
}
/// Σ influence³ / (6 (Σ influence²)^1.5).
inline maybe<double> acceleration_of(double cubes, double squares) {
  if (!(squares > 0)) return reason::degenerate;
  return cubes / (6 * squares * std::sqrt(squares));
}
}  // namespace detail

/// The percentile interval of replicates sorted upwards; `no_data` without any.
inline maybe<interval> percentile_ends(std::span<double const> sorted, confidence level = {}) {
  if (sorted.empty()) return reason::no_data;
  return interval{detail::replicate_quantile(sorted, level.tail()),
                  detail::replicate_quantile(sorted, 1 - level.tail())};
}

/// The basic interval: the percentile interval reflected at the estimate. For comparison with
/// published figures; it may leave the range of the quantity.
inline maybe<interval> basic_ends(double estimate, std::span<double const> sorted,
                                  confidence level = {}) {
  return percentile_ends(sorted, level).transform([&](interval const& ends) {
    return interval{2 * estimate - ends.high, 2 * estimate - ends.low};
  });
}

/// The normal interval around the estimate less its bias, with the deviation of the replicates
/// (over R - 1); for comparison with published figures. `degenerate` for a single replicate.
inline maybe<interval> normal_ends(double estimate, std::span<double const> replicates,
                                   confidence level = {}) {
  if (replicates.empty()) return reason::no_data;
  if (replicates.size() == 1) return reason::degenerate;
  double const count = static_cast<double>(replicates.size());
  double sum = 0;
  for (double const value : replicates) sum += value - estimate;
  double const bias = sum / count;
  double squares = 0;
  for (double const value : replicates) {
    double const rest = value - estimate - bias;
    squares += rest * rest;
  }
  double const half = z_of(level) * std::sqrt(squares / (count - 1));
  return interval{estimate - bias - half, estimate - bias + half};
}

/// The bias-corrected and accelerated interval of replicates sorted upwards. `influence` holds how
/// much each observation moves the estimate (for a mean x - mean; else by the jackknife).
inline maybe<interval> bca_ends(double estimate, std::span<double const> sorted,
                                std::span<double const> influence, confidence level = {}) {
  if (sorted.empty() || influence.empty()) return reason::no_data;
  double squares = 0;
  double cubes = 0;
  for (double const value : influence) {
    squares += value * value;
    cubes += value * value * value;
  }
  auto const bias = detail::bca_bias(sorted, estimate);
  auto const acceleration = detail::acceleration_of(cubes, squares);
  if (!bias || !acceleration) return reason::degenerate;
  return detail::bca_ends_of(sorted, {*bias, *acceleration}, level);
}
}  // namespace cxm
