// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/clustering.hpp>
#include <cxm/segment/ordinal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A tree of thresholds grown leaf by leaf, the best split first (L. Breiman and others, 1984).

namespace cxm::detail {

/// A question or a leaf. `low` of a leaf is 0: the root is nobody's child.
struct threshold_node {
  static constexpr std::string_view type_name = "threshold_node";
  std::uint32_t feature = 0;
  std::uint32_t low = 0;   ///< where the feature is at most the threshold
  std::uint32_t high = 0;  ///< where it is above
  std::uint32_t segment = 0;
  double threshold = 0;
  std::uint64_t n = 0;
  std::uint64_t right = 0;

  bool is_leaf() const { return low == 0; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("feature", self.feature);
    visit.state("low", self.low);
    visit.state("high", self.high);
    visit.state("segment", self.segment);
    visit.state("threshold", self.threshold);
    visit.state("n", self.n);
    visit.state("right", self.right);
  }
};

inline std::size_t leaf_of(std::vector<threshold_node> const& nodes, double const* row) {
  std::size_t at = 0;
  while (!nodes[at].is_leaf())
    at = row[nodes[at].feature] <= nodes[at].threshold ? nodes[at].low : nodes[at].high;
  return at;
}

/// Children come after their parents, each once, so that whoever goes down arrives.
inline bool whole_tree(std::vector<threshold_node> const& nodes, std::size_t features) {
  std::vector<bool> is_child(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    auto const& one = nodes[i];
    if (one.right > one.n || !is_feature(one.threshold)) return false;
    if (one.is_leaf()) continue;
    if (one.feature >= features || one.low <= i || one.high <= i || one.low == one.high ||
        one.low >= nodes.size() || one.high >= nodes.size() || is_child[one.low] ||
        is_child[one.high])
      return false;
    is_child[one.low] = is_child[one.high] = true;
  }
  return std::count(is_child.begin(), is_child.end(), false) == (nodes.empty() ? 0 : 1);
}

class threshold_growth {
 public:
  threshold_growth(double const* values, std::size_t dimension,
                   std::vector<std::uint32_t> const& labels, std::uint64_t least)
      : values_(values), dimension_(dimension), labels_(labels), least_(least) {
    for (auto const label : labels)
      if (label != no_segment && label >= segments_) segments_ = label + 1;
  }

  std::vector<threshold_node> grow(std::size_t leaves) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < labels_.size(); ++i)
      if (labels_[i] != no_segment) all.push_back(i);
    if (all.empty()) return {};
    add(std::move(all));
    for (std::size_t made = 1; made < leaves; ++made) {
      std::size_t best = 0;
      for (std::size_t i = 1; i < nodes_.size(); ++i)
        if (splits_[i].gain > splits_[best].gain) best = i;
      if (!(splits_[best].gain > 1e-9)) break;
      split(best);
    }
    return std::move(nodes_);
  }

 private:
  struct threshold_split {
    double gain = 0;
    std::uint32_t feature = 0;
    double threshold = 0;
  };

  double value(std::uint32_t row, std::size_t feature) const {
    return values_[row * dimension_ + feature];
  }
  void add(std::vector<std::uint32_t> rows) {
    std::vector<std::uint64_t> counts(segments_);
    for (auto const row : rows) ++counts[labels_[row]];
    auto const most = std::max_element(counts.begin(), counts.end());
    threshold_node node;
    node.n = rows.size();
    node.right = *most;
    node.segment = static_cast<std::uint32_t>(most - counts.begin());
    nodes_.push_back(node);
    splits_.push_back(best_split(rows, counts));
    rows_.push_back(std::move(rows));
  }
  void split(std::size_t at) {
    auto const chosen = std::exchange(splits_[at], {});
    auto const rows = std::exchange(rows_[at], {});
    std::vector<std::uint32_t> low, high;
    for (auto const row : rows)
      (value(row, chosen.feature) <= chosen.threshold ? low : high).push_back(row);
    nodes_[at].feature = chosen.feature;
    nodes_[at].threshold = chosen.threshold;
    nodes_[at].low = static_cast<std::uint32_t>(nodes_.size());
    nodes_[at].high = nodes_[at].low + 1;
    add(std::move(low));
    add(std::move(high));
  }

  /// Gini's impurity times n is n - Σ counts² / n; only the sums of squares change.
  threshold_split best_split(std::vector<std::uint32_t> rows,
                             std::vector<std::uint64_t> const& counts) const {
    threshold_split best;
    double whole = 0;
    for (auto const c : counts) whole += static_cast<double>(c) * static_cast<double>(c);
    auto const n = rows.size();
    for (std::uint32_t f = 0; f < dimension_; ++f) {
      std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        return value(a, f) != value(b, f) ? value(a, f) < value(b, f) : a < b;
      });
      std::vector<std::uint64_t> low(segments_);
      double low_squares = 0, high_squares = whole;
      for (std::size_t i = 0; i + 1 < n; ++i) {
        auto const label = labels_[rows[i]];
        double const high = static_cast<double>(counts[label] - low[label]);
        low_squares += 2 * static_cast<double>(low[label]++) + 1;
        high_squares -= 2 * high - 1;
        double const here = value(rows[i], f), next = value(rows[i + 1], f);
        if (here == next || i + 1 < least_ || n - i - 1 < least_) continue;
        double const gain = low_squares / static_cast<double>(i + 1) +
                            high_squares / static_cast<double>(n - i - 1) -
                            whole / static_cast<double>(n);
        if (!(gain > best.gain + 1e-9)) continue;
        double const middle = here + (next - here) / 2;
        best = {gain, f, middle < next ? middle : here};
      }
    }
    return best;
  }

  double const* values_;
  std::size_t dimension_;
  std::vector<std::uint32_t> const& labels_;
  std::uint64_t least_;
  std::uint32_t segments_ = 0;
  std::vector<threshold_node> nodes_;
  std::vector<threshold_split> splits_;
  std::vector<std::vector<std::uint32_t>> rows_;
};

}  // namespace cxm::detail
