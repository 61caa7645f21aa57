// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Numbers from text, without a locale: "7", "7.0", "-1e3", with a comma where a file has it.

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

namespace cxm {

namespace detail {

/// The text of a number with a point, of at most 128 characters in `buffer`; nothing for more.
inline std::optional<std::string_view> with_point(std::string_view text, char decimal,
                                                  char (&buffer)[128]) {
  if (text.size() > sizeof buffer) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.') return std::nullopt;
    buffer[i] = text[i] == decimal ? '.' : text[i];
  }
  return std::string_view(buffer, text.size());
}

}  // namespace detail

/// The number that `text` is, blanks and tabs around it aside: digits with an optional sign,
/// fraction and exponent. Nothing for other text, "inf" and "nan" among it, and for what is too
/// large or too small for a double.
inline std::optional<double> parse_number(std::string_view text, char decimal = '.') {
  auto const blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  char buffer[128];
  if (decimal != '.') {
    auto const usual = detail::with_point(text, decimal, buffer);
    if (!usual) return std::nullopt;
    text = *usual;
  }
  bool const negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  if (text.empty() || !(text[0] == '.' || (text[0] >= '0' && text[0] <= '9'))) return std::nullopt;
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error != std::errc()) return std::nullopt;
  return negative ? -value : value;
}

}  // namespace cxm
