// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/segment/gower.hpp>
#include <cxm/segment/kmeans_policies.hpp>
#include <cxm/segment/ordinal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

/// \file
/// k-prototypes (Z. Huang, 1998): k-means for numbers and names together. The centre of a segment
/// has the means of its numbers and the most frequent of its names; each name that differs costs γ.

namespace cxm {

/// The question what a different name costs.
struct mismatch_cost;
/// γ. Without it: half the mean variance of the numbers; 1 where there are none.
struct mismatch_weight {
  using policy_kind = mismatch_cost;
  double gamma = 1;
};

struct prototype_clustering {
  std::vector<std::vector<double>> prototypes{};  ///< fewer than k where fewer rows differ
  std::vector<std::uint32_t> labels{};
  std::vector<std::uint64_t> sizes{};  ///< the largest segment first
  double cost = 0;
  double gamma = 0;
  bool converged = false;
};

namespace detail {

class prototype_search {
 public:
  using rows = std::vector<std::vector<double>>;
  prototype_search(rows const& all, std::vector<feature_kind> const& kinds, double gamma)
      : all_(all), kinds_(kinds), gamma_(gamma) {}

  double apart(std::vector<double> const& a, std::vector<double> const& b) const {
    double squares = 0, differ = 0;
    for (std::size_t f = 0; f < kinds_.size(); ++f) {
      if (numeric(f))
        squares += (a[f] - b[f]) * (a[f] - b[f]);
      else
        differ += a[f] != b[f];
    }
    return squares + gamma_ * differ;
  }
  prototype_clustering from(rows prototypes) const {
    prototype_clustering found{std::move(prototypes), {}, {}, 0, gamma_, false};
    for (int round = 0; round < 300 && !found.converged; ++round) {
      auto const before = found.labels;
      assign(found);
      found.converged = before == found.labels;
      if (!found.converged) move(found);
    }
    return found;
  }

 private:
  bool numeric(std::size_t f) const {
    return kinds_[f] == feature_kind::number || kinds_[f] == feature_kind::ranked;
  }
  void assign(prototype_clustering& found) const {
    found.labels.assign(all_.size(), 0);
    found.sizes.assign(found.prototypes.size(), 0);
    found.cost = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      double least = apart(all_[i], found.prototypes[0]);
      for (std::uint32_t c = 1; c < found.prototypes.size(); ++c)
        if (double const one = apart(all_[i], found.prototypes[c]); one < least) {
          least = one;
          found.labels[i] = c;
        }
      found.cost += least;
      ++found.sizes[found.labels[i]];
    }
  }
  /// An empty segment keeps its prototype. Of names equally frequent the lowest is taken.
  void move(prototype_clustering& found) const {
    for (std::size_t c = 0; c < found.prototypes.size(); ++c) {
      if (found.sizes[c] == 0) continue;
      for (std::size_t f = 0; f < kinds_.size(); ++f) {
        std::map<double, std::uint64_t> counts;
        double sum = 0;
        for (std::size_t i = 0; i < all_.size(); ++i) {
          if (found.labels[i] != c) continue;
          sum += all_[i][f];
          if (!numeric(f)) ++counts[all_[i][f]];
        }
        found.prototypes[c][f] =
            numeric(f) ? sum / static_cast<double>(found.sizes[c])
                       : std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) {
                           return a.second < b.second;
                         })->first;
      }
    }
  }

  rows const& all_;
  std::vector<feature_kind> const& kinds_;
  double gamma_;
};

/// Half the mean variance of the numbers.
inline double usual_mismatch(std::vector<std::vector<double>> const& all,
                             std::vector<feature_kind> const& kinds) {
  double sum = 0, columns = 0;
  for (std::size_t f = 0; f < kinds.size(); ++f) {
    if (kinds[f] != feature_kind::number && kinds[f] != feature_kind::ranked) continue;
    double mean = 0, squares = 0;
    double const n = static_cast<double>(all.size());
    for (auto const& row : all) mean += row[f] / n;
    for (auto const& row : all) squares += (row[f] - mean) * (row[f] - mean) / n;
    sum += squares;
    columns += 1;
  }
  return columns > 0 && sum > 0 ? sum / columns / 2 : 1;
}

}  // namespace detail

/// The best of `restarts` (10) starts from k different rows drawn at random (`seed`). Rows are
/// complete and finite, or it throws `std::invalid_argument`. O(rows · k · features) a round.
template <class... Policies>
prototype_clustering k_prototypes(std::vector<std::vector<double>> const& all,
                                  std::vector<feature_kind> const& kinds, std::size_t k,
                                  Policies... policies) {
  if (k == 0) detail::refuse("cxm::k_prototypes: the number of segments must be at least 1");
  for (auto const& row : all)
    if (row.size() != kinds.size() || !std::all_of(row.begin(), row.end(), is_feature))
      detail::refuse("cxm::k_prototypes: a row needs a finite number for each feature");
  prototype_clustering best;
  if (all.empty()) return best;
  double const gamma =
      detail::pick<mismatch_cost>(mismatch_weight{detail::usual_mismatch(all, kinds)}, policies...)
          .gamma;
  if (!(gamma >= 0)) detail::refuse("cxm::k_prototypes: a mismatch costs at least 0");
  auto different = all;
  std::sort(different.begin(), different.end());
  different.erase(std::unique(different.begin(), different.end()), different.end());
  detail::prototype_search const search(all, kinds, gamma);
  auto const from = detail::pick<random_seed>(seed{}, policies...);
  auto const times = detail::pick<kmeans_restarts>(restarts{}, policies...).starts;
  for (std::size_t start = 0; start < std::max<std::size_t>(times, 1); ++start) {
    random_stream random(from, start);
    auto left = different;
    std::vector<std::vector<double>> chosen;
    while (chosen.size() < k && !left.empty()) {
      auto const at = static_cast<std::size_t>(random.below(left.size()));
      chosen.push_back(std::exchange(left[at], left.back()));
      left.pop_back();
    }
    auto found = search.from(std::move(chosen));
    if (start == 0 || found.cost < best.cost) best = std::move(found);
  }
  std::vector<std::uint32_t> order, becomes(best.sizes.size());
  for (std::uint32_t c = 0; c < best.sizes.size(); ++c)
    if (best.sizes[c] > 0) order.push_back(c);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (best.sizes[a] != best.sizes[b]) return best.sizes[a] > best.sizes[b];
    return best.prototypes[a] < best.prototypes[b];
  });
  auto const before = best;
  best.prototypes.clear();
  best.sizes.clear();
  for (auto const c : order) {
    becomes[c] = static_cast<std::uint32_t>(best.sizes.size());
    best.sizes.push_back(before.sizes[c]);
    best.prototypes.push_back(before.prototypes[c]);
  }
  for (auto& label : best.labels) label = becomes[label];
  return best;
}

}  // namespace cxm
