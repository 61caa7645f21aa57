// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Estimates of so many answers of equal weight that are those of a finite population, or whose
/// variance is known from few clusters, with their intervals by any method.
#include <cxm/stats/detail/normal_n.hpp>
#include <cxm/stats/effective_counts.hpp>
#include <cxm/stats/finite_population.hpp>
#include <cxm/stats/interval.hpp>

#include <cmath>
#include <limits>

namespace cxm::detail {
/// An estimate with what a finite population multiplies its error by, and the degrees of freedom of
/// its variance: without end where a method of z is right for a single one.
template <class Counts>
struct sampled {
  sampled(Counts const& from, double factor = 1,
          double freedom = std::numeric_limits<double>::infinity())
      : counts(from), finite(factor), df(freedom) {}
  Counts counts;
  double finite;
  double df;

  double squared(double variance) const { return variance * finite * finite; }
};

inline double net_of(effective_net const& of) {
  return (of.promoters - of.detractors) / of.n;
}
inline effective_net at_level(sampled<effective_net> const& of, confidence level) {
  double const part = normal_n(1, of.df, level);
  return {of.counts.promoters * part, of.counts.detractors * part, of.counts.n * part};
}
inline effective_share at_level(sampled<effective_share> const& of, confidence level) {
  double const part = normal_n(1, of.df, level);
  return {of.counts.successes * part, of.counts.failures * part};
}

/// The net with added answers, its variance such that z standard errors of it are as long as t
/// makes them: where clusters are few, it is not the added answers that decide. A finite population
/// pulls it back to the plain net, which is certain once all have answered.
inline net_estimate padded_net(sampled<effective_net> const& of, added_answers added,
                               confidence level) {
  auto found = padded_net(of.counts, added);
  double const longer = t_over_z(of.df, level);
  found.variance *= longer * longer;
  if (of.finite == 1) return found;
  double const net = net_of(of.counts);
  return {net + (found.net - net) * of.finite, of.squared(found.variance)};
}

template <class Method>
maybe<bounded_interval> ends_of(sampled<effective_net> const& of, Method const& method,
                                confidence level) {
  if constexpr (requires { Method::added; }) {
    auto const found = padded_net(of, Method::added, level);
    return made_by<Method>(level,
                           around(found.net, z_of(level) * std::sqrt(found.variance), net_range));
  } else {
    return method.net(at_level(of, level), level).transform([&](bounded_interval const& ends) {
      return narrowed(ends, net_of(of.counts), of.finite);
    });
  }
}
template <class Method>
maybe<bounded_interval> ends_of(sampled<effective_share> const& of, Method const& method,
                                confidence level) {
  return method.share(at_level(of, level), level).transform([&](bounded_interval const& ends) {
    return narrowed(ends, of.counts.successes / of.counts.n(), of.finite);
  });
}
}  // namespace cxm::detail
