// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/detail/weighted_values.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/valence_score.hpp>

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string_view>

/// \file
/// The weighted twin of `sentiment()`: exact sums of weights and of squared weights times valences;
/// mean, net and negative share are weighted, the counts count texts.

namespace cxm {

/// Counts weighted valences exactly. Made by `weighted` out of `sentiment`.
template <class Method>
class weighted_valence_sums {
  static constexpr std::uint64_t most = 2 * static_cast<std::uint64_t>(weight::one);

 public:
  static constexpr std::string_view type_name = "weighted_valence";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr weighted_valence_sums(neutral_within neutral, confidence level, min_n least,
                                  Method method)
      : neutral_(neutral.width()), level_(level), least_(least), method_(method) {}

  /// What is missing or invalid counts as such whatever its weight; a valence of weight 0 only in
  /// `unweighed`. O(1).
  template <class In>
  constexpr void add(In const& in, weight const& weight) {
    auto const seen = detail::valence_in(in, neutral_);
    if (auto* counter = unweighted_counter(seen.kind, weight)) {
      ++*counter;
      return;
    }
    ++n_;
    sums_.add(shifted(seen.units), weight);
    bool const low = seen.kind == detail::valence_kind::negative;
    if (!low && seen.kind != detail::valence_kind::positive) return;
    ++(low ? negative_ : positive_);
    (low ? negative_weight_ : positive_weight_) += units_of(weight);
  }
  /// The inverse of `add`; what can't have been counted is refused.
  template <class In>
  constexpr void remove(In const& in, weight const& weight) {
    auto const seen = detail::valence_in(in, neutral_);
    if (auto* counter = unweighted_counter(seen.kind, weight)) return detail::uncount(*counter);
    auto next = *this;
    detail::uncount(next.n_);
    next.sums_.remove(shifted(seen.units), weight);
    bool const low = seen.kind == detail::valence_kind::negative;
    if (low || seen.kind == detail::valence_kind::positive) {
      detail::uncount(low ? next.negative_ : next.positive_);
      auto& sum = low ? next.negative_weight_ : next.positive_weight_;
      detail::require_counted(sum.subtract(units_of(weight)) == 0);
    }
    detail::require_counted(next.valid());
    *this = next;
  }
  constexpr void merge(weighted_valence_sums const& other) {
    detail::require_same(neutral_ == other.neutral_,
                         "cxm::sentiment: merging with another neutral_within");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    n_ += other.n_;
    sums_.merge(other.sums_);
    negative_ += other.negative_;
    positive_ += other.positive_;
    negative_weight_ += other.negative_weight_;
    positive_weight_ += other.positive_weight_;
    unweighed_ += other.unweighed_;
    invalid_ += other.invalid_;
    missing_ += other.missing_;
  }
  /// As if each weight were 2^times what it was; refuses what is more than a sum can hold.
  constexpr void double_weights(unsigned times) {
    auto next = *this;
    next.sums_.double_weights(times);
    detail::double_sum(next.negative_weight_, times);
    detail::double_sum(next.positive_weight_, times);
    *this = next;
  }
  weighted_score<valence_score> result() const {
    weighted_score<valence_score> found{{{n_, missing_, invalid_}}};
    found.negative = negative_;
    found.positive = positive_;
    found.neutral = n_ - negative_ - positive_;
    found.unweighed = unweighed_;
    found.total_weight = detail::to_double(sums_.weight) / 1e9;
    if (n_ > 0) fill(found);
    detail::apply(least_, found);
    if (found.value.why() == reason::below_min_n)
      found.deviation = found.negative_share = found.net = reason::below_min_n;
    return found;
  }

  constexpr bool empty() const { return total() == 0; }
  constexpr bool valid() const {
    return negative_ <= n_ && positive_ <= n_ - negative_ && sums_.valid(n_, most) &&
           fits(negative_, negative_weight_) && fits(positive_, positive_weight_) &&
           !(sums_.weight < negative_weight_ + positive_weight_) && detail::counts_fit(total(), 0);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("neutral_within", self.neutral_);
    visit.state("n", self.n_);
    visit.state("sums", self.sums_);
    visit.state("negative", self.negative_);
    visit.state("positive", self.positive_);
    visit.state("negative_weight", self.negative_weight_);
    visit.state("positive_weight", self.positive_weight_);
    visit.state("unweighed", self.unweighed_);
    visit.state("invalid", self.invalid_);
    visit.state("missing", self.missing_);
  }

 private:
  static constexpr std::uint64_t shifted(std::int64_t units) {
    return static_cast<std::uint64_t>(units + weight::one);
  }
  static constexpr detail::wide_unsigned<2> units_of(weight const& weight) {
    return detail::wide_unsigned<2>(static_cast<std::uint64_t>(weight.units));
  }
  constexpr std::uint64_t* unweighted_counter(detail::valence_kind kind, weight const& weight) {
    if (kind == detail::valence_kind::missing) return &missing_;
    if (kind == detail::valence_kind::invalid) return &invalid_;
    return weight.units == 0 ? &unweighed_ : nullptr;
  }
  /// Each weighs a billionth or more; nobody weighs nothing.
  constexpr bool fits(std::uint64_t n, detail::wide_unsigned<2> const& sum) const {
    return !(sum < detail::wide_unsigned<2>(n)) && (n > 0 || sum.is_zero());
  }
  constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (auto const count : {n_, unweighed_, invalid_, missing_})
      sum = count > UINT64_MAX - sum ? UINT64_MAX : sum + count;
    return sum;
  }
  void fill(weighted_score<valence_score>& found) const {
    constexpr auto one = static_cast<double>(weight::one);
    auto moments = sums_.moments(n_, -weight::one);
    moments.mean /= one;
    moments.variance /= one * one;
    detail::fill(found, moments);
    found.effective_n = sums_.kish();
    double const negative = detail::ratio_to_double(negative_weight_, sums_.weight);
    found.negative_share = negative;
    found.net = 100.0 * (detail::ratio_to_double(positive_weight_, sums_.weight) - negative);
    found.interval = reason::degenerate;
    found.deviation = reason::degenerate;
    if (n_ == 1) {
      found.standard_error = reason::degenerate;
      return;
    }
    auto const n = static_cast<double>(n_);
    found.deviation = std::sqrt(n / (n - 1) * moments.variance);
    if constexpr (requires { method_.mean(0.0, 0.0, effective_size{}, level_, interval{}); })
      found.interval = method_.mean(moments.mean, std::sqrt(moments.variance),
                                    effective_size{moments.design_n}, level_, interval{-1, 1});
    else
      found.interval = reason::not_identified;  // resampling needs the weights of single texts
  }

  double neutral_;
  confidence level_;
  min_n least_;
  [[no_unique_address]] Method method_;
  std::uint64_t n_ = 0;
  detail::weighted_values sums_;  ///< of valences above −1, in billionths
  std::uint64_t negative_ = 0;
  std::uint64_t positive_ = 0;
  detail::wide_unsigned<2> negative_weight_;
  detail::wide_unsigned<2> positive_weight_;
  std::uint64_t unweighed_ = 0;
  std::uint64_t invalid_ = 0;
  std::uint64_t missing_ = 0;
};

}  // namespace cxm
