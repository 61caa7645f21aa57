// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What makes bands a partition of a scale. The same predicates are proved by static_assert where
/// bands and scale are types, and refused by a throw where they are values.

namespace cxm::detail {

/// The points from `low` to `high`, called `name`, which count as 1, 0 or −1.
template <class Text>
struct band_points {
  Text name{};
  std::int64_t low = 0;
  std::int64_t high = 0;
  int counts_as = 0;
};

constexpr bool bands_overlap(auto const& bands) {
  for (std::size_t i = 0; i < bands.size(); ++i)
    for (std::size_t j = i + 1; j < bands.size(); ++j)
      if (bands[i].low <= bands[j].high && bands[j].low <= bands[i].high) return true;
  return false;
}
constexpr bool bands_share_name(auto const& bands) {
  for (std::size_t i = 0; i < bands.size(); ++i)
    for (std::size_t j = i + 1; j < bands.size(); ++j)
      if (bands[i].name == bands[j].name) return true;
  return false;
}
constexpr bool bands_lie_on(auto const& bands, std::int64_t low, std::int64_t high) {
  for (auto const& one : bands)
    if (one.low < low || one.high > high) return false;
  return true;
}
/// For bands on the scale that don't overlap: do they hold as many points as it has?
constexpr bool bands_cover(auto const& bands, std::int64_t low, std::int64_t high) {
  std::uint64_t points = 0;
  for (auto const& one : bands)
    points += static_cast<std::uint64_t>(one.high) - static_cast<std::uint64_t>(one.low) + 1;
  return points == static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
}

/// Refuses bands that are no partition of the scale.
constexpr void refuse_bands(auto const& bands, std::int64_t low, std::int64_t high) {
  for (auto const& one : bands) {
    if (one.low > one.high) refuse("cxm::band: its lowest point comes first");
    if (one.counts_as < -1 || one.counts_as > 1) refuse("cxm::band: counts as -1, 0 or 1");
  }
  if (bands_overlap(bands)) refuse("cxm::bands: a point of the scale is in two bands");
  if (bands_share_name(bands)) refuse("cxm::bands: two bands have the same name");
  if (!bands_lie_on(bands, low, high)) refuse("cxm::bands: a band lies off the scale");
  if (!bands_cover(bands, low, high)) refuse("cxm::bands: a point of the scale is in no band");
}

/// As many shares as there are bands, all empty.
template <template <class> class Share, class Text, std::size_t Size>
constexpr std::array<Share<Text>, Size> empty_shares(std::array<band_points<Text>, Size> const&) {
  return {};
}
template <template <class> class Share, class Text>
constexpr std::vector<Share<Text>> empty_shares(std::vector<band_points<Text>> const& bands) {
  return std::vector<Share<Text>>(bands.size());
}

}  // namespace cxm::detail
