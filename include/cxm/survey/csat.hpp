// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally.hpp>

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

/// Satisfied customers answer one of this many best points: `top_boxes{1}`.
struct top_boxes {
  using policy_kind = good_band;
  std::int64_t boxes;
};

/// A share of satisfied answers, from 0 to 1.
struct csat_score : score {
  std::uint64_t good = 0;
  std::int64_t good_point = 4;  ///< satisfied customers answered this or better
};

/// Reads a tally as a top-box share; `Method` gives the interval of a share.
template <class Method>
struct csat_reading {
  good_at good;
  confidence level;
  min_n least;
  [[no_unique_address]] Method method{};

  constexpr csat_score operator()(tally_counts const& counts) const {
    csat_score found{detail::counted_for_share(counts)};
    found.good = counts.at_or_better(good.point);
    found.good_point = good.point;
    if (found.n == 0) return found;
    auto const n = static_cast<double>(found.n);
    double const share = static_cast<double>(found.good) / n;
    found.value = share;
    found.standard_error =
        detail::error_of(share * (static_cast<double>(found.n - found.good) / n), found.n);
    found.interval = method.share(found.good, found.n, level);
    detail::apply(least, found);
    return found;
  }
  weighted_score<csat_score> operator()(weighted_counts const& counts) const {
    auto found = detail::weighed(counts, csat_score{detail::counted_for_share(counts.answers)});
    found.good = counts.answers.at_or_better(good.point);
    found.good_point = good.point;
    if (found.n == 0) return found;
    better const good_end = counts.answers.good_end;
    detail::weighted_base const base(counts);
    auto const moments = base.moments([&](auto point) { return worth(point, good_end); });
    detail::fill(found, moments);
    found.effective_n = base.effective_n();
    found.interval = interval_of(base, moments);
    detail::apply(least, found);
    return found;
  }

  /// What an answer counts in the mean that the score is.
  constexpr std::int64_t worth(std::int64_t point, better good_end) const {
    return (good_end == better::high ? point >= good.point : point <= good.point) ? 1 : 0;
  }
  maybe<bounded_interval> interval_of(detail::weighted_base const& base,
                                      weighted_moments const& moments) const {
    if constexpr (requires { method.share(effective_share{}, level); }) {
      double const n = moments.design_n;
      auto const misses = [&](auto point) { return 1 - worth(point, base.good_end()); };
      return method.share(effective_share{n * moments.mean, n * base.moments(misses, 1).mean},
                          level);
    } else {
      return reason::not_identified;  // resampling needs the weights of single answers
    }
  }
};

namespace detail {

/// The point from which on an answer is good, as the policy says for this scale.
template <class Scale>
constexpr good_at good_on(Scale const&, good_at good) {
  return good;
}
template <class Scale>
constexpr good_at good_on(Scale const& scale, top_boxes top) {
  if (top.boxes < 1 || static_cast<std::uint64_t>(top.boxes) > scale.size())
    refuse("cxm::csat: top_boxes must be at least one point and at most all of the scale");
  return {scale.good_end() == better::high ? scale.high() - top.boxes + 1
                                           : scale.low() + top.boxes - 1};
}

}  // namespace detail

/// CSAT over the scale 1–5. Policies, in any order: a scale, `good_at` or `top_boxes` (default the
/// best two points, on every scale), an interval method (default `wilson`), `confidence`, `min_n`;
/// an occasion and a denominator, which decide who may merge.
template <class... Policies>
constexpr auto csat(Policies... policies) {
  static_assert((!detail::answers_one_of<Policies, target_scale> && ...),
                "cxm::csat: a top-box share is not defined on a rescaled item; give the scale that "
                "was asked, or rescale the mean");
  static_assert((detail::answers_one_of<Policies, survey_scale, survey_occasion, denominator_choice,
                                        good_band, interval_method, confidence_level,
                                        minimum_answers, target_scale> &&
                 ...),
                "cxm::csat: takes a scale, good_at, an interval method, confidence and min_n");
  static_assert(detail::no_question_twice<survey_scale, survey_occasion, denominator_choice,
                                          good_band, interval_method, confidence_level,
                                          minimum_answers>::template in<Policies...>,
                "cxm::csat: two policies answer the same question");
  auto const scale = detail::pick<survey_scale>(points<1, 5>{}, policies...);
  auto const good = detail::good_on(scale, detail::pick<good_band>(top_boxes{2}, policies...));
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
      detail::pick<minimum_answers>(min_n{1}, policies...), interval};
  return tally(detail::asked_on(scale, policies...), reading);
}

}  // namespace cxm
