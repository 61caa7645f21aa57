// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Delays of promises over many: exact sums and bins, which count the same values.

#include <cxm/core/accumulator.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/moments.hpp>

#include <cstdint>
#include <string_view>

namespace cxm {

/// Delays over many promises.
template <class Duration>
struct delay_summary {
  std::uint64_t n = 0;
  maybe<detail::real_t<Duration>> mean = reason::no_data;
  maybe<detail::real_t<Duration>> deviation = reason::no_data;  ///< divides by n − 1
  log_histogram_summary<Duration> quantiles;                    ///< within one percent

  maybe<detail::real_t<Duration>> median() const { return quantiles.median(); }
};

namespace detail {

template <class Duration>
class promise_delays {
 public:
  static constexpr std::string_view type_name = "promise_delays";
  static constexpr merge_law merges = merge_law::exact;

  void add(Duration delay) {
    moments_.add(delay);
    bins_.add(delay);
  }
  void merge(promise_delays const& other) {
    moments_.merge(other.moments_);
    bins_.merge(other.bins_);
  }
  delay_summary<Duration> result() const {
    auto const found = moments_.result();
    return {found.n, found.mean, found.deviation, bins_.result()};
  }
  std::uint64_t n() const { return moments_.result().n; }
  /// The exact sum, in ticks.
  int128 sum() const { return moments_.sum(); }

  bool valid() const {
    auto const found = moments_.result();
    auto const bins = bins_.result();
    return moments_.valid() && bins_.valid() && found.n == bins.n() && found.missing == 0 &&
           found.invalid == 0 && bins.missing() == 0 && bins.invalid() == 0;
  }
  static void describe(auto& self, auto& visit) {
    visit.state("moments", self.moments_);
    visit.state("bins", self.bins_);
  }

 private:
  moment_sums<Duration> moments_;
  log_binned<Duration> bins_{log_bins::bits_for(0.01)};
};

}  // namespace detail
}  // namespace cxm
