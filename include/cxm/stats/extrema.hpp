// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

/// \file
/// `extrema()`: the smallest and the largest value of anything that is ordered: numbers, durations,
/// times.

namespace cxm {

/// What `extrema` found.
template <class Value>
struct extrema_summary {
  std::uint64_t n = 0;        ///< values seen
  std::uint64_t missing = 0;  ///< events without an answer
  std::uint64_t invalid = 0;  ///< NaN and infinities
  maybe<Value> min = reason::no_data;
  maybe<Value> max = reason::no_data;
};

/// What has a smallest and a largest value.
template <class Value>
concept extrema_value = std::is_arithmetic_v<Value> || std::is_enum_v<Value> ||
    detail::is_duration<Value> || detail::is_time_point<Value>;

/// Smallest and largest value. Made by `extrema`; `Value` is void until the plan is bound.
template <class Value>
class smallest_and_largest {
  static constexpr bool open = std::is_void_v<Value>;
  using value_type = std::conditional_t<open, std::int64_t, Value>;

 public:
  static constexpr std::string_view type_name = "extrema";
  static constexpr merge_law merges = merge_law::exact;

  template <class In>
  constexpr void add(In const& in) {
    static_assert(
        !open,
        "cxm::extrema: the type of the events is not known yet; cxm::bind<event>(plan) fixes it");
    static_assert(
        open || extrema_value<detail::answered_t<In>>,
        "cxm::extrema: a value is a number, an enum, a duration, a time, or std::optional of one");
    detail::if_answered(
        in, [&](auto const& answer) { add_answer(answer); }, [&] { ++missing_; });
  }
  constexpr void merge(smallest_and_largest const& other) {
    detail::require_fit(detail::counts_fit(n_, other.n_) &&
                        detail::counts_fit(missing_, other.missing_) &&
                        detail::counts_fit(invalid_, other.invalid_));
    n_ += other.n_;
    missing_ += other.missing_;
    invalid_ += other.invalid_;
    if (other.min_) widen(*other.min_);
    if (other.max_) widen(*other.max_);
  }
  constexpr auto result() const {
    extrema_summary<value_type> found{n_, missing_, invalid_};
    if (min_) found.min = *min_;
    if (max_) found.max = *max_;
    return found;
  }
  constexpr bool valid() const {
    if (min_.has_value() != (n_ > 0) || max_.has_value() != (n_ > 0)) return false;
    if (n_ == 0) return true;
    return detail::is_canonical(*min_) && detail::is_canonical(*max_) &&
           (n_ == 1 ? !(*min_ < *max_) && !(*max_ < *min_) : !(*max_ < *min_));
  }

  template <class In>
  constexpr auto bound_to() const {
    if constexpr (std::same_as<Value, detail::answered_t<In>>)
      return *this;  // with all that it has counted
    else
      return smallest_and_largest<detail::answered_t<In>>();
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("n", self.n_);
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    visit.state("min", self.min_);
    visit.state("max", self.max_);
  }

 private:
  constexpr void add_answer(value_type const& answer) {
    if (!detail::is_finite_value(answer)) {
      ++invalid_;
      return;
    }
    widen(detail::without_negative_zero(answer));
    ++n_;
  }
  constexpr void widen(value_type const& value) {
    if (!min_ || value < *min_) min_ = value;
    if (!max_ || *max_ < value) max_ = value;
  }

  std::uint64_t n_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
  std::optional<value_type> min_;
  std::optional<value_type> max_;
};

/// The smallest and the largest value.
constexpr smallest_and_largest<void> extrema() {
  return {};
}

}  // namespace cxm
