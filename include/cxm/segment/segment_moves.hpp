// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/paired_classes.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// \file
/// Drift of segments: who moved from which segment to which between two periods, the test that the
/// segments kept their shares, and how far the shares of two populations are apart.

namespace cxm {

struct segment_moves_result {
  std::uint64_t n = 0;          ///< in a segment in both periods
  std::uint64_t only_once = 0;  ///< in a segment in one of them only
  std::size_t segments = 0;
  std::vector<std::uint64_t> table{};      ///< [before * segments + after]
  maybe<double> stayed = reason::no_data;  ///< the share on the diagonal
  marginal_test shares_kept{};             ///< Stuart and Maxwell

  std::uint64_t operator()(std::size_t before, std::size_t after) const {
    return table[before * segments + after];
  }
  /// The share of those who were in `before` that is in `after` now.
  maybe<double> share(std::size_t before, std::size_t after) const {
    std::uint64_t left = 0;
    for (std::size_t j = 0; j < segments; ++j) left += (*this)(before, j);
    if (left == 0) return reason::no_data;
    return static_cast<double>((*this)(before, after)) / static_cast<double>(left);
  }
};

/// Counts of customers by the segment before and after: `segment_moves(3)`.
class segment_moves {
 public:
  static constexpr std::string_view type_name = "segment_moves";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law::exact;

  /// Throws `std::invalid_argument` for no segments and for more than 4096.
  explicit segment_moves(std::size_t segments) : segments_(segments) {
    if (segments == 0 || segments > 4096)
      detail::refuse("cxm::segment_moves: needs 1 to 4096 segments");
    table_.resize(segments * segments);
  }

  /// A customer's segments; empty where there was none. Throws for labels beyond the segments.
  void add(std::optional<std::uint32_t> before, std::optional<std::uint32_t> after) {
    if (before.value_or(0) >= segments_ || after.value_or(0) >= segments_)
      detail::refuse("cxm::segment_moves: a label beyond the number of segments");
    if (before && after)
      ++table_[*before * segments_ + *after];
    else
      once_ += before || after;
  }
  void merge(segment_moves const& other) {
    if (segments_ != other.segments_)
      detail::refuse("cxm::segment_moves: merges moves among as many segments only");
    once_ += other.once_;
    for (std::size_t i = 0; i < table_.size(); ++i) table_[i] += other.table_[i];
  }
  segment_moves_result result() const {
    segment_moves_result found{0, once_, static_cast<std::size_t>(segments_), table_};
    std::uint64_t stayed = 0;
    for (auto const count : table_) found.n += count;
    for (std::size_t i = 0; i < segments_; ++i) stayed += found(i, i);
    if (found.n > 0) found.stayed = static_cast<double>(stayed) / static_cast<double>(found.n);
    found.shares_kept = stuart_maxwell(table_, static_cast<std::size_t>(segments_));
    return found;
  }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("segments", self.segments_);
    visit.state("once", self.once_);
    visit.state("table", self.table_);
  }
  bool valid() const { return table_.size() == segments_ * segments_; }

 private:
  std::uint64_t segments_;
  std::uint64_t once_ = 0;
  std::vector<std::uint64_t> table_;
};

enum class drift_grade : std::uint8_t { none, watch, act };

struct share_drift {
  maybe<double> index = reason::no_data;  ///< population stability index
  maybe<drift_grade> grade = reason::no_data;
};

/// How far the shares moved: Σ (a − e) ln(a / e), shares below 0.0001 taken for that; below 0.1
/// nothing, from 0.1 to 0.25 to be watched, above to be acted on (practice of credit scoring).
/// Counts of members by segment, `expected` of then and `actual` of now.
inline share_drift population_stability(std::vector<std::uint64_t> const& expected,
                                        std::vector<std::uint64_t> const& actual) {
  if (expected.size() != actual.size())
    detail::refuse("cxm::population_stability: needs the same segments on both sides");
  double then = 0, now = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    then += static_cast<double>(expected[i]);
    now += static_cast<double>(actual[i]);
  }
  share_drift found;
  if (!(then > 0) || !(now > 0)) return found;
  double sum = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    double const e = std::max(static_cast<double>(expected[i]) / then, 1e-4);
    double const a = std::max(static_cast<double>(actual[i]) / now, 1e-4);
    sum += (a - e) * std::log(a / e);
  }
  found.index = sum;
  found.grade = sum < 0.1 ? drift_grade::none : sum <= 0.25 ? drift_grade::watch : drift_grade::act;
  return found;
}

}  // namespace cxm
