// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/rng.hpp>
#include <cxm/segment/clustering.hpp>
#include <cxm/segment/detail/kmeans_rounds.hpp>
#include <cxm/segment/kmeans_policies.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// k-means by batches. The usual step, n += 1, c += (x - c) / n, makes each centre the mean of all
/// members that it was given; here that mean is taken from an exact sum, so that rounding errors do
/// not pile up and the order within a batch plays no part.

namespace cxm::detail {

/// The centres after all batches, from these at the start. A centre that was given nobody stays.
template <class Number, class Sums>
std::vector<double> centres_by_batches(kmeans_setting<Number> const& setting,
                                       std::vector<double> start, mini_batch const& how,
                                       random_stream& random) {
  auto const& all = setting.all;
  std::size_t const d = all.dimension(), k = start.size() / d;
  centre_table centres(std::move(start), d);
  tile_labels<Number> nearest(all, setting.frame, setting.kernel);
  fixed_point const form(setting.ranges, d, how.members * how.batches);  // for so many numbers
  Sums sums(form, k, d);
  std::vector<std::uint32_t> rows(how.members);
  tile_memory memory;
  for (std::size_t batch = 0; batch < how.batches; ++batch) {
    for (auto& row : rows) row = all.order()[random.below(all.size())];
    nearest.look_at(centres);
    nearest(rows.data(), rows.size(), memory,
            [&](std::size_t at, std::size_t count, nearest_answer const& answer, std::uint32_t) {
              for (std::size_t r = 0; r < count; ++r)
                sums.add(all[rows[at + r]], answer.label[r], all.weight(rows[at + r]));
            });
    auto flat = centres.flat();
    for (std::size_t c = 0; c < k; ++c)
      for (std::size_t j = 0; j < d && sums.sizes()[c] > 0; ++j) flat[c * d + j] = sums.mean(c, j);
    centres = centre_table(std::move(flat), d);
  }
  return centres.flat();
}

}  // namespace cxm::detail
