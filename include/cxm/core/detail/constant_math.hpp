// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Square root, logarithm and exponential that may stand in constant expressions, so that a score
/// and its interval can be checked by static_assert. At run time they are those of the standard
/// library; the square root is the same to the last bit, the others within about an ulp.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace cxm::detail {
namespace constant {

/// |x| as `fraction · 2^exponent` with 1 <= fraction < 2; x is finite and not 0.
struct split_number {
  double fraction;
  int exponent;
};
constexpr split_number split(double x) noexcept {
  int shift = 0;
  if (x < std::numeric_limits<double>::min()) {  // subnormal
    x *= 0x1p54;
    shift = 54;
  }
  auto const bits = std::bit_cast<std::uint64_t>(x);
  constexpr std::uint64_t mantissa = (std::uint64_t{1} << 52) - 1;
  return {std::bit_cast<double>((bits & mantissa) | (std::uint64_t{1023} << 52)),
          static_cast<int>(bits >> 52) - 1023 - shift};
}
/// x · 2^exponent for an x near 1, rounded once.
constexpr double scale(double x, int exponent) noexcept {
  for (; exponent > 1000; exponent -= 1000) x *= 0x1p1000;
  for (; exponent < -1000; exponent += 960) x *= 0x1p-960;
  return x * std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

/// Digit by digit: 54 bits of the root, the last of them and what is left over round it.
constexpr double square_root(double x) noexcept {
  if (!(x > 0) || x > std::numeric_limits<double>::max())
    return x < 0 ? std::numeric_limits<double>::quiet_NaN() : x;
  auto [fraction, exponent] = split(x);
  auto digits = static_cast<std::uint64_t>(fraction * 0x1p52);
  if (exponent % 2 != 0) {
    digits *= 2;
    --exponent;
  }
  std::uint64_t root = 0, rest = 0;
  for (int bit = 0; bit < 54; ++bit) {
    int const place = 52 - 2 * bit;  // of the next two binary digits
    rest = rest * 4 + (place >= 0 ? (digits >> place) & 3 : 0);
    root *= 2;
    if (rest > 2 * root) rest -= 2 * root + 1, ++root;
  }
  // The 54th bit is a half, and a root is never exactly between two doubles.
  return scale(static_cast<double>((root + 1) / 2) * 0x1p-52, exponent / 2);
}

constexpr double logarithm(double x) noexcept {
  if (!(x > 0))
    return x < 0 ? std::numeric_limits<double>::quiet_NaN()
                 : -std::numeric_limits<double>::infinity();
  if (x > std::numeric_limits<double>::max()) return x;
  auto [fraction, exponent] = split(x);
  if (fraction > 1.4142135623730951) {
    fraction /= 2;
    ++exponent;
  }
  // log f = 2 artanh s with s = (f - 1) / (f + 1), |s| < 0.172.
  double const s = (fraction - 1) / (fraction + 1);
  double series = 0;
  for (int k = 25; k >= 3; k -= 2) series = (series + 1.0 / k) * s * s;
  double const times = exponent;
  constexpr double two_high = 0x1.62e42fee00000p-1, two_low = 0x1.a39ef35793c76p-33;  // log 2
  return times * two_high + (2 * s + (2 * s * series + times * two_low));
}

constexpr double exponential(double x) noexcept {
  if (x != x) return x;
  if (x > 709.79) return std::numeric_limits<double>::infinity();
  if (x < -745.2) return 0;
  auto const twos = static_cast<int>(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
  double const rest = (x - twos * 0x1.62e42fee00000p-1) - twos * 0x1.a39ef35793c76p-33;
  double series = 1;
  for (int k = 20; k >= 1; --k) series = 1 + series * rest / k;
  return scale(series, twos);
}

/// a · b + c, rounded twice, but with the exact product: what is asked of it is a small rest.
constexpr double product_plus(double a, double b, double c) noexcept {
  constexpr double splitter = 0x1p27 + 1;
  double const a_high = a * splitter - (a * splitter - a), a_low = a - a_high;
  double const b_high = b * splitter - (b * splitter - b), b_low = b - b_high;
  double const product = a * b;
  double const rest =
      ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
  return (product + c) + rest;
}
}  // namespace constant

constexpr double square_root(double x) noexcept {
  return std::is_constant_evaluated() ? constant::square_root(x) : std::sqrt(x);
}
constexpr double logarithm(double x) noexcept {
  return std::is_constant_evaluated() ? constant::logarithm(x) : std::log(x);
}
constexpr double exponential(double x) noexcept {
  return std::is_constant_evaluated() ? constant::exponential(x) : std::exp(x);
}
/// base to the power of exponent, base above 0.
constexpr double power_of(double base, double exponent) noexcept {
  return std::is_constant_evaluated() ? constant::exponential(exponent * constant::logarithm(base))
                                      : std::pow(base, exponent);
}
constexpr double multiply_add(double a, double b, double c) noexcept {
  return std::is_constant_evaluated() ? constant::product_plus(a, b, c) : std::fma(a, b, c);
}
/// log(1 + x) and exp(x) - 1, near 0 too; Kahan's way where they stand in constant expressions.
constexpr double logarithm_1p(double x) noexcept {
  if (!std::is_constant_evaluated()) return std::log1p(x);
  double const sum = 1 + x;
  return sum == 1 ? x : constant::logarithm(sum) * (x / (sum - 1));
}
constexpr double exponential_m1(double x) noexcept {
  if (!std::is_constant_evaluated()) return std::expm1(x);
  double const power = constant::exponential(x);
  if (power == 1 || power == 0 || power > std::numeric_limits<double>::max())
    return power == 1 ? x : power - 1;
  return (power - 1) * (x / constant::logarithm(power));
}
constexpr double absolute(double x) noexcept {
  return x < 0 ? -x : x;
}
}  // namespace cxm::detail
