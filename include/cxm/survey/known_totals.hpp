// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What is known of a population from elsewhere: how many customers there are in each category, or
/// which share. `post_stratify`, `rake` and `response_weights` make samples agree with it.

#include <cxm/core/error.hpp>
#include <cxm/stats/detail/key.hpp>
#include <cxm/survey/detail/sample_cells.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

/// Categories with their totals, in any order: `{{"north", 1200}, {"south", 800}}`. Totals that add
/// up to 1 are shares: weights then have the mean 1; otherwise the weights add up to the totals.
/// Throws `std::invalid_argument` for a category that is named twice, a total below 0 or not
/// finite, and totals that are all 0.
template <class Value>
class known_totals {
 public:
  using entry = std::pair<Value, double>;

  known_totals(std::initializer_list<entry> totals) : known_totals(std::vector<entry>(totals)) {}
  explicit known_totals(std::vector<entry> totals) : entries_(std::move(totals)) {
    std::sort(entries_.begin(), entries_.end(), before);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      auto const& [value, total] = entries_[i];
      if (i > 0 && !before(entries_[i - 1], entries_[i]))
        detail::refuse("cxm::known_totals: " + detail::cell_text(value) + " is named twice");
      if (!(total >= 0) || !std::isfinite(total))
        detail::refuse("cxm::known_totals: the total of " + detail::cell_text(value) +
                       " is no number of people");
      sum_ += total;
    }
    if (!(sum_ > 0) || !std::isfinite(sum_))
      detail::refuse("cxm::known_totals: nobody is in any category");
  }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  std::size_t size() const { return entries_.size(); }
  double sum() const { return sum_; }
  bool are_shares() const { return std::abs(sum_ - 1) < 1e-9; }

  /// The place of a category; `size()` where it is not named.
  std::size_t find(Value const& value) const {
    auto const at = std::lower_bound(entries_.begin(), entries_.end(), value,
                                     [](entry const& one, Value const& wanted) {
                                       return detail::key_before(one.first, wanted);
                                     });
    if (at == entries_.end() || detail::key_before(value, at->first)) return size();
    return static_cast<std::size_t>(at - entries_.begin());
  }

 private:
  static bool before(entry const& a, entry const& b) {
    return detail::key_before(a.first, b.first);
  }
  std::vector<entry> entries_;
  double sum_ = 0;
};

}  // namespace cxm
