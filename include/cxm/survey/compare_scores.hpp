// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `compare` of two scores of the same metric: their difference, first minus second, with its
/// interval and test. survey/compare.hpp composes these over groups, readings and accumulators.
#include <cxm/core/confidence.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/ranks.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/stats/two_nets.hpp>
#include <cxm/stats/two_shares.hpp>
#include <cxm/survey/bands.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/detail/finite_difference.hpp>
#include <cxm/survey/detail/weighted_difference.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/score.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {
namespace detail {
/// Withholds everything where one side has fewer answers than asked.
template <class Comparison, class... Policies>
Comparison if_enough(Comparison found, Policies const&... policies) {
  auto const least = pick<minimum_answers>(min_n{1}, policies...).answers;
  if (found.first_n == 0 || found.second_n == 0) return found;
  if (found.first_n < least || found.second_n < least)
    static_cast<comparison&>(found) = without(found, reason::below_min_n);
  return found;
}

inline net_counts net_of(nps_score const& score) {
  return {score.promoters, score.detractors, score.n};
}
template <score_of_mean Score>
mean_estimate mean_of(Score const& score) {
  // A score withheld by its own minimum has no mean, though n answers.
  if (!score.value) return {0, 0, 0};
  return {*score.value, score.deviation.value_or(0), score.n};
}
/// Did the metric withhold its numbers already?
inline bool withheld(score const& first, score const& second) {
  return first.value.why() == reason::below_min_n || second.value.why() == reason::below_min_n;
}
}  // namespace detail

/// Two NPS, in points. Policies, in any order: an interval method for nets (default
/// `adjusted_wald`), `confidence`, `min_n` of both.
template <class... Policies>
comparison compare(nps_score const& first, nps_score const& second, Policies... policies) {
  auto const method = detail::pick<interval_method>(adjusted_wald{}, policies...);
  static_assert(
      requires { method.net(0, 0, 0, confidence{}); },
      "cxm::compare: NPS are compared by a method for nets, as adjusted_wald or tango");
  if (detail::of_population_either(first, second))
    return detail::if_enough(
        detail::finite_difference(first, second, detail::level_of(policies...), method),
        policies...);
  auto const found = net_difference(detail::net_of(first), detail::net_of(second),
                                    detail::level_of(policies...), method);
  return detail::in_points(detail::if_enough(found, policies...));
}

/// Two net scores by the same bands, in points. Policies as for NPS.
template <class Shares, class... Policies>
comparison compare(banded_score<Shares> const& first, banded_score<Shares> const& second,
                   Policies... policies) {
  auto const method = detail::pick<interval_method>(adjusted_wald{}, policies...);
  static_assert(
      requires { method.net(0, 0, 0, confidence{}); },
      "cxm::compare: nets are compared by a method for nets, as adjusted_wald or tango");
  if (detail::withheld(first, second))
    return detail::without({first.n, second.n}, reason::below_min_n);
  auto const found =
      net_difference({first.good, first.bad, first.n}, {second.good, second.bad, second.n},
                     detail::level_of(policies...), method);
  auto points = detail::in_units_of(detail::if_enough(found, policies...), 100);
  detail::name_comparison<banded_score<Shares>>(points);
  return points;
}

/// Two shares of true fields. Policies as for NPS, the methods being those of shares (default
/// `wilson`, which gives Newcombe's interval; `miettinen_nurminen`).
template <class... Policies>
comparison compare(share const& first, share const& second, Policies... policies) {
  auto const method = detail::pick<interval_method>(wilson{}, policies...);
  static_assert(
      requires { method.share(0, 0, confidence{}); } ||
          requires { method.share_difference({}, {}, confidence{}); },
      "cxm::compare: shares are compared by a method for shares, as wilson");
  if (detail::of_population_either(first, second))
    return detail::if_enough(
        detail::finite_difference(first, second, detail::level_of(policies...), method),
        policies...);
  auto const found = share_difference({first.successes, first.n}, {second.successes, second.n},
                                      detail::level_of(policies...), method);
  return detail::if_enough(found, policies...);
}

/// Two shares of satisfied answers.
template <class... Policies>
comparison compare(csat_score const& first, csat_score const& second, Policies... policies) {
  auto const counted = [](csat_score const& of) {
    share found{of.good, of.n};
    found.population = of.population;
    return found;
  };
  auto found = cxm::compare(counted(first), counted(second), policies...);
  found.quantity = "CSAT";
  return found;
}

/// Two means, also of effort, indices and valences, in points of the scale: `welch` (default) or
/// `pooled`.
template <detail::score_of_mean Score, class... Policies>
requires(!detail::weighted_result<Score>) comparison
    compare(Score const& first, Score const& second, Policies... policies) {
  auto const method = detail::pick<interval_method>(welch{}, policies...);
  static_assert(
      requires { method.terms({}, {}); }, "cxm::compare: means are compared by welch or pooled");
  if (detail::withheld(first, second))
    return detail::without({first.n, second.n}, reason::below_min_n);
  if (detail::of_population_either(first, second))
    return detail::if_enough(
        detail::finite_difference(first, second, detail::level_of(policies...)), policies...);
  auto const found = mean_difference(detail::mean_of(first), detail::mean_of(second),
                                     detail::level_of(policies...), method);
  return detail::if_enough(found, policies...);
}

/// Two scores of weighted answers, as if each had been given by `design_n` people of equal weight,
/// or of clusters, with t in the place of z for as many degrees of freedom as these give. Policies
/// as for the plain scores; means are compared by `welch`. Two such results are taken for those of
/// different clusters: where clusters are on both sides, as accounts that answered in both
/// quarters, compare the accumulators, `clustered(…)` themselves, which know.
template <detail::weighted_result Score, class... Policies>
comparison compare(Score const& first, Score const& second, Policies... policies) {
  comparison found{first.n, second.n};
  if (first.n == 0 || second.n == 0) return found;
  if (!first.value || !second.value) return detail::without(found, reason::below_min_n);
  if (!first.design_n || !second.design_n) return detail::without(found, reason::degenerate);
  return detail::if_enough(detail::difference_of(found, first, second, policies...), policies...);
}
/// A weighted score and a plain one, or one of clusters, are two metrics.
template <class First, class Second, class... Policies>
requires(!std::same_as<First, Second> && std::derived_from<First, score> &&
         std::derived_from<Second, score> &&
         (detail::weighted_result<First> || detail::weighted_result<Second>)) comparison
    compare(First const&, Second const&, Policies...) {
  static_assert(sizeof(First) == 0,
                "cxm::compare: a weighted score is compared with another weighted one");
  return {};
}

/// Two counts a point, as `point_counts` reads them, by ranks. The higher point is above, whichever
/// end of the scale is good.
template <class... Policies>
rank_comparison compare(maybe<std::vector<std::uint64_t>> const& first,
                        maybe<std::vector<std::uint64_t>> const& second, Policies... policies) {
  if (!first || !second) {
    rank_comparison none;
    static_cast<comparison&>(none) = detail::without(none, first ? second.why() : first.why());
    return none;
  }
  return detail::if_enough(mann_whitney(*first, *second, detail::level_of(policies...)),
                           policies...);
}

}  // namespace cxm
