// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/segment/dissimilarities.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

/// \file
/// Hierarchical clustering: the two groups that are least unlike become one, again and again; the
/// tree is cut afterwards, at a number of groups or at a height. By chains of nearest neighbours
/// (F. Murtagh, 1983), O(n²): exact for these four linkages.

namespace cxm {

/// How unlike two groups are.
enum class linkage : std::uint8_t {
  single,    ///< as their two nearest members
  complete,  ///< as their two farthest members
  average,   ///< on average over all pairs
  ward  ///< what merging them adds to the sum of squares: n m / (n + m) of the squared distance
        ///< of their means (J. Ward, 1963), of dissimilarities that are straight distances
};

/// Two groups that became one. A group is named by the lowest of its members.
struct merge_step {
  std::size_t kept = 0;
  std::size_t joined = 0;  ///< above `kept`
  double height = 0;
  std::size_t size = 0;  ///< of both together
};

namespace detail {

class chain_merger {
 public:
  chain_merger(dissimilarities const& unlike, linkage by)
      : by_(by), n_(unlike.size()), between_(n_ * n_), size_(n_, 1) {
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j) {
        double const one = unlike(i, j);
        between_[i * n_ + j] = by == linkage::ward ? one * one / 2 : one;
      }
  }

  std::vector<merge_step> run() {
    std::vector<merge_step> steps;
    std::vector<std::size_t> chain;
    while (steps.size() + 1 < n_) {
      if (chain.empty()) chain.push_back(first_left());
      for (;;) {
        std::size_t const last = chain.back();
        std::size_t const before = chain.size() > 1 ? chain[chain.size() - 2] : n_;
        std::size_t const near = nearest(last, before);
        if (near == before) break;
        chain.push_back(near);
      }
      auto [a, b] = std::minmax(chain.back(), chain[chain.size() - 2]);
      std::size_t const kept = a, joined = b;
      chain.resize(chain.size() - 2);
      steps.push_back({kept, joined, between_[kept * n_ + joined], 0});
      merge(kept, joined);
    }
    return steps;
  }

 private:
  std::size_t first_left() const {
    std::size_t i = 0;
    while (size_[i] == 0) ++i;
    return i;
  }
  /// The member of the chain before wins ties, or chains would not end; then the lowest index.
  std::size_t nearest(std::size_t to, std::size_t before) const {
    std::size_t best = before;
    double least = before < n_ ? between_[to * n_ + before] : 0;
    for (std::size_t j = 0; j < n_; ++j) {
      if (j == to || size_[j] == 0 || j == before) continue;
      if (best < n_ && !(between_[to * n_ + j] < least)) continue;
      best = j;
      least = between_[to * n_ + j];
    }
    return best;
  }
  /// The formula of Lance and Williams.
  void merge(std::size_t a, std::size_t b) {
    double const na = static_cast<double>(size_[a]), nb = static_cast<double>(size_[b]);
    double const ab = between_[a * n_ + b];
    for (std::size_t j = 0; j < n_; ++j) {
      if (size_[j] == 0 || j == a || j == b) continue;
      double const x = between_[a * n_ + j], y = between_[b * n_ + j];
      double const nj = static_cast<double>(size_[j]);
      double const made = by_ == linkage::single     ? std::min(x, y)
                          : by_ == linkage::complete ? std::max(x, y)
                          : by_ == linkage::average
                              ? (na * x + nb * y) / (na + nb)
                              : ((na + nj) * x + (nb + nj) * y - nj * ab) / (na + nb + nj);
      between_[a * n_ + j] = between_[j * n_ + a] = std::max(made, 0.0);
    }
    size_[a] += size_[b];
    size_[b] = 0;
  }

  linkage by_;
  std::size_t n_;
  std::vector<double> between_;
  std::vector<std::size_t> size_;
};

/// The group of a member, the lowest index in it.
inline std::size_t root_of(std::vector<std::size_t>& parent, std::size_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

}  // namespace detail

/// All merges of n members, the lowest first. Heights never fall. Memory 8 n² bytes while made.
class merge_tree {
 public:
  merge_tree(dissimilarities const& unlike, linkage by)
      : n_(unlike.size()), steps_(detail::chain_merger(unlike, by).run()) {
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](auto const& a, auto const& b) { return a.height < b.height; });
    auto parent = alone();
    std::vector<std::size_t> size(n_, 1);
    for (auto& step : steps_) {
      auto const one = detail::root_of(parent, step.kept);
      auto const other = detail::root_of(parent, step.joined);
      step.kept = std::min(one, other);
      step.joined = std::max(one, other);
      parent[step.joined] = step.kept;
      step.size = size[step.kept] += size[step.joined];
    }
  }

  std::size_t size() const { return n_; }
  std::vector<merge_step> const& steps() const { return steps_; }

  /// The labels of k groups (n at most), numbered by size, then by their lowest member.
  std::vector<std::uint32_t> cut(std::size_t k) const {
    if (k == 0) detail::refuse("cxm::merge_tree: the number of groups must be at least 1");
    return after(n_ > k ? n_ - k : 0);
  }
  /// The labels where merges above `height` are not made.
  std::vector<std::uint32_t> cut_at(double height) const {
    std::size_t made = 0;
    while (made < steps_.size() && steps_[made].height <= height) ++made;
    return after(made);
  }
  /// The number of groups below the largest step between two heights; 1 below two members.
  std::size_t widest_gap() const {
    std::size_t best = 1;
    double widest = 0;
    for (std::size_t i = 0; i + 1 < steps_.size(); ++i) {
      double const gap = steps_[i + 1].height - steps_[i].height;
      if (gap > widest) {
        widest = gap;
        best = n_ - i - 1;
      }
    }
    return best;
  }

 private:
  std::vector<std::size_t> alone() const {
    std::vector<std::size_t> parent(n_);
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    return parent;
  }
  std::vector<std::uint32_t> after(std::size_t merges) const {
    auto parent = alone();
    for (std::size_t i = 0; i < merges; ++i) parent[steps_[i].joined] = steps_[i].kept;
    std::vector<std::size_t> size(n_), roots;
    for (std::size_t i = 0; i < n_; ++i) ++size[detail::root_of(parent, i)];
    for (std::size_t i = 0; i < n_; ++i)
      if (size[i] > 0) roots.push_back(i);
    std::stable_sort(roots.begin(), roots.end(),
                     [&](std::size_t a, std::size_t b) { return size[a] > size[b]; });
    std::vector<std::uint32_t> number(n_), labels(n_);
    for (std::size_t r = 0; r < roots.size(); ++r) number[roots[r]] = static_cast<std::uint32_t>(r);
    for (std::size_t i = 0; i < n_; ++i) labels[i] = number[detail::root_of(parent, i)];
    return labels;
  }

  std::size_t n_;
  std::vector<merge_step> steps_;
};

}  // namespace cxm
