// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/rng.hpp>
#include <cxm/segment/dissimilarities.hpp>

#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

/// \file
/// The search of k-medoids: for each member its nearest and second nearest medoid are kept, so that
/// what a swap with any of the k medoids gains is known after one pass over the members
/// (E. Schubert and P. Rousseeuw, 2019 and 2021: FasterPAM).

namespace cxm::detail {

class medoid_search {
 public:
  medoid_search(dissimilarities const& unlike, std::vector<std::size_t> medoids)
      : unlike_(unlike), medoids_(std::move(medoids)), members_(unlike.size()) {
    look_again();
  }

  /// Takes every swap that makes the cost less, until there is none. Returns the passes; `most`
  /// ends it.
  std::size_t improve(std::size_t most) {
    std::size_t const n = unlike_.size();
    std::size_t since = 0, passes = 0;
    while (since < n && passes < most) {
      ++passes;
      for (std::size_t candidate = 0; candidate < n && since < n; ++candidate)
        since = swaps_in(candidate) ? 0 : since + 1;
    }
    converged_ = since >= n;
    return passes;
  }

  std::vector<std::size_t> const& medoids() const { return medoids_; }
  bool converged() const { return converged_; }
  double cost() const {
    double sum = 0;
    for (auto const& one : members_) sum += one.near;
    return sum;
  }

 private:
  struct nearest {
    std::size_t medoid = 0;
    double near = 0;
    double second = 0;
  };

  void look_again() {
    loss_.assign(medoids_.size(), 0.0);
    for (std::size_t i = 0; i < members_.size(); ++i) {
      nearest found{0, std::numeric_limits<double>::infinity(),
                    std::numeric_limits<double>::infinity()};
      for (std::size_t m = 0; m < medoids_.size(); ++m) {
        double const far = unlike_(i, medoids_[m]);
        if (far < found.near)
          found = {m, far, found.near};
        else if (far < found.second)
          found.second = far;
      }
      members_[i] = found;
      loss_[found.medoid] += found.second - found.near;
    }
  }

  /// Puts `candidate` in the place of the medoid that gains most, if that gains anything.
  bool swaps_in(std::size_t candidate) {
    for (auto const one : medoids_)
      if (one == candidate) return false;
    if (medoids_.size() == 1) return swaps_only(candidate);
    auto change = loss_;  // of the cost, by the medoid that goes
    double always = 0;    // what the new medoid gains whoever goes
    for (std::size_t i = 0; i < members_.size(); ++i) {
      double const far = unlike_(i, candidate);
      auto const& one = members_[i];
      if (far < one.near) {
        always += far - one.near;
        change[one.medoid] += one.near - one.second;
      } else if (far < one.second) {
        change[one.medoid] += far - one.second;
      }
    }
    std::size_t best = 0;
    for (std::size_t m = 1; m < change.size(); ++m)
      if (change[m] < change[best]) best = m;
    return take(best, candidate, change[best] + always);
  }
  bool swaps_only(std::size_t candidate) {
    double sum = 0;
    for (std::size_t i = 0; i < members_.size(); ++i) sum += unlike_(i, candidate);
    return take(0, candidate, sum - cost());
  }
  /// A gain within rounding is none: otherwise equal swaps could go round for ever.
  bool take(std::size_t medoid, std::size_t candidate, double change) {
    if (!(change < -1e-12 * (cost() + 1e-300))) return false;
    medoids_[medoid] = candidate;
    look_again();
    return true;
  }

  dissimilarities const& unlike_;
  std::vector<std::size_t> medoids_;
  std::vector<nearest> members_;
  std::vector<double> loss_;
  bool converged_ = false;
};

/// The start of Kaufman and Rousseeuw (1990): the most central member, then whoever makes the cost
/// least. Ends early where nobody is left who differs from all medoids.
inline std::vector<std::size_t> build_medoids(dissimilarities const& unlike, std::size_t k) {
  std::size_t const n = unlike.size();
  std::vector<std::size_t> medoids;
  std::vector<double> near(n, std::numeric_limits<double>::infinity());
  while (medoids.size() < k) {
    double least = std::numeric_limits<double>::infinity();
    std::size_t best = n;
    for (std::size_t i = 0; i < n; ++i) {
      if (!(near[i] > 0)) continue;
      double sum = 0;
      for (std::size_t j = 0; j < n; ++j) sum += unlike(i, j) < near[j] ? unlike(i, j) : near[j];
      if (sum < least) {
        least = sum;
        best = i;
      }
    }
    if (best == n) break;
    medoids.push_back(best);
    for (std::size_t j = 0; j < n; ++j)
      near[j] = near[j] < unlike(best, j) ? near[j] : unlike(best, j);
  }
  return medoids;
}

/// k different members at random.
inline std::vector<std::size_t> draw_medoids(dissimilarities const& unlike, std::size_t k,
                                             random_stream random) {
  std::vector<std::size_t> left(unlike.size()), medoids;
  for (std::size_t i = 0; i < left.size(); ++i) left[i] = i;
  while (medoids.size() < k && !left.empty()) {
    auto const at = static_cast<std::size_t>(random.below(left.size()));
    std::size_t const chosen = left[at];
    medoids.push_back(chosen);
    std::size_t kept = 0;
    for (auto const one : left)
      if (unlike(one, chosen) > 0) left[kept++] = one;
    left.resize(kept);
  }
  return medoids;
}

}  // namespace cxm::detail
