// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/boundary.hpp>
#include <cxm/journey/detail/touchpoint_list.hpp>

#include <utility>
#include <vector>

/// \file
/// What a journey was for. A goal cuts after the contact that reaches it, as `until` does, and the
/// journey counts as *reached*; one that falls silent without is *abandoned* (journey/endings.hpp).

namespace cxm {

/// Cuts after a contact at one of these touchpoints, the goal.
template <class Touchpoint>
class goal {
 public:
  using policy_kind = journey_boundary;

  explicit goal(std::vector<Touchpoint> touchpoints) : at_{std::move(touchpoints)} {}
  template <class... More>
  explicit goal(Touchpoint first, More... more)
      : at_{{std::move(first), Touchpoint(std::move(more))...}} {}

  constexpr cut operator()(auto const&, auto const& next) const {
    bool const here = at_.has(next.touchpoint());
    return {.after = here, .reached = here};
  }

 private:
  detail::touchpoint_list<Touchpoint> at_;
};
template <class First, class... More>
goal(First, More...) -> goal<detail::owned_t<First>>;
template <class Touchpoint>
goal(std::vector<Touchpoint>) -> goal<Touchpoint>;

/// Cuts after a contact of which `reached`, a field of the user's event, is true: the goal. An
/// empty optional is not true.
template <class Field>
struct goal_when {
  using policy_kind = journey_boundary;
  Field reached;

  constexpr explicit goal_when(Field is_reached) : reached(std::move(is_reached)) {}

  constexpr cut operator()(auto const&, auto const& next) const {
    auto const& answer = next.read(reached);
    bool here = false;
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(answer)>>)
      here = answer && static_cast<bool>(*answer);
    else
      here = static_cast<bool>(answer);
    return {.after = here, .reached = here};
  }
};

}  // namespace cxm
