// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/confidence.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/rated_journeys.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/weighted_mean.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The policies of `valence_curve`, what it says of each point of the curve, and the fields and
/// accumulators of which it is made.

namespace cxm {

struct valence_attention;  ///< The question how much each contact counts.
struct valence_cut;        ///< The question below which valence a contact is negative.
struct journey_parts;      ///< The question in how many parts a journey is shown.

/// Every contact counts the same, and there is no second mean. The default.
struct equal_attention {
  using policy_kind = valence_attention;
};
/// How much attention a contact had: arousal, dwell time … A field that gives a number, or an
/// optional of one, not negative.
template <class Field>
struct attention_paid {
  using policy_kind = valence_attention;
  Field field;
  constexpr explicit attention_paid(Field of) : field(std::move(of)) {}
};
/// A contact below this valence was negative.
struct negative_below {
  using policy_kind = valence_cut;
  double valence;
};
/// The journey is shown in this many equal parts.
struct in_parts {
  using policy_kind = journey_parts;
  std::uint32_t parts;
};

/// One point of a curve of valence.
struct valence_point {
  std::uint64_t n = 0;        ///< contacts with a valence
  std::uint64_t missing = 0;  ///< contacts without
  std::uint64_t invalid = 0;  ///< contacts with a valence outside of −1..1
  maybe<double> mean = reason::no_data;
  maybe<double> deviation = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;  ///< of the mean, by t
  maybe<double> mean_by_attention = reason::no_data;   ///< `not_identified` without attention
  share negative{};                                    ///< contacts below the cut
  share coverage{};                                    ///< contacts with a valence, of all
};

namespace detail {

/// The valence of a contact; not a number where it is outside of −1..1, so that it is counted as
/// invalid.
template <class Field>
struct any_valence {
  using reads_contact = void;
  Field field;
  constexpr std::string_view name() const { return derived_name<"valence ", Field>(field); }
  constexpr std::optional<double> operator()(auto const& contact) const {
    std::optional<double> found;
    if_answered(
        cxm::read(field, contact),
        [&](auto const& value) {
          double const valence = static_cast<double>(value);
          found =
              valence >= -1 && valence <= 1 ? valence : std::numeric_limits<double>::quiet_NaN();
        },
        [] {});
    return found;
  }
  friend bool operator==(any_valence const&, any_valence const&) = default;
};
/// The valence of a contact where it has a valid one.
template <class Field>
struct valid_valence {
  using reads_contact = void;
  Field field;
  constexpr std::string_view name() const { return derived_name<"valence ", Field>(field); }
  constexpr std::optional<double> operator()(auto const& contact) const {
    auto const found = any_valence<Field>{field}(contact);
    return found && is_finite_value(*found) ? found : std::nullopt;
  }
  friend bool operator==(valid_valence const&, valid_valence const&) = default;
};
/// Whether a contact was negative.
template <class Field>
struct is_negative {
  using reads_contact = void;
  valid_valence<Field> valence;
  double cut;
  constexpr std::optional<bool> operator()(auto const& contact) const {
    auto const found = valence(contact);
    return found ? std::optional(*found < cut) : std::nullopt;
  }
  friend bool operator==(is_negative const&, is_negative const&) = default;
};
/// The valence of a contact with its attention.
template <class Field, class Attention>
struct attended {
  using reads_contact = void;
  valid_valence<Field> valence;
  Attention attention;
  constexpr std::optional<weighted_value> operator()(auto const& contact) const {
    auto const found = valence(contact);
    std::optional<weighted_value> both;
    if (found)
      if_answered(
          cxm::read(attention, contact),
          [&](auto const& weight) {
            both = weighted_value{*found, as_double(weight)};
          },
          [] {});
    return both;
  }
  friend bool operator==(attended const&, attended const&) = default;
};
/// The touchpoint of the lowest valence, of several the last; empty below two valences.
template <class Valence>
struct low_point {
  Valence valence;
  constexpr auto operator()(auto const& journey) const {
    using touchpoint = std::remove_cvref_t<decltype(journey[0].touchpoint())>;
    std::optional<touchpoint> found;
    if (rated{valence}(journey) >= 2)
      found = journey[*worst_rated{valence}.position(journey)].touchpoint();
    return found;
  }
  friend bool operator==(low_point const&, low_point const&) = default;
};
template <class Valence>
low_point(Valence) -> low_point<Valence>;

/// What is counted at each point of a curve.
template <class Field, class Attention>
auto valence_sums(Field const& field, negative_below cut, Attention const& attention) {
  auto valences = on(any_valence<Field>{field}, exact_moments());
  auto negatives = on(is_negative<Field>{{field}, cut.valence}, proportion());
  if constexpr (std::is_same_v<Attention, equal_attention>) {
    return all(std::move(valences), std::move(negatives));
  } else {
    using attended_field = attended<Field, decltype(attention.field)>;
    return all(std::move(valences), std::move(negatives),
               on(attended_field{{field}, attention.field}, weighted_mean()));
  }
}

/// A point of the curve from what was counted.
template <class Sums>
valence_point valence_point_of(Sums const& sums, confidence level) {
  auto const& moments = std::get<0>(sums);
  auto const& negative = std::get<1>(sums);
  valence_point found{moments.n, moments.missing, moments.invalid, moments.mean, moments.deviation};
  found.interval = moments.deviation.why();
  if (moments.deviation)
    found.interval = student::mean(*moments.mean, *moments.deviation, moments.n, level, {-1, 1});
  found.mean_by_attention = reason::not_identified;
  if constexpr (std::tuple_size_v<Sums> == 3) found.mean_by_attention = std::get<2>(sums).mean;
  found.negative = share_of(negative.successes, negative.n, level);
  found.coverage = share_of(moments.n, moments.n + moments.missing + moments.invalid, level);
  return found;
}

/// The groups with `function` of each result.
template <class Key, class Result, class Function>
auto each_result(groups<Key, Result> const& from, Function const& function) {
  using result = decltype(function(std::declval<Result const&>()));
  std::vector<group<Key, result>> sorted;
  for (auto const& one : from) sorted.push_back({one.key, function(one.result)});
  std::optional<result> other;
  if (from.other()) other = function(*from.other());
  return groups<Key, result>(std::move(sorted), from.names(), std::move(other));
}
/// The groups that have a key.
template <class Key, class Result>
auto with_key(groups<std::optional<Key>, Result> const& from) {
  std::vector<group<Key, Result>> sorted;
  for (auto const& one : from)
    if (one.key) sorted.push_back({*one.key, one.result});
  return groups<Key, Result>(std::move(sorted), from.names(), from.other());
}

}  // namespace detail
}  // namespace cxm
