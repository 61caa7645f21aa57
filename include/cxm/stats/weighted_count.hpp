// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The weighted twin of `count()`: how many events, how much they weigh together, and how many
/// events of equal weight they are worth (Kish, Survey Sampling, 1965).

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>

#include <cstdint>
#include <string_view>

namespace cxm {

/// What weighted events add up to.
struct weighted_total {
  std::uint64_t n = 0;                          ///< events with a weight above 0
  std::uint64_t unweighed = 0;                  ///< events of weight 0
  double weight = 0;                            ///< Σw, rounded once
  double square = 0;                            ///< Σw², rounded once
  maybe<double> effective_n = reason::no_data;  ///< Kish's n, (Σw)²/Σw²
};

/// Counts weighted events. Made by `weighted(field, count())`.
class weighted_count {
 public:
  static constexpr std::string_view type_name = "weighted_count";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr void add(auto const&, weight const& weight) {
    if (weight.units == 0) {
      ++unweighed_;
      return;
    }
    ++n_;
    sum_ += weight.units;
    squares_.add(detail::square_of(weight.units));
  }
  /// The inverse of `add`. What the counters show to have never been added is refused.
  constexpr void remove(auto const&, weight const& weight) {
    if (weight.units == 0) return detail::uncount(unweighed_);
    auto next = *this;
    detail::uncount(next.n_);
    next.sum_ -= weight.units;
    auto const square =
        detail::square_sum(detail::wide_unsigned<2>(detail::square_of(weight.units)));
    detail::require_counted(next.squares_.subtract(square) == 0 && next.valid());
    *this = next;
  }
  constexpr void merge(weighted_count const& other) {
    detail::require_fit(detail::counts_fit(n_, other.n_) &&
                        detail::counts_fit(unweighed_, other.unweighed_));
    n_ += other.n_;
    unweighed_ += other.unweighed_;
    sum_ += other.sum_;
    squares_ += other.squares_;
  }
  /// As if each weight were 2^times what it was; refuses what is more than a sum can hold.
  void double_weights(unsigned times) {
    auto const sum = detail::doubled_weights(sum_, times);
    squares_ = detail::doubled_squares(squares_, times);
    sum_ = sum;
  }
  weighted_total result() const {
    detail::wide_unsigned<2> const sum(magnitude_of(sum_));
    weighted_total found{n_, unweighed_,
                         detail::ratio_to_double(sum, detail::wide_unsigned<1>(weight::one)),
                         detail::ratio_to_double(squares_, one_square())};
    if (n_ > 0) found.effective_n = detail::ratio_to_double(sum * sum, squares_);
    return found;
  }

  constexpr bool empty() const { return n_ == 0 && unweighed_ == 0; }

  constexpr bool valid() const {
    return sum_ >= 0 &&
           detail::are_weights(n_, detail::wide_unsigned<2>(magnitude_of(sum_)), squares_);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("n", self.n_);
    visit.state("unweighed", self.unweighed_);
    visit.state("sum", self.sum_);
    visit.state("squares", self.squares_);
  }

 private:
  static detail::wide_unsigned<2> one_square() {
    return detail::wide_unsigned<2>(detail::multiply_words(weight::one, weight::one));
  }

  std::uint64_t n_ = 0;
  std::uint64_t unweighed_ = 0;
  int128 sum_ = 0;
  detail::square_sum squares_;
};

}  // namespace cxm
