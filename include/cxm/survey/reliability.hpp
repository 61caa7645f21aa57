// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Do the questions of a survey measure one thing? What `cronbach_alpha` says of it: Cronbach's
/// alpha with Feldt's interval, standardised alpha, Guttman's lambda 6, and for each question what
/// alpha would be without it and how it goes with the others.
/// Sources: Cronbach, Psychometrika 16 (1951); Feldt, Woodruff & Salih, Applied Psychological
/// Measurement 11 (1987), for the interval: (1 − true alpha) / (1 − alpha) has an F distribution;
/// Guttman, Psychometrika 10 (1945).

#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/beta.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/survey/detail/cross_products.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

/// One question among the others.
struct item_reliability {
  std::string name;  ///< of its field; empty where it has none
  maybe<double> mean = reason::no_data;
  maybe<double> deviation = reason::no_data;         ///< sample standard deviation
  maybe<double> alpha_if_dropped = reason::no_data;  ///< above alpha: the question does not belong
  maybe<double> rest_correlation = reason::no_data;  ///< with the sum of the other questions
};

/// How far the sum of several questions can be relied on.
struct reliability {
  std::uint64_t n = 0;        ///< complete rows, the only ones that enter
  std::uint64_t missing = 0;  ///< rows that lack an answer
  std::uint64_t invalid = 0;  ///< rows with an answer that is no whole number within ±2³¹
  maybe<double> alpha = reason::no_data;               ///< at most 1; may be negative
  maybe<bounded_interval> interval = reason::no_data;  ///< Feldt's
  maybe<double> standardized = reason::no_data;        ///< of questions of equal spread
  maybe<double> mean_correlation = reason::no_data;    ///< over all pairs of questions
  maybe<double> lambda_6 = reason::no_data;  ///< Guttman's; `degenerate` if one is redundant
  std::vector<item_reliability> items{};
};

namespace detail {

/// k/(k−1) · (1 − Σ variances / variance of the sum), from exact integers.
inline maybe<double> alpha_of(std::size_t items, signed_wide const& of_sum,
                              signed_wide const& of_items) {
  if (items < 2 || of_sum.bits.is_zero()) return reason::degenerate;
  double const k = static_cast<double>(items);
  return k / (k - 1) * ratio(of_sum - of_items, of_sum);
}

/// Feldt's interval: alpha has n − 1 and (n − 1)(k − 1) degrees of freedom.
inline bounded_interval feldt(double alpha, std::uint64_t n, std::size_t items, confidence level) {
  double const above = static_cast<double>(n - 1);
  double const below = above * static_cast<double>(items - 1);
  double const most = f_upper_quantile(level.tail(), above, below);
  double const least = 1 / f_upper_quantile(level.tail(), below, above);
  auto found = clip({1 - (1 - alpha) * most, 1 - (1 - alpha) * least},
                    {-std::numeric_limits<double>::infinity(), 1});
  found.method = "Feldt";
  found.level = level;
  return found;
}

/// 1 − Σ 1/(R⁻¹)_ii / ΣΣ R for a matrix of correlations, by Gauss and Jordan's elimination.
inline maybe<double> lambda_6(std::vector<double> matrix, std::size_t size) {
  double all = 0;
  for (double const one : matrix) all += one;
  for (std::size_t k = 0; k < size; ++k) {
    double const pivot = matrix[k * size + k];
    if (!(pivot > 1e-12)) return reason::degenerate;
    matrix[k * size + k] = 1;
    for (std::size_t j = 0; j < size; ++j) matrix[k * size + j] /= pivot;
    for (std::size_t i = 0; i < size; ++i) {
      if (i == k) continue;
      double const factor = std::exchange(matrix[i * size + k], 0.0);
      for (std::size_t j = 0; j < size; ++j) matrix[i * size + j] -= factor * matrix[k * size + j];
    }
  }
  double unexplained = 0;
  for (std::size_t i = 0; i < size; ++i) unexplained += 1 / matrix[i * size + i];
  return 1 - unexplained / all;
}

/// What follows from correlations: all questions need some spread.
inline void add_correlations(reliability& found, cross_products const& counted) {
  std::size_t const size = counted.items();
  std::vector<double> matrix(size * size, 1.0);
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      double const spread = std::sqrt(counted.covariance(i, i).number()) *
                            std::sqrt(counted.covariance(j, j).number());
      if (!(spread > 0)) return;
      matrix[i * size + j] = matrix[j * size + i] = counted.covariance(i, j).number() / spread;
      sum += matrix[i * size + j];
    }
  double const k = static_cast<double>(size);
  double const mean = sum / (k * (k - 1) / 2);
  found.mean_correlation = mean;
  if (1 + (k - 1) * mean > 0) found.standardized = k * mean / (1 + (k - 1) * mean);
  found.lambda_6 = lambda_6(std::move(matrix), size);
}

inline reliability reliability_of(cross_products const& counted, reliability found,
                                  confidence level) {
  if (found.n == 0) return found;
  std::size_t const size = counted.items();
  found.alpha = found.standardized = found.mean_correlation = found.lambda_6 = reason::degenerate;
  found.interval = reason::degenerate;
  signed_wide of_sum{}, of_items{};
  std::vector<signed_wide> with_all(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) with_all[i] = with_all[i] + counted.covariance(i, j);
    of_sum = of_sum + with_all[i];
    of_items = of_items + counted.covariance(i, i);
  }
  double const n = static_cast<double>(found.n);
  for (std::size_t i = 0; i < size; ++i) {
    auto& item = found.items[i];
    item.mean = divide_to_double(counted.sum(i), found.n);
    item.deviation = item.alpha_if_dropped = item.rest_correlation = reason::degenerate;
    if (found.n == 1) continue;
    auto const own = counted.covariance(i, i);
    auto const rest = of_sum - with_all[i] - with_all[i] + own;
    item.deviation = std::sqrt(own.number() / n / (n - 1));
    item.alpha_if_dropped = alpha_of(size - 1, rest, of_items - own);
    double const spread = std::sqrt(own.number()) * std::sqrt(rest.number());
    if (spread > 0) item.rest_correlation = (with_all[i] - own).number() / spread;
  }
  if (found.n == 1) return found;
  found.alpha = alpha_of(size, of_sum, of_items);
  if (found.alpha) found.interval = feldt(*found.alpha, found.n, size, level);
  add_correlations(found, counted);
  return found;
}

}  // namespace detail
}  // namespace cxm
