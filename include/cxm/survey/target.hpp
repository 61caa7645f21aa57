// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Is a score at its target? `against(score, target{40}, margin{5})` tests that it is above, below,
/// not worse than the target by more than the margin (non-inferiority), and within the margin of it
/// (equivalence, two one-sided tests). `against(first, second, margin{5})` asks the same of two
/// groups. "Not significantly below the target" is no proof of reaching it: that is `not_below`.
/// Source: Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15 (1987).
#include <cxm/core/confidence.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/one_sided.hpp>
#include <cxm/survey/compare.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace cxm {
/// The level to be reached, in the unit of the score.
struct target {
  double level;
};

/// How far from it still counts as reached, in the unit of the score.
struct margin {
  double width = 0;
};

/// One-sided p-values, each small where its statement holds; compare them with half of 1 -
/// confidence, as the interval does.
struct target_test {
  std::uint64_t n = 0;  ///< answers, of two groups those of the smaller
  maybe<double> value = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;
  maybe<double> above = reason::no_data;       ///< above the target
  maybe<double> below = reason::no_data;       ///< below it
  maybe<double> not_below = reason::no_data;   ///< above target - margin
  maybe<double> not_above = reason::no_data;   ///< below target + margin
  maybe<double> equivalent = reason::no_data;  ///< both: within the margin of the target
  double target_level = 0;                     ///< 0 where two groups were compared
  double margin_width = 0;
  std::string_view quantity{};  ///< what was tested, as "NPS"
  unit in = unit::number;       ///< of value, interval, target and margin
};

namespace detail {
template <class Ends>
target_test tested(std::uint64_t n, maybe<double> value, Ends const& ends, double level,
                   margin around, confidence sure) {
  if (!(around.width >= 0)) refuse("cxm::against: the margin must not be negative");
  target_test found{n, value, ends(sure)};
  found.target_level = level;
  found.margin_width = around.width;
  found.above = p_above(ends, level);
  found.below = p_below(ends, level);
  found.not_below = p_above(ends, level - around.width);
  found.not_above = p_below(ends, level + around.width);
  found.equivalent = found.not_below;
  if (found.not_below) found.equivalent = std::max(*found.not_below, *found.not_above);
  return found;
}
template <class Ends, class... Policies>
target_test tested_score(score const& of, Ends const& ends, target at, margin around,
                         Policies const&... policies) {
  maybe<double> value = of.value;
  auto const shown = [&](confidence level) -> maybe<bounded_interval> {
    if (!value) return value.why();
    return ends(level);
  };
  return tested(of.n, value, shown, at.level, around, level_of(policies...));
}
inline target_test about(target_test found, comparison const& named) {
  found.quantity = named.quantity;
  found.in = named.in;
  return found;
}
template <class Score>
target_test about(target_test found) {
  comparison named;
  name_comparison<Score>(named);
  return about(std::move(found), named);
}
template <class Score, class... Policies>
target_test tested_net(Score const& of, net_counts const& counts, target at, margin around,
                       Policies const&... policies) {
  auto const method = pick<interval_method>(adjusted_wald{}, policies...);
  auto const ends = [&](confidence level) {
    return method.net(counts.promoters, counts.detractors, counts.n, level)
        .transform([&](auto const& found) {
          return narrowed(scaled(found, 100), of.value.value_or(0), finite_factor(of));
        });
  };
  return about<Score>(tested_score(of, ends, at, around, policies...));
}
}  // namespace detail

/// NPS against a target, in points. Policies: an interval method for nets, `confidence`.
template <class... Policies>
target_test against(nps_score const& of, target at, margin around = {}, Policies... policies) {
  return detail::tested_net(of, detail::net_of(of), at, around, policies...);
}

/// Another net score against a target, in points. Policies as for NPS.
template <class Shares, class... Policies>
target_test against(banded_score<Shares> const& of, target at, margin around = {},
                    Policies... policies) {
  return detail::tested_net(of, net_counts{of.good, of.bad, of.n}, at, around, policies...);
}

