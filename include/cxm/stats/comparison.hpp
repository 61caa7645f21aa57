// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// What a comparison of two estimates says, whatever is compared: shares, nets, means or ranks. And
/// the way from any interval of one estimate to an interval of a difference, Newcombe's
/// square-and-add
/// ("MOVER"), so that every interval method of the library also compares.
/// Sources: Newcombe, Statistics in Medicine 17 (1998); Zou & Donner, same journal 27 (2008).
#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/unit.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/normal.hpp>
#include <cxm/stats/students_t.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cxm {
/// A difference, first minus second, with its interval and the two-sided test that there is none.
/// Interval and test may disagree where p is near 1 - confidence: they are built on different
/// approximations. The verdict is that of the interval, whose level was checked.
struct comparison {
  std::uint64_t first_n = 0;
  std::uint64_t second_n = 0;
  maybe<double> value = reason::no_data;
  maybe<double> standard_error = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;
  maybe<double> statistic = reason::no_data;  ///< z, or t where there are degrees of freedom
  maybe<double> degrees_of_freedom = reason::no_data;
  maybe<double> p = reason::no_data;
  std::string_view quantity{};  ///< what is compared, as "NPS"
  std::string_view test{};      ///< whose p it is, as "Welch's t"
  unit in = unit::number;       ///< of value, standard error and interval
  /// True when there is an interval and it excludes 0.
  bool significant() const { return interval.has_value() && !interval->contains(0); }
};

namespace detail {
/// P(|Z| >= |z|).
inline double two_sided(double z) noexcept {
  return 2 * normal_survival(std::abs(z));
}
inline double two_sided(double t, double df) {
  return 2 * students_t_survival(std::abs(t), df);
}

/// Fills in the normal test of a difference with its standard error under the null hypothesis.
inline void test_by_z(comparison& found, double difference, double error) {
  found.degrees_of_freedom = reason::degenerate;
  if (!(error > 0)) {
    found.statistic = found.p = reason::degenerate;
    return;
  }
  found.statistic = difference / error;
  found.p = two_sided(difference / error);
}

/// Everything withheld for one reason; the counts stay.
inline comparison without(comparison found, reason why) {
  found.value = found.standard_error = found.statistic = found.degrees_of_freedom = found.p = why;
  found.interval = why;
  return found;
}

/// An estimate with its interval before clipping.
struct one_sample {
  double value;
  interval ends;
};

/// The interval of the difference of two independent estimates from the interval of each: the lower
/// end pairs the worst of the first with the best of the second, and distances add as squares.
inline interval square_and_add(one_sample const& first, one_sample const& second) noexcept {
  double const difference = first.value - second.value;
  return {difference - std::hypot(first.value - first.ends.low, second.ends.high - second.value),
          difference + std::hypot(first.ends.high - first.value, second.value - second.ends.low)};
}
/// An interval of a difference that was made of those of `Method`, as a method.
template <class Method>
struct squared_and_added {
  static constexpr auto text = [] {
    constexpr std::string_view prefix = "square-and-add of ";
    constexpr std::string_view inner = method_name<Method>();
    std::array<char, prefix.size() + inner.size()> joined{};
    for (std::size_t i = 0; i < joined.size(); ++i)
      joined[i] = i < prefix.size() ? prefix[i] : inner[i - prefix.size()];
    return joined;
  }();
  static constexpr std::string_view name{
      text.data(), method_name<Method>().empty() ? text.size() - 4 : text.size()};
};
template <class Method>
maybe<bounded_interval> square_and_add(double first, maybe<bounded_interval> const& a,
                                       double second, maybe<bounded_interval> const& b,
                                       interval range, confidence level) {
  if (!a) return a.why();
  if (!b) return b.why();
  return made_by<squared_and_added<Method>>(
      level, clip(square_and_add(one_sample{first, *a}, one_sample{second, *b}), range));
}
}  // namespace detail
}  // namespace cxm
