// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `within{30 * 24h}`: how far apart two times may lie to belong together.

#include <cxm/core/error.hpp>

#include <chrono>

namespace cxm {

/// The question how far apart two times may lie.
struct time_limit;

/// At most `longest`, which itself is still within.
template <class Rep, class Period>
struct within {
  using policy_kind = time_limit;
  std::chrono::duration<Rep, Period> longest;

  constexpr explicit within(std::chrono::duration<Rep, Period> limit) : longest(limit) {
    if (limit < limit.zero()) detail::refuse("cxm::within: the time must not be negative");
  }
};

}  // namespace cxm
