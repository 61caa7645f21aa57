// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Random numbers that are the same on every machine: a counter-based stream (splitmix64's finish
/// over seed, stream and position), whole numbers without bias, and doubles of 53 bits. The
/// distributions of the standard library differ between its implementations, so none is used.
#include <cxm/core/error.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/core/int128.hpp>

#include <cstdint>

namespace cxm {

/// The question where randomness comes from.
struct random_seed;

/// The seed of whatever draws at random: `seed{7}`. The same seed gives the same result, on every
/// machine and compiler.
struct seed {
  using policy_kind = random_seed;
  std::uint64_t value = 1;
};

/// A stream of random numbers. Streams of one seed are independent: give each restart, replicate
/// or thread a stream of its own, and the result does not depend on who draws first.
class random_stream {
 public:
  constexpr explicit random_stream(seed from, std::uint64_t stream = 0) noexcept
      : state_(detail::mix(detail::mix(from.value + step) + stream * step)) {}

  /// 64 random bits.
  constexpr std::uint64_t next() noexcept { return detail::mix(state_ += step); }

  /// Uniform in [0, 1), a multiple of 2^-53.
  constexpr double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1p-53; }

  /// A whole number below `bound`, each equally likely (D. Lemire, "Fast random integer generation
  /// in an interval", 2019). Throws `std::invalid_argument` for 0.
  constexpr std::uint64_t below(std::uint64_t bound) {
    if (bound == 0) detail::refuse("cxm::random_stream: there is no number below 0");
    std::uint64_t const uneven = (0 - bound) % bound;  // as many low words would be drawn too often
    for (;;) {
      auto const [low, high] = detail::multiply_words(next(), bound);
      if (low >= uneven) return high;
    }
  }

 private:
  static constexpr std::uint64_t step = 0x9e3779b97f4a7c15U;  // 2^64 over the golden ratio
  std::uint64_t state_;
};

}  // namespace cxm
