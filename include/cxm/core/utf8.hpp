// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// UTF-8 as the Unicode standard defines it (table 3-7): no overlong forms, no surrogates, nothing
/// above U+10FFFF. Readers refuse what is not UTF-8; writers replace it by U+FFFD, so that whatever
/// a hostile file holds, what leaves the library is valid text.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cxm {

/// One step of decoding: the character, the bytes it took, and whether they were valid. Of invalid
/// bytes one is taken at a time, as U+FFFD.
struct decoded_character {
  char32_t value = 0xFFFD;
  std::size_t bytes = 1;
  bool valid = false;
};

/// Decodes the character that begins at `text[at]`; needs at < text.size().
constexpr decoded_character decode_utf8(std::string_view text, std::size_t at) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  unsigned const lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xC2 || lead > 0xF4) return {};
  std::size_t const length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - at < length) return {};
  // The second byte alone tells overlong forms, surrogates and values that are too large.
  unsigned const low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned const high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return {};
  char32_t value = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return {};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  return {value, length, true};
}

/// Whether the text is valid UTF-8. Linear; ASCII goes eight bytes at a time.
inline bool is_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= 8) {
      std::uint64_t word;
      std::memcpy(&word, text.data() + at, 8);
      if ((word & 0x8080808080808080u) == 0) {
        at += 8;
        continue;
      }
    }
    decoded_character const next = decode_utf8(text, at);
    if (!next.valid) return false;
    at += next.bytes;
  }
  return true;
}

/// Appends a character (a Unicode scalar value) to `out` as UTF-8.
inline void append_utf8(std::string& out, char32_t value) {
  auto const put = [&](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (value < 0x80) return put(value);
  if (value < 0x800) {
    put(0xC0 | (value >> 6));
  } else {
    if (value < 0x10000) {
      put(0xE0 | (value >> 12));
    } else {
      put(0xF0 | (value >> 18));
      put(0x80 | ((value >> 12) & 0x3F));
    }
    put(0x80 | ((value >> 6) & 0x3F));
  }
  put(0x80 | (value & 0x3F));
}

}  // namespace cxm
