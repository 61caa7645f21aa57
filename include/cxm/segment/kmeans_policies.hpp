// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/segment/detail/points.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// The questions that k-means asks: where to start, what to do with a cluster that lost its
/// members, when to stop, how often to start again. A start of one's own is a struct with `using
/// policy_kind = kmeans_start` that gives k row numbers for (points, k, random_stream).

namespace cxm {

/// The question where the centres start.
struct kmeans_start;
/// The question what becomes of a cluster without members.
struct empty_clusters;
/// The question when the rounds end.
struct kmeans_stop;
/// The question how many starts there are.
struct kmeans_restarts;

/// The best of so many starts, by inertia. Default 10.
struct restarts {
  using policy_kind = kmeans_restarts;
  std::size_t starts = 10;
};

/// A cluster without members takes the member that is farthest from its centre. The default.
struct reseed_farthest {
  using policy_kind = empty_clusters;
};

/// A cluster without members is given up: there are fewer segments than asked for.
struct drop_empty {
  using policy_kind = empty_clusters;
};

/// How far the rounds of one start have come.
struct kmeans_progress {
  std::size_t round;    ///< from 1 on; one assignment of all members
  std::size_t changed;  ///< members whose label changed in it
  std::size_t members;
};

/// Stops when no label changes, or after so many rounds. The default, with 300.
struct until_stable {
  using policy_kind = kmeans_stop;
  std::size_t rounds = 300;
  constexpr bool operator()(kmeans_progress const& now) const {
    return now.changed == 0 || now.round >= rounds;
  }
};

/// Stops when at most this share of the members changed its label, or after so many rounds.
struct until_share_changes {
  using policy_kind = kmeans_stop;
  double share = 0.001;
  std::size_t rounds = 300;
  constexpr bool operator()(kmeans_progress const& now) const {
    return static_cast<double>(now.changed) <= share * static_cast<double>(now.members) ||
           now.round >= rounds;
  }
};

namespace detail {

/// The squared distances to the nearest of some centres that are members themselves, and draws of
/// members in proportion to them.
class distance_draw {
 public:
  explicit distance_draw(points const& all)
      : points_(all), nearest_(all.size(), largest), upto_(all.size()) {}

  /// What the distances would be with `row` as a further centre.
  std::vector<double> with(std::size_t row) const {
    std::vector<double> found(nearest_);
    for (std::size_t i = 0; i < found.size(); ++i)
      found[i] =
          std::min(found[i], squared_distance(points_[i], points_[row], points_.dimension()));
    return found;
  }
  /// Their sum, taken in canonical order.
  double total(std::vector<double> const& distances) const {
    double sum = 0;
    for (auto const row : points_.order()) sum += distances[row];
    return sum;
  }
  void take(std::vector<double> distances) {
    nearest_ = std::move(distances);
    double sum = 0;
    for (std::size_t i = 0; i < upto_.size(); ++i) upto_[i] = sum += nearest_[points_.order()[i]];
  }
  /// A member, with a probability in proportion to its distance; a centre only if all are.
  std::size_t draw(random_stream& random) const {
    double const at = random.unit() * upto_.back();
    auto found = std::upper_bound(upto_.begin(), upto_.end(), at);
    // Rounding may put `at` on the sum itself: then it is the last member with a distance.
    if (found == upto_.end()) found = std::lower_bound(upto_.begin(), upto_.end(), upto_.back());
    return points_.order()[static_cast<std::size_t>(found - upto_.begin())];
  }

 private:
  static constexpr double largest = 1e300;
  points const& points_;
  std::vector<double> nearest_;
  std::vector<double> upto_;
};

}  // namespace detail

/// k-means++ (D. Arthur and S. Vassilvitskii, 2007), greedy as in their paper's appendix: each
/// further centre is the best of 2 + ⌊ln k⌋ members drawn in proportion to the squared distance
/// from the centres so far. The default.
struct kmeans_plus_plus {
  using policy_kind = kmeans_start;
  std::size_t trials = 0;  ///< draws for each centre; 0: 2 + ⌊ln k⌋, 1: not greedy

  std::vector<std::size_t> operator()(detail::points const& all, std::size_t k,
                                      random_stream& random) const {
    std::vector<std::size_t> chosen{all.order()[random.below(all.size())]};
    detail::distance_draw distances(all);
    distances.take(distances.with(chosen.back()));
    while (chosen.size() < k) {
      std::size_t best_row = 0;
      double best_total = 0;
      std::vector<double> best;
      for (std::size_t t = 0; t < trials_for(k); ++t) {
        std::size_t const row = distances.draw(random);
        auto with = distances.with(row);
        double const total = distances.total(with);
        if (t > 0 && !(total < best_total)) continue;
        best_row = row;
        best_total = total;
        best = std::move(with);
      }
      chosen.push_back(best_row);
      distances.take(std::move(best));
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

  std::vector<std::size_t> operator()(detail::points const& all, std::size_t k,
                                      random_stream& random) const {
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
