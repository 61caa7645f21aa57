// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/event/is.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// The steps of a funnel. A step is a touchpoint, or a predicate of a contact as `where` takes it:
/// `step(is{&contact::channel, channel::web})`. What a step asks beyond that it says itself:
/// `step(paid).at_once()`, `step(helped).optional()`, `step(paid).soon(30min)`.

namespace cxm {

/// What a step of a funnel asks beyond its predicate.
struct step_rule {
  bool optional = false;  ///< the next step may come without it
  bool adjacent = false;  ///< any other contact since the step before breaks the attempt
  bool joins = false;     ///< in any order with the step before
  std::chrono::microseconds longest = std::chrono::microseconds::max();  ///< since the step before

  friend constexpr bool operator==(step_rule const&, step_rule const&) = default;
};

/// A step of a funnel. Made by `step`.
template <class Predicate>
struct funnel_step {
  detail::box<Predicate> predicate;
  step_rule rule{};

  /// The next step may come without it. Not for the first and the last step.
  constexpr funnel_step optional() const {
    auto copy = *this;
    copy.rule.optional = true;
    return copy;
  }
  /// No other contact may come between it and the step before.
  constexpr funnel_step at_once() const {
    auto copy = *this;
    copy.rule.adjacent = true;
    return copy;
  }
  /// At most `longest` after the step before, which itself is still soon; not negative.
  constexpr funnel_step soon(std::chrono::microseconds longest) const {
    if (longest < longest.zero()) detail::refuse("cxm::step: the time must not be negative");
    auto copy = *this;
    copy.rule.longest = longest;
    return copy;
  }
  friend constexpr bool operator==(funnel_step const& a, funnel_step const& b) {
    return detail::same_field(*a.predicate, *b.predicate) && a.rule == b.rule;
  }
};

/// A contact at this touchpoint, or for which this predicate holds.
template <class Predicate>
constexpr auto step(Predicate predicate) {
  using kept = detail::compared_value<Predicate>;
  return funnel_step<kept>{detail::box<kept>(kept(std::move(predicate)))};
}

/// Steps that may come in any order, among the steps of a funnel.
template <class... Steps>
struct step_group {
  std::tuple<Steps...> steps;
};

/// What a contact that is excluded does to an attempt.
enum class on_excluded : unsigned char {
  drop_attempt,  ///< ends the attempt; what it reached stands
  restart,       ///< ends all attempts of the journey that are under way; what they reached stands
  drop_entity    ///< the journey is not counted at all, whatever it reached
};

struct funnel_exclusion;  ///< The question what must not come between two steps; of many answers.

/// A contact for which `predicate` holds (or at this touchpoint) must not come after step `from`
/// and before step `to`, the first being 0. A contact that is itself the step an attempt waits for
/// is that step.
template <class Predicate>
struct except {
  using policy_kind = funnel_exclusion;
  detail::box<Predicate> predicate;
  std::size_t from, to;
  on_excluded action;

  constexpr except(Predicate unwanted, std::size_t after, std::size_t before,
                   on_excluded then = on_excluded::drop_attempt)
      : predicate(std::move(unwanted)), from(after), to(before), action(then) {
    if (after >= before) detail::refuse("cxm::except: the first of the two steps comes first");
  }
  friend constexpr bool operator==(except const& a, except const& b) {
    return detail::same_field(*a.predicate, *b.predicate) && a.from == b.from && a.to == b.to &&
           a.action == b.action;
  }
};

namespace detail {

/// Whether `wanted`, a touchpoint or a predicate, holds of `contact`.
template <class Wanted, class Contact>
constexpr bool funnel_match(Wanted const& wanted, Contact const& contact) {
  if constexpr (requires { static_cast<bool>(contact.touchpoint() == wanted); }) {
    return contact.touchpoint() == wanted;
  } else {
    auto const& value = cxm::read(wanted, contact);
    if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>)
      return value && static_cast<bool>(*value);
    else
      return static_cast<bool>(value);
  }
}

template <class Type>
inline constexpr bool is_funnel_step = false;
template <class Predicate>
inline constexpr bool is_funnel_step<funnel_step<Predicate>> = true;
template <class Type>
inline constexpr bool is_step_group = false;
template <class... Steps>
inline constexpr bool is_step_group<step_group<Steps...>> = true;

template <class Step>
constexpr auto as_funnel_step(Step given) {
  if constexpr (is_funnel_step<Step>)
    return given;
  else
    return step(std::move(given));
}

}  // namespace detail

/// These steps in any order, as one part of a funnel: `funnel(home, any_order(size, colour),
/// paid)`.
template <class... Steps>
constexpr auto any_order(Steps... steps) {
  static_assert(sizeof...(Steps) > 0, "cxm::any_order: needs a step");
  std::tuple group{detail::as_funnel_step(std::move(steps))...};
  std::apply([](auto const&, auto&... more) { ((more.rule.joins = true), ...); }, group);
  return step_group<decltype(detail::as_funnel_step(std::move(steps)))...>{std::move(group)};
}

}  // namespace cxm
