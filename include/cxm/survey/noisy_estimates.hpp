// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// What groups of scores say, each with a variance that is never 0: a group of three answers that
/// happen to agree knows little, not everything. So shrinking, ranking and standardising can weigh
/// groups of any size. The value is the score as it is; the variance is that of the score after
/// adding a few answers: to nets 3/4 promoter, 3/4 detractor and 3/2 passives, as
/// `adjusted_wald`; to shares one success and one failure (Agresti & Caffo, The American
/// Statistician 54 (2000)); to means three answers that scatter as those of all groups do about
/// their own means. Weighted scores count their design n.
#include <cxm/stats/groups.hpp>
#include <cxm/stats/noisy_estimate.hpp>
#include <cxm/survey/detail/weighted_difference.hpp>
#include <cxm/survey/homogeneity.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace cxm {
namespace detail {
template <class Score>
inline constexpr bool is_weighted_score = false;
template <class Score>
inline constexpr bool is_weighted_score<weighted_score<Score>> = true;

/// A score that `noisy_estimates` knows.
template <class Score>
inline constexpr bool can_be_noisy =
    std::derived_from<Score, nps_score> || std::derived_from<Score, csat_score> ||
    std::derived_from<Score, share> || std::derived_from<Score, mean_score>;

template <class Score>
double noisy_variance(Score const& score) requires std::derived_from<Score, nps_score> {
  constexpr auto added = adjusted_wald::added;
  if constexpr (is_weighted_score<Score>)
    return 1e4 * padded_net(effective(score), added).variance;
  else
    return 1e4 * padded_net(score.promoters, score.detractors, score.n, added).variance;
}
inline double noisy_share(double successes, double failures) {
  double const n = successes + failures + 2;
  return (successes + 1) / n * ((failures + 1) / n) / n;
}
template <class Score>
double noisy_variance(Score const& score) {
  if constexpr (is_weighted_score<Score>) {
    auto const counts = effective(score);
    return noisy_share(counts.successes, counts.failures);
  } else if constexpr (requires { score.good; }) {
    return noisy_share(static_cast<double>(score.good), static_cast<double>(score.n - score.good));
  } else {
    return noisy_share(static_cast<double>(score.successes),
                       static_cast<double>(score.n - score.successes));
  }
}

/// A mean as n answers of one deviation.
template <class Score>
effective_mean mean_with_n(Score const& score) {
  if constexpr (is_weighted_score<Score>)
    return effective(score);
  else
    return {*score.value, score.deviation.value_or(0), static_cast<double>(score.n)};
}
/// The variance of answers about the means of their groups; `degenerate` where none scatter.
template <class Range>
maybe<double> variance_within(Range const& range) {
  double squares = 0;
  double df = 0;
  for (auto const& element : range) {
    auto const& score = score_in(element);
    if (!score.value) continue;
    auto const [mean, deviation, n] = detail::mean_with_n(score);
    if (!(n > 1)) continue;
    squares += (n - 1) * deviation * deviation;
    df += n - 1;
  }
  if (!(squares > 0)) return reason::degenerate;
  return squares / df;
}
template <class Range>
std::vector<maybe<noisy_estimate>> noisy_means(Range const& range) {
  constexpr double added = 3;
  auto const within = detail::variance_within(range);
  std::vector<maybe<noisy_estimate>> found;
  for (auto const& element : range) {
    auto const& score = score_in(element);
    if (!score.value) {
      found.emplace_back(score.value.why());
    } else if (!within) {
      found.emplace_back(within.why());
    } else {
      auto const [mean, deviation, n] = detail::mean_with_n(score);
      double const own = n > 1 ? (n - 1) * deviation * deviation : 0.0;
      double const df = n > 1 ? n - 1 : 0.0;
      found.emplace_back(noisy_estimate{mean, (own + added * *within) / (df + added) / n});
    }
  }
  return found;
}
}  // namespace detail

/// The estimates of `range`, a result of `by` or any range of scores of one metric, in its order:
/// NPS in points, shares, means, also weighted. A score without a value has none, for its reason;
/// no mean has one where no group's answers scatter. O(groups).
template <class Range>
std::vector<maybe<noisy_estimate>> noisy_estimates(Range const& range) {
  using score_type = detail::score_of_range<Range>;
  static_assert(detail::can_be_noisy<score_type>,
                "cxm::noisy_estimates: takes groups of NPS, CSAT, shares or means");
  if constexpr (std::derived_from<score_type, mean_score>) {
    return detail::noisy_means(range);
  } else {
    std::vector<maybe<noisy_estimate>> found;
    for (auto const& element : range) {
      auto const& score = detail::score_in(element);
      found.push_back(score.value.transform([&](double value) {
        return noisy_estimate{value, detail::noisy_variance(score)};
      }));
    }
    return found;
  }
}
}  // namespace cxm
