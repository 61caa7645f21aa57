// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

/// \file
/// `moments()`: mean and variance of whole numbers and durations, from exact sums. Σx is kept in
/// 128 bits and Σx² in 192, which 2⁶³ values of 64 bits can't overflow; mean and variance are
/// rounded once, when they are asked for. So the result is the same for any order, and the variance
/// of equal values is exactly 0. For doubles take `exact_moments()`.

namespace cxm {

/// What `moments` found. `Real` is double, or a duration of double where durations were counted.
template <class Real>
struct moments_summary {
  std::uint64_t n = 0;        ///< values counted
  std::uint64_t missing = 0;  ///< events without an answer
  std::uint64_t invalid = 0;  ///< unsigned values above 2⁶³−1
  maybe<Real> mean = reason::no_data;
  maybe<double> variance = reason::no_data;  ///< sample variance (divides by n−1), in squared units
  maybe<Real> deviation = reason::no_data;  ///< its square root
};

/// Exact sums of whole numbers. Made by `moments`; `Value` is void until the plan is bound.
template <class Value>
class moment_sums {
 public:
  static constexpr std::string_view type_name = "moments";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  /// O(1), no branch but for missing values.
  template <class In>
  constexpr void add(In const& in) {
    using value = detail::answered_t<In>;
    static_assert(detail::whole_number<value>(),
                  "cxm::moments: counts whole numbers and durations of whole ticks; for doubles "
                  "use exact_moments()");
    static_assert(detail::is_duration<value> == detail::is_duration<Value> &&
                      detail::unit_of<value>() == detail::unit_of<Value>(),
                  "cxm::moments: the plan is not bound to durations of this unit; "
                  "cxm::bind<event>(plan) does it");
    if constexpr (detail::whole_number<value>())
      detail::if_answered(
          in, [&](auto const& answer) { add_answer(answer); }, [&] { ++missing_; });
  }
  /// Counts many values. Refuses more than 2^63 of them, and then counts none.
  template <class Rows>
  constexpr void add_many(Rows const& rows) {
    detail::require_fit(detail::counts_fit(n_, rows.size()) &&
                        detail::counts_fit(missing_, rows.size()) &&
                        detail::counts_fit(invalid_, rows.size()));
    auto const view = rows;
    auto next = *this;  // where the sums stay in registers
    for (std::size_t i = 0; i < view.size(); ++i) next.add(view[i]);
    *this = next;
  }
  /// The inverse of `add`. Sums do not know their terms: a value that was never added is refused
  /// where the state would become one that no values have.
  template <class In>
  constexpr void remove(In const& in) {
    static_assert(detail::whole_number<detail::answered_t<In>>(),
                  "cxm::moments: counts whole numbers and durations of whole ticks; for doubles "
                  "use exact_moments()");
    detail::if_answered(
        in, [&](auto const& answer) { remove_answer(answer); }, [&] { detail::uncount(missing_); });
  }
  constexpr void merge(moment_sums const& other) {
    detail::require_fit(detail::counts_fit(n_, other.n_) &&
                        detail::counts_fit(missing_, other.missing_) &&
                        detail::counts_fit(invalid_, other.invalid_));
    n_ += other.n_;
    missing_ += other.missing_;
    invalid_ += other.invalid_;
    sum_ += other.sum_;
    squares_.add(other.squares_);
  }
  auto result() const {
    using real = detail::real_t<Value>;
    moments_summary<real> found{n_, missing_, invalid_};
    if (n_ == 0) return found;
    found.mean = real(detail::divide_to_double(sum_, n_));
    found.variance =
        n_ == 1 ? maybe<double>(reason::degenerate) : detail::sample_variance(n_, sum_, squares_);
    found.deviation =
        found.variance.transform([](double variance) { return real(std::sqrt(variance)); });
    return found;
  }
  /// The exact sum, in ticks.
  constexpr int128 sum() const { return sum_; }

  constexpr bool empty() const { return n_ == 0 && missing_ == 0 && invalid_ == 0; }
  /// What `add` keeps: no values have no sums, and by Cauchy and Schwarz n·Σx² ≥ (Σx)², with
  /// equality for one.
  constexpr bool valid() const {
    detail::wide_unsigned<2> const size{magnitude_of(sum_)};
    auto const spread = squares_ * detail::wide_unsigned<1>{n_};
    auto const square = size * size;
    if (n_ > INT64_MAX) return false;
    return n_ <= 1 ? spread == square && (n_ == 1 || (size.is_zero() && squares_.is_zero()))
                   : spread >= square;
  }

  template <class In>
  constexpr auto bound_to() const {
    if constexpr (std::same_as<Value, detail::answered_t<In>>)
      return *this;  // with all that it has counted
    else
      return moment_sums<detail::answered_t<In>>();
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("unit", detail::unit_of<Value>());
    visit.state("n", self.n_);
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    visit.state("sum", self.sum_);
    visit.state("squares", self.squares_.words);
  }

 private:
  template <class Answer>
  constexpr void add_answer(Answer answer) {
    bool fits = true;
    std::int64_t const ticks = detail::ticks_of(answer, fits);
    if (!fits) {
      ++invalid_;
      return;
    }
    ++n_;
    sum_ += ticks;
    squares_.add(detail::square_of(ticks));
  }
  template <class Answer>
  constexpr void remove_answer(Answer answer) {
    bool fits = true;
    std::int64_t const ticks = detail::ticks_of(answer, fits);
    if (!fits) return detail::uncount(invalid_);
    auto next = *this;
    detail::uncount(next.n_);
    next.sum_ -= ticks;
    bool const borrowed = next.squares_.subtract(detail::square_sum(detail::square_of(ticks))) != 0;
    detail::require_counted(!borrowed && next.valid());
    *this = next;
  }

  std::uint64_t n_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
  int128 sum_ = 0;
  detail::square_sum squares_;
};

/// Mean, variance and deviation of whole numbers or durations. 64 bytes.
constexpr moment_sums<void> moments() {
  return {};
}

}  // namespace cxm
