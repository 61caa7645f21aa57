// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/detail/two_lognormals.hpp>
#include <cxm/stats/detail/log_bins.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/groups.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The gap that is in the data. The times between a customer's contacts are of two kinds, short
/// ones within an episode and long ones between episodes; their logarithms make two humps, and
/// where these cross is the gap that tells them apart (Halfaker and others, WWW 2015).
///
///     auto const all = reconstruct(log, fields);
///     auto const gaps = measure(all, each_transition(on(waiting_time, gap_mixture()))).result();
///     auto const journeys = reconstruct(log, fields, gaps.silence_or(30min));
///
/// Where there are no two humps there is no such gap, `gaps.gap.why()` says so, and `silence_or`
/// falls back to the fixed one.

namespace cxm {

/// One hump: its median, the standard deviation of the natural logarithms, and its share of all.
template <class Gap>
struct gap_hump {
  Gap median{};
  double log_deviation = 0;
  double weight = 0;
};

/// What `gap_mixture` found.
template <class Gap>
struct gap_fit {
  using real = detail::real_t<Gap>;

  std::uint64_t n = 0;             ///< gaps longer than zero
  std::uint64_t not_positive = 0;  ///< ties and overlaps, which tell nothing
  std::uint64_t missing = 0;
  maybe<gap_hump<real>> within = reason::no_data;   ///< the short ones
  maybe<gap_hump<real>> between = reason::no_data;  ///< the long ones
  maybe<double> bic_of_one = reason::no_data;  ///< Bayesian information criterion of a single hump
  maybe<double> bic_of_two = reason::no_data;  ///< and of two: less is better
  maybe<double> separation = reason::no_data;  ///< Ashman's D: above 2, the humps are apart
  /// Where the humps cross. below_min_n for fewer than 500 gaps; not_identified unless two humps
  /// explain the gaps better (by more than 10 of the criterion), are apart, and each has 5 %.
  maybe<real> gap = reason::no_data;

  /// The boundary by this gap, or by the fixed one where there is none.
  auto silence_or(Gap fixed) const {
    if (!gap) return after_silence(fixed);
    return after_silence(std::max(std::chrono::duration_cast<Gap>(*gap), Gap(1)));
  }
};

/// Counts gaps in bins 0.8 % wide, of which the fit is a reading. Made by `gap_mixture`; `Gap` is
/// void until the plan is bound.
template <class Gap>
class gap_counts {
  static constexpr bool open = std::is_void_v<Gap>;
  using gap_type = std::conditional_t<open, std::chrono::seconds, Gap>;

 public:
  static constexpr std::string_view type_name = "gap_mixture";
  static constexpr merge_law merges = merge_law::exact;

  template <class In>
  void add(In const& in) {
    static_assert(!open,
                  "cxm::gap_mixture: the type of the gaps is not known yet; cxm::bind<event>(plan) "
                  "fixes it");
    static_assert(detail::is_duration<detail::answered_t<In>>,
                  "cxm::gap_mixture: a gap is a duration, or std::optional of one");
    detail::if_answered(
        in,
        [&](auto const& gap) {
          double const length = detail::as_double(gap);
          if (length > 0 && std::isfinite(length))
            bins_.add(length);
          else
            ++not_positive_;
        },
        [&] { ++missing_; });
  }
  void merge(gap_counts const& other) {
    detail::require_fit(detail::counts_fit(bins_.total(), other.bins_.total()) &&
                        detail::counts_fit(not_positive_, other.not_positive_) &&
                        detail::counts_fit(missing_, other.missing_));
    bins_.merge(other.bins_);
    not_positive_ += other.not_positive_;
    missing_ += other.missing_;
  }

  /// O(bins · rounds): some hundredths of a second.
  gap_fit<gap_type> result() const {
    gap_fit<gap_type> found;
    found.n = bins_.total();
    found.not_positive = not_positive_;
    found.missing = missing_;
    if (found.n == 0) return found;
    std::vector<detail::counted_log> logs;
    bins_.for_each_bin([&](double low, double high, std::uint64_t count) {
      logs.push_back({0.5 * (std::log(low) + std::log(high)), static_cast<double>(count)});
    });
    read_fit(logs, found);
    return found;
  }

  template <class In>
  constexpr auto bound_to() const {
    if constexpr (std::same_as<Gap, detail::answered_t<In>>)
      return *this;  // with all that it has counted
    else
      return gap_counts<detail::answered_t<In>>();
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("unit", detail::unit_of<gap_type>());
    visit.state("bins", self.bins_);
    visit.state("not_positive", self.not_positive_);
    visit.state("missing", self.missing_);
  }

 private:
  static void read_fit(std::vector<detail::counted_log> const& logs, gap_fit<gap_type>& found) {
    using real = detail::real_t<gap_type>;
    auto const n = static_cast<double>(found.n);
    auto const fit = detail::fit_two_normals(logs);
    auto const hump = [](detail::normal_part const& part) {
      return gap_hump<real>{real(std::exp(part.mean)), part.deviation, part.weight};
    };
    auto const &low = fit.lower, &high = fit.upper;
    found.within = hump(low);
    found.between = hump(high);
    found.bic_of_one = -2 * detail::fit_one_normal(logs).second + 2 * std::log(n);
    found.bic_of_two = -2 * fit.log_likelihood + 5 * std::log(n);
    found.separation =
        std::numbers::sqrt2 * (high.mean - low.mean) / std::hypot(low.deviation, high.deviation);
    if (found.n < 500)
      found.gap = reason::below_min_n;
    else if (!fit.converged)
      found.gap = reason::not_converged;
    else if (auto const cross = detail::crossing(low, high); cross && two_humps(found))
      found.gap = real(std::exp(*cross));
    else
      found.gap = reason::not_identified;
  }
  static bool two_humps(gap_fit<gap_type> const& found) {
    return *found.bic_of_two < *found.bic_of_one - 10 && *found.separation > 2 &&
           found.within->weight >= 0.05 && found.between->weight >= 0.05;
  }

  detail::log_bins bins_{7};
  std::uint64_t not_positive_ = 0;
  std::uint64_t missing_ = 0;
};

/// Fits two log-normal humps to gaps, and reads off the gap between them.
constexpr gap_counts<void> gap_mixture() {
  return gap_counts<void>();
}

/// The gaps for `after_silence_by`: of each channel its own, where one could be fitted (so it has
/// 500 gaps), else that of all channels together, else the fixed one.
template <class Channel, class Gap>
std::vector<std::pair<Channel, Gap>> gap_table(groups<Channel, gap_fit<Gap>> const& by_channel,
                                               gap_fit<Gap> const& pooled,
                                               std::type_identity_t<Gap> fixed) {
  auto const rest = pooled.silence_or(fixed).gap;
  std::vector<std::pair<Channel, Gap>> table;
  for (auto const& [channel, fit] : by_channel)
    table.emplace_back(channel, fit.silence_or(rest).gap);
  return table;
}

}  // namespace cxm
