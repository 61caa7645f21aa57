// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// An estimate with the variance of its error: all that shrinking and ranking need to know of a
/// group.
#include <cxm/core/error.hpp>

#include <cmath>
#include <span>
#include <string>
#include <string_view>

namespace cxm {
/// The error is normal and independent of that of other groups; `variance` is above 0.
struct noisy_estimate {
  double value = 0;
  double variance = 0;
};

namespace detail {
inline void check_noisy(std::span<noisy_estimate const> groups, std::string_view who) {
  for (auto const& group : groups)
    if (!std::isfinite(group.value) || !(group.variance > 0) || !std::isfinite(group.variance))
      refuse(std::string(who) + ": an estimate is finite, with a variance above 0");
}
}  // namespace detail
}  // namespace cxm
