// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <type_traits>
#include <utility>

/// \file
/// A plan is written before anyone says what the events are: `by(first_touchpoint, on(cycle_time,
/// moments()))`. The types of keys and values follow from the event type, and `bind<Event>(plan)`
/// fixes them. Seldom written by hand: `measure` binds, and a plan over pointers to members, or
/// lambdas with a stated parameter, knows its event already.

namespace cxm {

namespace detail {

template <class Signature>
struct first_parameter;
template <class Lambda, class Value, class In>
struct first_parameter<Value (Lambda::*)(In) const> {
  using type = std::remove_cvref_t<In>;
};
template <class Lambda, class Value, class In>
struct first_parameter<Value (Lambda::*)(In) const noexcept> {
  using type = std::remove_cvref_t<In>;
};

/// The event type that a field reads, or `void` where the field alone does not say.
template <class Field>
struct event_of {
  using type = void;
};
template <class Event, class Value>
struct event_of<Value Event::*> {
  using type = Event;
};
template <class Value, class In>
struct event_of<Value (*)(In)> {
  using type = std::remove_cvref_t<In>;
};
template <class Lambda>
requires requires {
  typename first_parameter<decltype(&Lambda::operator())>::type;
}
struct event_of<Lambda> {
  using type = typename first_parameter<decltype(&Lambda::operator())>::type;
};
template <fixed_string Name, class Callable>
struct event_of<named_field<Name, Callable>> : event_of<Callable> {};

template <class Field>
using event_of_t = typename event_of<Field>::type;

}  // namespace detail

/// `plan` with its key and value types fixed for events of type `In`. A plan without open types is
/// returned as it is.
template <class In, class Plan>
constexpr auto bind(Plan plan) {
  if constexpr (requires { plan.template bound_to<In>(); })
    return plan.template bound_to<In>();
  else
    return plan;
}

namespace detail {

/// Binds `inner` to what `field` gives, where the field alone says what it reads.
template <class Field, class Inner>
constexpr auto bind_behind(Inner inner) {
  if constexpr (std::is_void_v<event_of_t<Field>>)
    return inner;
  else
    return cxm::bind<field_value<Field, event_of_t<Field>>>(std::move(inner));
}

}  // namespace detail
}  // namespace cxm
