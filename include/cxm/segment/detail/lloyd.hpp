// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/exact_sum.hpp>
#include <cxm/segment/detail/centre_table.hpp>
#include <cxm/segment/detail/points.hpp>
#include <cxm/segment/kmeans_policies.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Lloyd's rounds: every member to its exactly nearest centre, every centre to the mean of its
/// members. The sums behind the means are exact, so a member that moves is taken out of one and
/// added to the other without a trace: after the first round only those who move cost anything.

namespace cxm::detail {

/// What one start of k-means came to. `centres` and `labels` belong together: each label is that of
/// the nearest centre, and if `converged` each centre is the mean of its members.
struct clustering {
  std::vector<double> centres;
  std::vector<std::uint32_t> labels;
  std::vector<std::uint64_t> sizes;
  double inertia = 0;
  std::uint64_t rounds = 0;
  bool converged = false;
};

class lloyd {
 public:
  lloyd(points const& all, std::vector<double> centres)
      : points_(all),
        centres_(std::move(centres), all.dimension()),
        labels_(all.size(), none),
        sizes_(centres_.size()),
        sums_(centres_.size() * all.dimension()) {}

  template <class Stop, class Empty>
  clustering run(Stop const& stop, Empty const& empty) && {
    for (kmeans_progress now{1, 0, points_.size()};; ++now.round) {
      now.changed = assign();
      if (stop(now)) return std::move(*this).result(now);
      treat_empty(empty);
      move_centres();
    }
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;

  /// Labels all members anew; gives the number of those whose label changed.
  std::size_t assign() {
    std::size_t changed = 0;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      auto const label = centres_.nearest(points_[i]);
      if (label == labels_[i]) continue;
      relabel(i, label);
      ++changed;
    }
    return changed;
  }
  void relabel(std::size_t row, std::uint32_t label) {
    if (labels_[row] != none) {
      --sizes_[labels_[row]];
      auto* sums = sums_.data() + labels_[row] * points_.dimension();
      for (std::size_t j = 0; j < points_.dimension(); ++j) sums[j].subtract(points_[row][j]);
    }
    labels_[row] = label;
    ++sizes_[label];
    auto* sums = sums_.data() + label * points_.dimension();
    for (std::size_t j = 0; j < points_.dimension(); ++j) sums[j].add(points_[row][j]);
  }
  void move_centres() {
    std::size_t const d = points_.dimension();
    std::vector<double> flat(sums_.size());
    for (std::size_t c = 0; c < sizes_.size(); ++c)
      for (std::size_t j = 0; j < d; ++j)
        flat[c * d + j] = *sums_[c * d + j].value() / static_cast<double>(sizes_[c]);
    centres_ = centre_table(std::move(flat), d);
  }

  template <class Empty>
  void treat_empty(Empty const&) {
    if constexpr (std::is_same_v<Empty, reseed_farthest>) {
      for (std::size_t c = 0; c < sizes_.size(); ++c)
        if (sizes_[c] == 0) take_farthest(static_cast<std::uint32_t>(c));
    } else {
      static_assert(
          std::is_same_v<Empty, drop_empty>,
          "cxm::kmeans: an empty cluster can be treated by reseed_farthest or drop_empty");
    }
    drop();
  }
  /// Of several equally far members the first in canonical order moves. If all sit on their
  /// centres, none does, and the cluster will be dropped.
  void take_farthest(std::uint32_t cluster) {
    double farthest = 0;
    std::size_t at = points_.size();
    for (auto const row : points_.order()) {
      if (sizes_[labels_[row]] < 2) continue;
      double const distance =
          squared_distance(points_[row], centres_[labels_[row]], points_.dimension());
      if (distance > farthest) {
        farthest = distance;
        at = row;
      }
    }
    if (at < points_.size()) relabel(at, cluster);
  }
  /// Forgets the clusters without members.
  void drop() {
    std::size_t const d = points_.dimension();
    std::vector<std::uint32_t> becomes(sizes_.size());
    std::vector<double> flat;
    std::uint32_t kept = 0;
    for (std::size_t c = 0; c < sizes_.size(); ++c) {
      becomes[c] = kept;
      if (sizes_[c] == 0) continue;
      flat.insert(flat.end(), centres_[c], centres_[c] + d);
      std::move(sums_.begin() + static_cast<std::ptrdiff_t>(c * d),
                sums_.begin() + static_cast<std::ptrdiff_t>((c + 1) * d),
                sums_.begin() + static_cast<std::ptrdiff_t>(kept * d));
      sizes_[kept++] = sizes_[c];
    }
    if (kept == sizes_.size()) return;
    sizes_.resize(kept);
    sums_.resize(kept * d);
    for (auto& label : labels_) label = becomes[label];
    centres_ = centre_table(std::move(flat), d);
  }

  clustering result(kmeans_progress const& now) && {
    drop();
    exact_sum inertia;
    for (std::size_t i = 0; i < points_.size(); ++i)
      inertia.add(squared_distance(points_[i], centres_[labels_[i]], points_.dimension()));
    return {centres_.flat(),  std::move(labels_), std::move(sizes_),
            *inertia.value(), now.round,          now.changed == 0};
  }

  points const& points_;
  centre_table centres_;
  std::vector<std::uint32_t> labels_;
  std::vector<std::uint64_t> sizes_;
  std::vector<exact_sum> sums_;
};

/// Numbers the clusters by size, the largest first, those of one size by their centres.
inline void put_in_order(clustering& found, std::size_t dimension) {
  std::size_t const k = found.sizes.size();
  auto const centre = [&](std::size_t c) { return found.centres.data() + c * dimension; };
  std::vector<std::uint32_t> order(k);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (found.sizes[a] != found.sizes[b]) return found.sizes[a] > found.sizes[b];
    return std::lexicographical_compare(centre(a), centre(a) + dimension, centre(b),
                                        centre(b) + dimension);
  });
  std::vector<double> centres;
  std::vector<std::uint64_t> sizes;
  std::vector<std::uint32_t> becomes(k);
  for (std::uint32_t place = 0; place < k; ++place) {
    becomes[order[place]] = place;
    sizes.push_back(found.sizes[order[place]]);
    centres.insert(centres.end(), centre(order[place]), centre(order[place]) + dimension);
  }
  for (auto& label : found.labels) label = becomes[label];
  found.centres = std::move(centres);
  found.sizes = std::move(sizes);
}

}  // namespace cxm::detail
