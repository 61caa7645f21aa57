// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// How two weighted scores differ, for `compare`: each becomes an estimate of design_n answers of
/// equal weight, and these are compared as plain ones are.
#include <cxm/core/confidence.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/effective_differences.hpp>
#include <cxm/stats/two_means.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/score.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <limits>
#include <type_traits>

namespace cxm::detail {
/// A comparison in another unit.
inline comparison in_units_of(comparison found, double unit) {
  auto const scale = [&](double value) { return value * unit; };
  found.value = found.value.transform(scale);
  found.standard_error = found.standard_error.transform(scale);
  found.interval =
      found.interval.transform([&](auto const& ends) { return detail::scaled(ends, unit); });
  return found;
}

/// A comparison of nets as one of NPS.
inline comparison in_points(comparison const& of) {
  comparison found = in_units_of(of, 100);
  found.in = unit::points;
  found.quantity = "NPS";
  return found;
}

template <class... Policies>
confidence level_of(Policies const&... policies) {
  return pick<confidence_level>(confidence{}, policies...);
}

/// What of a weighted score counts as if people had equal weights. The shares of promoters and
/// detractors follow from the net and the variance p + d - (p - d)² of one answer.
inline effective_net effective(weighted_score<nps_score> const& score) {
  double const n = *score.design_n;
  double const net = *score.value / 100;
  double const error = *score.standard_error / 100;
  double const both = std::max(error * error * n + net * net, std::abs(net));
  return {n * (both + net) / 2, n * (both - net) / 2, n};
}
inline effective_share effective(weighted_score<csat_score> const& score) {
  return {*score.design_n * *score.value, *score.design_n * (1 - *score.value)};
}
template <std::derived_from<mean_score> Mean>
effective_mean effective(weighted_score<Mean> const& score) {
  double const n = *score.design_n;
  return {*score.value, score.standard_error.value_or(0) * std::sqrt(n), n};
}

template <class Score, class... Policies>
comparison difference_of(comparison found, weighted_score<Score> const& first,
                         weighted_score<Score> const& second, Policies const&... policies) {
  auto const a = effective(first);
  auto const b = effective(second);
  auto const level = level_of(policies...);
  if constexpr (std::same_as<decltype(a), effective_mean const>) {
    static_assert(std::same_as<decltype(pick<interval_method>(welch{}, policies...)), welch>,
                  "cxm::compare: weighted means are compared by welch");
    constexpr double most = std::numeric_limits<double>::infinity();
    fill_difference(found, a, b, level, {-most, most});
    return found;
  } else if constexpr (std::same_as<decltype(a), effective_share const>) {
    fill_difference(found, a, b, pick<interval_method>(wilson{}, policies...), level);
    return found;
  } else {
    fill_difference(found, a, b, pick<interval_method>(adjusted_wald{}, policies...), level);
    auto points = in_points(found);
    points.value = *first.value - *second.value;  // as they are shown
    return points;
  }
}
}  // namespace cxm::detail
