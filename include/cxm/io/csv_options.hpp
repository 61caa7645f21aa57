// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What a reader of CSV is told, and how it says that a file is not CSV.

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace cxm {

/// How to read, and how much a hostile file may ask for. A row in memory takes at most twice
/// `max_row` bytes, whatever the file holds.
struct csv_options {
  char delimiter = ',';
  std::size_t chunk = std::size_t{1} << 18;      ///< bytes asked of the source at a time
  std::size_t max_field = std::size_t{1} << 20;  ///< bytes of one field as written
  std::size_t max_row = std::size_t{1} << 24;    ///< bytes of one row as written
  std::size_t max_columns = 4096;
};

/// Malformed CSV. `line()` counts physical lines, the header's is 1; it is the one on which the
/// offending row begins, which is where a person looks for a quote that was never closed.
class bad_csv : public std::runtime_error {
 public:
  bad_csv(std::string const& what, std::uint64_t line)
      : std::runtime_error("line " + std::to_string(line) + ": " + what), line_(line) {}
  std::uint64_t line() const { return line_; }

 private:
  std::uint64_t line_;
};

}  // namespace cxm
