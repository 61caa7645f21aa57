// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `at_same_mix(now, before)`: the difference of two scores as if the same mix of segments had
/// answered both times (direct standardisation): Σ W_h (first_h - second_h), with its interval and
/// test. So a changed mix of customers is not taken for an improvement, nor hides one.
#include <cxm/core/policy.hpp>
#include <cxm/diagnose/why_it_moved.hpp>
#include <cxm/stats/comparison.hpp>
#include <cxm/survey/noisy_estimates.hpp>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace cxm {
/// The question whose mix is the same.
struct standard_mix;

/// The mix of the second side, which is usually the one before: default.
struct mix_of_second {
  using policy_kind = standard_mix;
  static constexpr double weight(double, double second) noexcept { return second; }
};
/// The mix of the first side.
struct mix_of_first {
  using policy_kind = standard_mix;
  static constexpr double weight(double first, double) noexcept { return first; }
};
/// The mean of both mixes: then the value is the rate of `why_it_moved`, where both sides have all
/// segments.
struct mix_of_both {
  using policy_kind = standard_mix;
  static constexpr double weight(double first, double second) noexcept {
    return (first + second) / 2;
  }
};

/// A mix-adjusted difference, first minus second.
struct same_mix : comparison {
  maybe<double> first = reason::no_data;  ///< the score of the first side, with the standard mix
  maybe<double> second = reason::no_data;
  /// The part of the standard mix in segments that both sides have; the rest can't be compared, and
  /// the difference is that of this part.
  maybe<double> covered = reason::no_data;
};

namespace detail {
/// Sums over the segments of both sides.
struct same_mix_sums {
  double weight = 0, covered = 0, first = 0, second = 0, variance = 0;

  void add(double standard, maybe<noisy_estimate> const& a, maybe<noisy_estimate> const& b) {
    weight += standard;
    if (!a || !b) return;
    covered += standard;
    first += standard * a->value;
    second += standard * b->value;
    variance += standard * standard * (a->variance + b->variance);
  }
  /// `range` is that of differences.
  void fill(same_mix& found, confidence level, interval range) const {
    found.covered = weight > 0 ? maybe<double>(covered / weight) : reason::no_data;
    static_cast<comparison&>(found) = without(found, reason::degenerate);
    found.first = found.second = reason::degenerate;
    if (!(covered > 0)) return;
    double const error = std::sqrt(variance) / covered;
    found.first = first / covered;
    found.second = second / covered;
    found.value = (first - second) / covered;
    found.standard_error = error;
    found.interval = around(*found.value, z_of(level) * error, range);
    test_by_z(found, *found.value, error);
  }
};
/// Leaves the values, but not how sure they are.
inline void forget_error(same_mix& found, reason why) {
  if (!found.value) return;
  found.standard_error = found.statistic = found.degrees_of_freedom = found.p = why;
  found.interval = why;
}
}  // namespace detail

/// Compares two results of the same plan `by(segment…, score)` at the same mix. The error of each
/// segment is steadied as `noisy_estimates` of `own_answers` does, so that small segments are not
/// taken as certain; the interval keeps 94 % and more, down to segments of two answers.
/// Of clustered scores there is the value alone: how a cluster's answers in one segment go with
/// those in another is not known, so error, interval and test are `not_identified`. Policies:
/// `mix_of_second` (default), `mix_of_first`, `mix_of_both`; `confidence`. `other` takes no part:
/// it is not the same segments on both sides. O(segments).
template <class Key, class Score, class... Policies>
same_mix at_same_mix(groups<Key, Score> const& first, groups<Key, Score> const& second,
                     Policies... policies) {
  static_assert((detail::answers_one_of<Policies, standard_mix, confidence_level> && ...),
                "cxm::at_same_mix: takes mix_of_first, mix_of_second or mix_of_both, and "
                "confidence");
  auto const chosen = detail::pick<standard_mix>(mix_of_second{}, policies...);
  auto const a = noisy_estimates(first, own_answers{});
  auto const b = noisy_estimates(second, own_answers{});
  double all_first = 0;
  double all_second = 0;
  same_mix found;
  detail::name_comparison<Score>(found);
  found.test = "Z";
  for (auto const& one : first) found.first_n += one.result.n;
  for (auto const& one : second) found.second_n += one.result.n;
  if (found.first_n == 0 || found.second_n == 0) return found;
  for (auto const& one : first) all_first += detail::side_of(&one.result).weight;
  for (auto const& one : second) all_second += detail::side_of(&one.result).weight;
  detail::same_mix_sums sums;
  std::size_t i = 0;
  std::size_t j = 0;
  maybe<noisy_estimate> const none = reason::no_data;
  detail::for_both(first, second, [&](Key const&, Score const* one, Score const* two) {
    double const standard = chosen.weight(detail::side_of(one).weight / all_first,
                                          detail::side_of(two).weight / all_second);
    sums.add(standard, one ? a[i] : none, two ? b[j] : none);
    i += one ? 1 : 0;
    j += two ? 1 : 0;
  });
  auto const range = detail::differences_of(first.empty() ? Score{} : first.begin()->result);
  sums.fill(found, detail::pick<confidence_level>(confidence{}, policies...), range);
  if constexpr (requires(Score const& any) { any.effective_clusters; })
    detail::forget_error(found, reason::not_identified);
  return found;
}
/// The same of two plans that have counted.
template <class Plan, class... Policies>
requires requires(Plan const& plan) {
  plan.result().names();
}
same_mix at_same_mix(Plan const& first, Plan const& second, Policies... policies) {
  detail::require_same(detail::fingerprint(first) == detail::fingerprint(second),
                       "cxm::at_same_mix: the plans differ in scale or fields");
  return cxm::at_same_mix(first.result(), second.result(), policies...);
}
}  // namespace cxm
