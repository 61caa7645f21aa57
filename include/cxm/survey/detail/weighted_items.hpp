// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Exact sums over the people who answered the same set of items: of weights, and of their squares,
/// times answers and products of two answers.

#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/detail/composite_plan.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cxm::detail {

/// Doubles a sum so many times; refuses what would leave no bit to spare.
template <std::size_t Words>
constexpr void double_sum(wide_unsigned<Words>& sum, unsigned times) {
  if (!sum.is_zero() && static_cast<unsigned>(sum.bit_width()) + times > 64 * Words - 1)
    refuse("cxm::weight: the sum of doubled weights is out of range");
  sum <<= static_cast<int>(times);
}

/// Σv, Σvx by item, Σvxy by pair, where v is a weight or its square.
template <std::size_t Items, std::size_t Total, std::size_t Sum>
struct weighed_items {
  static constexpr std::string_view type_name = "weighed_items";
  wide_unsigned<Total> total;
  std::array<wide_unsigned<Sum>, Items> sums{};
  std::array<wide_unsigned<Sum>, Items*(Items + 1) / 2> products{};

  /// `change(sum, by)` for each sum and what one person of value `v` has in it.
  template <class Change>
  constexpr void change(item_answers<Items> const& one, word_pair v, Change const& change) {
    wide_unsigned<2> const value(v);
    change(total, wide_unsigned<Total>(value));
    for (std::size_t i = 0; i < Items; ++i) {
      auto const x = static_cast<std::uint64_t>(one.above[i]);
      if (x == 0) continue;
      auto const part = value * wide_unsigned<1>(x);
      change(sums[i], wide_unsigned<Sum>(part));
      for (std::size_t j = 0; j <= i; ++j)
        change(
            products[item_pair(i, j)],
            wide_unsigned<Sum>(part * wide_unsigned<1>(static_cast<std::uint64_t>(one.above[j]))));
    }
  }
  constexpr void merge(weighed_items const& other) {
    total += other.total;
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += other.sums[i];
    for (std::size_t i = 0; i < products.size(); ++i) products[i] += other.products[i];
  }
  constexpr void double_each(unsigned times) {
    double_sum(total, times);
    for (auto& sum : sums) double_sum(sum, times);
    for (auto& sum : products) double_sum(sum, times);
  }
  /// Can answers from 0 to `most` have these sums?
  constexpr bool valid(std::array<std::uint64_t, Items> const& most) const {
    auto const reach = [&](auto const& sum, std::uint64_t by) {
      return wide_unsigned<Sum + 1>(wide_unsigned<Sum>(sum) * wide_unsigned<1>(by));
    };
    for (std::size_t i = 0; i < Items; ++i) {
      wide_unsigned<Sum + 1> const sum(sums[i]);
      if (sum > reach(total, most[i]) || products[item_pair(i, i)] < sums[i]) return false;
      for (std::size_t j = 0; j <= i; ++j) {
        wide_unsigned<Sum + 1> const product(products[item_pair(i, j)]);
        if (product > reach(sums[i], most[j]) || product > reach(sums[j], most[i])) return false;
      }
    }
    return true;
  }
  constexpr item_moments<Items> moments() const {
    item_moments<Items> found;
    found.total = to_double(total);
    if (total.is_zero()) return found;
    for (std::size_t i = 0; i < Items; ++i) {
      found.sums[i] = to_double(sums[i]);
      for (std::size_t j = 0; j <= i; ++j) {
        // Σv Σvxy − Σvx Σvy, exactly.
        wide_unsigned<2 * Sum> const all(products[item_pair(i, j)] * total);
        wide_unsigned<2 * Sum> const own(sums[i] * sums[j]);
        found.spreads[item_pair(i, j)] =
            all < own ? -ratio_to_double(own - all, total) : ratio_to_double(all - own, total);
      }
    }
    return found;
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("total", self.total);
    visit.state("sums", self.sums);
    visit.state("products", self.products);
  }
};

/// The people who answered the same set of items.
template <std::size_t Items>
struct weighted_items {
  static constexpr std::string_view type_name = "weighted_items";
  std::uint64_t people = 0;             ///< of a weight above 0, or who answered nothing
  std::uint64_t with_invalid = 0;       ///< of them, those with an answer off its scale
  std::uint64_t unweighed = 0;          ///< who answered and weigh 0
  std::uint64_t unweighed_invalid = 0;  ///< of them, those with an answer off its scale
  weighed_items<Items, 2, 3> weights{};
  weighed_items<Items, 3, 4> squares{};

  constexpr void add(item_answers<Items> const& one, weight const& weight) {
    bool const weighs = one.set == 0 || weight.units != 0;
    ++(weighs ? people : unweighed);
    if (one.invalid) ++(weighs ? with_invalid : unweighed_invalid);
    if (one.set == 0 || !weighs) return;
    auto const plus = [](auto& sum, auto const& by) { sum += by; };
    weights.change(one, units_of(weight), plus);
    squares.change(one, square_of(weight.units), plus);
  }
  constexpr void remove(item_answers<Items> const& one, weight const& weight) {
    bool const weighs = one.set == 0 || weight.units != 0;
    uncount(weighs ? people : unweighed);
    if (one.invalid) uncount(weighs ? with_invalid : unweighed_invalid);
    if (one.set == 0 || !weighs) return;
    auto const minus = [](auto& sum, auto const& by) { require_counted(sum.subtract(by) == 0); };
    weights.change(one, units_of(weight), minus);
    squares.change(one, square_of(weight.units), minus);
  }
  constexpr void merge(weighted_items const& other) {
    people += other.people;
    with_invalid += other.with_invalid;
    unweighed += other.unweighed;
    unweighed_invalid += other.unweighed_invalid;
    weights.merge(other.weights);
    squares.merge(other.squares);
  }
  constexpr void double_weights(unsigned times) {
    weights.double_each(times);
    squares.double_each(2 * times);
  }
  /// `all` for the set of all items, in which nobody has an answer off its scale.
  constexpr bool valid(std::array<std::uint64_t, Items> const& most, std::size_t set,
                       bool all) const {
    if (with_invalid > people || unweighed_invalid > unweighed) return false;
    if (set == 0 && unweighed != 0) return false;
    if (all && (with_invalid != 0 || unweighed_invalid != 0)) return false;
    return are_weights(set == 0 ? 0 : people, weights.total, squares.total) &&
           weights.valid(most) && squares.valid(most);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("people", self.people);
    visit.state("with_invalid", self.with_invalid);
    visit.state("unweighed", self.unweighed);
    visit.state("unweighed_invalid", self.unweighed_invalid);
    visit.state("weights", self.weights);
    visit.state("squares", self.squares);
  }

 private:
  static constexpr word_pair units_of(weight const& weight) {
    return {static_cast<std::uint64_t>(weight.units), 0};
  }
};

}  // namespace cxm::detail
