// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `trend(periods)`: does a score rise or fall over ordered periods? The slope is that of least
/// squares over all answers (periods weigh as their answers), with the error that each period's own
/// variance gives it. Shares are tested by Cochran and Armitage's test, others by slope / error.
/// Months and other periods of a calendar, and windows of time, stand as far apart as they are;
/// other keys are 1 apart, or stand at `positions`. Where the error comes from few clusters, the
/// test is that of Student's t with Satterthwaite's degrees of freedom. Sources: Armitage,
/// Biometrics 11 (1955); Cochran, Biometrics 10 (1954); Satterthwaite, Biometrics Bulletin 2
/// (1946).
#include <cxm/core/error.hpp>
#include <cxm/stats/comparison.hpp>
#include <cxm/survey/homogeneity.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cxm {
/// A slope in units of the score a period: a month where the periods are months, whatever months
/// are without answers.
struct trend_test {
  std::uint64_t periods = 0;  ///< periods that entered
  std::uint64_t n = 0;        ///< their answers
  maybe<double> slope = reason::no_data;
  maybe<double> standard_error = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;
  maybe<double> statistic = reason::no_data;  ///< z, or t where there are degrees of freedom
  maybe<double> degrees_of_freedom = reason::no_data;
  maybe<double> p = reason::no_data;
  std::string_view quantity{};  ///< whose trend it is, as "NPS"
  std::string_view test{};      ///< whose p it is
  unit in = unit::number;       ///< of slope, standard error and interval, a period
};

namespace detail {
struct normal_slope {
  static constexpr std::string_view name = "normal approximation";
};
/// One period: where it stands, its answers, their mean, the variance of one answer, how many
/// answers of equal weight they are worth, and the degrees of freedom of the variance.
struct trend_point {
  double position;
  std::uint64_t n;
  double mean;
  double variance;
  double size = static_cast<double>(n);
  double df = std::numeric_limits<double>::infinity();
};

/// The interval and the test of a slope, by z or by t.
inline void test_slope(trend_test& found, double null_error, double df, confidence level) {
  constexpr double far = std::numeric_limits<double>::infinity();
  bool const by_t = df < far;
  double const reach = *found.standard_error * z_of(level) * t_over_z(df, level);
  auto const ends = around(*found.slope, reach, {-far, far});
  found.interval = by_t ? made_by<student>(level, ends) : made_by<normal_slope>(level, ends);
  if (!(null_error > 0)) return;
  found.statistic = *found.slope / null_error;
  found.p = by_t ? two_sided(*found.statistic, df) : two_sided(*found.statistic);
  if (by_t) found.degrees_of_freedom = df;
}

/// `null_variance` is that of one answer if all periods were alike; 0: test by the slope's own
/// error.
inline trend_test trend_of(std::span<trend_point const> points, double null_variance,
                           confidence level) {
  trend_test found;
  double n = 0;
  double centre = 0;
  for (auto const& point : points) {
    ++found.periods;
    found.n += point.n;
    n += point.size;
    centre += point.size * point.position;
  }
  if (found.periods == 0) return found;
  centre /= n;
  double spread = 0;
  double slope = 0;
  double variance = 0;
  double uncertain = 0;  // Σ part² / df of the parts of the variance
  for (auto const& point : points) {
    double const distance = point.position - centre;
    double const weight = point.size * distance;
    spread += weight * distance;
    slope += weight * point.mean;
    double const part = weight * distance * point.variance;
    variance += part;
    uncertain += part * part / point.df;
  }
  found.slope = found.standard_error = found.statistic = found.p = reason::degenerate;
  found.interval = reason::degenerate;
  found.degrees_of_freedom = reason::degenerate;
  if (!(spread > 0)) return found;
  double const error = std::sqrt(variance) / spread;
  found.slope = slope / spread;
  found.standard_error = error;
  double const null_error = null_variance > 0 ? std::sqrt(null_variance / spread) : error;
  double const df =
      uncertain > 0 ? variance * variance / uncertain : std::numeric_limits<double>::infinity();
  test_slope(found, null_error, df, level);
  return found;
}

/// The slope is of the plain nets; their variance is adjusted, so that no period is certain.
template <score_of_net Score>
requires(!weighted_result<Score>) trend_point point_of(Score const& score, double position) {
  auto const of = effective(score).counts;
  double const variance = padded_net(of, adjusted_wald::added).variance * (of.n + 3);
  double const factor = finite_factor(score);
  return {position, score.n, 100 * ((of.promoters - of.detractors) / of.n),
          1e4 * variance * factor * factor};
}
template <score_of_mean Score>
requires(!weighted_result<Score>) trend_point point_of(Score const& score, double position) {
  double const sd = *score.deviation * finite_factor(score);
  return {position, score.n, *score.value, sd * sd};
}
inline trend_point share_point(std::uint64_t good, std::uint64_t n, double factor,
                               double position) {
  double const count = static_cast<double>(n);
  double const p = static_cast<double>(good) / count;
  return {position, n, p, p * (static_cast<double>(n - good) / count) * factor * factor};
}
inline trend_point point_of(csat_score const& score, double position) {
  return share_point(score.good, score.n, finite_factor(score), position);
}
inline trend_point point_of(share const& score, double position) {
  return share_point(score.successes, score.n, finite_factor(score), position);
}
/// Does the error come from clusters?
template <class Score>
concept knows_clusters = requires(Score const& score) {
  score.effective_clusters;
};
/// Of weighted answers: the variance of one of `design_n` of equal weight. Those of clusters weigh
/// as answers do, not by a design n that few clusters only guess.
template <weighted_result Score>
trend_point point_of(Score const& score, double position) {
  double const factor = finite_factor(score);
  double variance = *score.variance;
  if constexpr (score_of_net<Score>)
    variance = 1e4 * padded_net(effective(score).counts, adjusted_wald::added).variance *
               (*score.design_n + 3);
  double size = *score.design_n;
  if constexpr (knows_clusters<Score>) size = score.effective_n.value_or(size);
  variance *= size / *score.design_n;
  return {position, score.n, *score.value, variance * factor * factor, size, freedom_of(score)};
}
/// A period that knows how far it is from another one.
template <class Element>
concept has_placed_key = requires(Element const& element) {
  { element.key.periods_since(element.key) } -> std::same_as<std::int64_t>;
};
template <class Range>
std::vector<double> positions_of(Range const& range) {
  std::vector<double> found;
  auto const first = std::begin(range);
  for (auto const& element : range) {
    if constexpr (has_placed_key<std::remove_cvref_t<decltype(element)>>)
      found.push_back(static_cast<double>(element.key.periods_since(first->key)));
    else
      found.push_back(static_cast<double>(found.size()));
  }
  return found;
}
/// Has it what a point needs? A mean needs a deviation.
template <class Score>
bool makes_a_point(Score const& score) {
  if constexpr (score_of_mean<Score> && !weighted_result<Score>)
    return score.value && score.deviation;
  else
    return enters(score);
}
}  // namespace detail

