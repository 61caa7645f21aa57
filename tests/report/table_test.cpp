// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/table.hpp>

#include "catch.hpp"

#include <random>
#include <stdexcept>
#include <string>

using cxm::alignment;

namespace {

std::string one_cell(std::string const& cell, std::size_t most = 40) {
  cxm::text_table table({{"x", alignment::left, most}});
  table.add_row({cell});
  std::string const text = table.text();
  std::size_t const second = text.find('\n', text.find('\n') + 1) + 1;
  return text.substr(second, text.size() - second - 1);
}

}  // namespace

TEST_CASE("table: text left, numbers right, no blanks at the end") {
  cxm::text_table table({{"channel"}, {"n", alignment::right}, {"note"}});
  table.add_row({"web", "1200", ""});
  table.add_row({"telephone", "7", "few"});
  CHECK(table.rows() == 2);
  CHECK(table.text() ==
        "channel       n  note\n"
        "---------  ----  ----\n"
        "web        1200\n"
        "telephone     7  few\n");
}

TEST_CASE("table: width is that on screen") {
  cxm::text_table table({{"name"}, {"n", alignment::right}});
  table.add_row({"Z\xC3\xBCrich", "1"});
  table.add_row({"\xE6\x9D\xB1\xE4\xBA\xAC", "2"});
  table.add_row({"e\xCC\x81t\xC3\xA9", "3"});
  CHECK(table.text() ==
        "name    n\n"
        "------  -\n"
        "Z\xC3\xBCrich  1\n"
        "\xE6\x9D\xB1\xE4\xBA\xAC    2\n"
        "e\xCC\x81t\xC3\xA9     3\n");
}

TEST_CASE("table: long cells end in an ellipsis") {
  CHECK(one_cell("abcdef", 6) == "abcdef");
  CHECK(one_cell("abcdefg", 6) == "abcde\xE2\x80\xA6");
  CHECK(one_cell("ab", 1) == "\xE2\x80\xA6");
  CHECK(one_cell("\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD", 4) == "\xE6\x9D\xB1\xE2\x80\xA6");
  CHECK(one_cell("abcde\xCC\x81"
                 "f",
                 5) == "abcd\xE2\x80\xA6");
  CHECK(one_cell("abcde\xCC\x81", 5) == "abcde\xCC\x81");
}

TEST_CASE("table: nothing in a cell commands the terminal") {
  CHECK(one_cell("\x1B[31mred") == "\xE2\x90\x9B[31mred");
  CHECK(one_cell("a\nb\tc\rd") ==
        "a\xE2\x90\x8A"
        "b\xE2\x90\x89"
        "c\xE2\x90\x8D"
        "d");
  CHECK(one_cell(std::string("\0\x7F", 2)) == "\xE2\x90\x80\xE2\x90\xA1");
  CHECK(one_cell("\xC2\x9B"
                 "31m") ==
        "\xEF\xBF\xBD"
        "31m");  // C1 control
  CHECK(one_cell("\xE2\x80\xAE"
                 "abc") ==
        "\xEF\xBF\xBD"
        "abc");  // right-to-left override
  CHECK(one_cell("a\xFF") == "a\xEF\xBF\xBD");
  std::mt19937 random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string cell(random() % 30, ' ');
    for (char& c : cell) c = static_cast<char>(random());
    std::string const shown = one_cell(cell, 1 + random() % 20);
    REQUIRE(cxm::is_utf8(shown));
    for (char const c : shown) REQUIRE((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
  }
  // a pile of combining marks can't climb over other lines
  std::string pile = "e";
  for (int i = 0; i < 1000; ++i) pile += "\xCC\x81";
  CHECK(one_cell(pile).size() == 1 + 8 * 2);
}

TEST_CASE("table: wrong use is refused") {
  CHECK_THROWS_AS(cxm::text_table({}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::text_table({{"a", alignment::left, 0}}), std::invalid_argument);
  cxm::text_table table({{"a"}, {"b"}});
  CHECK_THROWS_AS(table.add_row({"1"}), std::invalid_argument);
  CHECK(table.rows() == 0);
}
