// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Mean and variance of doubles from exact sums of x and x², rounded once: correct to the last
/// digit however ill-conditioned the data, and the same bytes for every order and partition.
/// For integers (scores, durations in ticks, minor units of money) `moments` is smaller and faster.
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <cmath>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace cxm {
/// What `exact_moments` finds. The variance divides by n - 1 (`degenerate` for n = 1).
struct exact_moments_result {
  std::uint64_t n = 0;        ///< finite values, the only ones that enter the moments
  std::uint64_t missing = 0;  ///< empty optionals
  std::uint64_t invalid = 0;  ///< infinities and NaNs
  maybe<double> sum = reason::no_data;
  maybe<double> mean = reason::no_data;
  maybe<double> variance = reason::no_data;
  maybe<double> deviation = reason::no_data;  ///< the square root of the variance
};

/// The accumulator made by `exact_moments()`. 848 bytes; an `add` takes about 7 ns.
class exact_moments_accumulator {
 public:
  static constexpr std::string_view type_name = "exact_moments";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  /// Any number, or an optional of one.
  template <class In>
  constexpr void add(In const& in) noexcept {
    detail::if_answered(
        in, [&](auto const& value) { add_number(number(value)); }, [&] { ++missing_; });
  }
  /// The inverse of `add`, for windows and erasure. Sums do not know their terms: a number that was
  /// never added is refused where none are left or the squares would be negative.
  template <class In>
  constexpr void remove(In const& in) {
    detail::if_answered(
        in, [&](auto const& value) { remove_number(number(value)); },
        [&] { detail::uncount(missing_); });
  }

  constexpr void merge(exact_moments_accumulator const& other) {
    std::uint64_t const most = UINT64_MAX;
    if (other.n_ > most - n_ || other.missing_ > most - missing_ ||
        other.invalid_ > most - invalid_) {
      detail::refuse("cxm::exact_moments::merge: more than 2^64 values");
    }
    auto sum = sum_;
    sum.merge(other.sum_);
    squares_.merge(other.squares_);  // throws before anything of this state has changed
    sum_ = sum;
    n_ += other.n_;
    missing_ += other.missing_;
    invalid_ += other.invalid_;
  }

  /// How many finite values were counted.
  constexpr std::uint64_t n() const noexcept { return n_; }
  exact_moments_result result() const noexcept {
    exact_moments_result found{.n = n_, .missing = missing_, .invalid = invalid_};
    if (n_ == 0) return found;
    found.sum = sum_.value();
    found.mean = mean();
    found.variance = variance();
    found.deviation = found.variance;
    if (found.variance.has_value()) found.deviation = std::sqrt(*found.variance);
    return found;
  }

  constexpr bool empty() const noexcept { return n_ == 0 && missing_ == 0 && invalid_ == 0; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("n", self.n_);
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    visit.state("sum", self.sum_);
    visit.state("squares", self.squares_);
  }
  /// What `add` and `merge` guarantee: a sum of squares is not negative, no numbers have no sum,
  /// and (Cauchy–Schwarz) the spread `n * squares - sum²` is not negative, for n = 1 it is 0.
  constexpr bool valid() const noexcept {
    if (squares_.negative() || sum_.non_finite() != 0 || squares_.non_finite() != 0) return false;
    if (n_ == 0) return sum_.magnitude().is_zero() && squares_.magnitude().is_zero();
    auto const terms = spread_terms::of(*this);
    return n_ == 1 ? terms.squares == terms.sum : terms.squares >= terms.sum;
  }
  friend constexpr bool operator==(exact_moments_accumulator const&,
                                   exact_moments_accumulator const&) = default;

 private:
  template <class Value>
  static constexpr double number(Value const& value) noexcept {
    static_assert(std::is_arithmetic_v<Value>,
                  "cxm::exact_moments: counts numbers; for durations take moments()");
    return static_cast<double>(value);
  }
  constexpr void add_number(double value) noexcept {
    if (detail::is_finite(value)) {
      ++n_;
      sum_.add(value);
      squares_.add_product(value, value);
    } else {
      ++invalid_;
    }
  }
  constexpr void remove_number(double value) {
    if (!detail::is_finite(value)) return detail::uncount(invalid_);
    detail::uncount(n_);
    sum_.subtract(value);
    squares_.subtract_product(value, value);
    bool const left_over =
        n_ == 0 && !(sum_.magnitude().is_zero() && squares_.magnitude().is_zero());
    if (!left_over && !squares_.negative()) return;
    add_number(value);
    detail::require_counted(false);
  }

  // n * squares and sum², both in units of 2^-2148.
  struct spread_terms {
    detail::wide_unsigned<68> squares;
    detail::wide_unsigned<68> sum;
    static constexpr spread_terms of(exact_moments_accumulator const& self) noexcept {
      auto const size = self.sum_.magnitude();
      return {self.squares_.magnitude() * detail::wide_unsigned<1>{self.n_}, size * size};
    }
  };

  constexpr maybe<double> mean() const noexcept {
    double const size = detail::ratio_to_double(sum_.magnitude(), detail::wide_unsigned<1>{n_},
                                                exact_sum::lowest_exponent);
    return sum_.negative() ? -size : size;
  }
  constexpr maybe<double> variance() const noexcept {
    if (n_ == 1) return reason::degenerate;
    auto terms = spread_terms::of(*this);
    terms.squares -= terms.sum;
    auto const divisor = detail::wide_unsigned<1>{n_} * detail::wide_unsigned<1>{n_ - 1};
    double const found =
        detail::ratio_to_double(terms.squares, divisor, exact_product_sum::lowest_exponent);
    if (!detail::is_finite(found)) return reason::overflow;
    return found;
  }

  std::uint64_t n_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
  exact_sum sum_;
  exact_product_sum squares_;
};

/// Exact mean and variance of doubles: `on(&order::value, exact_moments())`.
constexpr exact_moments_accumulator exact_moments() noexcept {
  return {};
}
}  // namespace cxm
