// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A saved state as text for archives like those of Boost.Serialization: two hexadecimal digits a
/// byte, which text, XML and binary archives all keep as they are.

#include <cxm/core/error.hpp>
#include <cxm/core/save.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cxm::detail {

inline std::string to_digits(saved_bytes const& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (std::byte const one : bytes) {
    text += digits[std::to_integer<std::size_t>(one) / 16];
    text += digits[std::to_integer<std::size_t>(one) % 16];
  }
  return text;
}

/// Throws `bad_state` for text that is not made of pairs of digits.
inline saved_bytes from_digits(std::string_view text) {
  auto const digit = [](char c) -> unsigned {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    throw bad_state("cxm::serialize: the archive holds no state of cxm");
  };
  if (text.size() % 2 != 0) throw bad_state("cxm::serialize: the state is cut short");
  saved_bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(16 * digit(text[i]) + digit(text[i + 1])));
  return bytes;
}

/// Saves or loads, whichever `Archive` does; `pass` gives it the text.
template <class Archive, class Accumulator, class Pass>
void pass_through(Accumulator& accumulator, Pass pass) {
  std::string text;
  if constexpr (Archive::is_saving::value) text = to_digits(cxm::save(accumulator));
  pass(text);
  if constexpr (Archive::is_loading::value) accumulator = cxm::load(accumulator, from_digits(text));
}

}  // namespace cxm::detail
