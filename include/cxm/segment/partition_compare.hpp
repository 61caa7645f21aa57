// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

/// \file
/// How alike two segmentations of the same members are, whatever their segments are called: the
/// adjusted Rand index (L. Hubert and P. Arabie, 1985), the normalised mutual information
/// (arithmetic mean of the entropies), and for each segment of the one the best Jaccard overlap
/// with a segment of the other (C. Hennig, 2007).

namespace cxm {

/// What two segmentations have in common; all is `no_data` where nobody is in both.
struct partition_comparison {
  std::uint64_t n = 0;  ///< members that have a segment in both
  /// 1 for the same segmentation, 0 on average for unrelated ones; may be negative.
  maybe<double> adjusted_rand = reason::no_data;
  /// 0..1: 1 for the same; 0 where one tells nothing of the other, as a single segment does of
  /// many.
  maybe<double> normalised_mutual_information = reason::no_data;
  /// For each segment of the first, by number: the largest |A ∩ B| / |A ∪ B|; `no_data` for one
  /// without members.
  std::vector<maybe<double>> jaccard{};
};

namespace detail {

/// How many members each pair of segments shares, and each segment has.
struct partition_counts {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> both{};
  std::map<std::uint32_t, std::uint64_t> first{}, second{};
  std::uint64_t n = 0;
};

/// Labels of `no_segment` (the largest number) are left out.
inline partition_counts count_partitions(std::vector<std::uint32_t> const& a,
                                         std::vector<std::uint32_t> const& b) {
  if (a.size() != b.size())
    refuse("cxm::compare_partitions: both must have one label for each member");
  partition_counts counts;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == UINT32_MAX || b[i] == UINT32_MAX) continue;
    ++counts.both[{a[i], b[i]}];
    ++counts.first[a[i]];
    ++counts.second[b[i]];
    ++counts.n;
  }
  return counts;
}

/// n (n - 1) / 2 summed over some counts.
template <class Counts>
double pairs_within(Counts const& counts) {
  double sum = 0;
  for (auto const& [key, n] : counts) {
    auto const count = static_cast<double>(n);
    sum += count * (count - 1) / 2;
  }
  return sum;
}

inline double adjusted_rand(partition_counts const& counts) {
  double const together = pairs_within(counts.both);
  double const first = pairs_within(counts.first);
  double const second = pairs_within(counts.second);
  auto const n = static_cast<double>(counts.n);
  double const all = n * (n - 1) / 2;
  double const largest = (first + second) / 2;
  double const expected = all > 0 ? first * second / all : 0;
  // Both put everybody together, or everybody alone: then they are the same.
  if (!(largest > expected)) return 1;
  return (together - expected) / (largest - expected);
}

template <class Counts>
double entropy_of(Counts const& counts, double n) {
  double sum = 0;
  for (auto const& [key, count] : counts) {
    double const share = static_cast<double>(count) / n;
    sum -= share * std::log(share);
  }
  return sum;
}

inline double mutual_information(partition_counts const& counts) {
  auto const n = static_cast<double>(counts.n);
  if (counts.first.size() == 1 && counts.second.size() == 1) return 1;
  double shared = 0;
  for (auto const& [key, count] : counts.both) {
    auto const both = static_cast<double>(count);
    shared += both / n *
              std::log(n * both / static_cast<double>(counts.first.at(key.first)) /
                       static_cast<double>(counts.second.at(key.second)));
  }
  double const mean = (entropy_of(counts.first, n) + entropy_of(counts.second, n)) / 2;
  return mean > 0 ? std::clamp(shared / mean, 0.0, 1.0) : 0;
}

inline std::vector<maybe<double>> best_jaccard(partition_counts const& counts, std::size_t k) {
  std::vector<maybe<double>> found(k, reason::no_data);
  for (auto const& [key, count] : counts.both) {
    auto const unions = counts.first.at(key.first) + counts.second.at(key.second) - count;
    double const jaccard = static_cast<double>(count) / static_cast<double>(unions);
    auto& best = found[key.first];
    if (!best || jaccard > *best) best = jaccard;
  }
  return found;
}

}  // namespace detail

/// Compares two segmentations, given by the labels of the same members in the same order; a label
/// `no_segment` means none, and such members are left out. O(n log of the number of pairs). Throws
/// `std::invalid_argument` for lists of different length.
inline partition_comparison compare_partitions(std::vector<std::uint32_t> const& a,
                                               std::vector<std::uint32_t> const& b) {
  auto const counts = detail::count_partitions(a, b);
  partition_comparison found;
  found.n = counts.n;
  if (counts.n == 0) return found;
  found.adjusted_rand = detail::adjusted_rand(counts);
  found.normalised_mutual_information = detail::mutual_information(counts);
  std::size_t const k = std::size_t{counts.first.rbegin()->first} + 1;
  if (k > a.size()) detail::refuse("cxm::compare_partitions: a label beyond the number of members");
  found.jaccard = detail::best_jaccard(counts, k);
  return found;
}

}  // namespace cxm
