// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Contacts chosen by how they were rated: where a journey was at its worst, at its best, at its
/// peak. They are choices for `at_contact`, as `first_at` is one:
///
///     at_contact{worst_rated{&contact::rating}, &contact::touchpoint}      // its low point
///     at_contact{peak_rated{&contact::rating, neutral{5}}, &contact::agent}
///
/// Contacts without a rating don't count. Of equal ratings the later one is chosen, as memory does.
/// A rating that is not a finite number is chosen before all others: so it is seen, and counted as
/// invalid, by what counts the chosen rating.

#include <cxm/core/field.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/fwd.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace cxm {

struct rating_direction;  ///< The question which end of the ratings is the good one.
struct peak_choice;       ///< The question which rating of a journey is its peak.

/// A larger rating is better. The default.
struct high_is_good {
  using policy_kind = rating_direction;
  static constexpr bool worse(auto const& a, auto const& b) { return a < b; }
  friend constexpr bool operator==(high_is_good, high_is_good) { return true; }
};
/// A smaller rating is better, as of effort and of complaints.
struct low_is_good {
  using policy_kind = rating_direction;
  static constexpr bool worse(auto const& a, auto const& b) { return b < a; }
  friend constexpr bool operator==(low_is_good, low_is_good) { return true; }
};

/// The peak is the rating farthest from this one, which is neither good nor bad; of two equally far
/// the worse, then the later.
template <class Number>
struct neutral {
  using policy_kind = peak_choice;
  Number point;

  static_assert(std::is_arithmetic_v<Number>, "cxm::neutral: takes a number, as in neutral{5}");
  constexpr explicit neutral(Number at) : point(at) {}
  friend bool operator==(neutral const&, neutral const&) = default;
};

namespace detail {

/// What a contact's field gives where it is answered.
template <class Journey, class Field>
using rating_t = answered_t<decltype(cxm::read(std::declval<Field const&>(),
                                               std::declval<Journey const&>()[0]))>;

/// Calls `see(i, rating)` for each contact that has a rating, in order.
template <class Journey, class Field, class See>
constexpr void each_rating(Journey const& journey, Field const& field, See&& see) {
  for (std::size_t i = 0; i < journey.size(); ++i)
    if_answered(
        cxm::read(field, journey[i]), [&](auto const& rating) { see(i, rating); }, [] {});
}

/// The position of the rating that `beats` those before it, none where nothing is rated.
template <class Journey, class Field, class Beats>
constexpr std::optional<std::size_t> choose_rating(Journey const& journey, Field const& field,
                                                   Beats&& beats) {
  std::optional<std::size_t> chosen;
  std::optional<rating_t<Journey, Field>> held;
  each_rating(journey, field, [&](std::size_t i, auto const& rating) {
    if (held && !is_finite_value(*held)) return;
    if (held && is_finite_value(rating) && !beats(rating, *held)) return;
    held = rating;
    chosen = i;
  });
  return chosen;
}

/// How far a rating lies from the neutral one: exactly for whole numbers.
template <class Rating, class Number>
constexpr auto distance_from(Rating rating, Number neutral_point) {
  if constexpr (std::is_enum_v<Rating>) {
    return distance_from(static_cast<std::underlying_type_t<Rating>>(rating), neutral_point);
  } else if constexpr (std::is_integral_v<Rating> && std::is_integral_v<Number>) {
    int128 const difference = int128{rating} - int128{neutral_point};
    return difference < 0 ? -difference : difference;
  } else {
    return std::fabs(static_cast<double>(rating) - static_cast<double>(neutral_point));
  }
}

template <class Journey>
constexpr auto contact_at(Journey const& journey, std::optional<std::size_t> position) {
  using contact = std::remove_cvref_t<decltype(journey[0])>;
  return position ? std::optional<contact>(journey[*position]) : std::optional<contact>();
}

}  // namespace detail

/// Chooses the contact with the worst rating, of several the last; nothing where none is rated.
template <class Field, class Direction>
struct worst_rated {
  Field field;
  [[no_unique_address]] Direction direction;

  constexpr explicit worst_rated(Field of, Direction good_end = {})
      : field(std::move(of)), direction(good_end) {}

  template <class Journey>
  constexpr std::optional<std::size_t> position(Journey const& journey) const {
    return detail::choose_rating(journey, field, [](auto const& next, auto const& held) {
      return !Direction::worse(held, next);
    });
  }
  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    return detail::contact_at(journey, position(journey));
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(worst_rated const&, worst_rated const&) = default;
};
template <class Field>
worst_rated(Field) -> worst_rated<Field>;

/// Chooses the contact with the best rating, of several the last; nothing where none is rated.
template <class Field, class Direction>
struct best_rated {
  Field field;
  [[no_unique_address]] Direction direction;

  constexpr explicit best_rated(Field of, Direction good_end = {})
      : field(std::move(of)), direction(good_end) {}

  template <class Journey>
  constexpr std::optional<std::size_t> position(Journey const& journey) const {
    return detail::choose_rating(journey, field, [](auto const& next, auto const& held) {
      return !Direction::worse(next, held);
    });
  }
  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    return detail::contact_at(journey, position(journey));
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(best_rated const&, best_rated const&) = default;
};
template <class Field>
best_rated(Field) -> best_rated<Field>;

/// Chooses the contact whose rating is farthest from the neutral one, of several the worse, then
/// the last; nothing where none is rated.
template <class Field, class Number, class Direction>
struct peak_rated {
  Field field;
  neutral<Number> from;
  [[no_unique_address]] Direction direction;

  constexpr peak_rated(Field of, neutral<Number> centre, Direction good_end = {})
      : field(std::move(of)), from(centre), direction(good_end) {}

  template <class Journey>
  constexpr std::optional<std::size_t> position(Journey const& journey) const {
    return detail::choose_rating(journey, field, [this](auto const& next, auto const& held) {
      auto const far = detail::distance_from(next, from.point);
      auto const before = detail::distance_from(held, from.point);
      return before < far || (!(far < before) && !Direction::worse(held, next));
    });
  }
  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    return detail::contact_at(journey, position(journey));
  }
  void describe_field(auto& visit) const {
    detail::visit_parts(visit, field);
    detail::visit_parameter(visit, "neutral", from.point);
  }
  friend bool operator==(peak_rated const&, peak_rated const&) = default;
};
template <class Field, class Number>
peak_rated(Field, neutral<Number>) -> peak_rated<Field, Number>;

}  // namespace cxm
