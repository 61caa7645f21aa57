// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/detail/log_bins.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/extrema.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

/// \file
/// `log_histogram()`: quantiles of times, waits and amounts in bounded memory, each within a stated
/// relative error, merged exactly. The idea is that of DDSketch (Masson, Rim and Lee 2019): bins
/// whose width grows with the value. Here a bin is the leading bits of the double itself, so no
/// logarithm is taken: the bins are the same on every machine, and finding one costs a shift.

namespace cxm {

/// The question which relative error a `log_histogram` may have.
struct quantile_error;

/// Each quantile is within this relative error of a value of that rank; 0.001 to 0.5, default 0.01.
struct accuracy {
  using policy_kind = quantile_error;
  double relative_error;
};

/// What `log_histogram` found; any quantile can be read off it.
template <class Value>
class log_histogram_summary {
 public:
  log_histogram_summary(detail::log_bins const& negative, std::uint64_t zeros,
                        detail::log_bins const& positive, extrema_summary<Value> const& extrema)
      : negative_(negative), zeros_(zeros), positive_(positive), extrema_(extrema) {}

  std::uint64_t n() const { return extrema_.n; }
  std::uint64_t missing() const { return extrema_.missing; }
  std::uint64_t invalid() const { return extrema_.invalid; }
  maybe<Value> min() const { return extrema_.min; }
  maybe<Value> max() const { return extrema_.max; }

  /// The value at rank ⌊share·(n−1)⌋ within the relative error; exact at 0 and 1 and for values of
  /// 0. O(bins).
  maybe<detail::real_t<Value>> at(double share) const {
    using real = detail::real_t<Value>;
    if (!(share >= 0.0 && share <= 1.0))
      detail::refuse("cxm::log_histogram: a quantile is asked for at a share from 0 to 1");
    if (n() == 0) return reason::no_data;
    double const low = detail::as_double(*extrema_.min), high = detail::as_double(*extrema_.max);
    if (share == 0.0) return real(low);
    if (share == 1.0) return real(high);
    auto rank = static_cast<std::uint64_t>(share * static_cast<double>(n() - 1));
    return real(std::clamp(value_at(std::min(rank, n() - 1)), low, high));
  }
  maybe<detail::real_t<Value>> median() const { return at(0.5); }

 private:
  double value_at(std::uint64_t rank) const {
    if (rank < negative_.total()) return -negative_.value_at(negative_.total() - 1 - rank);
    rank -= negative_.total();
    if (rank < zeros_) return 0.0;
    return positive_.value_at(rank - zeros_);
  }
  detail::log_bins negative_;
  std::uint64_t zeros_;
  detail::log_bins positive_;
  extrema_summary<Value> extrema_;
};

/// Counts in bins of growing width. Made by `log_histogram`; `Value` is void until the plan is
/// bound.
template <class Value>
class log_binned {
  static constexpr bool open = std::is_void_v<Value>;
  using value_type = std::conditional_t<open, std::int64_t, Value>;

 public:
  static constexpr std::string_view type_name = "log_histogram";
  static constexpr merge_law merges = merge_law::exact;

  constexpr explicit log_binned(unsigned bits) : negative_(bits), positive_(bits) {}

  template <class In>
  constexpr void add(In const& in) {
    static_assert(!open,
                  "cxm::log_histogram: the type of the events is not known yet; "
                  "cxm::bind<event>(plan) fixes it");
    static_assert(
        std::is_arithmetic_v<detail::answered_t<In>> || detail::is_duration<detail::answered_t<In>>,
        "cxm::log_histogram: a value is a number, a duration, or std::optional of one");
    detail::if_answered(
        in, [&](auto const& answer) { bin(detail::as_double(answer)); }, [] {});
    extrema_.add(in);
  }
  constexpr void merge(log_binned const& other) {
    detail::require_same(positive_.bits() == other.positive_.bits(),
                         "cxm::log_histogram: merging histograms of different accuracy");
    extrema_.merge(other.extrema_);  // first: it refuses what would overflow
    negative_.merge(other.negative_);
    zeros_ += other.zeros_;
    positive_.merge(other.positive_);
  }
  auto result() const {
    return log_histogram_summary<value_type>(negative_, zeros_, positive_, extrema_.result());
  }
  bool valid() const {
    return negative_.total() + zeros_ + positive_.total() == extrema_.result().n;
  }

  template <class In>
  constexpr auto bound_to() const {
    if constexpr (std::same_as<Value, detail::answered_t<In>>)
      return *this;  // with all that it has counted
    else
      return log_binned<detail::answered_t<In>>(positive_.bits());
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("unit", detail::unit_of<Value>());
    visit.policy("bits", self.positive_.bits());
    visit.state("negative", self.negative_);
    visit.state("zeros", self.zeros_);
    visit.state("positive", self.positive_);
    visit.state("extrema", self.extrema_);
  }

 private:
  constexpr void bin(double value) {
    if (!std::isfinite(value)) return;  // counted as invalid by the extrema
    if (value > 0.0)
      positive_.add(value);
    else if (value < 0.0)
      negative_.add(-value);
    else
      ++zeros_;
  }

  detail::log_bins negative_;
  std::uint64_t zeros_ = 0;
  detail::log_bins positive_;
  smallest_and_largest<value_type> extrema_;
};

/// Quantiles within a relative error, in at most 2,048·2ᵇ counters of 8 bytes, where 2⁻ᵇ is about
/// twice the error: some kilobytes for times between a second and a year.
constexpr auto log_histogram(accuracy wanted = {0.01}) {
  if (!(wanted.relative_error >= 0.001 && wanted.relative_error <= 0.5))
    detail::refuse("cxm::log_histogram: the relative error must lie between 0.001 and 0.5");
  return log_binned<void>(detail::log_bins::bits_for(wanted.relative_error));
}

}  // namespace cxm
