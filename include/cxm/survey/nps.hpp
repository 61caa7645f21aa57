// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>

/// \file
/// Net Promoter Score: the share of promoters less the share of detractors, in points from −100 to
/// 100 (Reichheld, Harvard Business Review, December 2003). On the scale from 0 to 10 promoters
/// answer 9 or 10 and detractors 0 to 6; other cuts are stated. "Net Promoter", "NPS" and "Net
/// Promoter Score" are trademarks of others, see README.md.

namespace cxm {

struct promoter_band;   ///< The question from which answer on a customer is a promoter.
struct detractor_band;  ///< The question up to which answer a customer is a detractor.

/// Promoters answer this or more.
struct promoters_from {
  using policy_kind = promoter_band;
  std::int64_t point;
};
/// Detractors answer this or less.
struct detractors_to {
  using policy_kind = detractor_band;
  std::int64_t point;
};

/// A Net Promoter Score, in points.
struct nps_score : score {
  std::uint64_t promoters = 0;
  std::uint64_t passives = 0;
  std::uint64_t detractors = 0;
  std::int64_t promoter_point = 9;   ///< promoters answered this or more
  std::int64_t detractor_point = 6;  ///< detractors this or less
};

/// Reads a tally as NPS; `Method` gives the interval of a net share.
template <class Method>
struct nps_reading {
  promoters_from promoters;
  detractors_to detractors;
  confidence level;
  min_n least;
  [[no_unique_address]] Method method{};

  constexpr nps_score operator()(tally_counts const& counts) const {
    nps_score found{detail::counted_for_share(counts)};
    count(found, counts);
    if (found.n == 0) return found;
    auto const n = static_cast<double>(found.n);
    auto const net =
        static_cast<double>(static_cast<std::int64_t>(found.promoters - found.detractors));
    found.value = 100.0 * net / n;
    found.standard_error =
        100.0 * detail::error_of(net_variance(found.promoters, found.detractors, found.n), found.n);
    found.interval = method.net(found.promoters, found.detractors, found.n, level)
                         .transform([](auto const& ends) { return detail::scaled(ends, 100.0); });
    detail::apply(least, found);
    return found;
  }
  weighted_score<nps_score> operator()(weighted_counts const& counts) const {
    auto found = detail::weighed(counts, nps_score{detail::counted_for_share(counts.answers)});
    count(found, counts.answers);
    if (found.n == 0) return found;
    detail::weighted_base const base(counts);
    auto const moments = base.moments([&](auto point) { return worth(point, better::high); });
    detail::fill(found, moments);
    found.effective_n = base.effective_n();
    found.interval = interval_of(base, moments);
    detail::apply(least, found);
    return found;
  }

  /// What an answer counts in the mean that the score is.
  constexpr std::int64_t worth(std::int64_t point, better) const {
    return point >= promoters.point ? 100 : point <= detractors.point ? -100 : 0;
  }
  maybe<bounded_interval> interval_of(detail::weighted_base const& base,
                                      weighted_moments const& moments) const {
    if constexpr (requires { method.net(effective_net{}, level); }) {
      double const n = moments.design_n;
      auto const share = [&](std::int64_t wanted) {
        return base.moments([&](auto at) { return worth(at, {}) == wanted ? 1 : 0; }).mean;
      };
      return method.net(effective_net{n * share(100), n * share(-100), n}, level)
          .transform([](auto const& ends) { return detail::scaled(ends, 100.0); });
    } else {
      return reason::not_identified;  // resampling needs the weights of single answers
    }
  }

 private:
  constexpr void count(nps_score& found, tally_counts const& counts) const {
    found.promoters = counts.between(promoters.point, counts.high());
    found.detractors = counts.between(counts.low, detractors.point);
    found.passives = counts.n() - found.promoters - found.detractors;
    found.promoter_point = promoters.point;
    found.detractor_point = detractors.point;
  }
};

/// NPS over the scale 0–10. Policies, in any order: an interval method (default `adjusted_wald`),
/// `confidence`, `min_n`, and for another scale or other bands a scale, `promoters_from` and
/// `detractors_to` together; an occasion and a denominator, which decide who may merge.
template <class... Policies>
constexpr auto nps(Policies... policies) {
  static_assert((!detail::answers_one_of<Policies, target_scale> && ...),
                "cxm::nps: NPS is not defined on a rescaled item: its bands would fall elsewhere; "
                "give the scale that was asked");
  static_assert((detail::answers_one_of<Policies, survey_scale, survey_occasion, denominator_choice,
                                        promoter_band, detractor_band, interval_method,
                                        confidence_level, minimum_answers, target_scale> &&
                 ...),
                "cxm::nps: takes a scale, promoters_from, detractors_to, an interval method, "
                "confidence and min_n");
  static_assert(
      detail::no_question_twice<survey_scale, survey_occasion, denominator_choice, promoter_band,
                                detractor_band, interval_method, confidence_level,
                                minimum_answers>::template in<Policies...>,
      "cxm::nps: two policies answer the same question");
  auto const scale = detail::pick<survey_scale>(points<0, 10>{}, policies...);
  using scale_type = std::remove_const_t<decltype(scale)>;
  constexpr bool usual =
      std::same_as<scale_type, points<0, 10>> || std::same_as<scale_type, any_points>;
  constexpr auto bands = detail::answers_to<promoter_band, Policies...> +
                         detail::answers_to<detractor_band, Policies...>;
  static_assert(
      usual || bands == 2,
      "cxm::nps: NPS is defined on 0 to 10; on another scale say promoters_from and detractors_to");
  if (bands != 2 && (scale.low() != 0 || scale.high() != 10 || scale.good_end() != better::high))
    detail::refuse(
        "cxm::nps: NPS is defined on 0 to 10; on another scale say promoters_from and "
        "detractors_to");
  auto const promoters = detail::pick<promoter_band>(promoters_from{9}, policies...);
  auto const detractors = detail::pick<detractor_band>(detractors_to{6}, policies...);
  if (!(scale.low() <= detractors.point && detractors.point < promoters.point &&
        promoters.point <= scale.high()))
    detail::refuse("cxm::nps: the bands must lie on the scale, detractors below promoters");
  auto const interval = detail::pick<interval_method>(adjusted_wald{}, policies...);
  using method = std::remove_const_t<decltype(interval)>;
  static_assert(
      requires(method const& any) { any.net(0, 0, 0, confidence{}); },
      "cxm::nps: this method gives no interval of a net share; adjusted_wald, wald, mover_wilson "
      "and others do");
  nps_reading<method> const reading{promoters, detractors,
                                    detail::pick<confidence_level>(confidence{}, policies...),
                                    detail::pick<minimum_answers>(min_n{1}, policies...), interval};
  return tally(detail::asked_on(scale, policies...), reading);
}

}  // namespace cxm
