// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How two scores of clusters differ of which some are on both sides, as the accounts that answered
/// in both quarters: their answers go together, and the difference is known better than that of
/// strangers. Variances lose twice the covariance of the clusters' totals; intervals are squared
/// and added with the correlation. Source: Zou & Donner, Statistics in Medicine 27 (2008).

#include <cxm/survey/compare.hpp>
#include <cxm/survey/detail/cluster_results.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm::detail {

/// The clusters of two sides, and which of them are the same.
template <class Inner>
struct cluster_sides {
  cluster_parts<Inner> const& first;
  cluster_parts<Inner> const& second;
  std::vector<std::pair<std::size_t, std::size_t>> const& shared;  ///< their places on both sides
  of_population first_whole;
  of_population second_whole;
};

inline double unanswered_units(tally_counts const& counts) {
  return static_cast<double>(counts.unanswered) * static_cast<double>(weight::one);
}
inline double unanswered_units(weighted_counts const& counts) {
  return to_double(wide_unsigned<2>(magnitude_of(counts.unanswered_weight)));
}
/// Σw (x − mean) of one cluster, over Σw of all; `of` says whether who did not answer counts, as 0.
template <class Counts, class Worth>
double influence_of(Counts const& cluster, Worth const& worth, score const& of, double weight) {
  double total = of.unanswered == 0 ? 0 : -unanswered_units(cluster) * *of.value;
  for (std::size_t i = 0; i < points_in(cluster); ++i)
    total += to_double(weight_at(cluster, i)) * (worth(i) - *of.value);
  return total / weight;
}
template <class Counts>
double weight_units_in(Counts const& counts, score const& of) {
  double sum = of.unanswered == 0 ? 0 : unanswered_units(counts);
  for (std::size_t i = 0; i < points_in(counts); ++i) sum += to_double(weight_at(counts, i));
  return sum;
}

/// The covariance of two scores through the clusters on both sides.
template <class Reading, class Tally, class Score>
double covariance_of(cluster_sides<Tally> const& sides, Reading const& reading, Score const& a,
                     Score const& b) {
  auto const& scale = sides.first.all.scale();
  auto const worth = [&](std::size_t i) {
    auto const point = scale.low() + static_cast<std::int64_t>(i);
    return shown_worth(reading, point, scale);
  };
  double const w1 = weight_units_in(sides.first.all.counts(), a);
  double const w2 = weight_units_in(sides.second.all.counts(), b);
  double sum = 0;
  for (auto const& [i, j] : sides.shared)
    sum += influence_of(sides.first.each[i]->counts(), worth, a, w1) *
           influence_of(sides.second.each[j]->counts(), worth, b, w2);
  double const n1 = static_cast<double>(a.clusters), n2 = static_cast<double>(b.clusters);
  return sum * std::sqrt(n1 / (n1 - 1) * (n2 / (n2 - 1)));
}

/// The interval of one score at the level and by the method that the comparison asks for.
template <class Score, class... Policies>
maybe<bounded_interval> ends_at(Score const& score, Policies const&... policies) {
  auto const level = level_of(policies...);
  if constexpr (score_of_mean<Score>)
    return ends_of(effective(score), level);
  else if constexpr (score_of_share<Score>)
    return ends_of(effective(score), pick<interval_method>(wilson{}, policies...), level);
  else
    return ends_of(effective(score), pick<interval_method>(adjusted_wald{}, policies...), level)
        .transform([](auto const& found) { return scaled(found, 100); });
}

inline double joined(double a, double b, double correlation) {
  return std::sqrt(std::max(0.0, a * a + b * b - 2 * correlation * a * b));
}

