// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/composite_policies.hpp>
#include <cxm/survey/composite_score.hpp>
#include <cxm/survey/detail/composite_plan.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/weighted_composite.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// An index of several questions put to the same person: every item is brought to the same scale,
/// its good end up, and weighed: `composite(item(&a::recommend, points<0, 10>{}), …)`. The state
/// is, for every set of items that somebody answered, how many did, and the exact sums of their
/// answers and of the products; so weights of items, scale and what happens to incomplete answers
/// are readings.

namespace cxm {

/// Counts people's answers to some items. Made by `composite`.
template <class Reading, class... Items>
class item_sums {
  using plan = detail::composite_plan<Reading, Items...>;
  static constexpr std::size_t count = plan::count;
  static constexpr std::size_t sets = plan::sets;
  static constexpr std::size_t pairs = plan::pairs;
  static_assert(count >= 2 && count <= 6, "cxm::composite: takes two to six items");

 public:
  static constexpr std::string_view type_name = "composite";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr explicit item_sums(Reading reading, Items... items)
      : plan_(std::move(reading), std::move(items)...) {}

  /// Counts one person. O(items²).
  template <class In>
  constexpr void add(In const& in) {
    add(in, copies{1});
  }
  /// Counts so many people alike, for `frequency_weights`.
  template <class In>
  constexpr void add(In const& in, copies const& times) {
    auto const one = plan_.read(in);
    people_[one.set] += times.count;
    with_invalid_[one.set] += one.invalid ? times.count : 0;
    for (std::size_t i = 0; i < count; ++i) {
      sums_[one.set][i] += int128(one.above[i]) * int128(times.count);
      for (std::size_t j = 0; j <= i; ++j)
        products_[one.set][pair(i, j)] += int128(one.above[i] * one.above[j]) * int128(times.count);
    }
  }
  /// The inverse of `add`. Who was never counted is refused where the sums would be left as those
  /// of no answers. O(items²).
  template <class In>
  constexpr void remove(In const& in) {
    remove(in, copies{1});
  }
  template <class In>
  constexpr void remove(In const& in, copies const& times) {
    auto const one = plan_.read(in);
    auto people = people_[one.set], with_invalid = with_invalid_[one.set];
    auto sums = sums_[one.set];
    auto products = products_[one.set];
    detail::uncount(people, times.count);
    if (one.invalid) detail::uncount(with_invalid, times.count);
    for (std::size_t i = 0; i < count; ++i) {
      sums[i] -= int128(one.above[i]) * int128(times.count);
      for (std::size_t j = 0; j <= i; ++j)
        products[pair(i, j)] -= int128(one.above[i] * one.above[j]) * int128(times.count);
    }
    detail::require_counted(with_invalid <= people && fits(one.set, people, sums, products));
    people_[one.set] = people;
    with_invalid_[one.set] = with_invalid;
    sums_[one.set] = sums;
    products_[one.set] = products;
  }
  constexpr void merge(item_sums const& other) {
    detail::require_same(plan_.same_items(other.plan_),
                         "cxm::composite: merging indices of different items");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    for (std::size_t set = 0; set < sets; ++set) {
      people_[set] += other.people_[set];
      with_invalid_[set] += other.with_invalid_[set];
      for (std::size_t i = 0; i < count; ++i) sums_[set][i] += other.sums_[set][i];
      for (std::size_t i = 0; i < pairs; ++i) products_[set][i] += other.products_[set][i];
    }
  }
  constexpr composite_score<count> result() const {
    composite_score<count> found{people()};
    for (std::size_t set = 1; set + 1 < sets; ++set) found.incomplete += people_[set];
    plan_.each_item(
        [&](std::size_t i, auto const& item) { found.items[i] = summary_of(i, item.scale); });
    found.shown_on = plan_.reading().range();
    if (found.n > 0) fill(found);
    plan_.finish(found);
    return found;
  }

  /// The weighted twin, see `weighted`.
  constexpr auto with_weights() const { return plan_.template made<weighted_item_sums>(); }
  constexpr bool empty() const { return total() == 0; }
  constexpr bool valid() const {
    for (std::size_t set = 0; set < sets; ++set) {
      if (with_invalid_[set] > people_[set] || (set + 1 == sets && with_invalid_[set] != 0))
        return false;
      if (!fits(set, people_[set], sums_[set], products_[set])) return false;
    }
    return detail::counts_fit(total(), 0);
  }
  static constexpr void describe(auto& self, auto& visit) {
    self.plan_.describe_items(visit);
    visit.state("people", self.people_);
    visit.state("with_invalid", self.with_invalid_);
    visit.state("sums", self.sums_);
    visit.state("products", self.products_);
  }

 private:
  using item_totals = std::array<int128, count>;
  using pair_totals = std::array<int128, pairs>;

