// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// What every interval method gives: two ends within the range of the quantity, the ends before
/// that clipping, and how they were made, so that a number can say which interval stands beside it.
#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/order.hpp>
#include <cxm/core/maybe.hpp>

#include <string_view>

namespace cxm {
/// The question by which method an interval is found.
struct interval_method;

/// Two ends, both included.
struct interval {
  double low = 0;
  double high = 0;
  constexpr bool contains(double value) const noexcept { return low <= value && value <= high; }
  friend constexpr bool operator==(interval const&, interval const&) = default;
};

/// An interval clipped to the range that the quantity can take, as it was before the clipping, and
/// how it was made.
struct bounded_interval : interval {
  interval raw{};
  std::string_view method{};  ///< as "Wilson"; empty where its maker does not say
  confidence level{};
  friend constexpr bool operator==(bounded_interval const&, bounded_interval const&) = default;
};

namespace detail {
inline constexpr interval share_range{0, 1};
inline constexpr interval net_range{-1, 1};

constexpr bounded_interval clip(interval raw, interval range) noexcept {
  return {{detail::held_within(range.low, raw.low, range.high),
           detail::held_within(range.low, raw.high, range.high)},
          raw};
}
constexpr bounded_interval around(double centre, double half, interval range) noexcept {
  return clip({centre - half, centre + half}, range);
}
/// The name of a method, which those of users may lack.
template <class Method>
constexpr std::string_view method_name() noexcept {
  if constexpr (requires { std::string_view{Method::name}; })
    return Method::name;
  else
    return {};
}
/// `found`, which now says how it was made.
template <class Method>
constexpr bounded_interval made_by(confidence level, bounded_interval found) noexcept {
  found.method = method_name<Method>();
  found.level = level;
  return found;
}

}  // namespace detail
}  // namespace cxm