/// CSAT against a target share. Policies: an interval method for shares, `confidence`.
template <class... Policies>
target_test against(csat_score const& of, target at, margin around = {}, Policies... policies) {
  auto const method = detail::pick<interval_method>(wilson{}, policies...);
  auto const ends = [&](confidence level) {
    return method.share(of.good, of.n, level).transform([&](auto const& found) {
      return detail::narrowed(found, of.value.value_or(0), detail::finite_factor(of));
    });
  };
  return detail::about<csat_score>(detail::tested_score(of, ends, at, around, policies...));
}

/// A mean against a target, also of effort, indices and valences, by Student's t.
template <detail::score_of_mean Score, class... Policies>
requires(!detail::weighted_result<Score>) target_test
    against(Score const& of, target at, margin around = {}, Policies... policies) {
  static_assert(detail::answers_to<interval_method, Policies...> == 0,
                "cxm::against: means are tested by Student's t");
  auto const ends = [&](confidence level) -> maybe<bounded_interval> {
    if (!of.deviation) return of.deviation.why();
    return student::mean(*of.value, *of.deviation * detail::finite_factor(of), of.n, level);
  };
  return detail::about<Score>(detail::tested_score(of, ends, at, around, policies...));
}

/// A difference that was compared already, against 0: the change of `paired` answers, or that
/// `at_same_mix`. By its standard error, with Student's t where it has degrees of freedom; of two
/// independent scores give the scores instead, whose own interval is better.
inline target_test against(comparison const& of, margin around, confidence level = {}) {
  auto const ends = [&](confidence sure) -> maybe<bounded_interval> {
    if (!of.value) return of.value.why();
    if (!of.standard_error) return of.standard_error.why();
    double const z = of.degrees_of_freedom
                         ? -students_t_quantile(sure.tail(), *of.degrees_of_freedom)
                         : z_of(sure);
    constexpr double far = std::numeric_limits<double>::infinity();
    return detail::around(*of.value, z * *of.standard_error, {-far, far});
  };
  auto const found =
      detail::tested(std::min(of.first_n, of.second_n), of.value, ends, 0, around, level);
  return detail::about(found, of);
}

/// A weighted score against a target, as that of `design_n` answers of equal weight, or of its
/// clusters. Policies: an interval method as for the plain score, `confidence`.
template <detail::weighted_result Score, class... Policies>
target_test against(Score const& of, target at, margin around = {}, Policies... policies) {
  auto const ends = [&](confidence level) -> maybe<bounded_interval> {
    if (!of.design_n) return of.design_n.why();
    if constexpr (detail::score_of_mean<Score>) {
      static_assert(detail::answers_to<interval_method, Policies...> == 0,
                    "cxm::against: means are tested by Student's t");
      return detail::ends_of(detail::effective(of), level);
    } else if constexpr (detail::score_of_share<Score>) {
      auto const method = detail::pick<interval_method>(wilson{}, policies...);
      return detail::ends_of(detail::effective(of), method, level);
    } else {
      static_assert(detail::score_of_net<Score>,
                    "cxm::against: takes weighted nets, shares and means");
      auto const method = detail::pick<interval_method>(adjusted_wald{}, policies...);
      return detail::ends_of(detail::effective(of), method, level).transform([](auto const& found) {
        return detail::scaled(found, 100);
      });
    }
  };
  return detail::about<Score>(detail::tested_score(of, ends, at, around, policies...));
}

/// first - second against 0: is the first group not worse than the second by more than the margin?
/// Anything that `compare` takes and that gives one comparison; policies as there.
template <class Score, class... Policies>
requires requires(Score const& score, Policies... policies) {
  { compare(score, score, policies...) } -> std::convertible_to<comparison>;
}
target_test against(Score const& first, Score const& second, margin around, Policies... policies) {
  auto const at = [&](confidence level) -> comparison {
    if constexpr (detail::answers_to<interval_method, Policies...> == 0)
      return compare(first, second, level);
    else
      return compare(first, second, level, detail::pick<interval_method>(0, policies...));
  };
  comparison const shown = at(detail::level_of(policies...));
  auto const found = detail::tested(
      std::min(shown.first_n, shown.second_n), shown.value,
      [&](confidence level) { return at(level).interval; }, 0, around,
      detail::level_of(policies...));
  return detail::about(found, shown);
}
}  // namespace cxm
