// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Chance for the story: SplitMix64 and whole-number arithmetic only, so that a seed tells the same
/// story with every compiler and standard library.

#include <cstddef>
#include <cstdint>

namespace story {

/// A stream of random numbers of its own for each seed, subject and purpose: what one customer does
/// never moves what another does.
class chance {
 public:
  chance(std::uint64_t seed, std::uint64_t subject, std::uint64_t purpose)
      : state_(mixed(seed + mixed(subject + mixed(purpose + 0x9E3779B97F4A7C15U)))) {}

  std::uint32_t word() {
    state_ += 0x9E3779B97F4A7C15U;
    return static_cast<std::uint32_t>(mixed(state_) >> 32U);
  }
  /// From 0 to `bound` - 1; the bias of 2^-32 · bound does not matter here.
  int below(int bound) {
    return static_cast<int>((std::uint64_t{word()} * static_cast<std::uint64_t>(bound)) >> 32U);
  }
  int between(int low, int high) { return low + below(high - low + 1); }
  bool happens(int in_a_thousand) { return below(1000) < in_a_thousand; }
  /// How many of `trials` happen.
  int count(int trials, int in_a_thousand) {
    int happened = 0;
    for (int i = 0; i < trials; ++i) happened += happens(in_a_thousand) ? 1 : 0;
    return happened;
  }
  /// A position of `weights`, which sum to `total`.
  template <std::size_t Size>
  int drawn_from(int const (&weights)[Size], int total) {
    int rest = below(total);
    int at = 0;
    while (rest >= weights[at]) rest -= weights[at++];
    return at;
  }

 private:
  static std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace story
