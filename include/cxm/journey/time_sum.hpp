// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/moments.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// `time_sum()`: what a ledger says of one part over many journeys: the exact sum in ticks, mean
/// and deviation, and quantiles within one percent. The sums of parts add up as the parts
/// themselves do.

namespace cxm {

/// What `time_sum` found.
template <class Duration>
struct time_summary {
  using duration = Duration;

  std::uint64_t n = 0;                    ///< times counted
  std::uint64_t missing = 0;              ///< journeys without one
  maybe<Duration> sum = reason::no_data;  ///< exact; overflow beyond 64 bits
  maybe<detail::real_t<Duration>> mean = reason::no_data;
  maybe<detail::real_t<Duration>> deviation = reason::no_data;  ///< divides by n − 1
  log_histogram_summary<Duration> quantiles;

  /// The share of another sum, 0 to 1 for a part of it; degenerate where that is no time.
  maybe<double> share_of(time_summary const& whole) const {
    if (!sum) return sum.why();
    if (!whole.sum) return whole.sum.why();
    if (*whole.sum == Duration{}) return reason::degenerate;
    return static_cast<double>(sum->count()) / static_cast<double>(whole.sum->count());
  }
};

/// Sums durations of whole ticks. Made by `time_sum`; `Duration` is void until the plan is bound.
template <class Duration>
class summed_times {
 public:
  static constexpr std::string_view type_name = "time_sum";
  static constexpr merge_law merges = merge_law::exact;

  summed_times() = default;

  template <class In>
  void add(In const& in) {
    static_assert(!std::is_void_v<Duration>,
                  "cxm::time_sum: the type of the events is not known yet; cxm::bind<event>(plan) "
                  "fixes it");
    static_assert(detail::is_duration<detail::answered_t<In>>,
                  "cxm::time_sum: the field must give a duration, or std::optional of one");
    moments_.add(in);
    bins_.add(in);
  }
  void merge(summed_times const& other) {
    moments_.merge(other.moments_);
    bins_.merge(other.bins_);
  }
  auto result() const {
    auto const found = moments_.result();
    return time_summary<Duration>{found.n,    found.missing,   sum(found.n),
                                  found.mean, found.deviation, bins_.result()};
  }
  template <class In>
  auto bound_to() const {
    using value = detail::answered_t<In>;
    if constexpr (std::same_as<Duration, value>)
      return *this;  // with all that it has counted
    else
      return summed_times<value>();
  }
  /// The two count the same times.
  bool valid() const {
    auto const found = moments_.result();
    auto const bins = bins_.result();
    return found.n == bins.n() && found.missing == bins.missing();
  }
  static void describe(auto& self, auto& visit) {
    visit.state("moments", self.moments_);
    visit.state("bins", self.bins_);
  }

 private:
  maybe<Duration> sum(std::uint64_t n) const {
    if (n == 0) return reason::no_data;
    auto const ticks = static_cast<std::int64_t>(moments_.sum());
    if (int128(ticks) != moments_.sum()) return reason::overflow;
    return Duration(static_cast<typename Duration::rep>(ticks));
  }

  moment_sums<Duration> moments_;
  log_binned<Duration> bins_{detail::log_bins::bits_for(0.01)};
};

/// Not bound yet.
template <>
class summed_times<void> {
 public:
  static constexpr std::string_view type_name = "time_sum";
  static constexpr merge_law merges = merge_law::exact;

  template <class In>
  void add(In const&) {
    static_assert(!std::is_same_v<In, In>,
                  "cxm::time_sum: the type of the events is not known yet; cxm::bind<event>(plan) "
                  "fixes it");
  }
  void merge(summed_times const&) {}
  template <class In>
  auto bound_to() const {
    static_assert(detail::is_duration<detail::answered_t<In>>,
                  "cxm::time_sum: the field must give a duration, or std::optional of one");
    return summed_times<detail::answered_t<In>>();
  }
  static void describe(auto&, auto&) {}
};

/// Exact sum, mean, deviation and quantiles of durations.
inline summed_times<void> time_sum() {
  return {};
}

}  // namespace cxm
