// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally.hpp>

#include <cmath>
#include <cstdint>
#include <type_traits>

/// \file
/// The mean and the median of answers, as readings of a tally: `tally(nps(), mean(), median())`.
/// With a scale, `mean(points<1, 5>{})` is a metric of its own.

namespace cxm {

/// A mean answer, in points of the scale.
struct mean_score : score {
  maybe<double> deviation = reason::no_data;  ///< sample standard deviation (divides by n−1)
  maybe<cxm::interval> shown_on = reason::no_data;  ///< another scale than that of the answers
};

/// Reads a tally as a mean; `Method` gives its interval, clipped to the scale.
template <class Method>
struct mean_reading {
  confidence level;
  min_n least;
  [[no_unique_address]] Method method{};

  constexpr mean_score operator()(tally_counts const& counts) const {
    mean_score found{detail::counted(counts)};
    found.value = counts.mean();
    found.deviation =
        counts.variance().transform([](double variance) { return detail::square_root(variance); });
    found.standard_error = found.deviation.transform(
        [&](double sd) { return sd / detail::square_root(static_cast<double>(found.n)); });
    found.interval = found.deviation.why();
    if (found.deviation) {
      found.interval = interval_of(counts, *found.value, *found.deviation);
    }
    detail::apply(least, found);
    if (found.value.why() == reason::below_min_n) found.deviation = reason::below_min_n;
    return found;
  }
  /// The deviation is that of the weighted answers, times √(n/(n−1)); the interval has design_n − 1
  /// degrees of freedom.
  weighted_score<mean_score> operator()(weighted_counts const& counts) const {
    auto found = detail::weighed(counts, mean_score{detail::counted(counts)});
    if (found.n == 0) return found;
    auto const moments = moments_of(counts, [](std::int64_t point) { return point; });
    detail::fill(found, moments);
    found.interval = reason::degenerate;
    if (found.n == 1) {  // its spread is not known
      found.standard_error = found.deviation = reason::degenerate;
    } else {
      auto const n = static_cast<double>(found.n);
      found.deviation = std::sqrt(n / (n - 1) * moments.variance);
      found.interval = interval_of(counts, moments);
    }
    detail::apply(least, found);
    if (found.value.why() == reason::below_min_n) found.deviation = reason::below_min_n;
    return found;
  }

 private:
  maybe<bounded_interval> interval_of(weighted_counts const& counts,
                                      weighted_moments const& moments) const {
    interval const range{static_cast<double>(counts.answers.low),
                         static_cast<double>(counts.answers.high())};
    if constexpr (requires { method.mean(0.0, 0.0, effective_size{}, level, range); })
      return method.mean(moments.mean, std::sqrt(moments.variance),
                         effective_size{moments.design_n}, level, range);
    else
      return reason::not_identified;  // resampling needs the weights of single answers
  }
  /// By the counts of every point, where the method wants them, as a bootstrap does.
  constexpr maybe<bounded_interval> interval_of(tally_counts const& counts, double mean,
                                                double sd) const {
    if constexpr (requires { method.mean_of(counts.low, counts.points, level); }) {
      return method.mean_of(counts.low, counts.points, level);
    } else {
      interval const range{static_cast<double>(counts.low), static_cast<double>(counts.high())};
      return method.mean(mean, sd, counts.n(), level, range);
    }
  }
};

/// Reads a tally as its median, of type 7: between two points where the middle lies between them.
struct median_reading {
  min_n least;

  constexpr maybe<double> operator()(tally_counts const& counts) const {
    if (counts.n() > 0 && counts.n() < least.answers) return reason::below_min_n;
    return counts.quantile(0.5);
  }
  /// Of the answers as people gave them: weights move the mean, not the median.
  maybe<double> operator()(weighted_counts const& counts) const { return (*this)(counts.answers); }
};

namespace detail {
template <class Reading>
constexpr Reading shown_on(Reading const& reading, int) {
  return reading;
}
template <class Reading>
constexpr rescaled_reading<Reading> shown_on(Reading const& reading, onto const& target) {
  return {reading, target};
}
}  // namespace detail

/// The mean answer. Policies, in any order: a scale (without one it is a reading for `tally`), an
/// interval method (default `student`), `confidence`, `min_n`, `onto` to show it on another scale;
/// with a scale also an occasion.
template <class... Policies>
constexpr auto mean(Policies... policies) {
  static_assert((!detail::answers_one_of<Policies, denominator_choice> && ...),
                "cxm::mean: a mean is over answers; a denominator belongs to a share, as in "
                "csat(of_shown{})");
  static_assert((detail::answers_one_of<Policies, survey_scale, survey_occasion, interval_method,
                                        confidence_level, minimum_answers, target_scale,
                                        denominator_choice> &&
                 ...),
                "cxm::mean: takes a scale, an interval method, confidence, min_n and onto");
  static_assert(
      detail::no_question_twice<survey_scale, survey_occasion, interval_method, confidence_level,
                                minimum_answers, target_scale>::template in<Policies...>,
      "cxm::mean: two policies answer the same question");
  constexpr bool has_scale = detail::answers_to < survey_scale, Policies... >> 0;
  static_assert(has_scale || detail::answers_to<survey_occasion, Policies...> == 0,
                "cxm::mean: an occasion belongs to a scale: mean(points<1, 7>{}, transactional{})");
  auto const method = detail::pick<interval_method>(student{}, policies...);
  using method_type = std::remove_const_t<decltype(method)>;
  static_assert(
      requires(method_type const& any) { any.mean(0.0, 0.0, 0, confidence{}, interval{}); } ||
          requires(method_type const& any) { any.mean_of(0, {}, confidence{}); },
      "cxm::mean: this method gives no interval of a mean; student, bootstrap and bca do");
  mean_reading<method_type> const reading{detail::pick<confidence_level>(confidence{}, policies...),
                                          detail::pick<minimum_answers>(min_n{1}, policies...),
                                          method};
  auto const shown = detail::shown_on(reading, detail::pick<target_scale>(0, policies...));
  if constexpr (has_scale)
    return tally(detail::asked_on(detail::pick<survey_scale>(0, policies...), policies...), shown);
  else
    return shown;
}

/// The median answer, a reading for `tally`.
constexpr auto median(min_n least = {1}) {
  return median_reading{least};
}

}  // namespace cxm
