// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The weighted twin of a tally, `weighted(&answer::value, on(&answer::recommend, nps()))`: for
/// each point of the scale the number of answers, the sum of their weights and the sum of the
/// squared weights, all in whole numbers. It merges exactly and serves every reading that knows
/// weights; counts stay counts of people.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/scale.hpp>
#include <cxm/survey/survey_question.hpp>
#include <cxm/survey/weighted_counts.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace cxm {

/// A reading that knows weights.
template <class Type>
concept weighted_reading = requires(Type const& reading, weighted_counts const& counts) {
  reading(counts);
};

/// Counts weighted answers on `Scale` and shows them through `Readings`. Made by `weighted` out of
/// a tally.
template <class Scale, class... Readings>
class weighted_tally {
  template <class Counter>
  using counters = decltype(std::declval<Scale const&>().template counters<Counter>());

 public:
  static constexpr std::string_view type_name = "weighted_tally";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr explicit weighted_tally(Scale scale, std::tuple<Readings...> readings)
      : scale_(std::move(scale)),
        counts_(scale_.template counters<std::uint64_t>()),
        weights_(scale_.template counters<int128>()),
        squares_(scale_.template counters<detail::square_sum>()),
        readings_(std::move(readings)) {}

  /// Counts an answer as a tally does. A missing or invalid one counts as such whatever its weight;
  /// a valid answer of weight 0 (below half a billionth) only in `unweighed`; who counts in the
  /// denominator without an answer weighs as one who answered. O(1).
  template <class Answer>
  constexpr void add(Answer const& answer, weight const& weight) {
    using value = detail::answered_t<Answer>;
    static_assert(
        (std::is_arithmetic_v<value> || std::is_enum_v<value>)&&!std::same_as<value, bool>,
        "cxm::tally: an answer is a number, an enum, or std::optional of one; this field gives "
        "another type");
    std::size_t const place = detail::place_on(scale_, answer);
    if (!weighs(place)) {
      ++counts_[place];
    } else if (weight.units == 0) {
      ++unweighed_;
    } else {
      ++counts_[place];
      weights_[place] += weight.units;
      squares_[place].add(detail::square_of(weight.units));
    }
  }
  /// The inverse of `add`. Sums do not know their terms: an answer that was never added with this
  /// weight is refused where the point would be left with weights that its answers can't have.
  template <class Answer>
  constexpr void remove(Answer const& answer, weight const& weight) {
    std::size_t const place = detail::place_on(scale_, answer);
    if (!weighs(place)) return detail::uncount(counts_[place]);
    if (weight.units == 0) return detail::uncount(unweighed_);
    auto n = counts_[place];
    auto const sum = weights_[place] - weight.units;
    auto squares = squares_[place];
    detail::uncount(n);
    auto const square =
        detail::square_sum(detail::wide_unsigned<2>(detail::square_of(weight.units)));
    detail::require_counted(squares.subtract(square) == 0 && are_weights(n, sum, squares));
    counts_[place] = n;
    weights_[place] = sum;
    squares_[place] = squares;
  }
  constexpr void merge(weighted_tally const& other) {
    detail::require_same(
        scale_ == other.scale_,
        "cxm::tally: merging tallies of different scales, occasions or denominators");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      counts_[i] += other.counts_[i];
      weights_[i] += other.weights_[i];
      squares_[i] += other.squares_[i];
    }
    unweighed_ += other.unweighed_;
  }
  /// As if each weight were 2^times what it was; refuses what is more than a sum can hold, and then
  /// leaves it. O(points).
  void double_weights(unsigned times) {
    auto weights = weights_;
    auto squares = squares_;
    for (auto& sum : weights) sum = detail::doubled_weights(sum, times);
    for (auto& sum : squares) sum = detail::doubled_squares(sum, times);
    weights_ = std::move(weights);
    squares_ = std::move(squares);
  }
  /// What the reading says, or the tuple of what several say.
  constexpr auto result() const {
    static_assert(
        (weighted_reading<Readings> && ...),
        "cxm::weighted: a reading of this tally knows nothing of weights; NPS, CSAT, CES, mean do");
    if constexpr (sizeof...(Readings) == 1 && (weighted_reading<Readings> && ...))
      return std::get<0>(readings_)(counts());
    else if constexpr ((weighted_reading<Readings> && ...))
      return std::apply([&](auto const&... reading) { return std::tuple(reading(counts())...); },
                        readings_);
  }
  /// The counts and weights themselves; valid as long as the tally and until it changes.
  constexpr weighted_counts counts() const&& =
      delete;  // they would point into a tally that is gone
  constexpr weighted_counts counts() const& {
    auto const size = scale_.size();
    bool const more = counts_.size() > size + 2;
    return {{scale_.low(),
             scale_.good_end(),
             {counts_.data(), size},
             counts_[size],
             counts_[size + 1],
             more ? counts_[size + 2] : 0},
            {weights_.data(), size},
            {squares_.data(), size},
            unweighed_,
            more ? weights_[size + 2] : 0,
            more ? squares_[size + 2] : detail::square_sum()};
  }
  /// Any reading of the same counts.
  template <weighted_reading Reading>
  constexpr auto read_as(Reading const& reading) const {
    return reading(counts());
  }
  constexpr Scale const& scale() const { return scale_; }
  constexpr std::tuple<Readings...> const& readings() const { return readings_; }

  constexpr bool empty() const {
    for (auto const count : counts_)
      if (count != 0) return false;
    return unweighed_ == 0;
  }
  bool valid() const {
    auto const places = scale_.template counters<std::uint64_t>().size();
    if (counts_.size() != places || weights_.size() != places || squares_.size() != places)
      return false;
    for (std::size_t i = 0; i < places; ++i) {
      auto const n = weighs(i) ? counts_[i] : 0;
      if (!are_weights(n, weights_[i], squares_[i])) return false;
    }
    return detail::counts_fit(total(), 0);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("scale", self.scale_);
    visit.state("counts", self.counts_);
    visit.state("weights", self.weights_);
    visit.state("squares", self.squares_);
    visit.state("unweighed", self.unweighed_);
  }

 private:
  /// What is missing or invalid has no weight.
  constexpr bool weighs(std::size_t place) const {
    return place < scale_.size() || place > scale_.size() + 1;
  }
  static constexpr bool are_weights(std::uint64_t n, int128 sum,
                                    detail::square_sum const& squares) {
    return sum >= 0 && detail::are_weights(n, detail::wide_unsigned<2>(magnitude_of(sum)), squares);
  }
  /// All answers; 2^64 − 1 for more.
  constexpr std::uint64_t total() const {
    std::uint64_t sum = unweighed_;
    for (auto const count : counts_) sum = count > UINT64_MAX - sum ? UINT64_MAX : sum + count;
    return sum;
  }
  [[no_unique_address]] Scale scale_;
  counters<std::uint64_t> counts_;
  counters<int128> weights_;
  counters<detail::square_sum> squares_;
  std::uint64_t unweighed_ = 0;
  [[no_unique_address]] std::tuple<Readings...> readings_;
};

}  // namespace cxm
