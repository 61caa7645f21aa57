// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/composite_score.hpp>
#include <cxm/survey/detail/composite_plan.hpp>
#include <cxm/survey/detail/weighted_items.hpp>
#include <cxm/survey/score.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

/// \file
/// The weighted twin of an index of several items, `weighted(&answer::value, composite(…))`: for
/// every set of answered items the exact sums of weights, and of squared weights, times answers and
/// their products. The error is linearised as that of a weighted mean, see weighted_counts.hpp.

namespace cxm {

/// Counts people's weighted answers to some items. Made by `weighted` out of a composite.
template <class Reading, class... Items>
class weighted_item_sums {
  using plan = detail::composite_plan<Reading, Items...>;
  static constexpr std::size_t count = plan::count;
  static constexpr std::size_t sets = plan::sets;

 public:
  static constexpr std::string_view type_name = "weighted_composite";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr explicit weighted_item_sums(Reading reading, Items... items)
      : plan_(std::move(reading), std::move(items)...) {}

  /// Counts one person. Who gave no valid answer at all counts as such whatever the weight; who
  /// gave some and weighs 0 is `unweighed`. O(items²).
  template <class In>
  constexpr void add(In const& in, weight const& weight) {
    auto const one = plan_.read(in);
    sets_[one.set].add(one, weight);
  }
  /// The inverse of `add`; what can't have been counted is refused.
  template <class In>
  constexpr void remove(In const& in, weight const& weight) {
    auto const one = plan_.read(in);
    auto next = sets_[one.set];
    next.remove(one, weight);
    detail::require_counted(next.valid(most_of(one.set), one.set, one.set + 1 == sets));
    sets_[one.set] = next;
  }
  constexpr void merge(weighted_item_sums const& other) {
    detail::require_same(plan_.same_items(other.plan_),
                         "cxm::composite: merging indices of different items");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    for (std::size_t set = 0; set < sets; ++set) sets_[set].merge(other.sets_[set]);
  }
  /// As if each weight were 2^times what it was; refuses what is more than a sum can hold.
  constexpr void double_weights(unsigned times) {
    auto next = sets_;
    for (auto& one : next) one.double_weights(times);
    sets_ = next;
  }
  weighted_score<composite_score<count>> result() const {
    weighted_score<composite_score<count>> found{{people()}};
    detail::wide_unsigned<2> weight;
    detail::square_sum square;
    for (std::size_t set = 1; set < sets; ++set) {
      auto const& one = sets_[set];
      if (set + 1 < sets) found.incomplete += one.people + one.unweighed;
      if (!plan_.counts(set)) continue;
      found.unweighed += one.unweighed;
      weight += one.weights.total;
      square += one.squares.total;
    }
    plan_.each_item(
        [&](std::size_t i, auto const& item) { found.items[i] = summary_of(i, item.scale); });
    found.shown_on = plan_.reading().range();
    found.total_weight = detail::to_double(weight) / 1e9;
    if (found.n > 0) fill(found, weight, square);
    plan_.finish(found);
    return found;
  }

  constexpr bool empty() const { return total() == 0; }
  constexpr bool valid() const {
    for (std::size_t set = 0; set < sets; ++set)
      if (!sets_[set].valid(most_of(set), set, set + 1 == sets)) return false;
    return detail::counts_fit(total(), 0);
  }
  static constexpr void describe(auto& self, auto& visit) {
    self.plan_.describe_items(visit);
    visit.state("sets", self.sets_);
  }

 private:
  constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (auto const& one : sets_)
      for (auto const n : {one.people, one.unweighed})
        sum = n > UINT64_MAX - sum ? UINT64_MAX : sum + n;
    return sum;
  }
  constexpr std::array<std::uint64_t, count> most_of(std::size_t set) const {
    std::array<std::uint64_t, count> most{};
    plan_.each_item([&](std::size_t i, auto const& item) {
      most[i] = plan::has(set, i) ? std::uint64_t{item.scale.size() - 1} : 0;
    });
    return most;
  }
  constexpr score people() const {
    score found;
    for (std::size_t set = 0; set < sets; ++set) {
      auto const& one = sets_[set];
      if (plan_.counts(set)) {
        found.n += one.people;
      } else {
        auto const invalid = one.with_invalid + one.unweighed_invalid;
        found.invalid += invalid;
        found.missing += one.people + one.unweighed - invalid;
      }
    }
    return found;
  }
  template <class Scale>
  constexpr item_summary summary_of(std::size_t item, Scale const& scale) const {
    item_summary found;
    detail::wide_unsigned<2> weight;
    detail::wide_unsigned<3> sum;
    for (std::size_t set = 0; set < sets; ++set) {
      if (!plan::has(set, item)) continue;
      found.n += sets_[set].people;
      weight += sets_[set].weights.total;
      sum += sets_[set].weights.sums[item];
    }
    if (found.n > 0) found.mean = detail::item_mean(scale, detail::ratio_to_double(sum, weight));
    return found;
  }
  /// Σw(x − m)²/Σw over Σw²(x − m)²/(Σw)², as `weighted_moments` defines it. Indices are sums of
  /// fractions: below 1e-26 of the scale squared they are all alike.
  void fill(weighted_score<composite_score<count>>& found, detail::wide_unsigned<2> const& weight,
            detail::square_sum const& square) const {
    double const all = detail::to_double(weight), n = static_cast<double>(found.n);
    auto const weights = [&](std::size_t set) { return sets_[set].weights.moments(); };
    auto const squares = [&](std::size_t set) { return sets_[set].squares.moments(); };
    double const mean = plan_.mean_of(weights, all);
    double const variance = plan_.spread_of(weights, mean) / all;
    double const error = plan_.spread_of(squares, mean) / all / all;
    double const kish = detail::ratio_to_double(weight * weight, square);
    bool const alike = found.n < 2 || !(variance > 1e-26) || !(error > 0);
    double const size = alike ? kish : std::min((n - 1) / n * variance / error, n);
    auto const& shown = plan_.reading().shown;
    auto const level = plan_.reading().level;
    double const unit = shown.high() - shown.low();
    found.value = shown.place_of(mean, 0, 1);
    found.effective_n = kish;
    found.design_n = size;
    found.variance = variance * unit * unit;
    found.interval = reason::degenerate;
    found.deviation = found.standard_error = reason::degenerate;
    if (found.n == 1) return;
    found.deviation = std::sqrt(n / (n - 1) * variance) * unit;
    found.standard_error = std::sqrt(variance / size) * unit;
    auto const& method = plan_.reading().method;
    if constexpr (requires { method.mean(0.0, 0.0, effective_size{}, level, interval{}); })
      found.interval = method.mean(*found.value, std::sqrt(variance) * unit, effective_size{size},
                                   level, plan_.reading().range());
    else
      found.interval = reason::not_identified;  // resampling needs the weights of single people
  }

  plan plan_;
  std::array<detail::weighted_items<count>, sets> sets_{};  ///< by the items that were answered
};

}  // namespace cxm
