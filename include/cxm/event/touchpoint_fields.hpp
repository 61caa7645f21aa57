// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// Which fields of the user's own struct make it a touchpoint event: who, when and what; and, where
/// they exist, when it ended, what orders events of one instant, and what else is read so often
/// that the journey store should keep it at hand.
///
///     touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint,
///                       ends_at{&contact::ended}, keep{&contact::recommend}}

namespace cxm {

/// The field that says when a contact ended: a time, or an optional of one. Without it a contact
/// takes no time.
template <class Field>
struct ends_at {
  Field field;
};
template <class Field>
ends_at(Field) -> ends_at<Field>;

/// The field that says how long a contact lasted, where the log has a duration and no end: a
/// duration, or an optional of one. The contact ends that much after its time; the next whole tick
/// where the duration is finer than the time.
template <class Field>
struct lasts {
  Field field;
};
template <class Field>
lasts(Field) -> lasts<Field>;

/// A field that orders contacts of one customer at the same instant, as a sequence number of the
/// sender. Several are compared in the order given; what is equal in all keeps the order of the
/// input.
template <class Field>
struct ordered_by {
  Field field;
};
template <class Field>
ordered_by(Field) -> ordered_by<Field>;

/// A further field that the journey store copies into a column, so that reading it costs no cache
/// miss.
template <class Field>
struct keep {
  Field field;
};
template <class Field>
keep(Field) -> keep<Field>;

/// Who, when, what and the extras above.
template <class Customer, class Time, class Touchpoint, class... Extras>
struct touchpoint_fields {
  Customer customer;
  Time time;
  Touchpoint touchpoint;
  std::tuple<Extras...> extras;

  constexpr touchpoint_fields(Customer who, Time when, Touchpoint what, Extras... more)
      : customer(std::move(who)),
        time(std::move(when)),
        touchpoint(std::move(what)),
        extras(std::move(more)...) {}
};
template <class Customer, class Time, class Touchpoint, class... Extras>
touchpoint_fields(Customer, Time, Touchpoint, Extras...)
    -> touchpoint_fields<Customer, Time, Touchpoint, Extras...>;

}  // namespace cxm
