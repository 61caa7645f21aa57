// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Exact sums of weighted whole numbers from 0 up to below 2^32, from which the moments of
/// weighted_counts.hpp follow without the counts of single values.

#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/detail/weighted_items.hpp>
#include <cxm/survey/weighted_counts.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace cxm::detail {

/// Σw, Σwu, Σwu² and Σw², Σw²u, Σw²u².
struct weighted_values {
  static constexpr std::string_view type_name = "weighted_values";
  wide_unsigned<2> weight;
  wide_unsigned<3> first, second;
  square_sum square;
  wide_unsigned<4> square_first, square_second;

  constexpr void add(std::uint64_t value, cxm::weight const& weighs) {
    weighted_values one = of(value, weighs);
    merge(one);
  }
  constexpr void remove(std::uint64_t value, cxm::weight const& weighs) {
    auto const one = of(value, weighs);
    bool const counted =
        (weight.subtract(one.weight) | first.subtract(one.first) | second.subtract(one.second) |
         square.subtract(one.square) | square_first.subtract(one.square_first) |
         square_second.subtract(one.square_second)) == 0;
    require_counted(counted);
  }
  constexpr void merge(weighted_values const& other) {
    weight += other.weight;
    first += other.first;
    second += other.second;
    square += other.square;
    square_first += other.square_first;
    square_second += other.square_second;
  }
  constexpr void double_weights(unsigned times) {
    double_sum(weight, times);
    double_sum(first, times);
    double_sum(second, times);
    double_sum(square, 2 * times);
    double_sum(square_first, 2 * times);
    double_sum(square_second, 2 * times);
  }
  /// Can n values from 0 to `most` have these sums? By Cauchy and Schwarz.
  constexpr bool valid(std::uint64_t n, std::uint64_t most) const {
    wide_unsigned<1> const by(most);
    return are_weights(n, weight, square) && first <= weight * by &&
           wide_unsigned<4>(second) <= first * by && square_first <= square * by &&
           wide_unsigned<5>(square_second) <= square_first * by &&
           wide_unsigned<6>(first * first) <= wide_unsigned<6>(second * weight) &&
           wide_unsigned<8>(square_first * square_first) <=
               wide_unsigned<8>(square_second * square);
  }
  /// The moments of value + lowest of n values, at least one; as `moments_of`.
  weighted_moments moments(std::uint64_t n, std::int64_t lowest) const {
    weighted_sums const sums{weight, first, wide_unsigned<4>(second)};
    auto const spread = spread_of(sums);
    return {shifted_mean(sums, lowest), ratio_to_double(spread, weight * weight),
            design_n(n, spread)};
  }
  double kish() const { return ratio_to_double(weight * weight, square); }

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("weight", self.weight);
    visit.state("first", self.first);
    visit.state("second", self.second);
    visit.state("square", self.square);
    visit.state("square_first", self.square_first);
    visit.state("square_second", self.square_second);
  }

 private:
  static constexpr weighted_values of(std::uint64_t value, cxm::weight const& weighs) {
    wide_unsigned<1> const u(value);
    wide_unsigned<1> const w(static_cast<std::uint64_t>(weighs.units));
    wide_unsigned<2> const w2(square_of(weighs.units));
    return {wide_unsigned<2>(w), wide_unsigned<3>(w * u),  wide_unsigned<3>(w * u * u),
            square_sum(w2),      wide_unsigned<4>(w2 * u), wide_unsigned<4>(w2 * u * u)};
  }
  /// Σw²(uΣw − Σwu)² = (Σw)² Σw²u² + (Σwu)² Σw² − 2 Σw Σwu Σw²u, then as `design_n_of`.
  double design_n(std::uint64_t n, wide_unsigned<6> const& spread) const {
    auto const outer = wide_unsigned<10>(weight * weight * square_second) +
                       wide_unsigned<10>(first * first * square);
    auto const inner = wide_unsigned<10>(weight * first * square_first) << 1;
    auto const error = outer < inner ? wide_unsigned<10>() : outer - inner;
    auto const kept = spread * (weight * weight) * wide_unsigned<1>(n - 1);
    if (n < 2 || kept.is_zero() || error.is_zero()) return kish();
    return std::min(ratio_to_double(kept, error * wide_unsigned<1>(n)), static_cast<double>(n));
  }
};

}  // namespace cxm::detail
