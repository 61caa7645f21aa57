// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// How two plain scores differ of which one or both speak of a finite population, for `compare`:
/// each side's variance, and its part in the interval, is that of its population.
#include <cxm/survey/detail/weighted_difference.hpp>

namespace cxm::detail {
template <class Score>
bool of_population_either(Score const& a, Score const& b) {
  return a.population || b.population;
}

template <class Method>
comparison finite_difference(nps_score const& first, nps_score const& second, confidence level,
                             Method const& method) {
  comparison found{first.n, second.n};
  if (first.n == 0 || second.n == 0) return found;
  auto const a = effective(first);
  auto const b = effective(second);
  fill_difference(found, a, b, adjusted_wald{}, level);
  auto const ends = [&](nps_score const& of, sampled<effective_net> const& side) {
    return method.net(of.promoters, of.detractors, of.n, level).transform([&](auto const& raw) {
      return narrowed(raw, net_of(side.counts), side.finite);
    });
  };
  if constexpr (requires { Method::added; })
    found.interval = difference_interval(a, b, method, level);
  else
    found.interval = square_and_add<Method>(net_of(a.counts), ends(first, a), net_of(b.counts),
                                            ends(second, b), net_difference_range, level);
  return in_points(found);
}

template <class Method>
comparison finite_difference(share const& first, share const& second, confidence level,
                             Method const& method) {
  comparison found{first.n, second.n};
  if (first.n == 0 || second.n == 0) return found;
  auto const a = effective(first);
  auto const b = effective(second);
  fill_difference(found, a, b, wilson{}, level);
  found.interval = reason::not_identified;  // that method knows pairs of whole samples only
  if constexpr (requires { method.share(0, 0, level); }) {
    auto const value = [](share const& of) { return share_of(of.successes, of.n).value.value(); };
    auto const ends = [&](share const& of, double factor) {
      return method.share(of.successes, of.n, level).transform([&](auto const& raw) {
        return narrowed(raw, value(of), factor);
      });
    };
    found.interval = square_and_add<Method>(value(first), ends(first, a.finite), value(second),
                                            ends(second, b.finite), net_range, level);
  }
  return found;
}

/// By `welch`, whatever was asked: `pooled` has one variance, which two populations have not.
template <score_of_mean Score>
comparison finite_difference(Score const& first, Score const& second, confidence level) {
  comparison found{first.n, second.n};
  if (first.n == 0 || second.n == 0) return found;
  fill_difference(found, effective(first), effective(second), level, every_difference);
  return found;
}
}  // namespace cxm::detail
