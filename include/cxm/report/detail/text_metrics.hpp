// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How wide a text is on screen, without knowing the font: an upper bound for the usual sans-serif
/// fonts at normal weight, so that nothing that is planned to fit is cut or overlaps. Widths are in
/// parts of the font size.

#include <cxm/core/utf8.hpp>
#include <cxm/report/table.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cxm::detail {

/// The advance of a character; those of DejaVu Sans, the widest of the usual fonts.
constexpr double advance(char32_t character) {
  constexpr std::string_view narrow = "ijl'|!.,:;I()[]ftr -/";
  if (character < 0x80) {
    char const c = static_cast<char>(character);
    if (narrow.find(c) != narrow.npos) return c == 'f' || c == 't' || c == 'r' ? 0.42 : 0.4;
    if (c == 'm' || c == 'M' || c == 'w' || c == '%') return 0.98;
    if (c == 'W' || c == '@') return 1.0;
    if (c == '+' || c == '=' || c == '<' || c == '>' || c == '~') return 0.84;
    if (c >= 'A' && c <= 'Z') return 0.77;
    return 0.64;
  }
  std::size_t const columns = columns_of(character);
  return columns == 0 ? 0.0 : columns == 2 ? 1.05 : character >= 0x2000 ? 1.0 : 0.75;
}

inline double text_width(std::string_view text, double size) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    decoded_character const next = decode_utf8(text, at);
    width += advance(next.value);
    at += next.bytes;
  }
  return width * size;
}

/// The text made harmless and cut, with an ellipsis, to a width in the units of `size`.
inline std::string fitted(std::string_view text, double width, double size) {
  std::string shown = show(text, 400).text;
  if (text_width(shown, size) <= width) return shown;
  double sum = advance(0x2026);
  std::size_t at = 0, keep = 0;
  while (at < shown.size()) {
    decoded_character const next = decode_utf8(shown, at);
    sum += advance(next.value);
    if (sum * size > width) break;
    at += next.bytes;
    keep = at;
  }
  shown.resize(keep);
  return shown + "\xE2\x80\xA6";
}

}  // namespace cxm::detail
