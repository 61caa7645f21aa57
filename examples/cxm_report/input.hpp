// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The rows of a CSV file as a command wants them: columns by name, `--where` applied, what is
/// rejected counted by reason, a progress bar while it is long.

#include <cxm/core/any_zone.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/io/byte_source.hpp>
#include <cxm/io/csv.hpp>
#include <cxm/io/timestamp.hpp>

#include "options.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm {
class json_writer;
}

namespace report {

/// Why a row is not used. A row has the first reason that holds, in this order; the fields of a
/// ragged row are not known, so no other reason can be.
enum class rejection {
  ragged,
  filtered,
  missing_key,
  bad_time,
  end_before_start,
  missing_touchpoint,
  bad_weight,
  missing_feature
};

/// What became of the rows of the input.
class row_counts {
 public:
  void use() { ++used_; }
  void reject(rejection why, std::uint64_t rows = 1) {
    rejected_[static_cast<std::size_t>(why)] += rows;
  }

  /// Those of another file.
  void add(row_counts const& other);

  std::uint64_t rows() const;
  std::uint64_t used() const { return used_; }
  /// The member "input".
  void write(cxm::json_writer& json) const;
  /// The members of an object that is being written: rows, used, rejected.
  void write_members(cxm::json_writer& json) const;
  /// One line for people.
  std::string text() const;

 private:
  /// Reasons that occurred, sorted by name.
  std::vector<std::pair<std::string, std::uint64_t>> reasons() const;

  std::uint64_t used_ = 0;
  std::uint64_t rejected_[8] = {};
};

/// A bar on standard error, once the work has taken a second, if that is a terminal.
class progress_bar {
 public:
  explicit progress_bar(std::string const& path);
  ~progress_bar();
  progress_bar(progress_bar const&) = delete;
  progress_bar& operator=(progress_bar const&) = delete;

  void at(std::uint64_t bytes);

 private:
  bool active_;
  bool shown_ = false;
  std::uint64_t size_ = 0;  // 0: not known
  std::chrono::steady_clock::time_point next_;
};

/// Reads a CSV file.
class input {
 public:
  /// The options it understands.
  static std::vector<std::string> known_options();

  /// Throws what opening and the header throw; usage_error and file_error for its options.
  /// `path` is that of `option`.
  input(options const& given, std::string const& path, std::string const& option = "--in");
  /// Reads the file of `--in`.
  explicit input(options const& given) : input(given, given.required("--in")) {}

  /// The place of a column in `field`; throws file_error with the known columns if there is none.
  std::size_t column(std::string const& option, std::string const& name);
  /// The same of a column that need not be there.
  std::optional<std::size_t> find(std::string const& name);
  std::vector<std::size_t> columns(std::string const& option,
                                   std::vector<std::string> const& names);

  /// Goes to the next row that is not rejected yet.
  bool next();
  std::string_view field(std::size_t place) const { return reader_.field(place); }
  /// A field as a time, by `--time-format` and `--zone`.
  std::optional<cxm::parsed_time> time(std::size_t place) const;
  /// A field as a number, by `--decimal`.
  std::optional<double> number(std::size_t place) const;

  /// The place of the row among all data rows of the file, rejected ones included, from 0.
  std::uint64_t row() const { return reader_.rows() - 1; }
  /// Data rows so far.
  std::uint64_t rows() const { return reader_.rows(); }

  cxm::any_zone const& zone() const { return zone_; }
  cxm::confidence level() const { return confidence_; }
  row_counts& counts() { return counts_; }

 private:
  struct condition {
    std::size_t place;
    std::string value;
  };

  std::string path_;
  cxm::any_zone zone_;
  cxm::time_format format_;
  cxm::confidence confidence_;
  char decimal_;
  cxm::csv_reader<cxm::file_source> reader_;
  progress_bar progress_;
  std::vector<std::size_t> selected_;  // column of each place
  std::vector<condition> conditions_;
  row_counts counts_;
};

}  // namespace report
