// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Bytes written and read one word at a time, little-endian on every machine. The writer only
/// grows; the reader trusts nothing: a length is a claim, and is refused where more is claimed than
/// is left.

namespace cxm::detail {

class byte_writer {
 public:
  std::vector<std::byte> bytes;

  template <std::unsigned_integral Word>
  void word(Word value) {
    for (std::size_t i = 0; i < sizeof(Word); ++i)
      bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
  }
  void text(std::string_view text) {
    word(std::uint64_t{text.size()});
    auto const* data = reinterpret_cast<std::byte const*>(text.data());
    bytes.insert(bytes.end(), data, data + text.size());
  }
};

/// Reads from the front of a piece of memory. Once a read failed, all later ones fail.
class byte_reader {
 public:
  constexpr byte_reader(std::byte const* data, std::size_t size) : data_(data), left_(size) {}

  template <std::unsigned_integral Word>
  bool word(Word& value) {
    if (left_ < sizeof(Word)) return fail();
    std::uint64_t read = 0;
    for (std::size_t i = 0; i < sizeof(Word); ++i)
      read |= std::to_integer<std::uint64_t>(data_[i]) << (8 * i);
    value = static_cast<Word>(read);
    skip(sizeof(Word));
    return true;
  }
  bool text(std::string& text) {
    std::uint64_t size = 0;
    if (!length(size)) return false;
    text.assign(reinterpret_cast<char const*>(data_), static_cast<std::size_t>(size));
    skip(static_cast<std::size_t>(size));
    return true;
  }
  /// A claimed number of elements; more elements than bytes are refused before anything is
  /// allocated.
  bool length(std::uint64_t& size) { return word(size) && (size <= left_ || fail()); }
  std::size_t left() const { return left_; }
  bool fail() {
    left_ = 0;
    return false;
  }

 private:
  void skip(std::size_t count) {
    data_ += count;
    left_ -= count;
  }
  std::byte const* data_;
  std::size_t left_;
};

}  // namespace cxm::detail
