// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/tally.hpp>

#include <cstdint>

/// \file
/// Customer Effort Score, in its two versions, which must not be mixed:
/// CES 2.0 (2013): "The company made it easy for me to handle my issue", 1 to 7, high is good:
/// `ces()`. CES 1.0 (2010): "How much effort did you personally have to put forth to handle your
/// request?", 1 to 5, *low* is good: `ces_1()`. The headline of both is the mean (Dixon, Freeman
/// and Toman, Harvard Business Review 2010).

namespace cxm {

/// A mean effort, in points of the scale.
struct ces_score : mean_score {
  std::uint64_t easy = 0;                      ///< answers at the point of ease or better
  std::int64_t easy_point = 5;                 ///< that point
  maybe<double> easy_share = reason::no_data;  ///< their share, from 0 to 1
  maybe<double> index =
      reason::no_data;  ///< the mean from 0 at the low end of the scale to 100 at the high end
};

/// Reads a tally as a customer effort score.
template <class Method>
struct ces_reading {
  mean_reading<Method> mean;
  std::int64_t easy_at;

  constexpr ces_score operator()(tally_counts const& counts) const {
    ces_score found{mean(counts)};
    found.easy = counts.at_or_better(easy_at);
    found.easy_point = easy_at;
    found.easy_share = found.index = found.value;  // the reason, where there is no value
    if (!found.value) return found;
    found.easy_share = static_cast<double>(found.easy) / static_cast<double>(found.n);
    found.index = 100.0 * (*found.value - static_cast<double>(counts.low)) /
                  static_cast<double>(counts.high() - counts.low);
    return found;
  }
  weighted_score<ces_score> operator()(weighted_counts const& counts) const {
    auto const means = mean(counts);
    weighted_score<ces_score> found{
        {means}, means.effective_n, means.design_n, means.unweighed, means.total_weight};
    auto const& answers = counts.answers;
    found.easy = answers.at_or_better(easy_at);
    found.easy_point = easy_at;
    found.easy_share = found.index = found.value;
    if (!found.value) return found;
    bool const up = answers.good_end == better::high;
    auto const easy = [&](std::int64_t point) { return up ? point >= easy_at : point <= easy_at; };
    found.easy_share = moments_of(counts, [&](auto point) { return easy(point) ? 1 : 0; }).mean;
    found.index = 100.0 * (*found.value - static_cast<double>(answers.low)) /
                  static_cast<double>(answers.high() - answers.low);
    return found;
  }
};

namespace detail {

template <class Scale, class... Policies>
constexpr auto make_ces(Scale scale, std::int64_t easy_at, Policies... policies) {
  static_assert((!answers_one_of<Policies, denominator_choice> && ...),
                "cxm::ces: a mean is over answers; a denominator belongs to a share, as in "
                "ces_agree(of_shown{})");
  static_assert((answers_one_of<Policies, survey_occasion, interval_method, confidence_level,
                                minimum_answers, denominator_choice> &&
                 ...),
                "cxm::ces: takes an interval method, confidence, min_n and an occasion");
  auto const metric = cxm::mean(scale, policies...);
  auto const reading = std::get<0>(metric.readings());
  using method = decltype(pick<interval_method>(student{}, policies...));
  return tally(metric.scale(), ces_reading<method>{reading, easy_at});
}

}  // namespace detail

/// CES 2.0: 1 to 7, high is good; easy is 5 or more. Policies as for `mean`.
template <class... Policies>
constexpr auto ces(Policies... policies) {
  return detail::make_ces(points<1, 7>{}, 5, policies...);
}

/// CES 1.0: 1 to 5, low is good; easy is 2 or less. Policies as for `mean`.
template <class... Policies>
constexpr auto ces_1(Policies... policies) {
  return detail::make_ces(points<1, 5, better::low>{}, 2, policies...);
}

}  // namespace cxm
