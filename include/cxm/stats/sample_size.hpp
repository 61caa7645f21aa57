// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// How many answers are needed, and what can be seen with those one has. Variances are of one
/// answer: p(1 - p) for a share, p + d - (p - d)² for a net (0.61 is typical, 1 the worst), the
/// squared deviation for a mean; margins and changes are in the same unit (NPS of ±5 points: 0.05).
/// Results are not rounded: take the next whole number of answers.
/// Source: Cochran, Sampling Techniques (1977), chapter 4; Fleiss, Statistical Methods for Rates
/// and Proportions (1981), chapter 3.
#include <cxm/core/confidence.hpp>
#include <cxm/core/error.hpp>
#include <cxm/stats/normal.hpp>

#include <cmath>

namespace cxm {
/// The probability to see a change that is there; 0.8 unless said otherwise.
class power {
 public:
  constexpr power() noexcept = default;
  constexpr explicit power(double probability) : probability_(probability) {
    if (!(probability > 0 && probability < 1)) {
      detail::refuse("cxm::power: the probability must lie between 0 and 1, as in power{0.8}");
    }
  }
  constexpr double probability() const noexcept { return probability_; }

 private:
  double probability_ = 0.8;
};

namespace detail {
inline void check_positive(double value, char const* sentence) {
  if (!(value > 0)) refuse(sentence);
}
/// z of both errors: of the false alarm on two sides, and of the missed change on one.
inline double z_of_both(confidence level, power wanted) {
  return z_of(level) + normal_quantile(wanted.probability());
}
}  // namespace detail

/// Answers needed for an interval of ± `margin`: z² variance / margin².
inline double answers_for_margin(double variance, double margin, confidence level = {}) {
  detail::check_positive(margin, "cxm::answers_for_margin: the margin must be above 0");
  detail::check_positive(variance, "cxm::answers_for_margin: the variance must be above 0");
  double const z = z_of(level);
  return z * z * variance / (margin * margin);
}

/// The same where all customers are `population` people, and the answer shall hold for these alone:
/// n / (1 + (n - 1) / population).
inline double answers_of_population(double answers, double population) {
  detail::check_positive(population, "cxm::answers_of_population: nobody there");
  return answers / (1 + (answers - 1) / population);
}

/// Answers needed in each of two groups to see a change with probability `wanted`:
/// (z_level + z_power)² (v1 + v2) / change².
inline double answers_for_change(double first_variance, double second_variance, double change,
                                 confidence level = {}, power wanted = {}) {
  detail::check_positive(std::abs(change), "cxm::answers_for_change: the change must not be 0");
  double const z = detail::z_of_both(level, wanted);
  return z * z * (first_variance + second_variance) / (change * change);
}

/// The same for two shares by Pearson's test, whose null hypothesis pools them (as R's
/// power.prop.test).
inline double answers_for_shares(double first, double second, confidence level = {},
                                 power wanted = {}) {
  if (!(first >= 0 && first <= 1 && second >= 0 && second <= 1 && first != second)) {
    detail::refuse("cxm::answers_for_shares: two different shares between 0 and 1");
  }
  double const mean = (first + second) / 2;
  double const null = std::sqrt(2 * mean * (1 - mean));
  double const alternative = std::sqrt(first * (1 - first) + second * (1 - second));
  double const sum = z_of(level) * null + normal_quantile(wanted.probability()) * alternative;
  double const ratio = sum / (first - second);
  return ratio * ratio;
}

/// The smallest change that groups of these sizes show with probability `wanted`:
/// (z_level + z_power) sqrt(v1 / n1 + v2 / n2).
inline double detectable_change(double first_variance, double first_n, double second_variance,
                                double second_n, confidence level = {}, power wanted = {}) {
  detail::check_positive(first_n, "cxm::detectable_change: a group without answers");
  detail::check_positive(second_n, "cxm::detectable_change: a group without answers");
  return detail::z_of_both(level, wanted) *
         std::sqrt(first_variance / first_n + second_variance / second_n);
}
}  // namespace cxm
