// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

/// \file
/// The hash of saved bytes and of keys. It is canonical: the same on every machine, compiler and
/// run, because a cap that keeps "the K keys with the smallest hash" must keep the same keys
/// everywhere. It is no secret, so it protects against chance, not against an adversary.

namespace cxm::detail {

/// A bijection of 64-bit words in which every input bit reaches every output bit (splitmix64's
/// finish, by Sebastiano Vigna after Stafford's variant 13).
constexpr std::uint64_t mix(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9U;
  word = (word ^ (word >> 27)) * 0x94d049bb133111ebU;
  return word ^ (word >> 31);
}

/// Hashes words one after the other. Each step is a bijection of the state for a given word and of
/// the word for a given state, so two inputs that differ in one word never agree.
class word_hash {
 public:
  constexpr word_hash() = default;
  /// A hash that only those foresee who know `secret`. It places keys in a table and nothing else:
  /// no result and no saved byte may depend on it.
  constexpr explicit word_hash(std::uint64_t secret) : state_(mix(secret)) {}

  constexpr void add(std::uint64_t word) { state_ = mix(state_ ^ word) + 0x9e3779b97f4a7c15U; }

  /// Adds text with its length, so that ("ab","c") and ("a","bc") differ.
  constexpr void add(std::string_view text) {
    add(text.size());
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) add(load(text.data() + i, 8));
    if (i < text.size()) add(load(text.data() + i, text.size() - i));
  }
  constexpr std::uint64_t value() const { return state_; }

 private:
  static constexpr std::uint64_t load(char const* from, std::size_t count) {
    std::uint64_t word = 0;
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
      std::memcpy(&word, from, count);
      return word;
    }
    for (std::size_t i = 0; i < count; ++i)
      word |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    return word;
  }

  std::uint64_t state_ = 0x243f6a8885a308d3U;  // the first digits of pi: nothing up the sleeve
};

}  // namespace cxm::detail
