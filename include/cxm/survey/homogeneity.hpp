// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `homogeneity(groups)`: are the scores of several groups alike? One test for all, before pairs
/// are compared: the result of `by`, or any range of scores of one metric. Shares: Pearson's
/// chi-square; means: Welch's F; counts of points: Kruskal and Wallis; NPS: the weighted squares of
/// the distances from the common net, Q = Σ (m_i - m)² / v_i, with each group's net and variance
/// adjusted as in its interval, so that unanimous groups have a variance.
/// Source of Q: Cochran, Biometrics 10 (1954).
#include <cxm/stats/k_groups.hpp>
#include <cxm/survey/compare.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace cxm {
namespace detail {
/// The score of a group, or the score itself.
template <class Element>
auto const& score_in(Element const& element) {
  if constexpr (requires {
                  element.result;
                  element.key;
                })
    return element.result;
  else
    return element;
}
template <class Range>
using score_of_range =
    std::remove_cvref_t<decltype(score_in(*std::declval<Range const&>().begin()))>;

/// Has it what a group needs?
template <class Score>
bool enters(Score const& score) {
  if constexpr (weighted_result<Score>)
    return score.value && score.design_n;
  else
    return score.n > 0;
}

template <class Range>
homogeneity_test equal_nets(Range const& range) {
  homogeneity_test found;
  found.quantity = std::derived_from<score_of_range<Range>, nps_score> ? "NPS" : "net score";
  found.test = "Cochran's Q";
  found.effect_size = "I squared";
  double weights = 0;
  double sum = 0;
  double squares = 0;
  bool certain = false;  // all of a population have answered
  for (auto const& element : range) {
    auto const& score = score_in(element);
    if (!enters(score)) continue;
    auto const adjusted = padded_net(effective(score), adjusted_wald::added, confidence{});
    ++found.groups;
    found.n += score.n;
    certain = certain || !(adjusted.variance > 0);
    double const weight = 1 / adjusted.variance;
    weights += weight;
    sum += weight * adjusted.net;
    squares += weight * adjusted.net * adjusted.net;
  }
  if (found.groups == 0) return found;
  if (found.groups == 1 || certain) return undetermined(found, reason::degenerate);
  double const q = std::max(0.0, squares - sum * (sum / weights));
  double const df = static_cast<double>(found.groups) - 1;
  test_by_chi_square(found, q, df);
  found.effect = q > df ? (q - df) / q : 0.0;  // Higgins's I²: the part that is no chance
  return found;
}

template <class Range>
homogeneity_test equal_shares(Range const& range) {
  std::vector<std::uint64_t> table;
  for (auto const& element : range) {
    auto const& score = score_in(element);
    std::uint64_t good = 0;
    if constexpr (requires { score.good; })
      good = score.good;
    else
      good = score.successes;
    table.push_back(good);
    table.push_back(score.n - good);
  }
  return independence(table, 2);
}

/// Shares that are more than counts: Σ (p_i - p)² / v_i with the variance p (1 - p) / n_i that all
/// groups would have if they were alike, n_i being the design n.
template <class Range>
homogeneity_test equal_effective_shares(Range const& range) {
  homogeneity_test found;
  double n = 0, sum = 0, squares = 0;
  for (auto const& element : range) {
    auto const& score = score_in(element);
    if (!enters(score)) continue;
    auto const side = effective(score);
    if (!(side.finite > 0)) return undetermined(found, reason::degenerate);
    double const size = side.counts.n() / side.squared(1);
    double const p = side.counts.successes / side.counts.n();
    ++found.groups;
    found.n += score.n;
    n += size;
    sum += size * p;
    squares += size * p * p;
  }
  if (found.groups == 0) return found;
  double const pooled = sum / n;
  if (found.groups == 1 || !(pooled > 0 && pooled < 1))
    return undetermined(found, reason::degenerate);
  double const statistic = std::max(0.0, (squares - sum * pooled) / (pooled * (1 - pooled)));
  test_by_chi_square(found, statistic, static_cast<double>(found.groups) - 1);
  found.effect = std::sqrt(std::min(1.0, statistic / n));
  return found;
}
template <class Range>
bool any_population(Range const& range) {
  for (auto const& element : range)
    if (score_in(element).population) return true;
  return false;
}

template <class Range>
homogeneity_test equal_counts(Range const& range) {
  std::vector<std::uint64_t> table;
  std::size_t points = 0;
  for (auto const& element : range) {
    auto const& counts = score_in(element);
    if (!counts) continue;
    require_same(points == 0 || points == counts->size(),
                 "cxm::homogeneity: the groups are counted on different scales");
    points = counts->size();
    table.insert(table.end(), counts->begin(), counts->end());
  }
  return points == 0 ? homogeneity_test{} : equal_ranks(table, points);
}
}  // namespace detail

/// The test that all scores of `range` are equal. O(groups · points).
template <class Range>
homogeneity_test homogeneity(Range const& range) {
  using score_type = detail::score_of_range<Range>;
  if constexpr (detail::score_of_net<score_type>) {
    return detail::equal_nets(range);
  } else if constexpr (std::derived_from<score_type, csat_score> ||
                       std::derived_from<score_type, share>) {
    if (detail::weighted_result<score_type> || detail::any_population(range))
      return detail::equal_effective_shares(range);
    return detail::equal_shares(range);
  } else if constexpr (detail::score_of_mean<score_type>) {
    static_assert(!detail::weighted_result<score_type>,
                  "cxm::homogeneity: weighted means are compared in pairs, by cxm::compare");
    std::vector<mean_estimate> means;
    for (auto const& element : range) {
      auto const& score = detail::score_in(element);
      means.push_back(detail::mean_of(score));
      means.back().deviation *= detail::finite_factor(score);
    }
    return equal_means(means);
  } else {
    static_assert(std::same_as<score_type, maybe<std::vector<std::uint64_t>>>,
                  "cxm::homogeneity: takes groups of NPS, CSAT, shares, means or point_counts");
    return detail::equal_counts(range);
  }
}
}  // namespace cxm
