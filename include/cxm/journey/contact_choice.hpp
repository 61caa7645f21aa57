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

 private:
  detail::touchpoint_list<Touchpoint> at_;
};
template <class First, class... More>
first_at(First, More...) -> first_at<detail::owned_t<First>>;
template <class Touchpoint>
first_at(std::vector<Touchpoint>) -> first_at<Touchpoint>;

/// Chooses the contact with the latest end, of several the first.
struct contact_last_to_end {
  constexpr auto operator()(auto const& journey) const {
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < journey.size(); ++i)
      if (journey[chosen].ended() < journey[i].ended()) chosen = i;
    return journey[chosen];
  }
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
};

}  // namespace cxm
