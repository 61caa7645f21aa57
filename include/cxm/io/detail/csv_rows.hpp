// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The engine under csv_reader: a buffer over a byte source, and the cutting of rows into fields.
/// It knows nothing of headers or names. See csv.hpp for what is accepted and what is malformed.

#include <cxm/core/error.hpp>
#include <cxm/core/utf8.hpp>
#include <cxm/io/csv_options.hpp>
#include <cxm/io/detail/csv_scan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace cxm::detail {

template <class Source>
class csv_rows {
 public:
  csv_rows(Source source, csv_options const& options)
      : source_(std::move(source)), options_(options), scan_(options.delimiter) {
    constexpr std::string_view not_delimiters{"\"\r\n\0", 4};
    if (not_delimiters.find(options.delimiter) != not_delimiters.npos)
      refuse("cxm::csv_reader: a quote, line break or NUL can't be the delimiter");
    buffer_.assign(std::max<std::size_t>(options_.chunk, 4) + slack, '\0');
    fill();
    if (std::string_view(buffer_.data(), end_).substr(0, 3) == "\xEF\xBB\xBF") row_ = 3;
  }

  csv_rows(csv_rows&&) = default;  // a copy's fields would point into the original's buffer
  csv_rows& operator=(csv_rows&&) = default;

  /// Cuts the next row that is not empty into fields; false at the end of the file.
  bool next() {
    while (row_ != end_ || !ended_) {
      line_ = next_line_;
      cut const result = try_cut();
      if (result == cut::row) return true;
      if (result == cut::more) fill();
    }
    return false;
  }

  /// Fields of the current row; only the first `width` of them are kept.
  std::size_t count() const { return count_; }
  void keep_at_most(std::size_t width) { fields_.resize(width); }
  std::uint64_t line() const { return line_; }
  std::uint64_t bytes() const { return bytes_; }
  [[noreturn]] void fail(char const* what) const { throw bad_csv(what, line_); }

  /// The text of a column of the current row, unescaped in place (once: two slots may share it).
  std::string_view text(std::size_t column, char const* complaint) {
    span_in_row& field = fields_[column];
    char* const bytes = buffer_.data() + field.begin;
    if (field.escaped) {
      std::size_t length = 0;
      for (std::size_t i = 0; i < field.end - field.begin; ++i) {
        bytes[length++] = bytes[i];
        if (bytes[i] == '"') ++i;
      }
      field.end = field.begin + length;
      field.escaped = false;
    }
    std::string_view const view(bytes, field.end - field.begin);
    if (!is_utf8(view)) fail(complaint);
    return view;
  }

 private:
  static constexpr std::size_t slack = 1 + csv_scan::padding;
  static constexpr std::size_t incomplete = static_cast<std::size_t>(-1);
  static constexpr char const* too_long = "the row is too long, or a quote in it is never closed";
  enum class cut { row, blank, more };
  struct span_in_row {
    std::size_t begin = 0, end = 0;  // offsets in the buffer, quotes excluded
    bool quoted = false, escaped = false;
  };

  // Keeps the unfinished row, makes room, and fills the buffer up: since the room at least doubles
  // when a row does not fit, cutting such a row again from its start stays linear in total.
  void fill() {
    std::size_t const kept = end_ - row_;
    if (kept > options_.max_row) fail(too_long);
    std::memmove(buffer_.data(), buffer_.data() + row_, kept);
    row_ = 0;
    end_ = kept;
    std::size_t room = buffer_.size() - slack;
    if (kept > room / 2) buffer_.resize((room *= 2) + slack);
    while (!ended_ && end_ < room) {
      std::size_t const got = source_(buffer_.data() + end_, room - end_);
      if (got > room - end_) refuse("cxm::csv_reader: the source wrote past the buffer");
      ended_ = got == 0;
      end_ += got;
      bytes_ += got;
    }
    std::fill_n(buffer_.data() + end_, slack, '\0');
  }

  // Cuts the row at row_. `more`: its end is not in the buffer yet, and nothing has changed.
  cut try_cut() {
    char const* const data = buffer_.data();
    count_ = 0;
    line_feeds_ = 0;
    scan_.start(data + row_);
    for (std::size_t at = row_;;) {
      span_in_row field;
      std::size_t const stop = data[at] == '"' ? cut_quoted(at, field) : cut_plain(at, field);
      if (stop == incomplete) return cut::more;
      if (data[stop] == options_.delimiter) {
        keep(field);
        at = stop + 1;
        continue;
      }
      if (stop == end_ && !ended_) return cut::more;
      if (data[stop] == '\0' && stop < end_) fail("there is a NUL byte");
      return end_row(field, stop);
    }
  }

  std::size_t cut_plain(std::size_t at, span_in_row& field) {
    auto const stop = static_cast<std::size_t>(scan_.next() - buffer_.data());
    field = {at, stop};
    return stop;
  }

  // Returns the position of what ends the field; the scan goes on behind it.
  std::size_t cut_quoted(std::size_t at, span_in_row& field) {
    char const* const data = buffer_.data();
    std::size_t close = at + 1;
    for (bool doubled = true; doubled;) {
      void const* const quote = std::memchr(data + close, '"', end_ - close);
      if (quote == nullptr && ended_) fail("a quote is never closed");
      if (quote == nullptr) return incomplete;
      close = static_cast<std::size_t>(static_cast<char const*>(quote) - data);
      if (end_ - close < 3 && !ended_) return incomplete;  // what follows decides: "" or CR LF
      doubled = data[close + 1] == '"';
      if (doubled) {
        field.escaped = true;
        close += 2;
      }
    }
    field.begin = at + 1;
    field.end = close;
    field.quoted = true;
    if (std::memchr(data + at, '\0', close - at) != nullptr) fail("there is a NUL byte");
    line_feeds_ += static_cast<std::uint64_t>(std::count(data + at, data + close, '\n'));
    std::size_t stop = close + 1;
    if (data[stop] == '\r' && (data[stop + 1] == '\n' || stop + 1 == end_)) ++stop;
    char const next = data[stop];
    if (next != options_.delimiter && next != '\n' && next != '\0')
      fail("there is text after a closing quote");
    scan_.start(data + stop + 1);
    return stop;
  }

  cut end_row(span_in_row field, std::size_t stop) {
    if (stop - row_ > options_.max_row) fail(too_long);
    char const* const data = buffer_.data();
    if (!field.quoted && field.end != field.begin && data[field.end - 1] == '\r') --field.end;
    bool const blank = count_ == 0 && !field.quoted && field.begin == field.end;
    if (!blank) keep(field);
    row_ = std::min(stop + 1, end_);
    next_line_ = line_ + 1 + line_feeds_;
    return blank ? cut::blank : cut::row;
  }

  void keep(span_in_row const& field) {
    if (field.end - field.begin > options_.max_field) fail("a field is too long");
    if (count_ < fields_.size()) fields_[count_] = field;
    ++count_;
  }

  Source source_;
  csv_options options_;
  csv_scan scan_;
  std::vector<char> buffer_;  // [row_, end_) is unread; a NUL and padding follow
  std::size_t row_ = 0, end_ = 0;
  bool ended_ = false;               // the source has no more
  std::vector<span_in_row> fields_;  // of the current row, at most as many as the header has
  std::size_t count_ = 0;            // fields the current row has
  std::uint64_t line_ = 0, next_line_ = 1, line_feeds_ = 0, bytes_ = 0;
};

}  // namespace cxm::detail
