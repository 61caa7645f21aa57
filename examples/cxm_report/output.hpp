// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Where results go: a JSON file that is there completely or not at all, or standard output. And
/// numbers as people read them.

#include <cxm/core/maybe.hpp>

#include "options.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace report {

/// Writes `text` to the file, or to standard output for "-". Throws file_error.
void write_text(std::string const& path, std::string_view text);

/// Gives JSON to where `--json` says, else `table` to standard output; only what is asked for is
/// made.
template <class Json, class Table>
void deliver(options const& given, Json const& json, Table const& table) {
  if (auto const path = given.text("--json"))
    write_text(*path, json());
  else
    write_text("-", table());
}

/// A number with so many decimals, or why there is none.
std::string shown(double value, int decimals);
std::string shown(cxm::maybe<double> const& value, int decimals);
std::string shown(std::uint64_t count);
/// Without decimals that are not needed.
std::string shown_shortest(double value);
/// A share as percent.
std::string percent(cxm::maybe<double> const& share);
/// Seconds as a length of time: 12.5 d, 3.1 h, 4.0 min, 7.0 s.
std::string shown_time(cxm::maybe<double> const& seconds);

/// A duration in seconds.
template <class Rep, class Period>
double seconds(std::chrono::duration<Rep, Period> time) {
  return std::chrono::duration<double>(time).count();
}
template <class Duration>
cxm::maybe<double> seconds(cxm::maybe<Duration> const& time) {
  return time.transform([](Duration const& value) { return seconds(value); });
}

}  // namespace report
