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
/// before the first contact, `next` a contact.

namespace cxm {

/// The question where journeys are cut.
struct journey_boundary;

/// A boundary's verdict on the next contact.
struct cut {
  bool before = false;  ///< the journey so far ends, the contact opens a new one
  bool after = false;   ///< the contact is the last of its journey

  friend constexpr cut operator|(cut a, cut b) {
    return {a.before || b.before, a.after || b.after};
  }
  friend constexpr bool operator==(cut, cut) = default;
};

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
    return {next.time() - so_far.ended() > gap, false};
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
/// activation.
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

  constexpr explicit either(Boundaries... boundaries) : boundaries_(std::move(boundaries)...) {}

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return std::apply(
        [&](auto const&... boundary) { return (cut{} | ... | boundary(so_far, next)); },
        boundaries_);
  }

 private:
  std::tuple<Boundaries...> boundaries_;
};

}  // namespace cxm
