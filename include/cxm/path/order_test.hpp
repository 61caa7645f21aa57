// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/maybe.hpp>
#include <cxm/path/detail/contexts.hpp>
#include <cxm/path/path_table.hpp>
#include <cxm/stats/chi_square.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// Is a chain of this order enough? That the next touchpoint depends on the last `order` ones only
/// is an assumption, and a likelihood-ratio test against one more (Anderson & Goodman 1957) says
/// whether the paths agree with it.

namespace cxm {

/// The likelihood ratio of two orders.
struct order_test_summary {
  std::uint64_t transitions = 0;  ///< that have enough touchpoints before them to compare both
  double statistic = 0;  ///< G² = 2 Σ O ln(O / E), about chi-square if the order is enough
  double df = 0;         ///< k^order (k − 1)² for k touchpoints
  double p = 1;          ///< small: the order is not enough
};

namespace detail {

/// Sums of counts by a key, looked up by binary search.
class key_sums {
 public:
  void add(std::uint64_t key, std::uint64_t count) { sums_.emplace_back(key, count); }
  void settle() {
    std::sort(sums_.begin(), sums_.end());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      if (kept > 0 && sums_[kept - 1].first == sums_[i].first)
        sums_[kept - 1].second += sums_[i].second;
      else
        sums_[kept++] = sums_[i];
    }
    sums_.resize(kept);
  }
  double of(std::uint64_t key) const {
    auto const at = std::lower_bound(sums_.begin(), sums_.end(), std::pair(key, std::uint64_t{0}));
    return static_cast<double>(at->second);
  }
  auto const& all() const { return sums_; }

 private:
  std::vector<std::pair<std::uint64_t, std::uint64_t>> sums_;
};

}  // namespace detail

/// Tests `order` against one more on the steps between touchpoints. `degenerate` for fewer than two
/// touchpoints, no_data where no path is long enough. The approximation needs several transitions
/// of each kind. O(steps log steps).
template <class Touchpoint>
maybe<order_test_summary> order_test(path_table<Touchpoint> const& paths, std::size_t order = 1) {
  auto const k = paths.touchpoints().size();
  if (k == 0) return reason::no_data;
  if (k < 2) return reason::degenerate;
  detail::context_digits const digits(k, order + 2);  // the touchpoints before, and the next
  detail::context_digits const shorter(k, order + 1);
  detail::key_sums windows, longer, known, middle;
  order_test_summary found;
  for (std::size_t p = 0; p < paths.size(); ++p) {
    auto const [steps, outcome] = paths[p];
    auto const times = outcome.conversions + outcome.nulls;
    std::uint64_t window = 0;
    for (std::size_t i = 0; i < steps.size() && times > 0; ++i) {
      window = digits.after(window, steps[i]);
      if (i < order + 1) continue;
      auto const known_part = window % shorter.bound();
      windows.add(window, times);
      longer.add(window / digits.base(), times);
      known.add(known_part, times);
      middle.add(known_part / digits.base(), times);
      found.transitions += times;
    }
  }
  if (found.transitions == 0) return reason::no_data;
  for (auto* one : {&windows, &longer, &known, &middle}) one->settle();
  for (auto const& [window, count] : windows.all()) {
    auto const known_part = window % shorter.bound();
    auto const seen = static_cast<double>(count);
    found.statistic += 2 * seen *
                       std::log(seen * middle.of(known_part / digits.base()) /
                                (longer.of(window / digits.base()) * known.of(known_part)));
  }
  found.statistic = std::max(0.0, found.statistic);
  auto const states = static_cast<double>(k);
  found.df = std::pow(states, static_cast<double>(order)) * (states - 1) * (states - 1);
  found.p = chi_square_survival(found.statistic, found.df);
  return found;
}

}  // namespace cxm
