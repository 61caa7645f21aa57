// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// One contact out of a journey, and a field read at it:
///
///     at_contact{first_at{step::delivered}, &contact::agent}     // who delivered first
///     at_contact{last_to_end, &contact::office}                  // where the journey was over
///
/// A choice is anything that gives a contact of a journey, or an optional of one.

#include <cxm/core/field.hpp>
#include <cxm/journey/detail/touchpoint_list.hpp>
#include <cxm/stats/detail/key.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {
template <class Value>
constexpr bool says_something(Value const& value) {
  if constexpr (is_optional<Value>)
    return value.has_value();
  else
    return true;
}
}  // namespace detail

/// Chooses the first contact at one of these touchpoints; nothing where there was none.
template <class Touchpoint>
class first_at {
 public:
  explicit first_at(std::vector<Touchpoint> touchpoints) : at_{std::move(touchpoints)} {}
  template <class... More>
  explicit first_at(Touchpoint first, More... more)
      : at_{{std::move(first), Touchpoint(std::move(more))...}} {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using contact = typename Journey::contact;
    for (std::size_t i = 0; i < journey.size(); ++i)
      if (at_.has(journey[i].touchpoint())) return std::optional<contact>(journey[i]);
    return std::optional<contact>();
  }
  void describe_field(auto& visit) const { at_.describe_field(visit); }
  friend bool operator==(first_at const&, first_at const&) = default;

 private:
  detail::touchpoint_list<Touchpoint> at_;
};
template <class First, class... More>
first_at(First, More...) -> first_at<detail::owned_t<First>>;
template <class Touchpoint>
first_at(std::vector<Touchpoint>) -> first_at<Touchpoint>;

/// Chooses the first contact for which `field`, an optional, says something: who made the first
/// promise is `at_contact{first_with{&contact::promised}, &contact::office}`.
template <class Field>
struct first_with {
  Field field;
  constexpr explicit first_with(Field of) : field(std::move(of)) {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using contact = typename Journey::contact;
    for (std::size_t i = 0; i < journey.size(); ++i)
      if (detail::says_something(journey[i].read(field))) return std::optional<contact>(journey[i]);
    return std::optional<contact>();
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(first_with const&, first_with const&) = default;
};

/// Chooses the last contact for which `field` says something.
template <class Field>
struct last_with {
  Field field;
  constexpr explicit last_with(Field of) : field(std::move(of)) {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using contact = typename Journey::contact;
    for (std::size_t i = journey.size(); i-- > 0;)
      if (detail::says_something(journey[i].read(field))) return std::optional<contact>(journey[i]);
    return std::optional<contact>();
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(last_with const&, last_with const&) = default;
};

/// When the chosen contact began; empty where there was none: the time at which a promise was made
/// is `time_of{first_with{&contact::promised}}`.
template <class Choice>
struct time_of {
  Choice choice;
  constexpr explicit time_of(Choice which) : choice(std::move(which)) {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using time = std::remove_cvref_t<decltype(journey.started())>;
    auto const chosen = choice(journey);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(chosen)>>)
      return chosen ? std::optional<time>(chosen->time()) : std::optional<time>();
    else
      return time(chosen.time());
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, choice); }
  friend bool operator==(time_of const&, time_of const&) = default;
};

/// Chooses the contact with the latest end, of several the first.
struct contact_last_to_end {
  constexpr auto operator()(auto const& journey) const {
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < journey.size(); ++i)
      if (journey[chosen].ended() < journey[i].ended()) chosen = i;
    return journey[chosen];
  }
  friend bool operator==(contact_last_to_end, contact_last_to_end) = default;
};
inline constexpr contact_last_to_end last_to_end{};

/// A field of a journey: `field` of the contact that `choice` gives, empty where it gives none.
template <class Choice, class Field>
struct at_contact {
  Choice choice;
  Field field;

  constexpr at_contact(Choice which, Field of) : choice(std::move(which)), field(std::move(of)) {}
  constexpr std::string_view name() const { return name_of(field); }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    auto const chosen = choice(journey);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(chosen)>>) {
      using value = std::remove_cvref_t<decltype(chosen->read(field))>;
      using answer = std::optional<detail::answered_t<value>>;
      return chosen ? answer(chosen->read(field)) : answer();
    } else {
      return chosen.read(field);
    }
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, choice, field); }
  friend bool operator==(at_contact const&, at_contact const&) = default;
};

}  // namespace cxm
