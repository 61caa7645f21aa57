// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string_view>
#include <vector>

/// \file
/// Counters for positive doubles, binned by their exponent and the first `bits` of their fraction.
/// The number of a bin is those leading bits read as an integer, which grows with the value. A bin
/// [a, b) has b/a ≤ 1 + 2⁻ᵇⁱᵗˢ; its values lie within (b−a)/(b+a) of 2ab/(a+b), the representative
/// of DDSketch.

namespace cxm::detail {

class log_bins {
 public:
  static constexpr std::string_view type_name = "log_bins";

  constexpr explicit log_bins(unsigned bits) : bits_(bits) {}

  /// The fewest bits with which no value is farther than `error` from its representative.
  static constexpr unsigned bits_for(double error) {
    unsigned bits = 0;
    while (1.0 / static_cast<double>((std::uint64_t{2} << bits) + 1) > error) ++bits;
    return bits;
  }

  constexpr void add(double value) {
    auto const bin = bin_of(value);
    if (bin - first_ >= counts_.size()) reach(bin);
    ++counts_[static_cast<std::size_t>(bin - first_)];
  }
  constexpr void merge(log_bins const& other) {
    if (other.counts_.empty()) return;
    auto const from = other;  // other may be *this
    reach(from.first_);
    reach(from.first_ + from.counts_.size() - 1);
    for (std::size_t i = 0; i < from.counts_.size(); ++i)
      counts_[static_cast<std::size_t>(from.first_ - first_) + i] += from.counts_[i];
  }

  constexpr std::uint64_t total() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
  }
  constexpr unsigned bits() const { return bits_; }

  /// The representative of the bin that holds the value of this rank, counted from 0. Precondition:
  /// rank < total.
  constexpr double value_at(std::uint64_t rank) const {
    std::size_t i = 0;
    while (rank >= counts_[i]) rank -= counts_[i++];
    double const low = start_of(first_ + i);
    double const high = std::min(start_of(first_ + i + 1), std::numeric_limits<double>::max());
    return low *
           (2.0 / (low / high + 1.0));  // 2·low·high/(low+high), which can't overflow in this form
  }

  /// Calls `take(low, high, count)` for each bin [low, high) that is not empty, in rising order.
  template <class Take>
  constexpr void for_each_bin(Take const& take) const {
    for (std::size_t i = 0; i < counts_.size(); ++i)
      if (counts_[i] > 0) take(start_of(first_ + i), start_of(first_ + i + 1), counts_[i]);
  }

  bool valid() const {
    auto const last = bin_of(std::numeric_limits<double>::max());
    if (counts_.empty()) return first_ == 0;
    return counts_.front() > 0 && counts_.back() > 0 && first_ <= last &&
           counts_.size() - 1 <= last - first_;
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("bits", self.bits_);
    visit.state("first", self.first_);
    visit.state("counts", self.counts_);
  }

 private:
  constexpr std::uint64_t bin_of(double value) const {
    return std::bit_cast<std::uint64_t>(value) >> (52 - bits_);
  }
  constexpr double start_of(std::uint64_t bin) const {
    return std::bit_cast<double>(bin << (52 - bits_));
  }

  /// Widens the counters to hold `bin`. They span exactly the bins seen, which keeps equal states
  /// equal in bytes.
  constexpr void reach(std::uint64_t bin) {
    if (counts_.empty()) {
      first_ = bin;
      counts_.assign(1, 0);
    } else if (bin < first_) {
      counts_.insert(counts_.begin(), static_cast<std::size_t>(first_ - bin), 0);
      first_ = bin;
    } else if (bin - first_ >= counts_.size()) {
      counts_.resize(static_cast<std::size_t>(bin - first_) + 1, 0);
    }
  }

  unsigned bits_;
  std::uint64_t first_ = 0;
  std::vector<std::uint64_t> counts_;
};

}  // namespace cxm::detail
