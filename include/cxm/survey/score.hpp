// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/constant_math.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/weighted_counts.hpp>

#include <cmath>
#include <cstdint>

/// \file
/// What every score says of itself: the number with its error and interval, and the answers behind
/// it.

namespace cxm {

/// The question below how many answers a score is withheld.
struct minimum_answers;

/// Below this many valid answers a score has no value, for the reason `below_min_n`. A reading;
/// default 1.
struct min_n {
  using policy_kind = minimum_answers;
  std::uint64_t answers;
};

/// The points that answers may have.
struct answer_scale {
  std::int64_t low = 0;
  std::int64_t high = 0;
  better good_end = better::high;
};

/// A score. value, standard_error and interval are in the unit of the metric.
struct score {
  std::uint64_t n = 0;        ///< valid answers; of a share, all that its denominator counts
  std::uint64_t missing = 0;  ///< events without an answer that are not in the denominator
  std::uint64_t invalid = 0;  ///< answers off the scale
  maybe<double> value = reason::no_data;
  maybe<double> standard_error = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;
  std::uint64_t unanswered = 0;  ///< of n, those without an answer, see survey/survey_question.hpp
  answer_scale scale{};          ///< on which the answers were given
};

/// A score of weighted answers: value, standard_error and interval are weighted, the counts count
/// answers.
template <class Score>
struct weighted_score : Score {
  /// Kish's n, (Σw)²/Σw².
  maybe<double> effective_n = reason::no_data;
  /// The n that standard error and interval use, see `weighted_moments`.
  maybe<double> design_n = reason::no_data;
  std::uint64_t unweighed = 0;  ///< valid answers of weight 0, which count nowhere else
  double total_weight = 0;      ///< Σw
};

namespace detail {

constexpr score counted(tally_counts const& counts) {
  score found{counts.n(), counts.missing + counts.unanswered, counts.invalid};
  found.scale = {counts.low, counts.high(), counts.good_end};
  return found;
}
inline score counted(weighted_counts const& counts) {
  return counted(counts.answers);
}
/// The weighted score before its numbers are filled in.
template <class Score>
weighted_score<Score> weighed(weighted_counts const& counts, Score const& score) {
  return {score, counts.effective_n(), reason::no_data, counts.unweighed, counts.total_weight()};
}
/// Value, error and design n of a score that is a weighted mean.
template <class Score>
void fill(weighted_score<Score>& found, weighted_moments const& moments) {
  found.value = moments.mean;
  found.standard_error = std::sqrt(moments.variance / moments.design_n);
  found.design_n = moments.design_n;
}

/// The counts of a score that is a share: n is its denominator.
constexpr score counted_for_share(tally_counts const& counts) {
  score found{counts.denominator(), counts.missing, counts.invalid};
  found.scale = {counts.low, counts.high(), counts.good_end};
  found.unanswered = counts.unanswered;
  return found;
}
/// The standard error of a mean or share with this variance of one answer.
constexpr double error_of(double variance, std::uint64_t n) {
  return square_root(variance / static_cast<double>(n));
}

/// Withholds the numbers of a score below its minimum.
constexpr void apply(min_n least, score& found) {
  if (found.n == 0 || found.n >= least.answers) return;
  found.value = found.standard_error = reason::below_min_n;
  found.interval = reason::below_min_n;
}

constexpr bounded_interval scaled(bounded_interval const& ends, double factor) {
  return {{ends.low * factor, ends.high * factor},
          {ends.raw.low * factor, ends.raw.high * factor},
          ends.method,
          ends.level};
}

}  // namespace detail
}  // namespace cxm
