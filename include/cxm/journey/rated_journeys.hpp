// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How the ratings of its contacts add up to a rating of the journey: fields of a journey that go
/// wherever a field goes, as `on(worst(&contact::recommend), nps())` or
/// `by(segment, on(peak_end(&contact::recommend, neutral{5}), exact_moments()))`. Contacts without
/// a rating don't count; a journey without any has no value. A rating that is not a finite number
/// makes the value not finite, and it is counted as invalid. `average` is in average.hpp, `first`
/// and `last` in journey_fields.hpp.
/// Source of peak and end: Kahneman, Fredrickson, Schreiber & Redelmeier, Psychological Science 4
/// (1993). The evidence is of short episodes: for journeys of months show it beside the average.

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/rated_contacts.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

struct peak_share;  ///< The question how much of the memory is the peak.

/// The worst rating in the journey.
template <class Field, class Direction>
struct worst {
  worst_rated<Field, Direction> choice;
  constexpr explicit worst(Field of, Direction good_end = {}) : choice(std::move(of), good_end) {}
  constexpr std::string_view name() const {
    return detail::directed_name<"worst ", "worst (low is good) ", Direction>(choice.field);
  }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    return detail::rating_at(journey, choice.field, choice.position(journey));
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, choice.field); }
  friend bool operator==(worst const&, worst const&) = default;
};
template <class Field>
worst(Field) -> worst<Field>;

/// The best rating in the journey.
template <class Field, class Direction>
struct best {
  best_rated<Field, Direction> choice;
  constexpr explicit best(Field of, Direction good_end = {}) : choice(std::move(of), good_end) {}
  constexpr std::string_view name() const {
    return detail::directed_name<"best ", "best (low is good) ", Direction>(choice.field);
  }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    return detail::rating_at(journey, choice.field, choice.position(journey));
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, choice.field); }
  friend bool operator==(best const&, best const&) = default;
};
template <class Field>
best(Field) -> best<Field>;

/// The peak of a journey is its worst rating, whatever is neutral: (min + end) / 2.
struct negative_peak {
  using policy_kind = peak_choice;
};

/// How much of the memory is the peak, from 0 to 1; the rest is the end. Default ½; find it from
/// answers about whole journeys with `peak_end_weights`.
class peak_weight {
 public:
  using policy_kind = peak_share;
  constexpr explicit peak_weight(double share) : share_(share) {
    if (!(share >= 0 && share <= 1))
      detail::refuse("cxm::peak_weight: the weight of the peak must lie between 0 and 1");
  }
  constexpr double share() const { return share_; }
  friend bool operator==(peak_weight, peak_weight) = default;

 private:
  double share_;
};

namespace detail {

/// The choice of the peak that a policy of `peak_end` stands for.
template <class Field, class Number, class Direction>
constexpr auto peak_of(Field field, neutral<Number> centre, Direction good_end) {
  return peak_rated<Field, Number, Direction>(std::move(field), centre, good_end);
}
template <class Field, class Direction>
constexpr auto peak_of(Field field, negative_peak, Direction good_end) {
  return worst_rated<Field, Direction>(std::move(field), good_end);
}

}  // namespace detail

/// Remembered as peak and end: w · peak + (1 − w) · end. Made by `peak_end`.
template <class Choice>
class peak_and_end {
 public:
  peak_and_end(Choice choice, peak_weight weight)
      : choice_(std::move(choice)), weight_(weight), name_(name_by(choice_, weight_)) {}
  /// "peak-end rating, neutral 5, weight 0.5": states by other policies don't mix.
  std::string_view name() const { return name_; }

  /// One rating is both; none gives none. A fused multiply-add by name: what it gives may enter a
  /// saved state, and must not depend on what a compiler contracts.
  template <class Journey>
  std::optional<double> operator()(Journey const& journey) const {
    auto const chosen = choice_.position(journey);
    if (!chosen) return std::nullopt;
    double const peak = detail::number_at(journey, choice_.field, *chosen);
    double const end = detail::number_at(journey, choice_.field, last_position(journey));
    return std::fma(weight_.share(), peak - end, end);
  }
  constexpr Choice const& peak() const { return choice_; }
  friend bool operator==(peak_and_end const&, peak_and_end const&) = default;

