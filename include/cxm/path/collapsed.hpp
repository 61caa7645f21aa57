// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

/// \file
/// Coarser paths, as fields of a journey: `by(collapsed_path, count())` counts variants in which a
/// run of one touchpoint is one step. Whoever wants the runs gone before boundaries are drawn gives
/// `collapse_repeats` to `reconstruct`; this reads the same store in both ways.

namespace cxm {

/// The path with each run of equal touchpoints as one.
inline constexpr auto collapsed_path = field<"collapsed_path">([](auto const& journey) {
  auto const steps = journey.path();
  detail::owned_t<decltype(steps)> kept;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (i == 0 || !(steps[i] == steps[i - 1])) kept.push_back(steps[i]);
  return kept;
});

/// The first `steps` touchpoints of the path: variants of bounded length.
struct path_prefix {
  std::size_t steps;
  static constexpr std::string_view name() { return "path_prefix"; }
  auto operator()(auto const& journey) const {
    auto const whole = journey.path();
    return whole.subspan(0, std::min(steps, whole.size()));
  }
  friend bool operator==(path_prefix, path_prefix) = default;
};

}  // namespace cxm
