// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Random numbers that are a function of (seed, stream, position): every replicate of a bootstrap
/// or restart of a fit has a stream of its own, so that the result depends neither on threads, nor
/// on the order of the work, nor on the standard library. Not for secrets. Source: Steele, Lea &
/// Flood, Fast Splittable Pseudorandom Number Generators (OOPSLA 2014).
#include <cxm/core/hash.hpp>
#include <cxm/core/int128.hpp>

#include <cstdint>

namespace cxm {
/// The question from which seed random numbers are drawn.
struct random_seed;

/// The seed of whatever is drawn at random: same seed, same result.
struct seed {
  using policy_kind = random_seed;
  std::uint64_t value = 1;
};

namespace detail {
/// A stream of random numbers, the `stream`-th of a seed.
class random_stream {
 public:
  constexpr random_stream(seed from, std::uint64_t stream) noexcept
      : state_(mix(mix(from.value + step) ^ (stream * step))) {}

  /// 64 random bits.
  constexpr std::uint64_t word() noexcept { return mix(state_ += step); }
  /// Above 0 and below 1, a multiple of 2^-53 plus 2^-54.
  constexpr double unit() noexcept { return (static_cast<double>(word() >> 11) + 0.5) * 0x1p-53; }
  /// One of 0, …, bound - 1, each equally probable (Lemire, ACM TOMACS 29, 2019); bound above 0.
  constexpr std::uint64_t below(std::uint64_t bound) noexcept {
    auto product = multiply_words(word(), bound);
    if (product.low < bound)
      for (std::uint64_t const least = (0 - bound) % bound; product.low < least;)
        product = multiply_words(word(), bound);
    return product.high;
  }

 private:
  static constexpr std::uint64_t step = 0x9e3779b97f4a7c15U;
  std::uint64_t state_;
};
}  // namespace detail
}  // namespace cxm
