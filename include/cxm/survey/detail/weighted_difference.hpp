// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// How two scores differ that are more than counts, for `compare`: those of weighted answers, of
/// clusters, of finite populations. Each becomes an estimate of so many answers of equal weight,
/// and these are compared as plain ones are.
#include <cxm/core/confidence.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/effective_differences.hpp>
#include <cxm/stats/proportion.hpp>
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

/// The degrees of freedom of a score's error: of clusters, or without end.
template <class Score>
double freedom_of(Score const& score) {
  if constexpr (requires { score.clusters; })
    return static_cast<double>(score.clusters) - 1;
  else
    return std::numeric_limits<double>::infinity();
}

/// What of a score counts in comparisons, as if people had equal weights. Those of weighted answers
/// are worth `design_n` of them; the shares of promoters and detractors follow from the net and the
/// variance p + d - (p - d)² of one answer.
inline sampled<effective_net> effective(nps_score const& score) {
  return {{static_cast<double>(score.promoters), static_cast<double>(score.detractors),
           static_cast<double>(score.n)},
          finite_factor(score)};
}
template <weighted_result Score>
requires std::derived_from<Score, nps_score> sampled<effective_net> effective(Score const& score) {
  double const n = *score.design_n;
  double const net = *score.value / 100;
  double const both = std::max(*score.variance / 1e4 + net * net, std::abs(net));
  return {{n * (both + net) / 2, n * (both - net) / 2, n}, finite_factor(score), freedom_of(score)};
}
inline sampled<effective_share> effective(share const& score) {
  return {{static_cast<double>(score.successes), static_cast<double>(score.n - score.successes)},
          finite_factor(score)};
}
inline sampled<effective_share> effective(csat_score const& score) {
  return {{static_cast<double>(score.good), static_cast<double>(score.n - score.good)},
          finite_factor(score)};
}
template <weighted_result Score>
requires std::derived_from<Score, csat_score> sampled<effective_share> effective(
    Score const& score) {
  double const n = *score.design_n;
  return {{n * *score.value, n * (1 - *score.value)}, finite_factor(score), freedom_of(score)};
}
inline sampled<effective_mean> effective(mean_score const& score) {
  return {{*score.value, score.deviation.value_or(0), static_cast<double>(score.n)},
          finite_factor(score)};
}
template <weighted_result Score>
requires std::derived_from<Score, mean_score> sampled<effective_mean> effective(
    Score const& score) {
  return {{*score.value, std::sqrt(*score.variance), *score.design_n},
          finite_factor(score),
          freedom_of(score)};
}

inline constexpr interval every_difference{-std::numeric_limits<double>::infinity(),
                                           std::numeric_limits<double>::infinity()};

/// The interval of a weighted mean.
inline maybe<bounded_interval> ends_of(sampled<effective_mean> const& of, confidence level) {
  double const df = of.df < every_difference.high ? of.df : of.counts.n - 1;
  if (!(df > 0)) return reason::degenerate;
  double const error = of.counts.deviation / std::sqrt(of.counts.n) * of.finite;
  return made_by<student>(
      level,
      around(of.counts.mean, -students_t_quantile(level.tail(), df) * error, every_difference));
}

template <class Score, class... Policies>
comparison difference_of(comparison found, Score const& first, Score const& second,
                         Policies const&... policies) {
  auto const a = effective(first);
  auto const b = effective(second);
  auto const level = level_of(policies...);
  if constexpr (std::derived_from<Score, mean_score>) {
    static_assert(std::same_as<decltype(pick<interval_method>(welch{}, policies...)), welch>,
                  "cxm::compare: weighted means are compared by welch");
    fill_difference(found, a, b, level, every_difference);
    return found;
  } else if constexpr (std::derived_from<Score, csat_score>) {
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
