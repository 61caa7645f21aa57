// SPDX-License-Identifier: BSL-1.0
// Exact rational arithmetic for tests, by Boost.Multiprecision: slow, and written apart from cxm.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace oracle {
using integer = boost::multiprecision::cpp_int;

inline integer power_of_two(int exponent) {
  return integer{1} << static_cast<unsigned>(exponent);
}

/// numerator / denominator rounded to the nearest double, ties to even; the denominator positive.
inline double nearest(integer numerator, integer denominator) {
  if (numerator == 0) return 0.0;
  bool const negative = numerator < 0;
  if (negative) numerator = -numerator;
  int scale = static_cast<int>(msb(numerator)) - static_cast<int>(msb(denominator)) - 53;
  if (scale < -1074) scale = -1074;  // no finer grid exists
  for (;; ++scale) {
    integer const top = scale < 0 ? integer(numerator << static_cast<unsigned>(-scale)) : numerator;
    integer const bottom =
        scale > 0 ? integer(denominator << static_cast<unsigned>(scale)) : denominator;
    integer quotient = top / bottom;
    integer const twice = (top - quotient * bottom) * 2;
    if (twice > bottom || (twice == bottom && (quotient & 1) != 0)) ++quotient;
    if (quotient > power_of_two(53)) continue;  // one bit too many: round again on a coarser grid
    double const size =
        std::ldexp(static_cast<double>(static_cast<std::uint64_t>(quotient)), scale);
    return negative ? -size : size;
  }
}

/// value * 2^1074, an integer for every finite double.
inline integer units(double value) {
  int exponent = 0;
  double const fraction = std::frexp(value, &exponent);
  auto const whole = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  int const shift = exponent - 53 + 1074;
  // A subnormal has fewer bits: the shift to the right drops zeros only.
  return shift >= 0 ? integer(integer{whole} * power_of_two(shift))
                    : integer(integer{whole} / power_of_two(-shift));
}
}  // namespace oracle
