// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Counts that need not be whole, as intervals of weighted answers take them: what as many answers
/// of equal weight as know a score equally well would count. And the net share that an adjusted
/// Wald interval makes of them.
#include <cxm/core/detail/order.hpp>

namespace cxm {
/// Successes and failures, both 0 or more.
struct effective_share {
  double successes;
  double failures;
  constexpr double n() const noexcept { return successes + failures; }
};

/// Promoters and detractors of n answers, together n at most.
struct effective_net {
  double promoters;
  double detractors;
  double n;
};

/// How many answers a mean is of.
struct effective_size {
  double n;
};

/// How many answers a Wald interval adds before it is computed: `each` to the promoters and to the
/// detractors, `total` in all.
struct added_answers {
  double each = 0;
  double total = 0;
};

namespace detail {
/// A net share and the variance of its estimate.
struct net_estimate {
  double net;
  double variance;
};
constexpr net_estimate padded_net(effective_net const& of, added_answers added) {
  double const count = of.n + added.total;
  double const p = (of.promoters + added.each) / count;
  double const d = (of.detractors + added.each) / count;
  double const net = p - d;
  // p + d - net², without cancellation where nearly all are promoters.
  double const variance = p * (1 - p) + d * (1 - d) + 2 * p * d;
  return {net, detail::greater(0.0, variance) / count};
}
}  // namespace detail
}  // namespace cxm