  static constexpr std::size_t pair(std::size_t i, std::size_t j) {
    return detail::item_pair(i, j);
  }
  constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (auto const n : people_) sum = n > UINT64_MAX - sum ? UINT64_MAX : sum + n;
    return sum;
  }
  /// Can so many people, who answered these items, have these sums?
  constexpr bool fits(std::size_t set, std::uint64_t people, item_totals const& sums,
                      pair_totals const& products) const {
    std::array<std::int64_t, count> most{};
    plan_.each_item([&](std::size_t i, auto const& item) {
      most[i] = static_cast<std::int64_t>(plan::has(set, i) ? item.scale.size() - 1 : 0);
    });
    auto const n = static_cast<std::int64_t>(people & INT64_MAX);
    for (std::size_t i = 0; i < count; ++i) {
      auto const square = products[pair(i, i)];
      if (sums[i] < 0 || sums[i] > detail::multiply(most[i], n) || square < sums[i]) return false;
      for (std::size_t j = 0; j <= i; ++j) {
        auto const product = products[pair(i, j)];
        if (product < 0 || product > sums[i] * most[j] || product > sums[j] * most[i]) return false;
      }
    }
    return true;
  }
  constexpr score people() const {
    score found;
    for (std::size_t set = 0; set < sets; ++set) {
      if (plan_.counts(set)) {
        found.n += people_[set];
      } else {
        found.invalid += with_invalid_[set];
        found.missing += people_[set] - with_invalid_[set];
      }
    }
    return found;
  }
  template <class Scale>
  constexpr item_summary summary_of(std::size_t item, Scale const& scale) const {
    item_summary found;
    int128 sum = 0;
    for (std::size_t set = 0; set < sets; ++set) {
      if (!plan::has(set, item)) continue;
      found.n += people_[set];
      sum += sums_[set][item];
    }
    if (found.n > 0) found.mean = detail::item_mean(scale, detail::divide_to_double(sum, found.n));
    return found;
  }
  /// Σxy − ΣxΣy / n of two items, of the exact n Σxy − ΣxΣy: it may need more than 128 bits where a
  /// loaded state says that 2^62 people answered.
  constexpr double spread_of(std::size_t set, std::size_t i, std::size_t j) const {
    using wide = detail::wide_unsigned<4>;
    auto const of = [](int128 const& value) {
      return detail::wide_unsigned<2>{magnitude_of(value)};
    };
    detail::wide_unsigned<1> const n{people_[set]};
    wide const together{of(products_[set][pair(i, j)]) * n};
    wide const apart{of(sums_[set][i]) * of(sums_[set][j])};
    return together < apart ? -detail::ratio_to_double(apart - together, n)
                            : detail::ratio_to_double(together - apart, n);
  }
  constexpr detail::item_moments<count> moments_of(std::size_t set) const {
    detail::item_moments<count> found;
    found.total = static_cast<double>(people_[set]);
    if (people_[set] == 0) return found;
    for (std::size_t i = 0; i < count; ++i) {
      found.sums[i] = detail::divide_to_double(sums_[set][i], 1);
      for (std::size_t j = 0; j <= i; ++j) found.spreads[pair(i, j)] = spread_of(set, i, j);
    }
    return found;
  }
  constexpr void fill(composite_score<count>& found) const {
    auto const n = static_cast<double>(found.n);
    auto const moments = [&](std::size_t set) { return moments_of(set); };
    double const mean = plan_.mean_of(moments, n);
    auto const& shown = plan_.reading().shown;
    found.value = shown.place_of(mean, 0, 1);
    found.interval = reason::degenerate;
    found.deviation = found.standard_error = reason::degenerate;
    if (found.n == 1) return;
    double const variance = plan_.spread_of(moments, mean) / (n - 1);
    double const deviation = detail::square_root(variance) * (shown.high() - shown.low());
    found.deviation = deviation;
    found.standard_error = deviation / detail::square_root(n);
    found.interval = plan_.reading().method.mean(*found.value, deviation, found.n,
                                                 plan_.reading().level, plan_.reading().range());
  }

  plan plan_;
  std::array<std::uint64_t, sets> people_{};  ///< by the set of items they answered
  std::array<std::uint64_t, sets> with_invalid_{};
  std::array<item_totals, sets> sums_{};
  std::array<pair_totals, sets> products_{};
};

namespace detail {
template <class Item, class... Rest, class Reading>
constexpr auto make_composite(Reading reading, std::tuple<Item, Rest...> const& items) {
  return std::apply(
      [&](auto const&... one) {
        return item_sums<Reading, std::remove_cvref_t<decltype(one)>...>(reading, one...);
      },
      items);
}
}  // namespace detail

/// An index of two to six items: `item(field, scale)`, in any number and order, and policies:
/// `onto` (default 0 to 100), `item_weights` (default equal), `listwise` (default) or
/// `available_items`, an interval method for means (default `student`), `confidence`, `min_n`.
template <class... Parts>
constexpr auto composite(Parts... parts) {
  return detail::make_composite(detail::composite_reading_of(parts...),
                                std::tuple_cat(detail::item_in(parts)...));
}

}  // namespace cxm
