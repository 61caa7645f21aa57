// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How much of the memory is the peak? `peak_end_weights(&contact::rating, last(&contact::overall),
/// neutral{5})` fits w in answer = w · peak + (1 − w) · end to what customers said of the whole
/// journey, by least squares: the slope through the origin of (answer − end) against (peak − end).
/// Only journeys whose peak is not their end say anything of w; the others are counted apart. Give
/// what it finds to `peak_end(…, peak_weight{…})`.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/journey/rated_journeys.hpp>
#include <cxm/stats/interval.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

/// The fitted weight of the peak.
struct peak_end_fit {
  std::uint64_t n = 0;        ///< journeys with ratings and an answer about the whole
  std::uint64_t alike = 0;    ///< of these, journeys whose peak is their end
  std::uint64_t missing = 0;  ///< journeys without a rating, or without an answer
  std::uint64_t invalid = 0;  ///< journeys with a chosen rating or answer beyond ±10⁹
  maybe<double> weight = reason::no_data;      ///< of the peak, brought into 0..1
  maybe<double> raw_weight = reason::no_data;  ///< as least squares gives it
  maybe<double> standard_error = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;  ///< by t with n − 1 degrees of freedom
  /// How far answers lie from the rule, as the root of the mean square: fitted (divided by n − 1),
  /// and with the weight ½ (divided by n).
  maybe<double> deviation = reason::no_data;
  maybe<double> deviation_of_halves = reason::no_data;
};

/// Exact sums of products for the weight of the peak. Made by `peak_end_weights`.
template <class Choice, class Whole>
class peak_end_sums {
 public:
  static constexpr std::string_view type_name = "peak_end_weights";
  static constexpr merge_law merges = merge_law::exact;