/// Takes the correlation into a comparison of strangers.
template <class Score, class... Policies>
comparison correlated(comparison found, Score const& a, Score const& b, double correlation,
                      Policies const&... policies) {
  double const error = joined(*a.standard_error, *b.standard_error, correlation);
  double const difference = *a.value - *b.value;
  found.standard_error = error;
  test_by_z(found, difference, error);
  double const df = std::min(a.degrees_of_freedom(), b.degrees_of_freedom());
  if (found.statistic) {
    found.degrees_of_freedom = df;
    found.p = two_sided(*found.statistic, df);
  }
  auto const first = ends_at(a, policies...), second = ends_at(b, policies...);
  if (!first || !second) {
    found.interval = first ? second.why() : first.why();
    return found;
  }
  interval const ends{
      difference - joined(*a.value - first->raw.low, second->raw.high - *b.value, correlation),
      difference + joined(first->raw.high - *a.value, *b.value - second->raw.low, correlation)};
  auto const clipped = clip(ends, differences_of(a));
  found.interval =
      bounded_interval{clipped, clipped.raw, found.interval->method, found.interval->level};
  return found;
}

template <class Reading, class Tally, class Score, class... Policies>
auto compare_one(cluster_sides<Tally> const& sides, Reading const& reading, Score const& a,
                 Score const& b, Policies const&... policies) {
  auto const strangers = cxm::compare(a, b, policies...);
  if constexpr (mean_of_worth<Reading> || is_rescaled<Reading>) {
    if (sides.shared.empty() || !a.design_n || !b.design_n || !strangers.interval) return strangers;
    double const error_a = *a.standard_error, error_b = *b.standard_error;
    if (!(error_a > 0) || !(error_b > 0)) return strangers;
    // A finite population narrows both errors, not how they go together.
    double const errors = error_a / finite_factor(a) * (error_b / finite_factor(b));
    double const correlation = std::clamp(covariance_of(sides, reading, a, b) / errors, -1.0, 1.0);
    return correlated(strangers, a, b, correlation, policies...);
  } else {
    return strangers;
  }
}

template <class Inner, class... Policies>
auto compare_clusters(cluster_sides<Inner> const& sides, Policies const&... policies);

/// The same with a part of each accumulator.
template <class Inner, class Choose, class... Policies>
auto compare_within(cluster_sides<Inner> const& sides, Choose const& choose,
                    Policies const&... policies) {
  using part = std::remove_cvref_t<decltype(choose(sides.first.all))>;
  auto const chosen = [&](cluster_parts<Inner> const& of) {
    std::vector<part const*> parts;
    for (auto const* one : of.each) parts.push_back(&choose(*one));
    return parts;
  };
  auto const first = chosen(sides.first), second = chosen(sides.second);
  return compare_clusters(
      cluster_sides<part>{cluster_parts<part>{choose(sides.first.all), first,
                                              choose(sides.first.alone), sides.first.complete},
                          cluster_parts<part>{choose(sides.second.all), second,
                                              choose(sides.second.alone), sides.second.complete},
                          sides.shared, sides.first_whole, sides.second_whole},
      policies...);
}

template <class Inner, class... Policies>
auto compare_clusters(cluster_sides<Inner> const& sides, Policies const&... policies) {
  if constexpr (is_tally<Inner> || is_weighted_tally<Inner>) {
    require_same(sides.first.all.scale() == sides.second.all.scale(),
                 "cxm::compare: the scales differ");
    auto const a = read_clusters(sides.first, sides.first_whole);
    auto const b = read_clusters(sides.second, sides.second_whole);
    auto const& readings = sides.first.all.readings();
    constexpr std::size_t count = std::tuple_size_v<std::remove_cvref_t<decltype(readings)>>;
    if constexpr (count == 1)
      return compare_one(sides, std::get<0>(readings), a, b, policies...);
    else
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return std::tuple(compare_one(sides, std::get<I>(readings), std::get<I>(a), std::get<I>(b),
                                      policies...)...);
      }
    (std::make_index_sequence<count>{});
  } else if constexpr (requires { sides.first.all.parts(); }) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::tuple(compare_within(
          sides, [](Inner const& of) -> auto const& { return std::get<I>(of.parts()); },
          policies...)...);
    }
    (std::make_index_sequence<
        std::tuple_size_v<std::remove_cvref_t<decltype(sides.first.all.parts())>>>{});
  } else {
    return compare_within(
        sides, [](Inner const& of) -> auto const& { return of.inner(); }, policies...);
  }
}

}  // namespace cxm::detail
