// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/detail/touchpoint_list.hpp>
#include <cxm/stats/detail/key.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Where one journey ends and the next begins. A boundary looks at the journey so far and at the
/// next contact, and says whether to cut before that contact, after it, both, or neither. It is a
/// pure function, so that a replay of the same events gives the same journeys. Boundaries combine:
/// `either{after_silence{30 * 24h}, until{activated}}`.
///
/// A boundary of one's own is a struct with `using policy_kind = journey_boundary` and
/// `cut operator()(auto const& so_far, auto const& next) const`; `so_far` is a journey, empty
/// before the first contact, `next` a contact. Where time alone can end a journey, it also has
/// `cut by_time(auto const& so_far, auto const& time) const`: the verdict if nothing happens until
/// `time`. Without it, the last journey of a customer stays open (journey/endings.hpp).

namespace cxm {

/// The question where journeys are cut.
struct journey_boundary;

/// A boundary's verdict on the next contact: whether to cut before it and after it, which is all
/// that most boundaries say; and, for the record, how the journey ended by that.
struct cut {
  bool before = false;   ///< the journey so far ends, the contact opens a new one
  bool after = false;    ///< the contact is the last of its journey
  bool silent = false;   ///< with `before`: because nothing happened for too long
  bool reached = false;  ///< with `after`: because the journey has reached its goal
  bool full = false;     ///< the journey so far has its full size: cut before, whoever objects

  /// True for a verdict other than "go on". That a journey is full is no verdict of the boundary on
  /// this contact, and stands beside it.
  constexpr bool cuts() const { return before || after; }
  constexpr bool opens() const { return before || full; }

  friend constexpr cut operator|(cut a, cut b) {
    return {a.before || b.before, a.after || b.after, a.silent || b.silent, a.reached || b.reached,
            a.full || b.full};
  }
  friend bool operator==(cut, cut) = default;
};

namespace detail {

/// The verdict of a boundary if nothing happens until `time`.
template <class Boundary, class Journey, class Time>
constexpr cut verdict_by_time(Boundary const& boundary, Journey const& so_far, Time const& time) {
  if constexpr (requires { boundary.by_time(so_far, time); })
    return boundary.by_time(so_far, time);
  else
    return {};
}

/// Boundaries that cut pieces out of pieces give one verdict a level, not one.
template <class Boundary>
concept in_levels = requires(Boundary const& boundary) {
  boundary.levels();
};
template <class Boundary>
inline constexpr bool always_in_levels = false;

template <class Boundary>
constexpr Boundary in_one_level(Boundary boundary) {
  static_assert(!always_in_levels<Boundary>,
                "cxm::then: cuts pieces out of pieces, so it stands outside, as in "
                "then{either{a, b}, c}");
  if constexpr (in_levels<Boundary>)
    if (boundary.levels() > 1)
      detail::refuse("cxm::then: cuts pieces out of pieces, so it stands outside");
  return boundary;
}

}  // namespace detail

/// Never cuts: all contacts of a customer are one journey. The default.
struct never {
  using policy_kind = journey_boundary;
  constexpr cut operator()(auto const&, auto const&) const { return {}; }
};

/// Cuts where nothing happened for longer than `gap`, from the latest end so far to the next start.
/// A silence of exactly `gap` does not cut.
template <class Rep, class Period>
struct after_silence {
  using policy_kind = journey_boundary;
  std::chrono::duration<Rep, Period> gap;

  constexpr explicit after_silence(std::chrono::duration<Rep, Period> longest) : gap(longest) {
    if (longest <= longest.zero())
      detail::refuse("cxm::after_silence: the gap must be longer than zero");
  }
  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return by_time(so_far, next.time());
  }
  constexpr cut by_time(auto const& so_far, auto const& time) const {
    bool const too_long = time - so_far.ended() > gap;
    return {.before = too_long, .silent = too_long};
  }
};

/// Cuts before a contact at one of these touchpoints: `starting_with{order_placed}` opens a journey
/// at each order.
template <class Touchpoint>
class starting_with {
 public:
  using policy_kind = journey_boundary;

  explicit starting_with(std::vector<Touchpoint> touchpoints) : at_{std::move(touchpoints)} {}
  template <class... More>
  explicit starting_with(Touchpoint first, More... more)
      : at_{{std::move(first), Touchpoint(std::move(more))...}} {}

  constexpr cut operator()(auto const&, auto const& next) const {
    return {at_.has(next.touchpoint()), false};
  }

 private:
  detail::touchpoint_list<Touchpoint> at_;
};
template <class First, class... More>
starting_with(First, More...) -> starting_with<detail::owned_t<First>>;
template <class Touchpoint>
starting_with(std::vector<Touchpoint>) -> starting_with<Touchpoint>;

/// Cuts after a contact at one of these touchpoints: `until{activated}` ends a journey with the
/// activation. If that is what the journey was for, it is a `goal` (journey/goal.hpp).
template <class Touchpoint>
class until {
 public:
  using policy_kind = journey_boundary;

  explicit until(std::vector<Touchpoint> touchpoints) : at_{std::move(touchpoints)} {}
  template <class... More>
  explicit until(Touchpoint first, More... more)
      : at_{{std::move(first), Touchpoint(std::move(more))...}} {}

  constexpr cut operator()(auto const&, auto const& next) const {
    return {false, at_.has(next.touchpoint())};
  }

 private:
  detail::touchpoint_list<Touchpoint> at_;
};
template <class First, class... More>
until(First, More...) -> until<detail::owned_t<First>>;
template <class Touchpoint>
until(std::vector<Touchpoint>) -> until<Touchpoint>;

/// Cuts where a field changes: `change_of{&contact::order}` gives each order a journey of its own.
/// A contact whose field is an empty optional continues the journey.
template <class Field>
struct change_of {
  using policy_kind = journey_boundary;
  Field field;

  explicit change_of(Field key) : field(std::move(key)) {}

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    auto const& now = next.read(field);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(now)>>) {
      if (!now) return {};
      for (auto i = so_far.size(); i-- > 0;)
        if (auto const& before = so_far[i].read(field)) return {*before != *now, false};
      return {};
    } else {
      return {!so_far.empty() && !(so_far.back().read(field) == now), false};
    }
  }
};

/// Cuts where at least one of its boundaries cuts.
template <class... Boundaries>
class either {
 public:
  using policy_kind = journey_boundary;
  static_assert(sizeof...(Boundaries) > 0, "cxm::either: needs at least one boundary");

  constexpr explicit either(Boundaries... boundaries)
      : boundaries_(detail::in_one_level(std::move(boundaries))...) {}

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return std::apply(
        [&](auto const&... boundary) { return (cut{} | ... | boundary(so_far, next)); },
        boundaries_);
  }
  constexpr cut by_time(auto const& so_far, auto const& time) const {
    return std::apply(
        [&](auto const&... boundary) {
          return (cut{} | ... | detail::verdict_by_time(boundary, so_far, time));
        },
        boundaries_);
  }

 private:
  std::tuple<Boundaries...> boundaries_;
};

}  // namespace cxm
