// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What became of answers that were joined to journeys: matched, unmatched, ambiguous, by the
/// reason.

#include <cstdint>

namespace cxm {

/// How many answers met which fate; each answer is counted once.
struct join_counts {
  std::uint64_t by_case = 0;           ///< matched: one journey has a contact of the case
  std::uint64_t by_customer = 0;       ///< matched: the customer's journey that was over last
  std::uint64_t unknown_case = 0;      ///< unmatched: no contact has the case id
  std::uint64_t unknown_customer = 0;  ///< unmatched: no journey of the customer
  std::uint64_t out_of_time =
      0;  ///< unmatched: the customer's journeys ended later or too long ago
  std::uint64_t without_key = 0;  ///< unmatched: no case id, and no customer or no time
  std::uint64_t several_journeys =
      0;                         ///< ambiguous: more than one journey has contacts of the case
  std::uint64_t equal_ends = 0;  ///< ambiguous: the customer's last journeys ended at one time

  constexpr std::uint64_t matched() const { return by_case + by_customer; }
  constexpr std::uint64_t unmatched() const {
    return unknown_case + unknown_customer + out_of_time + without_key;
  }
  constexpr std::uint64_t ambiguous() const { return several_journeys + equal_ends; }
  constexpr std::uint64_t total() const { return matched() + unmatched() + ambiguous(); }
  friend constexpr bool operator==(join_counts const&, join_counts const&) = default;
};

}  // namespace cxm
