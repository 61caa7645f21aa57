// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/rng.hpp>
#include <cxm/segment/detail/distance_draw.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// Where k-means starts. A start of one's own is a struct with `using policy_kind = kmeans_start`
/// that gives k row numbers for (points, k, random_stream).

namespace cxm {

/// The question where the centres start.
struct kmeans_start;

/// k-means++ (D. Arthur and S. Vassilvitskii, 2007), greedy as in their paper's appendix: each
/// further centre is the best of 2 + ⌊ln k⌋ members drawn in proportion to the squared distance
/// from the centres so far, times their weight. The default; `kmeans_plus_plus{1}` is the plain
/// one. O(trials · k · members · features), and 8 bytes a member while it runs.
struct kmeans_plus_plus {
  using policy_kind = kmeans_start;
  std::size_t trials = 0;  ///< draws for each centre; 0: 2 + ⌊ln k⌋, 1: not greedy

  std::vector<std::size_t> operator()(auto const& all, std::size_t k, random_stream& random) const {
    detail::distance_draw draws(all);
    std::vector<std::size_t> chosen = draws.draw(1, random);
    draws.take(chosen.front());
    std::size_t const count = trials_for(k);
    while (chosen.size() < k) {
      auto const candidates = draws.draw(count, random);
      chosen.push_back(candidates[draws.best(candidates)]);
      draws.take(chosen.back());
    }
    return chosen;
  }

 private:
  /// ⌊ln k⌋ by comparing with powers of e, not by a libm that may differ.
  constexpr std::size_t trials_for(std::size_t k) const {
    if (trials > 0) return trials;
    std::size_t count = 2;
    for (double power = 2.718281828459045; power <= static_cast<double>(k); ++count)
      power *= 2.718281828459045;
    return count;
  }
};

/// k members drawn at random, each equally likely, no point twice.
struct random_members {
  using policy_kind = kmeans_start;

  std::vector<std::size_t> operator()(auto const& all, std::size_t k, random_stream& random) const {
    std::vector<std::uint32_t> order = all.order();
    std::vector<std::size_t> chosen;
    for (std::size_t left = order.size(); left > 0 && chosen.size() < k; --left) {
      std::swap(order[random.below(left)], order[left - 1]);
      auto const* point = all[order[left - 1]];
      if (std::none_of(chosen.begin(), chosen.end(), [&](std::size_t row) {
            return std::equal(point, point + all.dimension(), all[row]);
          }))
        chosen.push_back(order[left - 1]);
    }
    return chosen;
  }
};

/// Starts from these centres, each a list of values in the units of the fields. There is nothing to
/// restart then.
struct given_centres {
  using policy_kind = kmeans_start;
  std::vector<std::vector<double>> centres;
};

}  // namespace cxm
