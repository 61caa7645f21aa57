// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/boundary.hpp>

#include <chrono>
#include <cstdint>

/// \file
/// How large a journey may become, against logs in which a robot or a broken key makes one customer
/// of thousands. Whatever else is asked for, these win; a journey that they cut off is *truncated*
/// (journey/endings.hpp): neither its end nor that of the next piece is the customer's.

namespace cxm {

/// Cuts before the contact that would be one too many.
struct max_contacts {
  using policy_kind = journey_boundary;
  std::uint64_t most;

  constexpr explicit max_contacts(std::uint64_t limit = 10'000) : most(limit) {
    if (limit == 0) detail::refuse("cxm::max_contacts: a journey has at least one contact");
  }
  constexpr cut operator()(auto const& so_far, auto const&) const {
    return {.full = so_far.size() >= most};
  }
};

/// Cuts before the contact with whose end the journey would last longer than `longest`.
template <class Rep, class Period>
struct max_duration {
  using policy_kind = journey_boundary;
  std::chrono::duration<Rep, Period> longest;

  constexpr explicit max_duration(std::chrono::duration<Rep, Period> limit) : longest(limit) {
    if (limit <= limit.zero())
      detail::refuse("cxm::max_duration: the duration must be longer than zero");
  }
  constexpr cut operator()(auto const& so_far, auto const& next) const {
    return by_time(so_far, next.ended());
  }
  constexpr cut by_time(auto const& so_far, auto const& time) const {
    return {.full = !so_far.empty() && time - so_far.started() > longest};
  }
};

}  // namespace cxm
