// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/hash.hpp>

#include <chrono>
#include <cstdint>

/// \file
/// What tells two zones apart, which may be any callables: what their clocks show.

namespace cxm::detail {

/// A hash of what a zone's clock is ahead three times a month, from 1990 to 2037. Clocks that
/// differ only between two of these are taken for the same.
template <class Zone>
std::uint64_t offsets_of(Zone const& zone) {
  using namespace std::chrono;
  word_hash hash;
  for (int day = 7305; day < 24'837; day += 10) {
    sys_seconds const at{days(day)};
    auto const ahead = floor<seconds>(zone(at)).time_since_epoch() - at.time_since_epoch();
    hash.add(static_cast<std::uint64_t>(ahead.count()));
  }
  return hash.value();
}

}  // namespace cxm::detail
