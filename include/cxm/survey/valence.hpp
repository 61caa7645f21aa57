// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/score.hpp>

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>

/// \file
/// Sentiment between −1 and 1, as a text scorer or a rescaled answer gives it: mean valence, the
/// share of the negative, and the net of positive and negative. Never count two scorers, or texts
/// and answers, in one: their zeros are not the same. Kept in whole billionths, so that sums merge
/// exactly.

namespace cxm {

/// The question how far from 0 a valence is still neutral.
struct neutral_band;

/// A valence from −width to width is neutral, both included; from 0 to below 1. State: it decides
/// who may merge. Default 0.2.
class neutral_within {
 public:
  using policy_kind = neutral_band;

  constexpr explicit neutral_within(double width) : width_(width) {
    if (!(width >= 0 && width < 1))
      detail::refuse("cxm::neutral_within: from 0 to below 1, as in neutral_within{0.2}");
  }
  constexpr double width() const { return width_; }

 private:
  double width_;
};

/// The mean valence, from −1 to 1, with its spread and its classes.
struct valence_score : score {
  maybe<double> deviation = reason::no_data;  ///< sample standard deviation (divides by n−1)
  std::uint64_t negative = 0;
  std::uint64_t neutral = 0;
  std::uint64_t positive = 0;
  maybe<double> negative_share = reason::no_data;  ///< from 0 to 1
  maybe<double> net = reason::no_data;             ///< positive less negative share, in points
};

/// Counts valences exactly. Made by `sentiment`.
template <class Method>
class valence_sums {
 public:
  static constexpr std::string_view type_name = "valence";
  static constexpr merge_law merges = merge_law::exact;

  constexpr valence_sums(neutral_within neutral, confidence level, min_n least, Method method)
      : neutral_(neutral.width()), level_(level), least_(least), method_(method) {}

  /// Counts a number or an optional of one, rounded to a billionth; outside of −1 to 1, and NaN, is
  /// invalid. O(1).
  template <class In>
  constexpr void add(In const& in) {
    static_assert(std::is_arithmetic_v<detail::answered_t<In>> &&
                      !std::is_same_v<detail::answered_t<In>, bool>,
                  "cxm::sentiment: a valence is a number, or std::optional of one");
    detail::if_answered(
        in, [&](auto const& value) { add_valence(static_cast<double>(value)); },
        [&] { ++missing_; });
  }
  constexpr void merge(valence_sums const& other) {
    detail::require_same(neutral_ == other.neutral_,
                         "cxm::sentiment: merging with another neutral_within");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    n_ += other.n_;
    sum_ += other.sum_;
    squares_ += other.squares_;
    negative_ += other.negative_;
    positive_ += other.positive_;
    invalid_ += other.invalid_;
    missing_ += other.missing_;
  }
  constexpr valence_score result() const {
    valence_score found{{n_, missing_, invalid_}};
    found.negative = negative_;
    found.positive = positive_;
    found.neutral = neutrals();
    if (n_ > 0) fill(found);
    detail::apply(least_, found);
    if (found.value.why() == reason::below_min_n)
      found.deviation = found.negative_share = found.net = reason::below_min_n;
    return found;
  }

  constexpr bool valid() const {
    constexpr auto one = static_cast<std::uint64_t>(weight::one);
    detail::wide_unsigned<2> const size(magnitude_of(sum_));
    detail::wide_unsigned<1> const n(n_);
    return negative_ <= n_ && positive_ <= n_ - negative_ && detail::counts_fit(total(), 0) &&
           squares_ <= detail::square_sum(n * detail::wide_unsigned<1>(one * one)) &&
           size * size <= squares_ * n;
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("neutral_within", self.neutral_);
    visit.state("n", self.n_);
    visit.state("sum", self.sum_);
    visit.state("squares", self.squares_);
    visit.state("negative", self.negative_);
    visit.state("positive", self.positive_);
    visit.state("invalid", self.invalid_);
    visit.state("missing", self.missing_);
  }

 private:
  constexpr void add_valence(double value) {
    if (!(value >= -1 && value <= 1)) {
      ++invalid_;
      return;
    }
    auto const units = weight_from(value < 0 ? -value : value)->units;
    ++n_;
    sum_ += value < 0 ? -units : units;
    squares_.add(detail::square_of(units));
    negative_ += value < -neutral_ ? 1 : 0;
    positive_ += value > neutral_ ? 1 : 0;
  }
  constexpr void fill(valence_score& found) const {
    constexpr auto one = static_cast<double>(weight::one);
    auto const n = static_cast<double>(n_);
    double const mean = detail::divide_to_double(sum_, n_) / one;
    found.value = mean;
    found.negative_share = static_cast<double>(negative_) / n;
    found.net = 100.0 * (static_cast<double>(positive_) - static_cast<double>(negative_)) / n;
    found.interval = reason::degenerate;
    found.deviation = found.standard_error = reason::degenerate;
    if (n_ == 1) return;
    double const variance = detail::sample_variance(n_, sum_, squares_) / (one * one);
    found.deviation = detail::square_root(variance);
    found.standard_error = detail::error_of(variance, n_);
    found.interval = method_.mean(mean, *found.deviation, n_, level_, interval{-1, 1});
  }
  constexpr std::uint64_t neutrals() const { return n_ - negative_ - positive_; }
  constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (auto const count : {n_, invalid_, missing_})
      sum = count > UINT64_MAX - sum ? UINT64_MAX : sum + count;
    return sum;
  }

  double neutral_;
  confidence level_;
  min_n least_;
  [[no_unique_address]] Method method_;
  std::uint64_t n_ = 0;
  int128 sum_ = 0;  ///< in billionths
  detail::square_sum squares_;
  std::uint64_t negative_ = 0;
  std::uint64_t positive_ = 0;
  std::uint64_t invalid_ = 0;
  std::uint64_t missing_ = 0;
};

/// Sentiment from −1 to 1: `on(&text::valence, sentiment())`. Policies, in any order:
/// `neutral_within`, an interval method for means (default `student`), `confidence`, `min_n`.
template <class... Policies>
constexpr auto sentiment(Policies... policies) {
  static_assert((detail::answers_one_of<Policies, neutral_band, interval_method, confidence_level,
                                        minimum_answers> &&
                 ...),
                "cxm::sentiment: takes neutral_within, an interval method, confidence and min_n");
  static_assert(detail::no_question_twice<neutral_band, interval_method, confidence_level,
                                          minimum_answers>::template in<Policies...>,
                "cxm::sentiment: two policies answer the same question");
  auto const method = detail::pick<interval_method>(student{}, policies...);
  using method_type = std::remove_const_t<decltype(method)>;
  static_assert(
      requires(method_type const& any) { any.mean(0.0, 0.0, 0, confidence{}, interval{}); },
      "cxm::sentiment: this method gives no interval of a mean; student does");
  return valence_sums<method_type>(detail::pick<neutral_band>(neutral_within{0.2}, policies...),
                                   detail::pick<confidence_level>(confidence{}, policies...),
                                   detail::pick<minimum_answers>(min_n{1}, policies...), method);
}

}  // namespace cxm
