// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/detail/bulk_count.hpp>
#include <cxm/survey/scale.hpp>
#include <cxm/survey/survey_question.hpp>
#include <cxm/survey/tally_counts.hpp>
#include <cxm/survey/weighted_tally.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// The tally of a survey question: one counter for each point of its scale. Everything that is said
/// of the answers (NPS, CSAT at any cut, mean, median, every interval) is a *reading* of it. So a
/// tally costs one increment an answer, merges exactly, and another cut or interval needs no second
/// look at the answers: `on(&answer::recommend, tally(nps(), mean(), median()))`.

namespace cxm {

/// Anything that turns counts into a result.
template <class Type>
concept tally_reading = requires(Type const& reading, tally_counts const& counts) {
  reading(counts);
};

/// Counts answers on `Scale` and shows them through `Readings`. Made by `tally`, `nps`, `csat`,
/// `ces`, `mean` …
template <class Scale, class... Readings>
class scale_tally {
  using counters = decltype(std::declval<Scale const&>().template counters<std::uint64_t>());

 public:
  static constexpr std::string_view type_name = "tally";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr explicit scale_tally(Scale scale, Readings... readings)
      : scale_(std::move(scale)),
        counts_(scale_.template counters<std::uint64_t>()),
        readings_(std::move(readings)...) {}

  /// Counts an answer: a whole number, an enum, a floating number that is whole, or an optional or
  /// `reply` of one. What is off the scale, fractional or not finite is counted as invalid;
  /// those who gave no answer as missing, unless the denominator counts them. O(1), no branch but
  /// for the optional.
  template <class Answer>
  constexpr void add(Answer const& answer) {
    using value = detail::answered_t<Answer>;
    static_assert(
        (std::is_arithmetic_v<value> || std::is_enum_v<value>)&&!std::same_as<value, bool>,
        "cxm::tally: an answer is a number, an enum, or std::optional of one; this field gives "
        "another type");
    if constexpr ((std::is_arithmetic_v<value> || std::is_enum_v<value>))
      ++counts_[detail::place_on(scale_, answer)];
  }
  /// Counts an answer that was given so many times, for `frequency_weights`. O(1).
  template <class Answer>
  constexpr void add(Answer const& answer, copies const& copies) {
    counts_[detail::place_on(scale_, answer)] += copies.count;
  }
  /// Counts many answers, a column of values or of optionals. Refuses more than 2^63 of them, and
  /// then counts none. O(answers), without waiting for the counter of the answer before.
  template <class Rows>
  void add_many(Rows const& rows) {
    detail::count_in_bulk(*this, rows);
  }
  /// For many events, see stats/detail/bulk_count.hpp.
  static constexpr std::size_t bulk_places() requires detail::is_array<counters> {
    return std::tuple_size_v<counters>;
  }
  constexpr std::size_t bulk_places() const requires(!detail::is_array<counters>) {
    return counts_.size();
  }
  template <class Answer>
  constexpr std::size_t bulk_place(Answer const& answer) const {
    return detail::place_on(scale_, answer);
  }
  constexpr void add_bulk(std::uint32_t const* counts) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) sum += counts[i];
    detail::require_fit(detail::counts_fit(total(), sum));
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += counts[i];
  }
  /// The inverse of `add`; refuses an answer that was never added. O(1).
  template <class Answer>
  constexpr void remove(Answer const& answer) {
    detail::uncount(counts_[detail::place_on(scale_, answer)]);
  }
  template <class Answer>
  constexpr void remove(Answer const& answer, copies const& copies) {
    detail::uncount(counts_[detail::place_on(scale_, answer)], copies.count);
  }
  constexpr void merge(scale_tally const& other) { merge_counts(other); }
  /// Readings never block a merge: a tally of the same question that is read in another way.
  template <class Other, class... Others>
  constexpr void merge(scale_tally<Other, Others...> const& other) {
    static_assert(std::same_as<Scale, Other>,
                  "cxm::tally: merging tallies of different scales, occasions or denominators");
    if constexpr (std::same_as<Scale, Other>) merge_counts(other);
  }
  /// What the reading says, or the tuple of what several say.
  constexpr auto result() const {
    static_assert(sizeof...(Readings) > 0,
                  "cxm::tally: says nothing; give it a reading, as in tally(nps(), mean())");
    if constexpr (sizeof...(Readings) == 1)
      return std::get<0>(readings_)(counts());
    else
      return std::apply([&](auto const&... reading) { return std::tuple(reading(counts())...); },
                        readings_);
  }
  /// The counts themselves; valid as long as the tally and until it changes.
  constexpr tally_counts counts() const&& = delete;  // they would point into a tally that is gone
  constexpr tally_counts counts() const& {
    auto const size = scale_.size();
    return {scale_.low(),  scale_.good_end(), {counts_.data(), size},
            counts_[size], counts_[size + 1], counts_.size() > size + 2 ? counts_[size + 2] : 0};
  }
  /// Any reading of the same counts.
  template <tally_reading Reading>
  constexpr auto read_as(Reading const& reading) const {
    return reading(counts());
  }
  constexpr Scale const& scale() const { return scale_; }
  constexpr std::tuple<Readings...> const& readings() const { return readings_; }
  /// The twin for `weighted`, empty.
  constexpr auto with_weights() const {
    return weighted_tally<Scale, Readings...>(scale_, readings_);
  }

  constexpr bool empty() const {
    std::uint64_t any = 0;  // by or: where the first answer stands is not to be guessed
    for (auto const count : counts_) any |= count;
    return any == 0;
  }
  bool valid() const {
    return counts_.size() == scale_.template counters<std::uint64_t>().size() &&
           detail::counts_fit(total(), 0);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("scale", self.scale_);
    visit.state("counts", self.counts_);
  }

 private:
  /// All answers, right, wrong and missing; 2^64 − 1 for more.
  constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (auto const count : counts_) sum = count > UINT64_MAX - sum ? UINT64_MAX : sum + count;
    return sum;
  }
  template <class Other, class... Others>
  friend class scale_tally;
  constexpr void merge_counts(auto const& other) {
    detail::require_same(
        scale_ == other.scale_,
        "cxm::tally: merging tallies of different scales, occasions or denominators");
    detail::require_fit(detail::counts_fit(total(), other.total()));
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  }

  [[no_unique_address]] Scale scale_;
  counters counts_;
  [[no_unique_address]] std::tuple<Readings...> readings_;
};

