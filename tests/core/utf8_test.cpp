// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/utf8.hpp>

#include "catch.hpp"

#include <string>

TEST_CASE("utf8: every character reads back, and its pieces are not UTF-8") {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    cxm::append_utf8(text, value);
    auto const read = cxm::decode_utf8(text, 0);
    if (!read.valid || read.value != value || read.bytes != text.size())
      FAIL(static_cast<unsigned>(value));
    if (!cxm::is_utf8("12345678" + text)) FAIL(static_cast<unsigned>(value));
    if (text.size() > 1 && cxm::is_utf8(text.substr(1))) FAIL(static_cast<unsigned>(value));
    if (text.size() > 1 && cxm::is_utf8(text.substr(0, text.size() - 1)))
      FAIL(static_cast<unsigned>(value));
  }
  SUCCEED();
}

TEST_CASE("utf8: overlong forms, surrogates and too large values are refused") {
  for (char const* text : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
                           "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                           "\xFF", "\x80", "\xE2\x82", "\xE2\x28\xA1", "\xF0\x9F\x98"}) {
    CHECK_FALSE(cxm::is_utf8(text));
    CHECK_FALSE(cxm::is_utf8(std::string("abcdefgh") + text + "abcdefgh"));
    CHECK(cxm::decode_utf8(text, 0).bytes == 1);
    CHECK(cxm::decode_utf8(text, 0).value == 0xFFFD);
  }
}

TEST_CASE("utf8: the number of well-formed texts of two and three bytes is that of Unicode") {
  // exhaustive over all byte pairs and triples: 128^2 + 1920 and 128^3 + 2*128*1920 + 61440
  unsigned pairs = 0, triples = 0;
  std::string two(2, ' '), three(3, ' ');
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b) {
      two[0] = three[0] = static_cast<char>(a);
      two[1] = three[1] = static_cast<char>(b);
      pairs += cxm::is_utf8(two) ? 1 : 0;
      for (int c = 0; c < 256; ++c) {
        three[2] = static_cast<char>(c);
        triples += cxm::is_utf8(three) ? 1 : 0;
      }
    }
  CHECK(pairs == 128 * 128 + 1920);
  CHECK(triples == 128 * 128 * 128 + 2 * 128 * 1920 + 61440);
}