/// The trend over `range`, a result of `by` with ordered keys or any range of scores of one metric.
/// Periods without answers are left out (of means, those with a single one). Periods are taken for
/// independent: where clusters answer in most of them, as accounts do, the error of a slope is too
/// large rather than too small. Policies: `confidence`.
template <class Range, class... Policies>
trend_test trend(Range const& range, std::span<double const> positions, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, confidence_level> && ...),
                "cxm::trend: takes positions and confidence");
  using score_type = detail::score_of_range<Range>;
  static_assert(
      requires(score_type const& score) { detail::point_of(score, 0.0); },
      "cxm::trend: takes periods of NPS, CSAT, shares or means");
  constexpr bool shares =
      std::derived_from<score_type, csat_score> || std::derived_from<score_type, share>;
  std::vector<detail::trend_point> points;
  double answers = 0;
  double good = 0;
  bool finite = false;
  std::size_t at = 0;
  for (auto const& element : range) {
    auto const& score = detail::score_in(element);
    if (at == positions.size()) detail::refuse("cxm::trend: fewer positions than periods");
    double const position = positions[at++];
    if (!detail::makes_a_point(score)) continue;
    points.push_back(detail::point_of(score, position));
    answers += points.back().size;
    good += points.back().size * points.back().mean;
    finite = finite || score.population;
  }
  // The common share has the variance p (1 - p) / n only in a population without end, of strangers.
  constexpr bool pools = shares && !detail::knows_clusters<score_type>;
  double const pooled = pools && answers > 0 && !finite ? good / answers : 0;
  auto found = detail::trend_of(points, pooled * (1 - pooled), detail::level_of(policies...));
  constexpr bool nets = detail::score_of_net<score_type>;
  found.quantity = std::derived_from<score_type, nps_score> ? "NPS"
                   : nets                                   ? "net score"
                   : shares                                 ? "share"
                                                            : "mean";
  found.in = nets ? unit::points : shares ? unit::share : unit::number;
  found.test = pools ? "Cochran-Armitage" : found.degrees_of_freedom ? "Student's t" : "Z";
  return found;
}

template <class Range, class... Policies>
requires(policy<Policies>&&...) trend_test trend(Range const& range, Policies... policies) {
  auto const positions = detail::positions_of(range);
  return cxm::trend(range, std::span<double const>(positions), policies...);
}
}  // namespace cxm