namespace detail {

template <class Type>
inline constexpr bool is_tally = false;
template <class Scale, class... Readings>
inline constexpr bool is_tally<scale_tally<Scale, Readings...>> = true;

/// The scale that an argument of `tally` brings, and the readings.
template <class Part>
constexpr auto scales_in(Part const& part) {
  if constexpr (is_tally<Part>)
    return std::tuple(part.scale());
  else if constexpr (scale<Part>)
    return std::tuple(part);
  else
    return std::tuple();
}
template <class Part>
constexpr auto readings_in(Part const& part) {
  if constexpr (is_tally<Part>)
    return part.readings();
  else if constexpr (scale<Part> || is_question_policy<Part>)
    return std::tuple();
  else
    return std::tuple(part);
}

template <class First, class... Rest>
constexpr First only_scale(std::tuple<First, Rest...> const& scales) {
  static_assert((std::same_as<First, Rest> && ...),
                "cxm::tally: its readings belong to different scales");
  std::apply(
      [](First const& first, auto const&... rest) {
        require_same(((first == rest) && ...),
                     "cxm::tally: its readings belong to different scales");
      },
      scales);
  return std::get<0>(scales);
}

}  // namespace detail

/// One tally with several readings, given in any order: metrics (`nps()`), readings without a scale
/// (`mean()`), a scale where none of them has one, and what else decides who may merge:
/// `tally(points<1, 7>{}, transactional{}, mean(), median())`.
template <class... Parts>
constexpr auto tally(Parts const&... parts) {
  static_assert(
      ((detail::is_tally<Parts> || scale<Parts> || detail::is_question_policy<Parts> ||
        tally_reading<Parts>)&&...),
      "cxm::tally: takes scales, metrics such as nps(), readings such as mean(), and what "
      "decides who may merge, as transactional");
  static_assert(
      detail::no_question_twice<survey_occasion, denominator_choice>::template in<Parts...>,
      "cxm::tally: two policies answer the same question");
  auto const scales = std::tuple_cat(detail::scales_in(parts)...);
  static_assert(std::tuple_size_v<decltype(scales)> > 0,
                "cxm::tally: which scale? Give one, as in tally(points<1, 7>{}, mean())");
  auto const scale = detail::asked_on(detail::only_scale(scales), parts...);
  return std::apply(
      [&](auto const&... reading) {
        return scale_tally<std::remove_const_t<decltype(scale)>,
                           std::remove_cvref_t<decltype(reading)>...>(scale, reading...);
      },
      std::tuple_cat(detail::readings_in(parts)...));
}

}  // namespace cxm
