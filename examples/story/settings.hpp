// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The settings of the story: its seed, its size, and a switch for each fact that is planted.

#include "provider.hpp"

#include <chrono>
#include <cstdint>

namespace story {

/// What is planted.
struct planting {
  bool segments = true;         ///< three groups with needs of their own
  bool slow_department = true;  ///< the back office lets orders lie
  bool broken_windows = true;   ///< technicians come after the promised four hours
  bool green_kpi = true;        ///< support calls are in time, and customers are unhappy with them
  bool bad_month = true;        ///< a billing run goes wrong in September

  static constexpr planting none() { return {false, false, false, false, false}; }
};

struct settings {
  std::uint64_t seed = 1;
  std::uint32_t customers = 4000;
  planting planted = {};
};

inline constexpr instant year_begin = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
inline constexpr instant year_end = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
inline constexpr unsigned bad_month = 9;

}  // namespace story
