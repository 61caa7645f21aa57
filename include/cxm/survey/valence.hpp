// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/valence_score.hpp>
#include <cxm/survey/weighted_valence.hpp>

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

/// Counts valences exactly. Made by `sentiment`.
template <class Method>
class valence_sums {
 public:
  static constexpr std::string_view type_name = "valence";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr valence_sums(neutral_within neutral, confidence level, min_n least, Method method)
      : neutral_(neutral.width()), level_(level), least_(least), method_(method) {}

  /// Counts a number or an optional of one, rounded to a billionth; outside of −1 to 1, and NaN, is
  /// invalid. O(1).
  template <class In>
  constexpr void add(In const& in) {
    add(in, copies{1});
  }
  /// Counts a valence that so many gave, for `frequency_weights`.
  template <class In>
  constexpr void add(In const& in, copies const& times) {
    auto const seen = detail::valence_in(in, neutral_);
    std::uint64_t const n = times.count;
    switch (seen.kind) {
      case detail::valence_kind::missing:
        missing_ += n;
        return;
      case detail::valence_kind::invalid:
        invalid_ += n;
        return;
      case detail::valence_kind::negative:
        negative_ += n;
        break;
      case detail::valence_kind::positive:
        positive_ += n;
        break;
      case detail::valence_kind::neutral:
        break;
    }
    n_ += n;
    sum_ += int128(seen.units) * int128(n);
    squares_ += squares_of(seen.units, n);
  }
  /// The inverse of `add`. A valence that was never counted is refused where the sums would be left
  /// as those of no valences. O(1).
  template <class In>
  constexpr void remove(In const& in) {
    remove(in, copies{1});
  }
  template <class In>
  constexpr void remove(In const& in, copies const& times) {
    auto const seen = detail::valence_in(in, neutral_);
    std::uint64_t const n = times.count;
    if (seen.kind == detail::valence_kind::missing) return detail::uncount(missing_, n);
    if (seen.kind == detail::valence_kind::invalid) return detail::uncount(invalid_, n);
    auto next = *this;
    if (seen.kind == detail::valence_kind::negative) detail::uncount(next.negative_, n);
    if (seen.kind == detail::valence_kind::positive) detail::uncount(next.positive_, n);
    detail::uncount(next.n_, n);
    next.sum_ -= int128(seen.units) * int128(n);
    detail::require_counted(next.squares_.subtract(squares_of(seen.units, n)) == 0 && next.valid());
    *this = next;
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
  /// The weighted twin, see `weighted`.
  constexpr auto with_weights() const {
    return weighted_valence_sums<Method>(neutral_within(neutral_), level_, least_, method_);
  }
  constexpr bool empty() const { return n_ == 0 && invalid_ == 0 && missing_ == 0; }

 private:
  static constexpr detail::square_sum squares_of(std::int64_t units, std::uint64_t n) {
    return detail::square_sum(detail::wide_unsigned<2>(detail::square_of(units)) *
                              detail::wide_unsigned<1>(n));
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
