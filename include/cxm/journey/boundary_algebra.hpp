// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/boundary.hpp>

#include <cstddef>
#include <tuple>
#include <utility>

/// \file
/// Boundaries of boundaries, beside `either`: `both` cuts where all agree, `unless` lets one
/// object, `then` cuts pieces out of pieces.
///
///     then{either{after_silence{30 * 24h}, goal{activated}}, after_silence{30min}}
///
/// `either` and `both` are commutative and associative, `then` is associative. A maximum
/// (`max_contacts`, `max_duration`) always wins: no partner and no veto holds its cut up.

namespace cxm {

namespace detail {

/// What is left of a verdict when it is overruled.
constexpr cut overruled(cut verdict) {
  return {.full = verdict.full};
}

/// The verdicts of all, or nothing where one of them lets the journey go on.
constexpr cut agreed(cut all, bool every_one_cuts) {
  return every_one_cuts ? all : overruled(all);
}

/// A verdict, unless there is an objection.
constexpr cut unless_vetoed(cut verdict, cut objection) {
  return objection.cuts() ? overruled(verdict | objection) : verdict | overruled(objection);
}

}  // namespace detail

/// Cuts where every one of its boundaries cuts, before and after as any of them says. (`both` of no
/// boundaries has no meaning: it does not compile, and its run-time twin refuses it.)
template <class... Boundaries>
class both {
 public:
  using policy_kind = journey_boundary;
  static_assert(sizeof...(Boundaries) > 0, "cxm::both: needs at least one boundary");

  constexpr explicit both(Boundaries... boundaries)
      : boundaries_(detail::in_one_level(std::move(boundaries))...) {}

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return of([&](auto const& boundary) { return boundary(so_far, next); });
  }
  constexpr cut by_time(auto const& so_far, auto const& time) const {
    return of(
        [&](auto const& boundary) { return detail::verdict_by_time(boundary, so_far, time); });
  }

 private:
  template <class Verdict>
  constexpr cut of(Verdict const& verdict_of) const {
    cut all;
    bool every_one_cuts = true;
    auto const ask = [&](auto const& boundary) {
      cut const one = verdict_of(boundary);
      all = all | one;
      every_one_cuts = every_one_cuts && one.cuts();
    };
    std::apply([&](auto const&... boundary) { (ask(boundary), ...); }, boundaries_);
    return detail::agreed(all, every_one_cuts);
  }

  std::tuple<Boundaries...> boundaries_;
};

/// Cuts where `boundary` cuts, but not where `veto` would cut. Time alone never ends such a
/// journey: a later contact might still be vetoed into it.
template <class Boundary, class Veto>
class unless {
 public:
  using policy_kind = journey_boundary;

  constexpr unless(Boundary boundary, Veto veto)
      : boundary_(detail::in_one_level(std::move(boundary))),
        veto_(detail::in_one_level(std::move(veto))) {}

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return detail::unless_vetoed(boundary_(so_far, next), veto_(so_far, next));
  }
  constexpr cut by_time(auto const& so_far, auto const& time) const {
    return detail::overruled(detail::verdict_by_time(boundary_, so_far, time) |
                             detail::verdict_by_time(veto_, so_far, time));
  }

 private:
  Boundary boundary_;
  Veto veto_;
};

/// Cuts by the first boundary, the pieces by the second, and so on, from coarse to fine; the
/// journeys are the finest pieces. Each boundary sees only what is so far in its own piece: a
/// maximum of ten contacts counts anew in each piece of the coarser one. It stands outside of
/// `either`, `both` and `unless`.
template <class... Boundaries>
class then {
 public:
  using policy_kind = journey_boundary;
  static_assert(sizeof...(Boundaries) > 0, "cxm::then: needs at least one boundary");

  constexpr explicit then(Boundaries... coarse_to_fine)
      : boundaries_(std::move(coarse_to_fine)...) {}

  /// How many sizes of pieces there are.
  constexpr std::size_t levels() const {
    return std::apply([](auto const&... one) { return (levels_of(one) + ...); }, boundaries_);
  }
  /// The verdict of level `level`, from 0, the coarsest; `so_far` is the piece of that level.
  constexpr cut at_level(std::size_t level, auto const& so_far, auto const& next) const {
    return pick<0>(level, [&](auto const& one, std::size_t inside) -> cut {
      if constexpr (detail::in_levels<std::remove_cvref_t<decltype(one)>>)
        return one.at_level(inside, so_far, next);
      else
        return one(so_far, next);
    });
  }
  constexpr cut by_time_at_level(std::size_t level, auto const& so_far, auto const& time) const {
    return pick<0>(level, [&](auto const& one, std::size_t inside) -> cut {
      if constexpr (detail::in_levels<std::remove_cvref_t<decltype(one)>>)
        return one.by_time_at_level(inside, so_far, time);
      else
        return detail::verdict_by_time(one, so_far, time);
    });
  }

 private:
  template <class Boundary>
  static constexpr std::size_t levels_of(Boundary const& boundary) {
    if constexpr (detail::in_levels<Boundary>)
      return boundary.levels();
    else
      return 1;
  }
  template <std::size_t I, class Ask>
  constexpr cut pick(std::size_t level, Ask const& ask) const {
    if constexpr (I == sizeof...(Boundaries)) {
      return {};
    } else {
      auto const& one = std::get<I>(boundaries_);
      std::size_t const here = levels_of(one);
      return level < here ? ask(one, level) : pick<I + 1>(level - here, ask);
    }
  }

  std::tuple<Boundaries...> boundaries_;
};

namespace detail {
template <class... Boundaries>
inline constexpr bool always_in_levels<then<Boundaries...>> = true;
}  // namespace detail

}  // namespace cxm
