// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Text inside XML and HTML. Whatever a name holds becomes text: markup is escaped, what XML does
/// not allow and what would reorder or hide its surroundings is made visible, and HTML isolates its
/// direction.

#include <cxm/report/detail/number_text.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>

#include <string>
#include <string_view>

namespace cxm::detail {

/// As text or as the value of an attribute in double quotes.
inline std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    decoded_character const next = decode_utf8(text, at);
    at += next.bytes;
    switch (char32_t const c = visible(next.value); c) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      case U'\'':
        out += "&#39;";
        break;
      default:
        append_utf8(out, (c & 0xFFFE) == 0xFFFE ? U'\xFFFD' : c);
    }
  }
  return out;
}

/// Escaped, with places to break after every twelfth character of a longer word.
inline std::string breakable(std::string_view text) {
  std::string out;
  std::size_t begin = 0, word = 0;
  for (std::size_t at = 0; at < text.size();) {
    decoded_character const next = decode_utf8(text, at);
    at += next.bytes;
    word = next.value == U' ' ? 0 : word + 1;
    if (word < 12 || at == text.size()) continue;
    (out += escaped(text.substr(begin, at - begin))) += "<wbr/>";
    begin = at;
    word = 0;
  }
  return out + escaped(text.substr(begin));
}

/// A name from the data: isolated, at most `most` columns wide, in full on request.
inline std::string name_markup(std::string_view text, std::size_t most = 48) {
  shown_text const shown = show(text, most);
  if (text.empty()) return "<span class=\"none\">(empty)</span>";
  std::string const inner = "<bdi>" + breakable(shown.text) + "</bdi>";
  if (shown.text == show(text, SIZE_MAX).text) return inner;
  return "<span title=\"" + escaped(text) + "\">" + inner + "</span>";
}

/// The shortest text that reads back equal, as in JSON.
inline std::string exact_number(double value) {
  json_writer json;
  json.value(value);
  return json.text();
}

/// A figure: what JSON says of it is its machine-readable value.
inline std::string figure_markup(figure const& shown) {
  if (!shown.value) return "<span class=\"none\">" + words(shown.value.why()) + "</span>";
  return "<data value=\"" + exact_number(*shown.value) + "\">" + text(shown) + "</data>";
}

}  // namespace cxm::detail
