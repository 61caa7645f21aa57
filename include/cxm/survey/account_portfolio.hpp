// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/survey/account_score.hpp>

#include <cstdint>

/// \file
/// All accounts together, one vote each: what counts is how many accounts might leave, not how many
/// people a large one has. For scores over all answers with the error of accounts see
/// clustered.hpp.

namespace cxm {

/// Accounts of each class, one vote each.
struct account_portfolio {
  std::uint64_t promoters = 0;
  std::uint64_t passives = 0;
  std::uint64_t critics = 0;
  std::uint64_t unheard = 0;  ///< no role answered, or it was withheld
  std::uint64_t partial = 0;  ///< heard, but not by all roles
  /// Promoters less critics of the accounts that were heard, in points, and its interval.
  maybe<double> net = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;
};

/// Every account has one vote, whatever the number of its contacts: takes a range of
/// `account_score`. Policies: an interval method for nets (default `adjusted_wald`), `confidence`.
template <class Accounts, class... Policies>
account_portfolio portfolio_of(Accounts const& accounts, Policies... policies) {
  account_portfolio found;
  for (auto const& one : accounts) {
    if (!one.verdict) {
      ++found.unheard;
      continue;
    }
    found.partial += one.partial() ? 1U : 0U;
    auto& counter = *one.verdict == account_class::critic     ? found.critics
                    : *one.verdict == account_class::promoter ? found.promoters
                                                              : found.passives;
    ++counter;
  }
  auto const n = found.promoters + found.passives + found.critics;
  if (n == 0) return found;
  found.net = 100 * (static_cast<double>(found.promoters) - static_cast<double>(found.critics)) /
              static_cast<double>(n);
  auto const method = detail::pick<interval_method>(adjusted_wald{}, policies...);
  auto const level = detail::pick<confidence_level>(confidence{}, policies...);
  found.interval =
      method.net(found.promoters, found.critics, n, level).transform([](auto const& ends) {
        return detail::scaled(ends, 100.0);
      });
  return found;
}

}  // namespace cxm
