// SPDX-License-Identifier: BSL-1.0
// A JSON reader just large enough for the golden files: read("nps.json")["records"][0]["id"].
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace golden {
/// Decimal text to the nearest double; "-Inf" and the like throw.
inline double number(std::string const& text) {
  double result = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
  // Subnormals count as out of range for from_chars, but not for strtod.
  if (error == std::errc::result_out_of_range) return std::strtod(text.c_str(), nullptr);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::runtime_error("golden: not a number: " + text);
  }
  return result;
}

class value {
 public:
  std::string text;                // of a string, a number or a literal
  std::vector<std::string> names;  // of the members of an object
  std::vector<value> items;        // of an object or an array

  value const& operator[](std::string_view name) const& {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name) return items[i];
    throw std::runtime_error("golden: no member " + std::string(name));
  }
  value const& operator[](std::size_t index) const& { return items.at(index); }
  // By value from a temporary, so that `for (auto& r : read("x.json")["records"])` is no trap.
  value operator[](std::string_view name) && { return std::as_const(*this)[name]; }
  value operator[](std::size_t index) && { return std::as_const(*this)[index]; }
  std::size_t size() const { return items.size(); }
  double number() const { return golden::number(text); }
  auto begin() const { return items.begin(); }
  auto end() const { return items.end(); }
};

class reader {
 public:
  explicit reader(std::string text) : text_(std::move(text)) {}
  value parse() {
    value result;
    char const first = next();
    if (first == '{' || first == '[') {
      ++at_;
      char const close = first == '{' ? '}' : ']';
      while (next() != close) {
        if (first == '{') {
          result.names.push_back(string());
          expect(':');
        }
        result.items.push_back(parse());
        if (next() == ',') ++at_;
      }
      ++at_;
    } else if (first == '"') {
      result.text = string();
    } else {
      while (at_ < text_.size() &&
             std::string_view(",]} \n\r\t").find(text_[at_]) == std::string::npos)
        result.text += text_[at_++];
    }
    return result;
  }

 private:
  char next() {
    while (std::string_view(" \n\r\t").find(text_.at(at_)) != std::string::npos) ++at_;
    return text_[at_];
  }
  void expect(char wanted) {
    if (next() != wanted) throw std::runtime_error("golden: bad JSON");
    ++at_;
  }
  std::string string() {
    expect('"');
    std::string result;
    for (; text_.at(at_) != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
      result += text_.at(at_);
    }
    ++at_;
    return result;
  }
  std::string text_;
  std::size_t at_ = 0;
};

/// Reads `name` from tests/goldens: below the working folder, else beside this file.
inline value read(std::string const& name) {
  std::string const here = __FILE__;
  std::ifstream file("tests/goldens/" + name);
  if (!file) file.open(here.substr(0, here.rfind("golden.hpp")) + "goldens/" + name);
  if (!file) throw std::runtime_error("golden: can't read tests/goldens/" + name);
  return reader({std::istreambuf_iterator<char>(file), {}}).parse();
}
}  // namespace golden
