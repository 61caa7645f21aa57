// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What is promised, and how strictly it is meant: a time, a window (`appointment`), a time from
/// now (`due_in`); and the policies of `promise_of`: `grace`, `not_before`, `no_show_after`,
/// `promised_when`.

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/event/reads_through.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

/// From one time to another, both within.
template <class Time>
struct promise_window {
  using time_type = Time;
  Time from;
  Time to;
  friend bool operator==(promise_window const&, promise_window const&) = default;
};

namespace detail {
/// Both values as one, where both are given.
template <class First, class Second, class Make>
constexpr auto promise_of_both(First const& first, Second const& second, Make const& make) {
  using made = decltype(make(std::declval<answered_t<First> const&>(),
                             std::declval<answered_t<Second> const&>()));
  std::optional<made> found;
  if constexpr (is_optional<First>) {
    if (first) found = promise_of_both(*first, second, make);
  } else if constexpr (is_optional<Second>) {
    if (second) found = make(first, *second);
  } else {
    found = make(first, second);
  }
  return found;
}
}  // namespace detail

/// A field that gives the promised window, empty unless both ends are stated:
/// `appointment{&contact::from, &contact::until}`. A window that ends before it begins is an
/// invalid promise, and counted so.
template <class From, class To>
struct appointment : reads_through {
  From from;
  To to;
  constexpr appointment(From earliest, To latest)
      : from(std::move(earliest)), to(std::move(latest)) {}
  static constexpr std::string_view name() { return "appointment"; }

  template <class In>
  constexpr auto operator()(In const& in) const {
    return detail::promise_of_both(
        cxm::read(from, in), cxm::read(to, in), [](auto const& earliest, auto const& latest) {
          using time = std::common_type_t<std::remove_cvref_t<decltype(earliest)>,
                                          std::remove_cvref_t<decltype(latest)>>;
          return promise_window<time>{earliest, latest};
        });
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, from, to); }
  friend bool operator==(appointment const& a, appointment const& b) {
    return detail::same_field(a.from, b.from) && detail::same_field(a.to, b.to);
  }
};

/// A field that gives the time by which a promise of "within so long" is due:
/// `due_in{&contact::when, &contact::promised_in}`.
template <class Made, class In>
struct due_in : reads_through {
  Made made;
  In in;
  constexpr due_in(Made when, In how_long) : made(std::move(when)), in(std::move(how_long)) {}
  static constexpr std::string_view name() { return "due_in"; }

  template <class Event>
  constexpr auto operator()(Event const& event) const {
    return detail::promise_of_both(
        cxm::read(made, event), cxm::read(in, event),
        [](auto const& when, auto const& how_long) { return when + how_long; });
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, made, in); }
  friend bool operator==(due_in const& a, due_in const& b) {
    return detail::same_field(a.made, b.made) && detail::same_field(a.in, b.in);
  }
};

struct late_tolerance;   ///< The question how much later than promised is not late.
struct early_tolerance;  ///< The question how much earlier than promised is too early.
struct missed_after;     ///< The question when a late visit is no visit any more.
struct promise_made;     ///< The question when a promise was made.

/// Up to so much later than promised is in time. Default 0: on the stroke.
template <class Duration>
struct grace {
  using policy_kind = late_tolerance;
  Duration longest{};

  constexpr explicit grace(Duration limit) : longest(limit) {
    if (limit < limit.zero()) detail::refuse("cxm::grace: the time must not be negative");
  }
  friend bool operator==(grace const&, grace const&) = default;
};

/// More than so much earlier than promised is early, and not kept: nobody was at home. Without it
/// nothing is too early for a promised time, and for a window all before it is.
template <class Duration>
struct not_before {
  using policy_kind = early_tolerance;
  Duration longest{};

  constexpr explicit not_before(Duration limit) : longest(limit) {
    if (limit < limit.zero()) detail::refuse("cxm::not_before: the time must not be negative");
  }
  friend bool operator==(not_before const&, not_before const&) = default;
};
/// The default of both.
struct as_stated {
  using policy_kind = early_tolerance;
  friend bool operator==(as_stated, as_stated) = default;
};

/// Who comes more than so much after the end of the window has not come at all: a no-show, though
/// somebody came another day. Without it only an appointment at which nobody ever came is one.
template <class Duration>
struct no_show_after {
  using policy_kind = missed_after;
  Duration longest{};

  constexpr explicit no_show_after(Duration limit) : longest(limit) {
    if (limit < limit.zero()) detail::refuse("cxm::no_show_after: the time must not be negative");
  }
  friend bool operator==(no_show_after const&, no_show_after const&) = default;
};
/// The default.
struct whenever_they_came {
  using policy_kind = missed_after;
  friend bool operator==(whenever_they_came, whenever_they_came) = default;
};

/// When the promise was made, a field of a time or an optional of one; needed for the relative
/// overrun: a day late after a promise of a month is little, after one of an hour it is much.
template <class Field>
struct promised_when {
  using policy_kind = promise_made;
  Field field;
  constexpr explicit promised_when(Field of) : field(std::move(of)) {}
};
/// The default.
struct promised_some_time {
  using policy_kind = promise_made;
};

}  // namespace cxm
