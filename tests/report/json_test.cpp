// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/json.hpp>

#include "catch.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

template <class Value>
std::string written(Value const& value) {
  cxm::json_writer json;
  json.value(value);
  CHECK(json.complete());
  return json.text();
}

void write_example(cxm::json_writer& json) {
  json.begin_object();
  json.member("metric", "nps").key("scale").numbers(std::vector<int>{0, 10});
  json.key("total").begin_object();
  json.member("n", 100).member("value", cxm::maybe<double>(30.5));
  json.end_object();
  json.key("groups").begin_array();
  json.begin_object().member("empty", false).key("none").begin_array().end_array().end_object();
  json.value(nullptr);
  json.end_array();
  json.end_object();
}

}  // namespace

TEST_CASE("json: objects and arrays, compact and pretty") {
  cxm::json_writer compact;
  write_example(compact);
  CHECK(compact.text() == R"({"metric":"nps","scale":[0,10],"total":{"n":100,"value":30.5},)"
                          R"("groups":[{"empty":false,"none":[]},null]})");
  cxm::json_writer pretty(cxm::json_layout::pretty);
  write_example(pretty);
  CHECK(pretty.text() == R"({
  "metric": "nps",
  "scale": [0, 10],
  "total": {
    "n": 100,
    "value": 30.5
  },
  "groups": [
    {
      "empty": false,
      "none": []
    },
    null
  ]
})");
}

TEST_CASE("json: text is escaped as RFC 8259 has it, and always UTF-8") {
  CHECK(written("a\"b\\c/d") == R"("a\"b\\c/d")");
  CHECK(written("\b\t\n\f\r\x01\x1f\x7f") == "\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\"");
  CHECK(written(std::string("\0", 1)) == R"("\u0000")");
  CHECK(written("\xC3\xA9\xF0\x9F\x98\x80") == "\"\xC3\xA9\xF0\x9F\x98\x80\"");
  CHECK(written("a\xFFz\xC3") == "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"");
  CHECK(written("\xED\xA0\x80").size() == 2 + 3 * 3);
  cxm::json_writer json;
  json.begin_object().member("a\"\n", std::string_view("x")).end_object();
  CHECK(json.text() == R"({"a\"\n":"x"})");
}

TEST_CASE("json: integers are exact and doubles the shortest text that reads back") {
  CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(written(std::uint8_t{200}) == "200");
  CHECK(written(true) == "true");
  CHECK(written(30.0) == "30");
  CHECK(written(0.1) == "0.1");
  CHECK(written(1e300) == "1e+300");
  CHECK(written(-0.0) == "-0");
  CHECK(written(1.0 / 3) == "0.3333333333333333");
  std::mt19937_64 random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::uint64_t const bits = random();
    double value;
    std::memcpy(&value, &bits, 8);
    std::string const text = written(value);
    if (!(value - value == 0)) {
      REQUIRE(text == "null");
    } else {
      REQUIRE(std::strtod(text.c_str(), nullptr) == value);
    }
  }
  CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
  CHECK(written(-std::numeric_limits<double>::infinity()) == "null");
}

TEST_CASE("json: a result without a value is null beside one reason") {
  cxm::json_writer json;
  json.begin_object();
  json.member("n", 3);
  json.member("value", cxm::maybe<double>(cxm::reason::below_min_n));
  json.member("se", cxm::maybe<double>(cxm::reason::below_min_n));
  json.key("change").begin_object();
  json.member("value", cxm::maybe<double>(cxm::reason::no_data));
  json.end_object();
  json.member("low", cxm::maybe<double>(1.5));
  json.end_object();
  CHECK(json.text() == R"({"n":3,"value":null,"reason":"below_min_n","se":null,)"
                       R"("change":{"value":null,"reason":"no_data"},"low":1.5})");
}

TEST_CASE("json: calls out of place are refused") {
  using cxm::json_writer;
  auto const refused = [](auto const& calls) {
    json_writer json;
    CHECK_THROWS_AS(calls(json), std::invalid_argument);
  };
  refused([](json_writer& json) { json.key("a"); });
  refused([](json_writer& json) { json.begin_array().key("a"); });
  refused([](json_writer& json) { json.begin_object().value(1); });
  refused([](json_writer& json) { json.begin_object().key("a").key("b"); });
  refused([](json_writer& json) { json.begin_object().key("a").end_object(); });
  refused([](json_writer& json) { json.begin_object().end_array(); });
  refused([](json_writer& json) { json.end_object(); });
  refused([](json_writer& json) { json.value(1).value(2); });
  refused([](json_writer& json) { json.reason_of(cxm::reason::no_data); });
  CHECK_FALSE(json_writer().complete());
  CHECK_FALSE(json_writer().begin_array().complete());
}
