// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/weighted_count.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// `count()`: how many events.

namespace cxm {

/// Counts events, whatever they are. 8 bytes.
class event_count {
 public:
  static constexpr std::string_view type_name = "count";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr void add(auto const&) { ++count_; }
  /// For `frequency_weights`.
  constexpr void add(auto const&, copies const& copies) { count_ += copies.count; }
  template <class Rows>
  constexpr void add_many(Rows const& rows) {
    detail::require_fit(detail::counts_fit(count_, rows.size()));
    count_ += rows.size();
  }
  /// For many events, see stats/detail/bulk_count.hpp.
  static constexpr std::size_t bulk_places() { return 1; }
  static constexpr std::size_t bulk_place(auto const&) { return 0; }
  constexpr void add_bulk(std::uint32_t const* counts) {
    detail::require_fit(detail::counts_fit(count_, counts[0]));
    count_ += counts[0];
  }
  constexpr void remove(auto const&) { detail::uncount(count_); }
  constexpr void remove(auto const&, copies const& copies) {
    detail::uncount(count_, copies.count);
  }
  constexpr void merge(event_count const& other) {
    detail::require_fit(detail::counts_fit(count_, other.count_));
    count_ += other.count_;
  }
  constexpr std::uint64_t result() const { return count_; }
  constexpr bool empty() const { return count_ == 0; }
  /// The twin for `weighted`, empty.
  constexpr weighted_count with_weights() const { return {}; }

  static constexpr void describe(auto& self, auto& visit) { visit.state("count", self.count_); }

 private:
  std::uint64_t count_ = 0;
};

/// Counts events.
constexpr event_count count() {
  return {};
}

}  // namespace cxm
