// SPDX-License-Identifier: BSL-1.0
#include <cxm/io/number.hpp>

#include "catch.hpp"

#include <string>

using cxm::parse_number;

TEST_CASE("number: what is one") {
  CHECK(parse_number("7") == 7.0);
  CHECK(parse_number("7.0") == 7.0);
  CHECK(parse_number(" \t-3 ") == -3.0);
  CHECK(parse_number("+.5") == 0.5);
  CHECK(parse_number("5.") == 5.0);
  CHECK(parse_number("1e-2") == 0.01);
  CHECK(parse_number("0.1") == 0.1);
  CHECK(parse_number("7,25", ',') == 7.25);
  CHECK(parse_number("-1000", ',') == -1000.0);
}

TEST_CASE("number: what is none") {
  for (char const* const text :
       {"",    " ",    "+",    "-",  ".",   "+-5",   "--5",   "- 5",    "7a",  "7 8",         "inf",
        "nan", "-inf", "0x10", "1e", "7,0", "1,000", "1e999", "1e-999", "1_0", "\xEF\xBC\x97"})
    CHECK_FALSE(parse_number(text));
  CHECK_FALSE(parse_number("7.0", ','));
  CHECK_FALSE(parse_number("1,0,0", ','));
  CHECK_FALSE(parse_number(std::string(400, '9')));
  CHECK_FALSE(parse_number(std::string(400, '9'), ','));
  CHECK_FALSE(parse_number(std::string_view("7\0", 2)));
}
