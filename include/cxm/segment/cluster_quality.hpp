// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/detail/points.hpp>
#include <cxm/segment/features.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// How good a segmentation is by the sums of squares of any labelling, k-means or not: within and
/// between, the index of T. Caliński and J. Harabasz (1974), and that of D. Davies and D. Bouldin
/// (1979). The silhouette has a header of its own.

namespace cxm {

/// Measures of a segmentation, of the features as they are clustered.
struct cluster_quality {
  std::uint64_t n = 0;                      ///< members in segments
  std::uint64_t k = 0;                      ///< segments that have members
  maybe<double> within = reason::no_data;   ///< squared distances to the means of the segments
  maybe<double> between = reason::no_data;  ///< of these means to the mean of all, times the sizes
  /// (between / (k - 1)) / (within / (n - k)), the larger the better; degenerate unless 1 < k < n
  /// and something is left within.
  maybe<double> calinski_harabasz = reason::no_data;
  /// The mean over segments of the worst (s_a + s_b) / d_ab, s being the mean distance to the own
  /// mean and d the distance of two means: the smaller the better; degenerate for one segment, and
  /// where two means coincide.
  maybe<double> davies_bouldin = reason::no_data;
};

namespace detail {

/// The means of the labelled rows, segments without members left out.
inline std::vector<std::vector<double>> segment_means(real_points const& all,
                                                      std::vector<std::uint32_t>& labels,
                                                      std::vector<std::uint64_t>& sizes) {
  std::size_t const d = all.dimension();
  std::uint32_t k = 0;
  for (auto const label : labels)
    if (label != no_segment) k = std::max(k, label + 1);
  std::vector<exact_sum> sums(k * d);
  std::vector<std::uint64_t> count(k);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == no_segment) continue;
    ++count[labels[i]];
    for (std::size_t j = 0; j < d; ++j) sums[labels[i] * d + j].add(all[i][j]);
  }
  std::vector<std::vector<double>> means;
  std::vector<std::uint32_t> becomes(k);
  for (std::size_t c = 0; c < k; ++c) {
    becomes[c] = static_cast<std::uint32_t>(means.size());
    if (count[c] == 0) continue;
    sizes.push_back(count[c]);
    means.emplace_back();
    for (std::size_t j = 0; j < d; ++j)
      means.back().push_back(*sums[c * d + j].value() / static_cast<double>(count[c]));
  }
  for (auto& label : labels)
    if (label != no_segment) label = becomes[label];
  return means;
}

/// The worst neighbour of each segment, on average.
inline maybe<double> davies_bouldin(std::vector<std::vector<double>> const& means,
                                    std::vector<double> const& spread) {
  std::size_t const k = means.size();
  if (k < 2) return reason::degenerate;
  double sum = 0;
  for (std::size_t a = 0; a < k; ++a) {
    double worst = 0;
    for (std::size_t b = 0; b < k; ++b) {
      if (a == b) continue;
      double const apart =
          std::sqrt(squared_distance(means[a].data(), means[b].data(), means[a].size()));
      if (!(apart > 0)) return reason::degenerate;
      worst = std::max(worst, (spread[a] + spread[b]) / apart);
    }
    sum += worst;
  }
  return sum / static_cast<double>(k);
}

inline cluster_quality quality_of(real_points const& all, std::vector<std::uint32_t> labels) {
  cluster_quality found;
  std::vector<std::uint64_t> sizes;
  auto const means = segment_means(all, labels, sizes);
  std::size_t const d = all.dimension(), k = means.size();
  found.k = k;
  for (auto const size : sizes) found.n += size;
  if (found.n == 0) return found;
  std::vector<double> centre(d), spread(k);
  for (std::size_t j = 0; j < d; ++j) {
    exact_sum sum;
    for (std::size_t i = 0; i < labels.size(); ++i)
      if (labels[i] != no_segment) sum.add(all[i][j]);
    centre[j] = *sum.value() / static_cast<double>(found.n);
  }
  double within = 0, between = 0;
  for (auto const row : all.order()) {
    if (labels[row] == no_segment) continue;
    double const square = squared_distance(all[row], means[labels[row]].data(), d);
    within += square;
    spread[labels[row]] += std::sqrt(square);
  }
  for (std::size_t c = 0; c < k; ++c) {
    auto const size = static_cast<double>(sizes[c]);
    between += size * squared_distance(means[c].data(), centre.data(), d);
    spread[c] /= size;
  }
  found.within = within;
  found.between = between;
  found.davies_bouldin = davies_bouldin(means, spread);
  found.calinski_harabasz = reason::degenerate;
  if (k > 1 && k < found.n && within > 0)
    found.calinski_harabasz =
        between / static_cast<double>(k - 1) / (within / static_cast<double>(found.n - k));
  return found;
}

}  // namespace detail

/// The quality of the segmentation `labels`, one for each row of the table, `no_segment` for none.
/// O(rows · features + segments² · features). Throws `std::invalid_argument` for another number of
/// labels than rows, or a label beyond their number.
template <class... Fields>
cluster_quality quality(feature_table<Fields...> const& table,
                        std::vector<std::uint32_t> const& labels) {
  if (labels.size() != table.rows())
    detail::refuse("cxm::quality: needs one label for each row; a loaded model has none");
  for (auto const label : labels)
    if (label != no_segment && label >= labels.size())
      detail::refuse("cxm::quality: more segments than rows");
  return detail::quality_of({table.scaled().data(), table.rows(), table.recipe().size()}, labels);
}

}  // namespace cxm