  peak_end_sums(Choice choice, Whole whole, confidence level)
      : choice_(std::move(choice)), whole_(std::move(whole)), level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    auto const& field = (*choice_).field;
    auto const chosen = (*choice_).position(journey);
    std::optional<std::int64_t> answer, peak, end;
    bool good = true;
    auto const keep = [&](std::optional<std::int64_t>& into, auto const& value) {
      using number = std::remove_cvref_t<decltype(value)>;
      static_assert(detail::whole_number<number>() && !detail::is_duration<number>,
                    "cxm::peak_end_weights: ratings and answers are whole numbers, enums, or "
                    "std::optional of one");
      bool fits = true;
      into = detail::ticks_of(value, fits);
      good = good && fits && *into >= -largest && *into <= largest;
    };
    detail::if_answered(
        cxm::read(*whole_, journey), [&](auto const& value) { keep(answer, value); }, [] {});
    detail::each_rating(journey, field, [&](std::size_t i, auto const& value) {
      if (i == chosen) keep(peak, value);
      keep(end, value);
    });
    if (!peak || !answer)
      ++missing_;
    else if (!good)
      ++invalid_;
    else
      add_differences(*peak - *end, *answer - *end);
  }
  void merge(peak_end_sums const& other) {
    detail::require_same(detail::same_field((*choice_).field, (*other.choice_).field) &&
                             detail::same_field(*whole_, *other.whole_),
                         "cxm::peak_end_weights: merging plans over different fields");
    detail::require_same(centre() == other.centre(),
                         "cxm::peak_end_weights: merging plans with another neutral rating");
    detail::require_fit(detail::counts_fit(n_, other.n_) &&
                        detail::counts_fit(missing_, other.missing_) &&
                        detail::counts_fit(invalid_, other.invalid_));
    n_ += other.n_;
    alike_ += other.alike_;
    missing_ += other.missing_;
    invalid_ += other.invalid_;
    apart_ += other.apart_;
    across_ += other.across_;
    answers_ += other.answers_;
  }
  peak_end_fit result() const {
    peak_end_fit found{n_, alike_, missing_, invalid_};
    if (n_ == 0) return found;
    found.weight = found.raw_weight = found.standard_error = found.deviation = reason::degenerate;
    found.interval = reason::degenerate;
    found.deviation_of_halves = std::sqrt(halves() / static_cast<double>(n_));
    if (apart_.is_zero()) return found;
    detail::wide_unsigned<2> const cross{magnitude_of(across_)};
    double const size = detail::ratio_to_double(cross, apart_);
    double const weight = across_ < 0 ? -size : size;
    found.raw_weight = weight;
    found.weight = std::clamp(weight, 0.0, 1.0);
    if (n_ == 1) return found;
    double const df = static_cast<double>(n_ - 1);
    double const rest = detail::ratio_to_double(answers_ * apart_ - wide_of(cross * cross), apart_);
    double const error = std::sqrt(rest / df / detail::to_double(apart_));
    found.deviation = std::sqrt(rest / df);
    found.standard_error = error;
    found.interval = detail::made_by<student>(
        level_, detail::around(weight, -students_t_quantile(level_.tail(), df) * error,
                               detail::share_range));
    return found;
  }

  /// By Cauchy and Schwarz; and peaks are apart from ends where not all are alike.
  bool valid() const {
    detail::wide_unsigned<2> const cross{magnitude_of(across_)};
    return alike_ <= n_ && n_ <= INT64_MAX && apart_.is_zero() == (alike_ == n_) &&
           (n_ > 0 || answers_.is_zero()) && answers_ <= most() && apart_ <= most() &&
           answers_ * apart_ >= wide_of(cross * cross);
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, (*self.choice_).field, "rating");
    detail::visit_field(visit, *self.whole_, "whole");
    visit.policy("neutral", self.centre());
    visit.state("n", self.n_);
    visit.state("alike", self.alike_);
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    visit.state("apart", self.apart_.words);
    visit.state("across", self.across_);
    visit.state("answers", self.answers_.words);
  }

 private:
  static constexpr std::int64_t largest = 1'000'000'000;

  static constexpr detail::wide_unsigned<6> wide_of(detail::wide_unsigned<4> const& number) {
    return detail::wide_unsigned<6>{number};
  }
  detail::square_sum most() const {
    return detail::square_sum{detail::wide_unsigned<1>{n_} *
                              detail::wide_unsigned<1>{std::uint64_t{1} << 62}};
  }
  /// The neutral rating, where the choice has one.
  auto centre() const {
    if constexpr (requires { (*choice_).from.point; })
      return std::optional((*choice_).from.point);
    else
      return std::optional<double>();
  }
  void add_differences(std::int64_t apart, std::int64_t answer) {
    ++n_;
    alike_ += apart == 0 ? 1 : 0;
    apart_.add(detail::square_of(apart));
    across_ += detail::multiply(apart, answer);
    answers_.add(detail::square_of(answer));
  }
  /// Σ (z − d/2)² = (4 Σz² − 4 Σdz + Σd²) / 4, from exact integers.
  double halves() const {
    using wide = detail::wide_unsigned<4>;
    wide const cross = wide{detail::wide_unsigned<2>{magnitude_of(across_)}} << 2;
    wide const sum = (wide{answers_} << 2) + wide{apart_};
    return detail::to_double(across_ < 0 ? sum + cross : sum - cross, -2);
  }

  detail::box<Choice> choice_;
  detail::box<Whole> whole_;
  confidence level_;
  std::uint64_t n_ = 0;
  std::uint64_t alike_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
  detail::square_sum apart_;    // Σ (peak − end)²
  int128 across_ = 0;           // Σ (peak − end)(answer − end)
  detail::square_sum answers_;  // Σ (answer − end)²
};

/// The weight of the peak in what customers say of whole journeys: `field` rates contacts, `whole`
/// the journey, on one scale and in whole numbers. Policies: `neutral` or `negative_peak` (one of
/// them must be given), `low_is_good`, `confidence`.
template <class Field, class Whole, class... Policies>
auto peak_end_weights(Field field, Whole whole, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, peak_choice, rating_direction, confidence_level> && ...),
      "cxm::peak_end_weights: takes neutral or negative_peak, low_is_good and confidence");
  static_assert(detail::no_question_twice<peak_choice, rating_direction,
                                          confidence_level>::template in<Policies...>,
                "cxm::peak_end_weights: two policies answer the same question");
  static_assert(detail::answers_to<peak_choice, Policies...> != 0,
                "cxm::peak_end_weights: say which rating is neutral, as in neutral{5}, or "
                "negative_peak{}");
  auto choice =
      detail::peak_of(std::move(field), detail::pick<peak_choice>(negative_peak{}, policies...),
                      detail::pick<rating_direction>(high_is_good{}, policies...));
  return peak_end_sums<decltype(choice), Whole>(
      std::move(choice), std::move(whole),
      detail::pick<confidence_level>(confidence{}, policies...));
}

}  // namespace cxm
