// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Where a table of groups and classes of answers departs from "all groups alike": the standardised
/// residual of each cell, about a normal deviate where they are. |residual| above 2 in a few cells,
/// above 3 in any, is where to look after `independence` has said that there is something to see.
/// And the likelihood-ratio twin of Pearson's test. Sources: Haberman, Biometrics 29 (1973);
/// Agresti, Categorical Data Analysis (2013), sections 3.2 and 3.3.

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/k_groups.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cxm {
namespace detail {

struct table_sums {
  std::vector<double> rows;
  std::vector<double> columns;
  double all = 0;

  table_sums(std::span<std::uint64_t const> table, std::size_t width)
      : rows(table.size() / width), columns(width) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      double const count = static_cast<double>(table[i]);
      rows[i / width] += count;
      columns[i % width] += count;
      all += count;
    }
  }
  double expected(std::size_t cell) const {
    return rows[cell / columns.size()] * (columns[cell % columns.size()] / all);
  }
};

}  // namespace detail

/// (count - expected) / its standard error, cell by cell, for a table as `independence` takes it;
/// `degenerate` where a row or a column holds everything or nothing. O(cells).
inline std::vector<maybe<double>> standardised_residuals(std::span<std::uint64_t const> table,
                                                         std::size_t columns) {
  if (columns == 0 || table.size() % columns != 0)
    detail::refuse("cxm::standardised_residuals: the table is not made of whole rows");
  detail::table_sums const sums(table, columns);
  std::vector<maybe<double>> found(table.size(), reason::degenerate);
  for (std::size_t i = 0; i < table.size(); ++i) {
    double const row = 1 - sums.rows[i / columns] / sums.all;
    double const column = 1 - sums.columns[i % columns] / sums.all;
    double const variance = sums.expected(i) * row * column;
    if (variance > 0)
      found[i] = (static_cast<double>(table[i]) - sums.expected(i)) / std::sqrt(variance);
  }
  return found;
}

/// The likelihood-ratio test of what `independence` tests, G = 2 Σ count ln(count / expected), with
/// its conventions; additive over parts of a table, where Pearson's is not.
inline homogeneity_test likelihood_ratio(std::span<std::uint64_t const> table,
                                         std::size_t columns) {
  homogeneity_test found = independence(table, columns);
  found.test = "likelihood ratio G";
  if (!found.statistic) return found;
  detail::table_sums const sums(table, columns);
  double g = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    double const count = static_cast<double>(table[i]);
    if (count > 0) g += count * std::log(count / sums.expected(i));
  }
  detail::test_by_chi_square(found, g > 0 ? 2 * g : 0.0, *found.degrees_of_freedom);
  return found;
}

}  // namespace cxm
