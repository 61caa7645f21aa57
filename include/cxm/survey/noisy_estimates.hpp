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
/// That is the variance for shrinking. Where the estimate itself is not pulled to the middle, as in
/// a ranking of raw scores, the added answers must not count as knowledge: `own_answers`.
/// Groups are taken for independent, and the estimates do not say how they go together. Where the
/// clusters of clustered scores answer in several groups, as accounts in several channels,
/// shrinking and ranking know the error of each group, but not that of their differences.
#include <cxm/core/policy.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/noisy_estimate.hpp>
#include <cxm/survey/detail/weighted_difference.hpp>
#include <cxm/survey/homogeneity.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
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
inline constexpr bool can_be_noisy = score_with_n<Score>;

/// The value of a score of which it is known how many answers it is worth.
template <class Score>
maybe<double> known_value(Score const& score) {
  if constexpr (weighted_result<Score>)
    if (score.value && !score.design_n) return score.design_n.why();
  return score.value;
}

/// The variance of one answer after adding some, and of how many answers the score is, with and
/// without those.
struct noisy_answers {
  double variance;
  double n;
  double added;
};
inline noisy_answers with_added(effective_net const& of) {
  constexpr auto added = adjusted_wald::added;
  return {padded_net(of, added).variance * (of.n + added.total), of.n, added.total};
}
inline noisy_answers with_added(effective_share const& of) {
  double const n = of.n() + 2;
  return {(of.successes + 1) / n * ((of.failures + 1) / n), of.n(), 2};
}
template <class Score>
noisy_answers noisy_answers_of(Score const& score) {
  auto const of = effective(score);
  auto found = detail::with_added(of.counts);
  found.variance = of.squared(found.variance);
  return found;
}

/// A mean as n answers of one deviation.
template <class Score>
effective_mean mean_with_n(Score const& score) {
  auto const of = effective(score);
  auto found = of.counts;
  found.deviation *= of.finite;
  return found;
}
/// The variance of answers about the means of their groups; `degenerate` where none scatter.
template <class Range>
maybe<double> variance_within(Range const& range) {
  double squares = 0;
  double df = 0;
  for (auto const& element : range) {
    auto const& score = score_in(element);
    if (!known_value(score)) continue;
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
    if (auto const value = known_value(score); !value) {
      found.emplace_back(value.why());
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

/// The question which answers count as knowledge of a group.
struct known_answers;
/// Those it has and those that were added: the variance of the adjusted score. Default.
struct added_too {
  using policy_kind = known_answers;
  static constexpr double divisor(double n, double added) noexcept { return n + added; }
};
/// Its own, less one for the mean that is estimated too. Intervals value ± z · error of sums and
/// differences then keep 94 % and more, down to single answers a group (simulated).
struct own_answers {
  using policy_kind = known_answers;
  static constexpr double divisor(double n, double) noexcept { return n < 2 ? n / 2 : n - 1; }
};

/// The estimates of `range`, a result of `by` or any range of scores of one metric, in its order:
/// nets in points (NPS, bands), shares, means (also indices and valences), also weighted. A score
/// without a value has none, for its reason; no mean has one where no group's answers scatter.
/// Policies: `added_too` or `own_answers`, which is the same for means. O(groups).
template <class Range, class Known = added_too>
std::vector<maybe<noisy_estimate>> noisy_estimates(Range const& range, Known known = {}) {
  using score_type = detail::score_of_range<Range>;
  static_assert(detail::can_be_noisy<score_type>,
                "cxm::noisy_estimates: takes groups of nets, shares or means, as NPS, bands, CSAT");
  static_assert(answers<Known, known_answers>,
                "cxm::noisy_estimates: takes added_too or own_answers");
  if constexpr (detail::score_of_mean<score_type>) {
    return detail::noisy_means(range);
  } else {
    constexpr double points = detail::score_of_net<score_type> ? 100 : 1;
    std::vector<maybe<noisy_estimate>> found;
    for (auto const& element : range) {
      auto const& score = detail::score_in(element);
      found.push_back(detail::known_value(score).transform([&](double value) {
        auto const [variance, n, added] = detail::noisy_answers_of(score);
        return noisy_estimate{value, points * points * variance / known.divisor(n, added)};
      }));
    }
    return found;
  }
}
}  // namespace cxm
