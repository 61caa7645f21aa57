// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Did the same people move? Tests on a square table of classes before (rows) and after (columns):
/// McNemar's for two classes, Stuart and Maxwell's for three or more. Only those who moved count.
/// Sources: McNemar, Psychometrika 12 (1947); Edwards, same journal 13 (1948), for the correction;
/// Stuart, Biometrika 42 (1955); Maxwell, British Journal of Psychiatry 116 (1970).
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/beta.hpp>
#include <cxm/stats/chi_square.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cxm {
/// McNemar's test of two counts of movers. `degenerate` where no one moved.
struct mcnemar_test {
  std::uint64_t moved = 0;
  maybe<double> statistic = reason::degenerate;  ///< chi-square, 1 degree of freedom
  maybe<double> p = reason::degenerate;
  maybe<double> corrected_statistic = reason::degenerate;  ///< with continuity correction
  maybe<double> corrected_p = reason::degenerate;
  maybe<double> exact_p = reason::degenerate;  ///< binomial, twice the smaller tail
};

/// `up` moved from the first class to the second, `down` back.
inline mcnemar_test mcnemar(std::uint64_t up, std::uint64_t down) {
  if (up > UINT64_MAX - down) detail::refuse("cxm::mcnemar: more than 2^64 people");
  mcnemar_test found{up + down};
  if (found.moved == 0) return found;
  double const sum = static_cast<double>(found.moved);
  double const difference = static_cast<double>(std::max(up, down) - std::min(up, down));
  double const corrected = std::max(0.0, difference - 1);
  found.statistic = difference * difference / sum;
  found.p = chi_square_survival(*found.statistic, 1);
  found.corrected_statistic = corrected * corrected / sum;
  found.corrected_p = chi_square_survival(*found.corrected_statistic, 1);
  // P(X >= more) of X binomial(moved, 1/2) is I(1/2; more, fewer + 1).
  double const tail = beta_cdf(0.5, static_cast<double>(std::max(up, down)),
                               static_cast<double>(std::min(up, down)) + 1);
  found.exact_p = std::min(1.0, 2 * tail);
  return found;
}

/// The test that the shares of the classes did not change.
struct marginal_test {
  std::uint64_t n = 0;
  maybe<double> statistic = reason::no_data;
  maybe<double> degrees_of_freedom = reason::no_data;
  maybe<double> p = reason::no_data;
};

namespace detail {
/// d' S⁻¹ d for a symmetric positive definite S, by elimination; `degenerate` if it is singular.
inline maybe<double> quadratic_form(std::vector<double> matrix, std::vector<double> d) {
  std::size_t const size = d.size();
  double sum = 0;
  for (std::size_t k = 0; k < size; ++k) {
    double const pivot = matrix[k * size + k];
    if (!(pivot > 1e-9))
      return reason::degenerate;  // entries are counts: a pivot is 0 or not small
    sum += d[k] * d[k] / pivot;
    for (std::size_t i = k + 1; i < size; ++i) {
      double const factor = matrix[i * size + k] / pivot;
      for (std::size_t j = k + 1; j < size; ++j)
        matrix[i * size + j] -= factor * matrix[k * size + j];
      d[i] -= factor * d[k];
    }
  }
  return sum;
}
}  // namespace detail

/// Stuart and Maxwell's chi-square for `classes` classes; table[before * classes + after]. Classes
/// in which no one was before or after, or that no one left or entered, don't count.
inline marginal_test stuart_maxwell(std::span<std::uint64_t const> table, std::size_t classes) {
  if (classes == 0 || table.size() != classes * classes) {
    detail::refuse("cxm::stuart_maxwell: the table is not square");
  }
  marginal_test found;
  for (auto const count : table) found.n += count;
  if (found.n == 0) return found;
  auto const at = [&](std::size_t i, std::size_t j) {
    return static_cast<double>(table[i * classes + j]);
  };
  std::vector<std::size_t> moved;
  for (std::size_t i = 0; i < classes; ++i) {
    double movers = 0;
    for (std::size_t j = 0; j < classes; ++j)
      if (i != j) movers += at(i, j) + at(j, i);
    if (movers > 0) moved.push_back(i);
  }
  found.statistic = found.degrees_of_freedom = found.p = reason::degenerate;
  if (moved.size() < 2) return found;
  moved.pop_back();  // the differences sum to 0: the last is determined by the others
  std::size_t const size = moved.size();
  std::vector<double> differences(size);
  std::vector<double> covariance(size * size);
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t j = 0; j < classes; ++j) {
      if (j == moved[a]) continue;
      differences[a] += at(moved[a], j) - at(j, moved[a]);
      covariance[a * size + a] += at(moved[a], j) + at(j, moved[a]);
    }
    for (std::size_t b = 0; b < size; ++b)
      if (a != b) covariance[a * size + b] = -(at(moved[a], moved[b]) + at(moved[b], moved[a]));
  }
  auto const statistic = detail::quadratic_form(std::move(covariance), std::move(differences));
  if (!statistic) return found;
  found.statistic = *statistic;
  found.degrees_of_freedom = static_cast<double>(size);
  found.p = chi_square_survival(*statistic, static_cast<double>(size));
  return found;
}
}  // namespace cxm
