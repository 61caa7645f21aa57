// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/boundary.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

/// \file
/// A customer who was about to pay and looks around again has begun anew: a fall of the stage cuts.

namespace cxm {

/// Cuts before a contact whose stage lies `fall` or more below the highest stage so far:
/// `stage_regress{&contact::stage}`. A stage is a whole number or an enum in the order of the
/// stages; a contact whose stage is an empty optional continues the journey. Reads the stages of
/// the journey so far, so its cost grows with the square of a journey's length: where journeys may
/// become huge, `max_contacts` bounds it, and `keep{&contact::stage}` makes it fast.
template <class Field>
struct stage_regress {
  using policy_kind = journey_boundary;
  Field stage;
  std::int64_t fall;

  constexpr explicit stage_regress(Field of, std::int64_t by = 2) : stage(std::move(of)), fall(by) {
    if (by < 1) detail::refuse("cxm::stage_regress: the stage must fall by at least 1");
  }

  constexpr cut operator()(auto const& so_far, auto const& next) const {
    using value = std::remove_cvref_t<decltype(next.read(stage))>;
    using answer = detail::answered_t<value>;
    static_assert(std::is_enum_v<answer> || std::is_integral_v<answer>,
                  "cxm::stage_regress: a stage is a whole number or an enum");
    value const now = next.read(stage);
    if constexpr (detail::is_optional<value>)
      if (!now) return {};
    for (std::size_t i = so_far.size(); i-- > 0;)
      if (lies_below(now, so_far[i].read(stage))) return {.before = true};
    return {};
  }

 private:
  /// By the distance as an unsigned number, which does not overflow.
  template <class Stage>
  constexpr bool lies_below(Stage const& now, Stage const& earlier) const {
    if constexpr (detail::is_optional<Stage>) {
      return earlier && lies_below(*now, *earlier);
    } else if constexpr (std::is_enum_v<Stage>) {
      using number = std::underlying_type_t<Stage>;
      return lies_below(static_cast<number>(now), static_cast<number>(earlier));
    } else {
      return now < earlier &&
             static_cast<std::uint64_t>(earlier) - static_cast<std::uint64_t>(now) >=
                 static_cast<std::uint64_t>(fall);
    }
  }
};

}  // namespace cxm
