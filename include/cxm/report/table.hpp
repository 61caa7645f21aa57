// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Tables for people in a terminal: columns as wide as their cells are on screen. Cells come from
/// files, so nothing in them reaches the terminal as a command: control characters are shown as
/// pictures, and characters that reorder or hide text as U+FFFD.

#include <cxm/core/error.hpp>
#include <cxm/core/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

struct character_range {
  char32_t first, last;
};

constexpr bool within(char32_t value, character_range const* ranges, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (value >= ranges[i].first && value <= ranges[i].last) return true;
  return false;
}

/// Terminal columns of a character: 0 for marks that combine with the one before, 2 for the wide
/// blocks of East Asia and emoji, else 1. Whole blocks, not the full Unicode tables: a mistake
/// costs a crooked column.
constexpr std::size_t columns_of(char32_t value) {
  constexpr character_range none[] = {
      {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},   {0x64B, 0x65F},
      {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
  constexpr character_range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
                                      {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF},
                                      {0x20000, 0x3FFFD}};
  if (value < 0x300) return 1;
  if (within(value, none, std::size(none))) return 0;
  return within(value, wide, std::size(wide)) ? 2 : 1;
}

/// What is shown for a character: C0 controls and DEL as their pictures (U+2400 on); C1 controls,
/// zero-width and bidirectional controls, line separators and tags as U+FFFD.
constexpr char32_t visible(char32_t value) {
  constexpr character_range hidden[] = {
      {0x80, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200F},
      {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};
  if (value < 0x20) return 0x2400 + value;
  if (value < 0x7F) return value;
  if (value == 0x7F) return 0x2421;
  return within(value, hidden, std::size(hidden)) ? U'\xFFFD' : value;
}

/// A text as it may be shown, and its terminal columns.
struct shown_text {
  std::string text;
  std::size_t columns = 0;
};

/// Cuts to `most` columns, the last of them an ellipsis, at a character and never before its marks.
/// More than eight marks on one character are dropped.
inline shown_text show(std::string_view text, std::size_t most) {
  shown_text shown;
  std::size_t keep = 0, keep_columns = 0, marks = 0;  // what still fits beside an ellipsis
  for (std::size_t at = 0; at < text.size();) {
    decoded_character const next = decode_utf8(text, at);
    at += next.bytes;
    char32_t const character = visible(next.value);
    std::size_t const columns = columns_of(character);
    marks = columns == 0 ? marks + 1 : 0;
    if (marks > 8) continue;
    if (shown.columns + columns > most) {
      shown.text.resize(keep);
      shown.text += "\xE2\x80\xA6";
      shown.columns = keep_columns + 1;
      return shown;
    }
    append_utf8(shown.text, character);
    shown.columns += columns;
    if (shown.columns < most) {
      keep = shown.text.size();
      keep_columns = shown.columns;
    }
  }
  return shown;
}

}  // namespace detail

/// Text stands left, numbers right.
enum class alignment : unsigned char { left, right };

/// A column of a text_table.
struct table_column {
  std::string name;
  alignment align = alignment::left;
  std::size_t most = 40;  ///< longer cells end in an ellipsis at this width; at least 1
};

/// Rows of strings under a header, in the terminal's columns. Numbers are formatted by the caller.
class text_table {
 public:
  /// Throws std::invalid_argument without columns or for a width of 0.
  explicit text_table(std::vector<table_column> columns) : columns_(std::move(columns)) {
    if (columns_.empty()) detail::refuse("cxm::text_table: a table has a column");
    std::vector<std::string> names;
    for (auto const& column : columns_) {
      if (column.most == 0) detail::refuse("cxm::text_table: a column is at least 1 wide");
      names.push_back(column.name);
    }
    widths_.resize(columns_.size());
    add_row(names);
  }

  /// One cell a column, else std::invalid_argument.
  void add_row(std::vector<std::string> const& cells) {
    if (cells.size() != columns_.size())
      detail::refuse("cxm::text_table: a row has one cell a column");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells_.push_back(detail::show(cells[i], columns_[i].most));
      widths_[i] = std::max(widths_[i], cells_.back().columns);
    }
  }

  std::size_t rows() const { return cells_.size() / columns_.size() - 1; }

  /// The header, a rule, the rows; two spaces between columns and none at a line's end.
  std::string text() const {
    std::string out;
    for (std::size_t row = 0; row <= rows(); ++row) {
      append_line(out, [&](std::size_t column) { return cells_[row * columns_.size() + column]; });
      if (row == 0)
        append_line(out, [&](std::size_t column) {
          return detail::shown_text{std::string(widths_[column], '-'), widths_[column]};
        });
    }
    return out;
  }

 private:
  template <class Cell>
  void append_line(std::string& out, Cell const& cell) const {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      detail::shown_text const shown = cell(i);
      std::string const padding(widths_[i] - shown.columns, ' ');
      if (i > 0) line += "  ";
      line += columns_[i].align == alignment::right ? padding + shown.text : shown.text + padding;
    }
    line.resize(line.find_last_not_of(' ') + 1);
    out += line;
    out += '\n';
  }

  std::vector<table_column> columns_;
  std::vector<detail::shown_text> cells_;  // row by row, the header first
  std::vector<std::size_t> widths_;
};

}  // namespace cxm
