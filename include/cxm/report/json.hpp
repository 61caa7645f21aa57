// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// JSON is written piece by piece into one string: keys in the order given, numbers as the shortest
/// text that reads back equal, text as valid UTF-8 whatever it was. A result without a value
/// becomes null beside its reason. Nothing depends on locale; equal calls give equal bytes.

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/utf8.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

/// Appends `text` as a JSON string (RFC 8259, section 7); a byte that is not UTF-8 becomes U+FFFD.
inline void append_json_string(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    decoded_character const next = decode_utf8(text, at);
    char const c = text[at];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (next.valid && next.value < 0x20) {
      constexpr std::string_view named = "\b\t\n\f\r";
      std::size_t const which = named.find(c);
      out += '\\';
      if (which != named.npos)
        out += "btnfr"[which];
      else
        (out += "u00") += {hex[next.value >> 4], hex[next.value & 15]};
    } else if (next.valid) {
      out += text.substr(at, next.bytes);
    } else {
      out += "\xEF\xBF\xBD";
    }
    at += next.bytes;
  }
  out += '"';
}

}  // namespace detail

/// `compact` has no blanks at all; `pretty` has a member or element a line, two spaces a level, and
/// keeps empty containers and `numbers` on one line.
enum class json_layout : unsigned char { compact, pretty };

/// Writes one JSON value:
/// \code
///   json_writer json;
///   json.begin_object();
///   json.member("metric", "nps");
///   json.key("total").begin_object();
///   json.member("n", 100);
///   json.member("value", score.value);      // a maybe<double>: its number, or null and "reason"
///   json.end_object();
///   json.end_object();
///   json.text();
/// \endcode
/// Calls out of place (a value without its key, an end without a begin) throw
/// std::invalid_argument.
class json_writer {
 public:
  explicit json_writer(json_layout layout = json_layout::compact)
      : pretty_(layout == json_layout::pretty) {}

  json_writer& begin_object() { return open('{'); }
  json_writer& end_object() { return close('{', '}'); }
  json_writer& begin_array() { return open('['); }
  json_writer& end_array() { return close('[', ']'); }

  /// The key of what is written next.
  json_writer& key(std::string_view name) {
    if (levels_.empty() || levels_.back().bracket != '{' || keyed_)
      detail::refuse("cxm::json_writer: a key stands in an object, before its value");
    separate();
    detail::append_json_string(text_, name);
    text_ += pretty_ ? ": " : ":";
    keyed_ = true;
    return *this;
  }

  json_writer& value(std::string_view text) {
    before_value();
    detail::append_json_string(text_, text);
    return *this;
  }
  json_writer& value(char const* text) { return value(std::string_view(text)); }
  json_writer& value(std::string const& text) { return value(std::string_view(text)); }
  json_writer& value(std::nullptr_t) { return raw("null"); }
  json_writer& value(bool truth) { return raw(truth ? "true" : "false"); }

  /// Exact for every integer; the shortest text for a floating-point number (30.0 is `30`). A
  /// number that is not finite has no JSON form and becomes null: say why in a member "reason".
  template <class Number>
  requires(std::integral<Number> || std::floating_point<Number>) json_writer& value(Number number) {
    if constexpr (std::floating_point<Number>)
      if (!(number - number == 0)) return value(nullptr);
    char digits[128];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    return raw(std::string_view(digits, static_cast<std::size_t>(end - digits)));
  }

  /// The value or null. The reason goes in `member`, since an array has no place for it.
  template <class Value>
  json_writer& value(maybe<Value> const& result) {
    return result.has_value() ? value(*result) : value(nullptr);
  }

  template <class Value>
  json_writer& member(std::string_view name, Value const& what) {
    return key(name).value(what);
  }

  /// The value, or null and beside it `"reason"`. An object has one reason, that of its first
  /// member without a value: several members of one result are undefined together.
  template <class Value>
  json_writer& member(std::string_view name, maybe<Value> const& result) {
    key(name).value(result);
    return result.has_value() ? *this : reason_of(result.why());
  }

  /// The member "reason" of the object being written, unless it has one already.
  json_writer& reason_of(reason why) {
    if (levels_.empty() || levels_.back().bracket != '{')
      detail::refuse("cxm::json_writer: a reason stands in an object");
    if (std::exchange(levels_.back().has_reason, true)) return *this;
    return member("reason", name(why));
  }

  /// An array of numbers (or texts) on one line.
  template <class Range>
  json_writer& numbers(Range const& range) {
    begin_array();
    levels_.back().one_line = true;
    for (auto const& each : range) value(each);
    return end_array();
  }

  /// The text so far; complete once every container is closed.
  std::string const& text() const { return text_; }
  bool complete() const { return levels_.empty() && !text_.empty(); }

 private:
  struct level {
    char bracket;
    bool empty = true, one_line = false, has_reason = false;
  };

  json_writer& open(char bracket) {
    before_value();
    text_ += bracket;
    levels_.push_back({bracket});
    return *this;
  }

  json_writer& close(char bracket, char closing) {
    if (levels_.empty() || levels_.back().bracket != bracket || keyed_)
      detail::refuse("cxm::json_writer: an end without its begin, or a key without its value");
    level const closed = levels_.back();
    levels_.pop_back();
    if (!closed.empty && !closed.one_line) new_line();
    text_ += closing;
    return *this;
  }

  json_writer& raw(std::string_view token) {
    before_value();
    text_ += token;
    return *this;
  }

  void before_value() {
    if (levels_.empty() ? !text_.empty() : (levels_.back().bracket == '{') != keyed_)
      detail::refuse(
          "cxm::json_writer: a value in an object needs a key, and the text is one value");
    if (!std::exchange(keyed_, false) && !levels_.empty()) separate();
  }

  void separate() {
    level& here = levels_.back();
    bool const first = std::exchange(here.empty, false);
    if (!first) text_ += here.one_line && pretty_ ? ", " : ",";
    if (!here.one_line) new_line();
  }

  void new_line() {
    if (pretty_) text_.append(1, '\n').append(2 * levels_.size(), ' ');
  }

  bool pretty_;
  bool keyed_ = false;  // a key waits for its value
  std::string text_;
  std::vector<level> levels_;
};

}  // namespace cxm
