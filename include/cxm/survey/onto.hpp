// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally_counts.hpp>

/// \file
/// A mean shown on another scale: `mean(points<1, 5>{}, onto{0, 100})`. Linear, the percent of the
/// maximum possible (Cohen, Cohen, Aiken & West 1999): the low end stays the low end, whichever end
/// is good. It is for means only. Where the cut of a box or band would fall on another scale is not
/// a matter of arithmetic, so NPS and CSAT refuse it.

namespace cxm {

/// The question on which scale a result is shown.
struct target_scale;

/// Shows a mean on the scale from `low` to `high`; throws `std::invalid_argument` unless low < high
/// and both are finite.
class onto {
 public:
  using policy_kind = target_scale;

  constexpr onto(double low, double high) : low_(low), high_(high) {
    if (!(low < high && high - low < 1e300))
      detail::refuse("cxm::onto: a scale to show a mean on needs a low end below its high end");
  }
  constexpr double low() const { return low_; }
  constexpr double high() const { return high_; }

  /// Where `x` on the scale of `from` to `to` comes to lie.
  constexpr double place_of(double x, double from, double to) const {
    return low_ + (x - from) * ((high_ - low_) / (to - from));
  }
  friend constexpr bool operator==(onto const&, onto const&) = default;

 private:
  double low_;
  double high_;
};

/// Reads a tally as `Reading` does, a mean, and shows it on another scale.
template <class Reading>
struct rescaled_reading {
  Reading mean;
  onto target;

  constexpr auto operator()(tally_counts const& counts) const {
    return shown(mean(counts), counts);
  }
  auto operator()(weighted_counts const& counts) const {
    return shown(mean(counts), counts.answers);
  }

  /// The score of the mean on its own scale, shown on the other.
  template <class Score>
  constexpr Score shown(Score found, tally_counts const& counts) const {
    auto const from = static_cast<double>(counts.low);
    auto const to = static_cast<double>(counts.high());
    double const stretch = (target.high() - target.low()) / (to - from);
    auto const place = [&](double x) { return target.place_of(x, from, to); };
    found.value = found.value.transform(place);
    found.shown_on = interval{target.low(), target.high()};
    auto const stretched = [&](double x) { return x * stretch; };
    found.deviation = found.deviation.transform(stretched);
    found.standard_error = found.standard_error.transform(stretched);
    if constexpr (requires { found.variance; })
      found.variance = found.variance.transform([&](double x) { return x * stretch * stretch; });
    found.interval = found.interval.transform([&](bounded_interval ends) {
      ends.low = place(ends.low);
      ends.high = place(ends.high);
      ends.raw = {place(ends.raw.low), place(ends.raw.high)};
      return ends;
    });
    return found;
  }
};

}  // namespace cxm
