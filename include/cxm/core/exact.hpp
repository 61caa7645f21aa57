// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// A number that adds up exactly: an integer count of units in 128 bits, with the size of the unit
/// in its type. Sums, minima and moments of it do not depend on the order of the data, and a mean
/// is rounded once. It is made to be the sample type of other people's accumulators (with
/// Boost.Accumulators through cxm/adapt/exact_sample.hpp), whose states then merge exactly.
#include <cxm/core/error.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/merge_law.hpp>  // before the name below: g++ takes merge_law::exact for a shadow of it
#include <cxm/core/wide.hpp>
#include <cxm/fwd.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string_view>

namespace cxm {
/// The number `units / Denominator`: `basic_exact<100>` counts hundredths. Arithmetic that leaves
/// the 128 bits throws `std::invalid_argument`, it never wraps.
template <std::int64_t Denominator>
class basic_exact {
  static_assert(Denominator >= 1, "cxm::basic_exact: the denominator must be positive");

 public:
  static constexpr std::string_view type_name = "exact";
  static constexpr std::int64_t denominator = Denominator;

  constexpr basic_exact() noexcept = default;
  /// A whole number of ones (not of units), as an integer reads.
  template <std::integral Integer>
  constexpr basic_exact(Integer whole) : basic_exact(in_units(int128{whole})) {}
  /// A number of units: `basic_exact<100>::from_units(1999)` is 19.99.
  static constexpr basic_exact from_units(int128 units) noexcept {
    basic_exact result;
    result.units_ = units;
    return result;
  }

  constexpr int128 units() const noexcept { return units_; }
  /// The nearest double, ties to even.
  constexpr explicit operator double() const noexcept {
    return detail::divide_to_double(units_, static_cast<std::uint64_t>(Denominator));
  }

  constexpr basic_exact operator+() const noexcept { return *this; }
  constexpr basic_exact operator-() const { return basic_exact{} - *this; }
  constexpr basic_exact& operator+=(basic_exact other) {
    if (add_overflows(units_, other.units_, units_)) out_of_range();
    return *this;
  }
  constexpr basic_exact& operator-=(basic_exact other) {
    // a - b = ~(~a + b), and ~ keeps the range: so even the smallest number can be subtracted.
    int128 sum{};
    if (add_overflows(complement(units_), other.units_, sum)) out_of_range();
    units_ = complement(sum);
    return *this;
  }
  friend constexpr basic_exact operator+(basic_exact a, basic_exact b) { return a += b; }
  friend constexpr basic_exact operator-(basic_exact a, basic_exact b) { return a -= b; }
  /// For whole numbers only: the product of hundredths would be ten-thousandths.
  friend constexpr basic_exact operator*(basic_exact a, basic_exact b) requires(Denominator == 1) {
    if (multiply_overflows(a.units_, b.units_, a.units_)) out_of_range();
    return a;
  }
  constexpr basic_exact& operator*=(basic_exact other) requires(Denominator == 1) {
    return *this = *this * other;
  }
  /// The quotient by a count (not 0), rounded once to the nearest double: how a mean is finished.
  template <std::integral Count>
  friend constexpr double operator/(basic_exact sum, Count count) noexcept {
    auto const divisor = magnitude_of(int128{count}).low;
    auto const size =
        detail::ratio_to_double(detail::wide_unsigned<2>{magnitude_of(sum.units_)},
                                detail::wide_unsigned<2>{detail::multiply_words(
                                    divisor, static_cast<std::uint64_t>(Denominator))});
    return (sum.units_ < 0) != (count < Count{}) ? -size : size;
  }

  friend constexpr bool operator==(basic_exact a, basic_exact b) noexcept {
    return a.units_ == b.units_;
  }
  friend constexpr std::strong_ordering operator<=>(basic_exact a, basic_exact b) noexcept {
    if (a.units_ == b.units_) return std::strong_ordering::equal;
    return a.units_ < b.units_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("denominator", denominator);
    visit.state("units", self.units_);
  }

 private:
  [[noreturn]] static void out_of_range() {
    detail::refuse("cxm::exact: the result does not fit into 128 bits");
  }
  static constexpr int128 complement(int128 value) noexcept { return int128{-1} - value; }
  static constexpr basic_exact in_units(int128 whole) {
    basic_exact result;
    if (multiply_overflows(whole, int128{Denominator}, result.units_)) out_of_range();
    return result;
  }

  int128 units_ = 0;
};

/// An exact whole number: counts, ticks of time, minor units of money, scores.
using exact = basic_exact<1>;
}  // namespace cxm

/// What generic code asks of a number: Boost's minimum starts from `max()`, its maximum from
/// `min()`.
template <std::int64_t Denominator>
class std::numeric_limits<cxm::basic_exact<Denominator>> {
  using number = cxm::basic_exact<Denominator>;

 public:
  static constexpr bool is_specialized = true;
  static constexpr bool is_signed = true;
  static constexpr bool is_integer = Denominator == 1;
  static constexpr bool is_exact = true;
  static constexpr bool is_bounded = true;
  static constexpr bool is_modulo = false;
  static constexpr bool has_infinity = false;
  static constexpr bool has_quiet_NaN = false;
  static constexpr bool has_signaling_NaN = false;
  static constexpr int radix = 2;
  static constexpr int digits = 127;
  static constexpr int digits10 = 38;
  static constexpr number min() noexcept { return number::from_units(cxm::int128_min<>); }
  static constexpr number lowest() noexcept { return min(); }
  static constexpr number max() noexcept { return number::from_units(cxm::int128_max<>); }
  static constexpr number epsilon() noexcept { return {}; }
};
