// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The share of every point of the scale with its interval, as a reading of a tally: a bar chart
/// with error bars. By default all intervals hold at once (`goodman`, or `sison_glaz`); with a
/// method for a single share, such as `wilson`, each holds for itself.
#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/simultaneous.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/tally_counts.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace cxm {
/// One bar: the answers at a point of the scale.
struct point_share {
  std::int64_t point = 0;
  std::uint64_t count = 0;
  double share = 0;
  bounded_interval interval;
};

/// Reads a tally as the shares of its points, from the lowest to the highest.
template <class Method>
struct point_shares_reading {
  confidence level;
  min_n least;
  [[no_unique_address]] Method method{};
  of_population whole{};

  maybe<std::vector<point_share>> operator()(tally_counts const& counts) const {
    std::uint64_t const n = counts.n();
    if (n == 0) return reason::no_data;
    if (n < least.answers) return reason::below_min_n;
    auto const intervals = intervals_of(counts, n);
    if (!intervals) return intervals.why();
    double const factor = whole.factor(n);
    std::vector<point_share> found;
    for (std::size_t i = 0; i < counts.points.size(); ++i) {
      double const share = static_cast<double>(counts.points[i]) / static_cast<double>(n);
      found.push_back({counts.low + static_cast<std::int64_t>(i), counts.points[i], share,
                       detail::narrowed((*intervals)[i], share, factor)});
    }
    return found;
  }
  /// The weighted shares; `count` still counts answers. Each interval is that of the design n which
  /// this share has.
  maybe<std::vector<point_share>> operator()(weighted_counts const& counts) const {
    std::uint64_t const n = counts.n();
    if (n == 0) return reason::no_data;
    if (n < least.answers) return reason::below_min_n;
    auto const& answers = counts.answers;
    confidence const each = level_of_one(answers.points.size());
    double const factor = whole.factor(n);
    std::vector<point_share> found;
    for (std::size_t i = 0; i < answers.points.size(); ++i) {
      auto const at = answers.low + static_cast<std::int64_t>(i);
      auto const share = moments_of(counts, [&](auto point) { return point == at ? 1 : 0; });
      double const rest = moments_of(counts, [&](auto point) { return point == at ? 0 : 1; }).mean;
      auto const ends = ends_of({share.design_n * share.mean, share.design_n * rest}, each);
      if (!ends) return ends.why();
      found.push_back(
          {at, answers.points[i], share.mean, detail::narrowed(*ends, share.mean, factor)});
    }
    return found;
  }

 private:
  /// The level of a single interval of a weighted share.
  confidence level_of_one(std::size_t points) const {
    if constexpr (requires { method.level_of_one(points, level); })
      return method.level_of_one(points, level);
    else
      return level;
  }
  maybe<bounded_interval> ends_of(effective_share const& of, confidence each) const {
    if constexpr (requires { method.level_of_one(1, each); })
      return wilson::share(of, each);
    else if constexpr (requires { method.share(of, each); })
      return method.share(of, each);
    else
      return reason::not_identified;  // this method needs whole counts
  }
  maybe<std::vector<bounded_interval>> intervals_of(tally_counts const& counts,
                                                    std::uint64_t n) const {
    if constexpr (requires { method.shares(counts.points, level); }) {
      return method.shares(counts.points, level);
    } else {
      std::vector<bounded_interval> found;
      for (auto const count : counts.points) {
        auto const ends = method.share(count, n, level);
        if (!ends) return ends.why();
        found.push_back(*ends);
      }
      return found;
    }
  }
};

/// The shares of all points, a reading for `tally`: `tally(nps(), point_shares())`. Policies, in
/// any order: an interval method (default `goodman`), `confidence`, `min_n`, `of_population`.
template <class... Policies>
constexpr auto point_shares(Policies... policies) {
  static_assert((detail::answers_one_of<Policies, interval_method, confidence_level,
                                        minimum_answers, sampled_population> &&
                 ...),
                "cxm::point_shares: takes an interval method, confidence, min_n and of_population");
  static_assert(detail::no_question_twice<interval_method, confidence_level, minimum_answers,
                                          sampled_population>::template in<Policies...>,
                "cxm::point_shares: two policies answer the same question");
  auto const method = detail::pick<interval_method>(goodman{}, policies...);
  return point_shares_reading<std::remove_const_t<decltype(method)>>{
      detail::pick<confidence_level>(confidence{}, policies...),
      detail::pick<minimum_answers>(min_n{1}, policies...), method,
      detail::pick<sampled_population>(of_population{}, policies...)};
}
}  // namespace cxm
