// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// CSV as RFC 4180 has it, with any separator, in one pass over a byte source of any size. A row is
/// cut into fields by a word-wise scan; only the columns that were selected are unescaped and
/// checked. What a file does wrong is either counted (rows of another width: ragged) or ends the
/// reading with the line on which the row begins (bad_csv); nothing is guessed or silently dropped.

#include <cxm/io/byte_source.hpp>
#include <cxm/io/csv_options.hpp>
#include <cxm/io/detail/csv_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm {

/// Reads rows one after the other:
/// \code
///   csv_reader reader{file_source{"answers.csv"}};
///   auto missing = reader.select({"channel", "score"});   // names the file does not have
///   while (reader.next()) use(reader.field(0), reader.field(1));
/// \endcode
/// A quote opens a quoted field only as the field's first byte; elsewhere in an unquoted field it
/// is text. LF and CRLF end a row, as does the end of the file with or without a CR; another CR is
/// text. Wholly empty lines are not rows (`""` alone is one), not even before the header. A BOM is
/// skipped.
///
/// Malformed, and thrown as bad_csv: a quote that is never closed, text after a closing quote, a
/// NUL byte anywhere, bytes that are not UTF-8 in the header or in a selected column of a row that
/// is not ragged, no header, a field, row or header over the limits. After an exception the reader
/// is spent.
template <class Source>
class csv_reader {
 public:
  /// Reads the header at once. Throws bad_csv, whatever the source throws, and
  /// std::invalid_argument for a delimiter that is a quote, a line break or NUL.
  explicit csv_reader(Source source, csv_options const& options = {})
      : lines_(std::move(source), options) {
    lines_.keep_at_most(options.max_columns);
    if (!lines_.next()) throw bad_csv("there is no header line", 1);
    if (lines_.count() > options.max_columns) lines_.fail("the header has too many columns");
    for (std::size_t column = 0; column < lines_.count(); ++column)
      header_.emplace_back(lines_.text(column, "the header is not valid UTF-8"));
    lines_.keep_at_most(header_.size());
  }

  /// The names of all columns in file order.
  std::vector<std::string> const& header() const { return header_; }

  /// The columns that `field` gives, in this order; the others are neither unescaped nor checked.
  /// Of columns of one name the first is meant. Returns the names that the header does not have;
  /// their fields are empty.
  std::vector<std::string> select(std::span<std::string const> names) {
    std::vector<std::string> missing;
    std::vector<std::size_t> columns;
    for (std::string const& name : names) {
      auto const found = std::find(header_.begin(), header_.end(), name);
      if (found == header_.end()) missing.push_back(name);
      columns.push_back(static_cast<std::size_t>(found - header_.begin()));
    }
    select_columns(columns);
    return missing;
  }
  std::vector<std::string> select(std::initializer_list<std::string> names) {
    return select(std::span<std::string const>(names.begin(), names.size()));
  }

  /// The same by position, from 0; a position that the header does not have gives empty fields.
  void select_columns(std::span<std::size_t const> columns) {
    selected_.assign(columns.begin(), columns.end());
    values_.assign(selected_.size(), {});
  }

  /// Goes to the next row that is as wide as the header; false at the end.
  bool next() {
    while (lines_.next()) {
      ++rows_;
      if (lines_.count() != header_.size()) {
        ++ragged_;
        continue;
      }
      for (std::size_t slot = 0; slot < selected_.size(); ++slot)
        if (selected_[slot] < header_.size())
          values_[slot] = lines_.text(selected_[slot], "a selected column is not valid UTF-8");
      return true;
    }
    return false;
  }

  /// The field of the selected column `slot`, unescaped; valid until the next call of `next`.
  std::string_view field(std::size_t slot) const { return values_[slot]; }

  /// The line on which the current row begins (the header's is 1 unless empty lines precede it).
  std::uint64_t line() const { return lines_.line(); }
  /// Data rows so far, the ragged ones included: `rows() - 1` numbers the current row from 0.
  std::uint64_t rows() const { return rows_; }
  /// Rows so far that were left out because their number of fields is not the header's.
  std::uint64_t ragged() const { return ragged_; }
  /// Bytes taken from the source so far, for a progress bar.
  std::uint64_t bytes() const { return lines_.bytes(); }

 private:
  detail::csv_rows<Source> lines_;
  std::uint64_t rows_ = 0, ragged_ = 0;
  std::vector<std::string> header_;
  std::vector<std::size_t> selected_;  // column of each slot; the width if there is none
  std::vector<std::string_view> values_;
};

}  // namespace cxm
