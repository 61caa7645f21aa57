// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// How sure is a ranking? For groups whose true values are known with normal errors: the
/// probability of every rank of every group. A league table without it invites to praise luck: of
/// 20 groups of 30 answers the first is the best one rarely more than one time in three.
/// By integration, not by drawing: P(rank r) is the integral over x of the group's density times
/// the probability that exactly r - 1 of the others lie above x, a sum of independent trials of
/// unequal chances (Poisson's binomial). Gauss and Legendre's rule of 16 points on panels no wider
/// than the narrowest density there: the error is below 1e-12, and the same on every machine up to
/// rounding.
#include <cxm/core/confidence.hpp>
#include <cxm/stats/noisy_estimate.hpp>
#include <cxm/stats/normal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace cxm {
namespace detail {
/// A normal density is left out beyond so many standard errors; 2e-17 of it.
inline constexpr double rank_reach = 8.5;

struct rank_panel {
  double low, high;
};

/// Panels that cover every density, each as wide as the narrowest standard error within it.
inline std::vector<rank_panel> rank_panels(std::span<noisy_estimate const> groups) {
  struct bump {
    double low, high, error;
  };
  std::vector<bump> bumps;
  for (auto const& [value, variance] : groups) {
    double const error = std::sqrt(variance);
    if (!(value - error / 8 < value && value < value + error / 8))
      refuse("cxm::rank_probabilities: an error is too small beside its estimate");
    bumps.push_back({value - rank_reach * error, value + rank_reach * error, error});
  }
  std::sort(bumps.begin(), bumps.end(), [](bump const& a, bump const& b) { return a.low < b.low; });
  constexpr double none = std::numeric_limits<double>::infinity();
  std::vector<rank_panel> panels;
  for (double x = bumps.front().low;;) {
    double width = none;
    double next = none;
    double near = 0;
    for (auto const& one : bumps)
      if (one.low <= x && x < one.high) {
        width = std::min(width, one.error);
        near += 1;
      }
    width *= std::min(1.0, std::sqrt(40 / near));  // a rank among many changes within less
    for (auto const& one : bumps)
      if (one.low > x && (width == none || one.error < width)) next = std::min(next, one.low);
    if (width == none && next == none) return panels;
    if (width == none) {
      x = next;  // nobody is in between
      continue;
    }
    double const end = std::min(x + width, next);
    if (!(end > x)) refuse("cxm::rank_probabilities: an error is too small beside its estimate");
    panels.push_back({x, end});
    x = end;
  }
}

/// Adds the integrand at `x`, times `weight`, to the probabilities of the groups.
class rank_integrand {
 public:
  explicit rank_integrand(std::span<noisy_estimate const> groups) : groups_(groups) {}

  void add(double x, double weight, std::vector<std::vector<double>>& found) {
    gather(x);
    convolve();
    for (std::size_t i = 0; i < near_.size(); ++i) {
      without(chances_[i]);
      auto const& [value, variance] = groups_[near_[i]];
      double const error = std::sqrt(variance);
      double const mass = weight * normal_density((x - value) / error) / error;
      for (std::size_t r = 0; r < rest_.size(); ++r) found[near_[i]][above_ + r] += mass * rest_[r];
    }
  }

 private:
  /// Who lies near `x`, with the chance of being above it, and how many are above for sure.
  void gather(double x) {
    near_.clear();
    chances_.clear();
    above_ = 0;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      double const z = (x - groups_[i].value) / std::sqrt(groups_[i].variance);
      if (z <= -rank_reach) ++above_;
      if (std::abs(z) >= rank_reach) continue;
      near_.push_back(i);
      chances_.push_back(normal_survival(z));
    }
  }
  /// The distribution of how many of those near are above.
  void convolve() {
    all_.assign(1, 1.0);
    for (double const p : chances_) {
      all_.push_back(0);
      for (std::size_t r = all_.size(); r-- > 1;) all_[r] = all_[r] * (1 - p) + all_[r - 1] * p;
      all_[0] *= 1 - p;
    }
  }
  /// The same without one of them: the product taken apart, from the end where that is stable.
  void without(double p) {
    double const q = 1 - p;
    rest_.assign(all_.size() - 1, 0.0);
    double carried = 0;
    if (p <= 0.5) {
      for (std::size_t r = 0; r < rest_.size(); ++r)
        rest_[r] = carried = (all_[r] - p * carried) / q;
    } else {
      for (std::size_t r = rest_.size(); r-- > 0;)
        rest_[r] = carried = (all_[r + 1] - q * carried) / p;
    }
  }

  std::span<noisy_estimate const> groups_;
  std::vector<std::size_t> near_;
  std::vector<double> chances_, all_, rest_;
  std::size_t above_ = 0;
};
}  // namespace detail

/// The probability that a group has rank r, at [group][r - 1]; rank 1 is the highest value.
/// O(groups² · panels): some thirty panels for groups of like errors, more for more than 40 groups,
/// as their root.
inline std::vector<std::vector<double>> rank_probabilities(std::span<noisy_estimate const> groups) {
  constexpr std::array<double, 8> nodes = {
      0.0950125098376374, 0.2816035507792589, 0.4580167776572274, 0.6178762444026438,
      0.7554044083550030, 0.8656312023878318, 0.9445750230732326, 0.9894009349916499};
  constexpr std::array<double, 8> weights = {
      0.1894506104550685, 0.1826034150449236, 0.1691565193950025, 0.1495959888165767,
      0.1246289712555339, 0.0951585116824928, 0.0622535239386479, 0.0271524594117541};
  detail::check_noisy(groups, "cxm::rank_probabilities");
  std::vector found(groups.size(), std::vector<double>(groups.size()));
  if (groups.empty()) return found;
  detail::rank_integrand integrand(groups);
  for (auto const& [low, high] : detail::rank_panels(groups)) {
    double const half = (high - low) / 2;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      integrand.add(low + half - half * nodes[i], half * weights[i], found);
      integrand.add(low + half + half * nodes[i], half * weights[i], found);
    }
  }
  return found;
}

/// The ranks that a group may have.
struct rank_spread {
  double best = 0;       ///< the probability of rank 1
  double worst = 0;      ///< of the last rank
  double expected = 0;   ///< the mean rank
  std::size_t low = 0;   ///< better ranks than this have at most half of 1 - confidence together
  std::size_t high = 0;  ///< and so have worse ones than this
};

/// Sums up the probabilities of the ranks of one group, as `rank_probabilities` gives them.
inline rank_spread spread_of_ranks(std::span<double const> probabilities, confidence level = {}) {
  if (probabilities.empty()) detail::refuse("cxm::spread_of_ranks: no group has no rank");
  rank_spread found{probabilities.front(), probabilities.back(), 0, 1, probabilities.size()};
  for (std::size_t r = 0; r < probabilities.size(); ++r)
    found.expected += static_cast<double>(r + 1) * probabilities[r];
  // What is within the error of integration of the tail counts as in it.
  double const tail = level.tail() + 1e-12;
  for (double sum = probabilities[0]; sum <= tail && found.low < found.high;)
    sum += probabilities[found.low++];
  for (double sum = probabilities.back(); sum <= tail && found.high > found.low;)
    sum += probabilities[--found.high - 1];
  return found;
}
}  // namespace cxm
