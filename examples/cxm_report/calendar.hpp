// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Days, ISO weeks and months as the clocks of a zone show them, with the texts that name them.

#include <cxm/core/any_zone.hpp>
#include <cxm/io/timestamp.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace report {

enum class every { day, week, month };

/// The first day of the period that holds a time, in days since 1970-01-01: periods sort by it. A
/// week begins on Monday.
std::int64_t period_of(cxm::parsed_time const& time, cxm::any_zone const& zone, every length);

/// "2021-03-05", "2021-W09" (the ISO week, in the year of its Thursday) or "2021-03".
std::string label_of(std::int64_t period, every length);

}  // namespace report
