// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// The one place where an exact number becomes a double: round to nearest, ties to even, done with
/// integers only, so that neither the rounding mode nor -ffast-math nor FMA can change a bit.
#include <bit>
#include <cstdint>
#include <limits>

namespace cxm::detail {
/// The double nearest to `(top + f) * 2^exponent`, where `f` is 0 if `more` is false and some
/// fraction in (0, 1) otherwise. Subnormals are right; too large gives infinity. If `more` is true
/// then `top` must have its highest bit set (else there are too few bits to round with).
constexpr double round_to_double(std::uint64_t top, bool more, int exponent) noexcept {
  if (top == 0) return 0.0;
  int const lead = std::countl_zero(top);
  top <<= lead;
  exponent -= lead;
  if (exponent > 1023 - 63) return std::numeric_limits<double>::infinity();
  // 64 significant bits come in, 53 fit; a number below 2^-1022 keeps fewer.
  int dropped = 11;
  if (exponent + dropped < -1074) dropped = -1074 - exponent;
  if (dropped > 64) return 0.0;
  std::uint64_t const kept = dropped == 64 ? 0 : top >> dropped;
  std::uint64_t const rest = dropped == 64 ? top : top << (64 - dropped);
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  bool const up = rest > half || (rest == half && (more || (kept & 1) != 0));
  // A biased exponent added to the significand lets the carry of rounding flow into the exponent.
  int const biased = exponent + dropped + 1074;
  std::uint64_t bits = kept + (up ? 1 : 0);
  if (kept >> 52 != 0) bits += static_cast<std::uint64_t>(biased) << 52;
  return std::bit_cast<double>(bits);
}
}  // namespace cxm::detail
