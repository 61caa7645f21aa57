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
  if constexpr (requires { score.degrees_of_freedom(); })
    return score.degrees_of_freedom();
  else
    return std::numeric_limits<double>::infinity();
}

/// A net in points: of promoters and detractors, or of bands.
template <class Score>
concept score_of_net = std::derived_from<Score, nps_score> ||
    (std::derived_from<Score, score>&& requires(Score const& any) {
      any.good;
      any.bad;
      any.bands;
    });
/// A share, from 0 to 1.
template <class Score>
concept score_of_share = std::derived_from<Score, share> || std::derived_from<Score, csat_score>;
/// A mean of answers, of indices or of valences, with their deviation.
template <class Score>
concept score_of_mean = std::derived_from<Score, score> && requires(Score const& any) {
  any.deviation;
};
/// A score that is an estimate from so many answers.
template <class Score>
concept score_with_n = score_of_net<Score> || score_of_share<Score> || score_of_mean<Score>;

/// What of a score counts in comparisons, as if people had equal weights. Those of weighted answers
/// are worth `design_n` of them; the shares of promoters and detractors follow from the net and the
/// variance p + d - (p - d)² of one answer.
template <score_of_net Score>
sampled<effective_net> effective(Score const& score) {
  if constexpr (weighted_result<Score>) {
    double const n = *score.design_n;
    double const net = *score.value / 100;
    double const both = std::max(*score.variance / 1e4 + net * net, std::abs(net));
    return {
        {n * (both + net) / 2, n * (both - net) / 2, n}, finite_factor(score), freedom_of(score)};
  } else {
    auto const counts = [&](std::uint64_t up, std::uint64_t down) {
      return effective_net{static_cast<double>(up), static_cast<double>(down),
                           static_cast<double>(score.n)};
    };
    if constexpr (requires { score.promoters; })
      return {counts(score.promoters, score.detractors), finite_factor(score)};
    else
      return {counts(score.good, score.bad), finite_factor(score)};
  }
}
template <score_of_share Score>
sampled<effective_share> effective(Score const& score) {
  if constexpr (weighted_result<Score>) {
    double const n = *score.design_n;
    return {{n * *score.value, n * (1 - *score.value)}, finite_factor(score), freedom_of(score)};
  } else {
    auto const counts = [&](std::uint64_t good) {
      return effective_share{static_cast<double>(good), static_cast<double>(score.n - good)};
    };
    if constexpr (requires { score.successes; })
      return {counts(score.successes), finite_factor(score)};
    else
      return {counts(score.good), finite_factor(score)};
  }
}
template <score_of_mean Score>
sampled<effective_mean> effective(Score const& score) {
  if constexpr (weighted_result<Score>)
    return {{*score.value, std::sqrt(*score.variance), *score.design_n},
            finite_factor(score),
            freedom_of(score)};
  else
    return {{*score.value, score.deviation.value_or(0), static_cast<double>(score.n)},
            finite_factor(score)};
}

inline constexpr interval every_difference{-std::numeric_limits<double>::infinity(),
                                           std::numeric_limits<double>::infinity()};

/// From the least that a score may say to the most; without ends where nobody knows them.
template <score_with_n Score>
interval range_of(Score const& score) {
  if constexpr (score_of_net<Score>) return {-100, 100};
  if constexpr (score_of_share<Score>) return share_range;
  if constexpr (requires { score.shown_on; })
    if (score.shown_on) return *score.shown_on;
  if constexpr (score_of_mean<Score>)
    if (score.scale.low < score.scale.high)
      return {static_cast<double>(score.scale.low), static_cast<double>(score.scale.high)};
  return every_difference;
}
/// The same of the difference of two scores like this.
template <score_with_n Score>
interval differences_of(Score const& score) {
  auto const range = range_of(score);
  return {range.low - range.high, range.high - range.low};
}
/// What a comparison of such scores is about, and in which unit.
template <score_with_n Score>
void name_comparison(comparison& found) {
  if constexpr (score_of_net<Score>) {
    found.in = unit::points;
    found.quantity = std::derived_from<Score, nps_score> ? "NPS" : "net score";
  } else if constexpr (score_of_share<Score>) {
    found.in = unit::share;
    found.quantity = std::derived_from<Score, csat_score> ? "CSAT" : "share";
  } else {
    found.quantity = "mean";
  }
}

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
  if constexpr (score_of_mean<Score>) {
    static_assert(std::same_as<decltype(pick<interval_method>(welch{}, policies...)), welch>,
                  "cxm::compare: weighted means are compared by welch");
    fill_difference(found, a, b, level, every_difference);
    name_comparison<Score>(found);
    return found;
  } else if constexpr (score_of_share<Score>) {
    fill_difference(found, a, b, pick<interval_method>(wilson{}, policies...), level);
    name_comparison<Score>(found);
    return found;
  } else {
    fill_difference(found, a, b, pick<interval_method>(adjusted_wald{}, policies...), level);
    auto points = in_units_of(found, 100);
    name_comparison<Score>(points);
    points.value = *first.value - *second.value;  // as they are shown
    return points;
  }
}
}  // namespace cxm::detail
