// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Are k groups alike? One test for all, before pairs are looked at: Pearson's chi-square for
/// shares and whole distributions of answers, Welch's F for means with spreads of their own,
/// Kruskal and Wallis for ranks. Groups without answers do not count. Sources: Pearson,
/// Philosophical Magazine 50 (1900); Cramér, Mathematical Methods of Statistics (1946); Welch,
/// Biometrika 38 (1951); Kruskal & Wallis, JASA 47 (1952).
#include <cxm/core/maybe.hpp>
#include <cxm/stats/beta.hpp>
#include <cxm/stats/chi_square.hpp>
#include <cxm/stats/two_means.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cxm {
/// The test that k groups are alike.
struct homogeneity_test {
  std::uint64_t groups = 0;  ///< groups with answers
  std::uint64_t n = 0;       ///< answers in all
  maybe<double> statistic = reason::no_data;
  maybe<double> degrees_of_freedom = reason::no_data;
  maybe<double> denominator_degrees_of_freedom = reason::no_data;  ///< of an F test
  maybe<double> p = reason::no_data;
  maybe<double> effect = reason::no_data;  ///< its size in 0..1: Cramér's V, or epsilon squared
  std::string_view quantity{};             ///< what is compared
  std::string_view test{};                 ///< whose statistic it is
  std::string_view effect_size{};          ///< which effect
};

namespace detail {
inline homogeneity_test undetermined(homogeneity_test found, reason why) {
  found.statistic = found.degrees_of_freedom = found.denominator_degrees_of_freedom = why;
  found.p = found.effect = why;
  return found;
}
inline void test_by_chi_square(homogeneity_test& found, double statistic, double df) {
  found.statistic = statistic;
  found.degrees_of_freedom = df;
  found.denominator_degrees_of_freedom = reason::degenerate;
  found.p = chi_square_survival(statistic, df);
}
}  // namespace detail

/// Pearson's test that the rows of a table (a group a row, `columns` classes of answers) have the
/// same distribution. Rows and columns without answers are left out; `degenerate` if fewer than two
/// rows or columns remain. O(cells).
inline homogeneity_test independence(std::span<std::uint64_t const> table, std::size_t columns) {
  if (columns == 0 || table.size() % columns != 0) {
    detail::refuse("cxm::independence: the table is not made of whole rows");
  }
  std::size_t const rows = table.size() / columns;
  std::vector<double> row(rows);
  std::vector<double> column(columns);
  homogeneity_test found;
  found.quantity = "shares";
  found.test = "Pearson's chi-square";
  found.effect_size = "Cramer's V";
  for (std::size_t i = 0; i < table.size(); ++i) {
    row[i / columns] += static_cast<double>(table[i]);
    column[i % columns] += static_cast<double>(table[i]);
    found.n += table[i];
  }
  auto const used = [](double sum) { return sum > 0; };
  found.groups = static_cast<std::uint64_t>(std::count_if(row.begin(), row.end(), used));
  double const classes = static_cast<double>(std::count_if(column.begin(), column.end(), used));
  if (found.n == 0) return found;
  if (found.groups < 2 || classes < 2) return detail::undetermined(found, reason::degenerate);
  double const n = static_cast<double>(found.n);
  double statistic = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    double const expected = row[i / columns] * column[i % columns] / n;
    double const rest = static_cast<double>(table[i]) - expected;
    if (expected > 0) statistic += rest * rest / expected;
  }
  double const groups = static_cast<double>(found.groups);
  detail::test_by_chi_square(found, statistic, (groups - 1) * (classes - 1));
  found.effect = std::sqrt(std::min(1.0, statistic / n / (std::min(groups, classes) - 1)));
  return found;
}

/// Welch's test that k means are equal. Groups with fewer than two values can't enter (their spread
/// is unknown) and are left out of `groups` and `n`; `degenerate` where one has no spread.
inline homogeneity_test equal_means(std::span<mean_estimate const> means) {
  homogeneity_test found;
  found.quantity = "means";
  found.test = "Welch's F";
  double weights = 0;
  double sum = 0;
  bool spread = true;
  auto const weight = [](mean_estimate const& group) {
    return static_cast<double>(group.n) / (group.deviation * group.deviation);
  };
  for (auto const& group : means) {
    if (group.n < 2) continue;
    ++found.groups;
    found.n += group.n;
    spread = spread && group.deviation > 0;
    weights += weight(group);
    sum += weight(group) * group.mean;
  }
  if (found.groups == 0) return found;
  if (found.groups < 2 || !spread) return detail::undetermined(found, reason::degenerate);
  double const k = static_cast<double>(found.groups);
  double between = 0;
  double lambda = 0;
  for (auto const& group : means) {
    if (group.n < 2) continue;
    double const rest = group.mean - sum / weights;
    double const free = 1 - weight(group) / weights;
    between += weight(group) * rest * rest;
    lambda += free * free / static_cast<double>(group.n - 1);
  }
  double const statistic = between / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * lambda);
  double const below = (k * k - 1) / (3 * lambda);
  found.statistic = statistic;
  found.degrees_of_freedom = k - 1;
  found.denominator_degrees_of_freedom = below;
  found.p = f_survival(statistic, k - 1, below);
  found.effect = reason::degenerate;
  return found;
}

/// Kruskal and Wallis's test that k groups have the same distribution, by ranks with ties. The
/// table is as for `independence`, the columns being the values in order. Effect: epsilon squared,
/// H / (n - 1).
inline homogeneity_test equal_ranks(std::span<std::uint64_t const> table, std::size_t columns) {
  if (columns == 0 || table.size() % columns != 0) {
    detail::refuse("cxm::equal_ranks: the table is not made of whole rows");
  }
  std::size_t const rows = table.size() / columns;
  std::vector<double> sizes(rows);
  std::vector<double> ranks(rows);
  homogeneity_test found;
  found.quantity = "ranks";
  found.test = "Kruskal-Wallis H";
  found.effect_size = "epsilon squared";
  for (auto const count : table) found.n += count;
  if (found.n == 0) return found;
  double const n = static_cast<double>(found.n);
  double below = 0;
  double ties = 0;
  for (std::size_t column = 0; column < columns; ++column) {
    double tied = 0;
    for (std::size_t i = 0; i < rows; ++i) tied += static_cast<double>(table[i * columns + column]);
    for (std::size_t i = 0; i < rows; ++i) {
      double const count = static_cast<double>(table[i * columns + column]);
      sizes[i] += count;
      ranks[i] += count * (below + tied / 2 - n / 2);  // the midrank, less the mean rank
    }
    below += tied;
    ties += tied * (tied - 1) * (tied + 1);
  }
  double between = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    if (!(sizes[i] > 0)) continue;
    ++found.groups;
    between += ranks[i] * ranks[i] / sizes[i];
  }
  double const spread = n * (n - 1) * (n + 1) - ties;
  if (found.groups < 2 || !(spread > 0)) return detail::undetermined(found, reason::degenerate);
  double const statistic = 12 * between * (n - 1) / spread;
  detail::test_by_chi_square(found, statistic, static_cast<double>(found.groups) - 1);
  found.effect = std::min(1.0, statistic / (n - 1));
  return found;
}
}  // namespace cxm