 private:
  /// Empty for a field without a name: such fields are told apart by comparing them.
  static std::string name_by(Choice const& choice, peak_weight weight) {
    std::string text(name_of(choice.field));
    if (text.empty()) return text;
    text = "peak-end " + text;
    if constexpr (requires { choice.from; })
      text += ", neutral " + detail::number_name(choice.from.point);
    else
      text += ", negative peak";
    if constexpr (!std::is_same_v<decltype(choice.direction), high_is_good>)
      text += ", low is good";
    return text + ", weight " + detail::number_name(weight.share());
  }

  template <class Journey>
  constexpr std::size_t last_position(Journey const& journey) const {
    std::size_t last = 0;
    detail::each_rating(journey, choice_.field, [&](std::size_t i, auto const&) { last = i; });
    return last;
  }

  Choice choice_;
  peak_weight weight_;
  std::string name_;
};

/// How the journey is remembered by the peak–end rule, a number on the scale of `field`. Policies:
/// `neutral{5}` or `negative_peak{}` (one of them must be given: what is neutral on your scale no
/// one else knows), `high_is_good` (default) or `low_is_good`, `peak_weight` (default ½).
template <class Field, class... Policies>
auto peak_end(Field field, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, peak_choice, rating_direction, peak_share> && ...),
      "cxm::peak_end: takes neutral or negative_peak, low_is_good and peak_weight");
  static_assert(detail::no_question_twice<peak_choice, rating_direction,
                                          peak_share>::template in<Policies...>,
                "cxm::peak_end: two policies answer the same question");
  static_assert(detail::answers_to<peak_choice, Policies...> != 0,
                "cxm::peak_end: say which rating is neutral, as in neutral{5}, or negative_peak{}");
  auto const direction = detail::pick<rating_direction>(high_is_good{}, policies...);
  auto choice = detail::peak_of(std::move(field),
                                detail::pick<peak_choice>(negative_peak{}, policies...), direction);
  return peak_and_end<decltype(choice)>(std::move(choice),
                                        detail::pick<peak_share>(peak_weight{0.5}, policies...));
}

/// How many contacts of the journey are rated.
template <class Field>
struct rated {
  Field field;
  constexpr explicit rated(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return detail::derived_name<"rated ", Field>(field); }

  template <class Journey>
  constexpr std::uint64_t operator()(Journey const& journey) const {
    std::uint64_t n = 0;
    detail::each_rating(journey, field, [&](std::size_t, auto const&) { ++n; });
    return n;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(rated const&, rated const&) = default;
};

/// From the worst to the best rating of the journey; empty below two ratings.
template <class Field>
struct swing {
  Field field;
  constexpr explicit swing(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return detail::derived_name<"swing ", Field>(field); }

  template <class Journey>
  constexpr std::optional<double> operator()(Journey const& journey) const {
    if (rated{field}(journey) < 2) return std::nullopt;
    return detail::difference(best{field}(journey), worst{field}(journey));
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(swing const&, swing const&) = default;
};

/// From the low point to the last rating of the journey: 0 where it ended at its worst; empty below
/// two ratings. Where low is good it is negative: from the highest rating down.
template <class Field, class Direction>
struct recovery {
  worst_rated<Field, Direction> choice;
  constexpr explicit recovery(Field of, Direction good_end = {})
      : choice(std::move(of), good_end) {}
  constexpr std::string_view name() const {
    return detail::directed_name<"recovery ", "recovery (low is good) ", Direction>(choice.field);
  }

  template <class Journey>
  constexpr std::optional<double> operator()(Journey const& journey) const {
    if (rated{choice.field}(journey) < 2) return std::nullopt;
    std::size_t last = 0;
    detail::each_rating(journey, choice.field, [&](std::size_t i, auto const&) { last = i; });
    return detail::number_at(journey, choice.field, last) -
           detail::number_at(journey, choice.field, *choice.position(journey));
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, choice.field); }
  friend bool operator==(recovery const&, recovery const&) = default;
};
template <class Field>
recovery(Field) -> recovery<Field>;

}  // namespace cxm
