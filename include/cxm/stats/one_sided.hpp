// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// One-sided tests from any interval: the p that an estimate lies above a bound is the smallest
/// tail that an interval must leave out for its lower end to reach the bound. So test and interval
/// never contradict each other, and every interval method tests. With Student's interval it is the
/// t test, with Wilson's the score test.
#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/normal.hpp>

namespace cxm {
namespace detail {
/// The largest z in [0, 8] with `holds(confidence)`, which fails from there on; -1 where it never
/// holds.
template <class Holds>
double last_z(Holds holds) {
  constexpr double least = 1e-6;
  constexpr double most = 8;
  auto const at = [&](double z) { return holds(confidence{1 - 2 * normal_survival(z)}); };
  if (!at(least)) return -1;
  if (at(most)) return most;
  double low = least;
  double high = most;
  for (int round = 0; round < 60; ++round) {
    double const middle = low + (high - low) / 2;
    (at(middle) ? low : high) = middle;
  }
  return low;
}
}  // namespace detail

/// The one-sided p that the quantity is not above `bound`; small p: it is above. `ends` gives the
/// interval (raw ends are used) for a confidence. Within (6e-16, 1); below 1e-10 only the order of
/// magnitude counts. 60 intervals are computed.
template <class Ends>
maybe<double> p_above(Ends const& ends, double bound) {
  maybe<bounded_interval> const any = ends(confidence{});
  if (!any) return any.why();
  double const z = detail::last_z([&](confidence level) { return ends(level)->raw.low > bound; });
  if (z >= 0) return normal_survival(z);
  double const back =
      detail::last_z([&](confidence level) { return ends(level)->raw.high < bound; });
  return back >= 0 ? normal_survival(-back) : 0.5;
}

/// The one-sided p that the quantity is not below `bound`.
template <class Ends>
maybe<double> p_below(Ends const& ends, double bound) {
  return p_above(
      [&](confidence level) {
        return ends(level).transform([](bounded_interval const& found) {
          return bounded_interval{{-found.high, -found.low}, {-found.raw.high, -found.raw.low}};
        });
      },
      -bound);
}
}  // namespace cxm
