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

template <class Range>
homogeneity_test equal_nets(Range const& range) {
  homogeneity_test found;
  found.quantity = "NPS";
  found.test = "Cochran's Q";
  found.effect_size = "I squared";
  double weights = 0;
  double sum = 0;
  double squares = 0;
  for (auto const& element : range) {
    auto const counts = net_of(score_in(element));
    if (counts.n == 0) continue;
    auto const adjusted =
        padded_net(counts.promoters, counts.detractors, counts.n, adjusted_wald::added);
    ++found.groups;
    found.n += counts.n;
    double const weight = 1 / adjusted.variance;
    weights += weight;
    sum += weight * adjusted.net;
    squares += weight * adjusted.net * adjusted.net;
  }
  if (found.groups == 0) return found;
  if (found.groups == 1) return undetermined(found, reason::degenerate);
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
  if constexpr (std::derived_from<score_type, nps_score>) {
    return detail::equal_nets(range);
  } else if constexpr (std::derived_from<score_type, csat_score> ||
                       std::derived_from<score_type, share>) {
    return detail::equal_shares(range);
  } else if constexpr (std::derived_from<score_type, mean_score>) {
    std::vector<mean_estimate> means;
    for (auto const& element : range) means.push_back(detail::mean_of(detail::score_in(element)));
    return equal_means(means);
  } else {
    static_assert(std::same_as<score_type, maybe<std::vector<std::uint64_t>>>,
                  "cxm::homogeneity: takes groups of NPS, CSAT, shares, means or point_counts");
    return detail::equal_counts(range);
  }
}
}  // namespace cxm
