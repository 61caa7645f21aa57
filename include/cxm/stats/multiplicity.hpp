// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Many comparisons at once: adjusted p-values, to be compared with the level as a single one is.
/// `benjamini_hochberg` keeps the share of false discoveries (among those found) below the level,
/// for independent or positively dependent tests: the choice for screening touchpoints × segments.
/// `benjamini_yekutieli` does so under any dependence. `holm` keeps the chance of even one false
/// discovery below it under any dependence: for what is published; `hochberg` and `hommel` do so
/// with more power where tests are independent or positively dependent. A p that is not there (no
/// data, degenerate) stays so, and does not count among the tests. `no_false_alarm`,
/// `few_false_alarms` and `each_alone` are the same as policies. Sources: Benjamini & Hochberg,
/// J. Royal Statistical Society B 57 (1995); Benjamini & Yekutieli, Annals of Statistics 29 (2001);
/// Holm, Scandinavian Journal of Statistics 6 (1979); Hochberg and Hommel, Biometrika 75 (1988).
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace cxm {
namespace detail {
/// The places of the p-values, the smallest first; equal ones as they came.
inline std::vector<std::size_t> order_of(std::span<double const> p) {
  for (double const value : p)
    if (!(value >= 0 && value <= 1))
      refuse("cxm::multiplicity: a p-value must lie between 0 and 1");
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  return order;
}

/// min over j >= i of min(1, factor · m · p(j) / j).
inline std::vector<double> step_up(std::span<double const> p, double factor) {
  auto const order = order_of(p);
  std::vector<double> adjusted(p.size());
  double least = 1;
  for (std::size_t i = order.size(); i-- > 0;) {
    double const raised = factor * static_cast<double>(order.size()) * p[order[i]];
    least = std::min(least, raised / static_cast<double>(i + 1));
    adjusted[order[i]] = least;
  }
  return adjusted;
}

/// `adjust` of the p-values that are there.
template <class Adjust>
std::vector<maybe<double>> where_known(std::span<maybe<double> const> p, Adjust adjust) {
  std::vector<double> known;
  for (auto const& value : p)
    if (value) known.push_back(*value);
  auto const adjusted = adjust(known);
  std::vector<maybe<double>> found(p.begin(), p.end());
  std::size_t at = 0;
  for (auto& value : found)
    if (value) value = adjusted[at++];
  return found;
}
}  // namespace detail

/// In the order of the input, as the others. O(m log m).
inline std::vector<double> benjamini_hochberg(std::span<double const> p) {
  return detail::step_up(p, 1);
}
inline std::vector<double> benjamini_yekutieli(std::span<double const> p) {
  double harmonic = 0;
  for (std::size_t i = p.size(); i > 0; --i) harmonic += 1 / static_cast<double>(i);
  return detail::step_up(p, harmonic);
}
inline std::vector<double> holm(std::span<double const> p) {
  auto const order = detail::order_of(p);
  std::vector<double> adjusted(p.size());
  double most = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    most = std::max(most, std::min(1.0, static_cast<double>(order.size() - i) * p[order[i]]));
    adjusted[order[i]] = most;
  }
  return adjusted;
}

/// m · p, the oldest and simplest; never better than `holm`.
inline std::vector<double> bonferroni(std::span<double const> p) {
  std::vector<double> adjusted;
  for (auto const at : detail::order_of(p)) static_cast<void>(at);  // refuses what is no p
  for (double const value : p)
    adjusted.push_back(std::min(1.0, static_cast<double>(p.size()) * value));
  return adjusted;
}
/// min over j >= i of (m - j + 1) p(j); for tests that are independent or positively dependent.
inline std::vector<double> hochberg(std::span<double const> p) {
  auto const order = detail::order_of(p);
  std::vector<double> adjusted(p.size());
  double least = 1;
  for (std::size_t i = order.size(); i-- > 0;) {
    least = std::min(least, static_cast<double>(order.size() - i) * p[order[i]]);
    adjusted[order[i]] = least;
  }
  return adjusted;
}
/// The closed test of Simes's: never worse than `hochberg`, on the same condition. O(m²).
inline std::vector<double> hommel(std::span<double const> p) {
  auto const order = detail::order_of(p);
  std::size_t const m = p.size();
  std::vector<double> found(m);
  for (std::size_t size = m; size > 0; --size) {  // all intersections of `size` hypotheses
    double const count = static_cast<double>(size);
    double simes = 1;  // Simes's p of the size - 1 largest, and of one more below
    for (std::size_t j = 2; j <= size; ++j)
      simes = std::min(simes, count * p[order[m - size + j - 1]] / static_cast<double>(j));
    for (std::size_t i = 0; i < m; ++i) {
      double const smallest = count * p[order[std::min(i, m - size)]];
      found[i] = std::max(found[i], std::min(simes, smallest));
    }
  }
  std::vector<double> adjusted(m);
  for (std::size_t i = 0; i < m; ++i) adjusted[order[i]] = std::max(found[i], p[order[i]]);
  return adjusted;
}
inline std::vector<maybe<double>> benjamini_hochberg(std::span<maybe<double> const> p) {
  return detail::where_known(
      p, [](std::span<double const> known) { return cxm::benjamini_hochberg(known); });
}
inline std::vector<maybe<double>> benjamini_yekutieli(std::span<maybe<double> const> p) {
  return detail::where_known(
      p, [](std::span<double const> known) { return cxm::benjamini_yekutieli(known); });
}
inline std::vector<maybe<double>> holm(std::span<maybe<double> const> p) {
  return detail::where_known(p, [](std::span<double const> known) { return cxm::holm(known); });
}

/// The p of every group of a result that has one, in the order of the keys:
/// `benjamini_hochberg(p_values(compare(spring, summer)))`.
template <class Groups>
std::vector<maybe<double>> p_values(Groups const& groups) {
  std::vector<maybe<double>> found;
  for (auto const& group : groups) found.push_back(group.result.p);
  return found;
}

/// The question what may be found wrongly where many are tested at once.
struct many_tests;

/// Nothing, with probability `confidence` over all of them (Holm): for what is published.
struct no_false_alarm {
  using policy_kind = many_tests;
  static std::vector<maybe<double>> adjust(std::span<maybe<double> const> p) { return holm(p); }
};
/// No more than the share 1 - `confidence` of what is found (Benjamini and Hochberg): for
/// screening.
struct few_false_alarms {
  using policy_kind = many_tests;
  static std::vector<maybe<double>> adjust(std::span<maybe<double> const> p) {
    return benjamini_hochberg(p);
  }
};
/// Each is tested as if it were the only one: of 20 groups like all others one is found.
struct each_alone {
  using policy_kind = many_tests;
  static std::vector<maybe<double>> adjust(std::span<maybe<double> const> p) {
    return {p.begin(), p.end()};
  }
};
}  // namespace cxm
