// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Is the experience the same everywhere? `variance_components(groups)` splits the spread of
/// ratings into a part between groups and a part within them: one-way analysis of variance with
/// random effects, a reading of the exact sums that `by(&contact::touchpoint, on(&contact::rating,
/// moments()))` keeps. The share of the first part is the intraclass correlation ICC(1): 0 where
/// touchpoints are alike, 1 where all that makes answers differ is where they were given.
/// Sources: Searle, Linear Models (1971), for groups of unequal size; Shrout & Fleiss,
/// Psychological Bulletin 86 (1979), for the intraclass correlation and its interval by F, which is
/// exact for groups of one size and normal errors, and an approximation with n₀ for others.
#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/beta.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/interval.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace cxm {
/// The spread between groups and within them.
struct variance_split {
  std::uint64_t groups = 0;  ///< groups with values
  std::uint64_t n = 0;       ///< values in all
  maybe<double> mean = reason::no_data;
  maybe<double> group_size =
      reason::no_data;  ///< n₀: the size of equal groups that are worth these
  maybe<double> mean_square_between = reason::no_data;
  maybe<double> mean_square_within = reason::no_data;
  /// Variance components in squared units. Between is an estimate, which chance can make negative.
  maybe<double> between = reason::no_data;
  maybe<double> within = reason::no_data;
  maybe<double> icc = reason::no_data;    ///< between / (between + within); may be negative
  maybe<double> share = reason::no_data;  ///< the same, never below 0
  maybe<bounded_interval> interval = reason::no_data;  ///< of the share
  /// How far the mean of a group of size n₀ can be relied on: ICC(1, n₀); may be negative.
  maybe<double> reliability = reason::no_data;
  maybe<double> statistic = reason::no_data;  ///< F of no difference between groups
  maybe<double> df_between = reason::no_data;
  maybe<double> df_within = reason::no_data;
  maybe<double> p = reason::no_data;
};

namespace detail {
/// What the analysis of variance needs.
struct variance_sums {
  std::uint64_t groups = 0;
  std::uint64_t n = 0;
  double mean = 0;
  double squared_sizes = 0;  ///< Σ n_i²
  double between = 0;        ///< Σ n_i (m_i − m)²
  double within = 0;         ///< Σ Σ (x − m_i)²
};

/// The components from the mean squares; the degrees of freedom are known to be above 0.
inline void split_variance(variance_split& found, variance_sums const& sums, confidence level) {
  double const k = static_cast<double>(sums.groups);
  double const n = static_cast<double>(sums.n);
  double const size = (n - sums.squared_sizes / n) / (k - 1);
  double const between = sums.between / (k - 1);
  double const within = sums.within / (n - k);
  found.group_size = size;
  found.mean_square_between = between;
  found.mean_square_within = within;
  found.df_between = k - 1;
  found.df_within = n - k;
  found.within = within;
  found.between = (between - within) / size;
  if (!(between > 0 || within > 0)) return;  // all values are the same: nothing to share out
  found.icc = (between - within) / (between + (size - 1) * within);
  found.share = std::max(0.0, *found.icc);
  found.reliability =
      between > 0 ? maybe<double>((between - within) / between) : reason::degenerate;
  if (!(within > 0)) {
    found.interval = bounded_interval{{1, 1}, {1, 1}, "F", level};
    return;
  }
  double const f = between / within;
  found.statistic = f;
  found.p = f_survival(f, k - 1, n - k);
  auto const end = [&](double ratio) { return (ratio - 1) / (ratio + size - 1); };
  auto ends = clip({end(f / f_upper_quantile(level.tail(), k - 1, n - k)),
                    end(f * f_upper_quantile(level.tail(), n - k, k - 1))},
                   share_range);
  ends.method = "F";
  ends.level = level;
  found.interval = ends;
}

inline variance_split split_of(variance_sums const& sums, confidence level) {
  variance_split found{sums.groups, sums.n};
  if (sums.n == 0) return found;
  found.group_size = found.mean_square_between = found.mean_square_within = reason::degenerate;
  found.between = found.within = found.icc = found.share = reason::degenerate;
  found.interval = reason::degenerate;
  found.reliability = found.statistic = found.p = reason::degenerate;
  found.df_between = found.df_within = reason::degenerate;
  found.mean = sums.mean;
  // One group has nothing between, groups of one value each nothing within.
  if (sums.groups >= 2 && sums.n > sums.groups) split_variance(found, sums, level);
  return found;
}

struct group_moments {
  std::uint64_t n;
  double mean;
  double variance;  ///< dividing by n − 1; 0 for one value
};
/// Reads moments(), exact_moments() or mean(…), or a group of by that holds one of them.
template <class Element>
group_moments group_moments_of(Element const& element) {
  if constexpr (requires {
                  element.key;
                  element.result;
                }) {
    return group_moments_of(element.result);
  } else if constexpr (requires { element.variance; }) {
    if (element.n == 0) return {0, 0, 0};
    return {element.n, as_double(*element.mean), element.variance.value_or(0)};
  } else {
    static_assert(
        requires { element.value->value; } || requires { element.deviation; },
        "cxm::variance_components: takes groups of moments(), exact_moments() or mean(scale)");
    if (element.n == 0 || !element.value) return {0, 0, 0};
    double const deviation = element.deviation.value_or(0);
    return {element.n, *element.value, deviation * deviation};
  }
}
}  // namespace detail

/// The variance components of the groups that `by(field, on(value, moments()))` found, or of any
/// range of such results. `degenerate` for fewer than two groups with values, and where no group
/// has two. Policy of the interval: `confidence`. O(groups).
template <class Range>
variance_split variance_components(Range const& groups, confidence level = {}) {
  detail::variance_sums sums;
  std::vector<detail::group_moments> all;
  for (auto const& group : groups) {
    auto const one = detail::group_moments_of(group);
    if (one.n > 0) all.push_back(one);
  }
  double deviations = 0;  // of the group means from the first, so that equal means differ by 0
  for (auto const& one : all) {
    double const n = static_cast<double>(one.n);
    ++sums.groups;
    sums.n += one.n;
    sums.squared_sizes += n * n;
    sums.within += (n - 1) * one.variance;
    deviations += n * (one.mean - all.front().mean);
  }
  if (sums.n > 0) sums.mean = all.front().mean + deviations / static_cast<double>(sums.n);
  for (auto const& one : all) {
    double const apart = (one.mean - all.front().mean) - deviations / static_cast<double>(sums.n);
    sums.between += static_cast<double>(one.n) * apart * apart;
  }
  return detail::split_of(sums, level);
}
}  // namespace cxm
