// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally.hpp>

#include <cmath>
#include <cstdint>
#include <type_traits>

/// \file
/// Customer satisfaction: the share of answers in the top boxes of the scale, by default the best
/// two points of 1–5
/// ("top-2-box").

namespace cxm {

struct good_band;  ///< The question from which answer on a customer is satisfied.

/// Satisfied customers answer this or better.
struct good_at {
  using policy_kind = good_band;
  std::int64_t point;
};

/// A share of satisfied answers, from 0 to 1.
struct csat_score : score {
  std::uint64_t good = 0;
};

/// Reads a tally as a top-box share; `Method` gives the interval of a share.
template <class Method>
struct csat_reading {
  good_at good;
  confidence level;
  min_n least;
  [[no_unique_address]] Method method{};
  of_population whole{};

  csat_score operator()(tally_counts const& counts) const {
    csat_score found{detail::counted(counts)};
    found.good = counts.at_or_better(good.point);
    if (found.n == 0) return found;
    auto const n = static_cast<double>(found.n);
    double const share = static_cast<double>(found.good) / n;
    found.value = share;
    found.standard_error = std::sqrt(share * (static_cast<double>(found.n - found.good) / n) / n);
    found.interval = method.share(found.good, found.n, level);
    detail::apply(least, found);
    detail::narrow(found, whole);
    return found;
  }
  weighted_score<csat_score> operator()(weighted_counts const& counts) const {
    auto found = detail::weighed(counts, csat_score{detail::counted(counts)});
    found.good = counts.answers.at_or_better(good.point);
    if (found.n == 0) return found;
    auto const moments =
        moments_of(counts, [&](auto point) { return worth(point, counts.answers.good_end); });
    detail::fill(found, moments);
    found.interval = interval_of(counts, moments);
    detail::apply(least, found);
    detail::narrow(found, whole);
    return found;
  }

  /// What an answer counts in the mean that the score is.
  std::int64_t worth(std::int64_t point, better good_end) const {
    return (good_end == better::high ? point >= good.point : point <= good.point) ? 1 : 0;
  }
  maybe<bounded_interval> interval_of(weighted_counts const& counts,
                                      weighted_moments const& moments) const {
    if constexpr (requires { method.share(effective_share{}, level); }) {
      double const n = detail::normal_n(moments, level);
      double const failures = moments_of(counts, [&](auto point) {
                                return 1 - worth(point, counts.answers.good_end);
                              }).mean;
      return method.share(effective_share{n * moments.mean, n * failures}, level);
    } else {
      return reason::not_identified;  // resampling needs the weights of single answers
    }
  }
};

/// CSAT over the scale 1–5. Policies, in any order: a scale, `good_at` (default the best two
/// points), an interval method (default `wilson`), `confidence`, `min_n`, `of_population`.
template <class... Policies>
constexpr auto csat(Policies... policies) {
  static_assert((detail::answers_one_of<Policies, survey_scale, good_band, interval_method,
                                        confidence_level, minimum_answers, sampled_population> &&
                 ...),
                "cxm::csat: takes a scale, good_at, an interval method, confidence, min_n and "
                "of_population");
  static_assert(
      detail::no_question_twice<survey_scale, good_band, interval_method, confidence_level,
                                minimum_answers, sampled_population>::template in<Policies...>,
      "cxm::csat: two policies answer the same question");
  auto const scale = detail::pick<survey_scale>(points<1, 5>{}, policies...);
  auto const best_two = scale.good_end() == better::high ? scale.high() - 1 : scale.low() + 1;
  auto const good = detail::pick<good_band>(good_at{best_two}, policies...);
  if (good.point < scale.low() || good.point > scale.high())
    detail::refuse("cxm::csat: good_at must be a point of the scale");
  auto const interval = detail::pick<interval_method>(wilson{}, policies...);
  using method = std::remove_const_t<decltype(interval)>;
  static_assert(
      requires(method const& any) { any.share(0, 0, confidence{}); },
      "cxm::csat: this method gives no interval of a share; wilson, wald, clopper_pearson and "
      "others do");
  csat_reading<method> const reading{
      good, detail::pick<confidence_level>(confidence{}, policies...),
      detail::pick<minimum_answers>(min_n{1}, policies...), interval,
      detail::pick<sampled_population>(of_population{}, policies...)};
  return scale_tally<std::remove_const_t<decltype(scale)>, csat_reading<method>>(scale, reading);
}

}  // namespace cxm
