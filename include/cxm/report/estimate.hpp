// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What reports need of a score, whichever it is: the number in its unit, its interval, and the
/// answers behind it. `estimate_of` reads it off a score, a share, or the first of several results
/// that has one. A type of one's own takes part by a member `cxm::estimate as_estimate() const`.

#include <cxm/core/codec.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/unit.hpp>
#include <cxm/report/detail/people.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace cxm {

/// A number on its way to paper. The value is in the unit of the result (shares 0 to 1).
struct figure {
  maybe<double> value = reason::no_data;
  unit in = unit::number;
  int decimals = 0;  ///< as shown; of percent for shares; lengths of time choose their own

  static figure count(std::uint64_t n) { return {static_cast<double>(n), unit::count, 0}; }
  friend bool operator==(figure const&, figure const&) = default;
};

/// A score for reports.
struct estimate {
  std::uint64_t n = 0;
  std::uint64_t missing = 0;
  std::uint64_t invalid = 0;
  maybe<double> value = reason::no_data;
  maybe<double> low = reason::no_data;
  maybe<double> high = reason::no_data;
  unit in = unit::number;
  int decimals = 2;
  std::string_view method{};  ///< of the interval; empty where it does not say
  confidence level{};
  std::uint64_t unanswered = 0;  ///< of n, those that a denominator counts without an answer

  figure as_value() const { return {value, in, decimals}; }
  figure as_low() const { return {low, in, decimals}; }
  figure as_high() const { return {high, in, decimals}; }
};

namespace detail {

template <class Result>
concept has_interval = requires(Result const& result) {
  result.value;
  result.interval;
  result.n;
};

template <class Result>
constexpr bool gives_estimate();
template <class Result>
inline constexpr bool gives_estimate_in_parts = false;
template <class... Parts>
inline constexpr bool gives_estimate_in_parts<std::tuple<Parts...>> = (gives_estimate<Parts>() ||
                                                                       ...);
template <class... Parts>
inline constexpr bool gives_estimate_in_parts<std::variant<Parts...>> = (gives_estimate<Parts>() &&
                                                                         ...);
template <class Result>
constexpr bool gives_estimate() {
  return std::is_same_v<Result, estimate> || has_interval<Result> ||
         gives_estimate_in_parts<Result> || requires(Result const& result) {
    estimate{result.as_estimate()};
  };
}

/// A net of bands, in points.
template <class Result>
concept is_banded = std::is_base_of_v<score, Result> && requires(Result const& result) {
  result.bands;
  result.good;
  result.bad;
};

/// The score that says in what a result is counted: itself, or what it was made of.
template <class Result>
struct counted_as {
  using type = Result;
};
template <class Result>
requires requires {
  typename Result::score_type;
}
struct counted_as<Result> {
  using type = typename Result::score_type;
};

template <class Result>
estimate read_estimate(Result const& result) {
  using score_type = typename counted_as<Result>::type;
  estimate found{.n = result.n, .value = result.value};
  if constexpr (requires { result.missing; }) found.missing = result.missing;
  if constexpr (requires { result.invalid; }) found.invalid = result.invalid;
  if constexpr (requires { result.unanswered; }) found.unanswered = result.unanswered;
  found.low = result.interval.transform([](auto const& ends) { return ends.low; });
  found.high = result.interval.transform([](auto const& ends) { return ends.high; });
  if constexpr (requires { result.interval->method; }) {
    if (result.interval) {
      found.method = result.interval->method;
      found.level = result.interval->level;
    }
  }
  if constexpr (std::is_base_of_v<nps_score, score_type> || is_banded<score_type>) {
    found.in = unit::points;
    found.decimals = 0;
  } else if constexpr (std::is_base_of_v<csat_score, score_type> ||
                       std::is_base_of_v<share, score_type>) {
    found.in = unit::share;
    found.decimals = 0;
  }
  return found;
}

}  // namespace detail

/// The estimate of a result.
template <class Result>
estimate estimate_of(Result const& result) {
  static_assert(detail::gives_estimate<Result>(),
                "cxm::estimate_of: needs a score or a share, or several results with one of them");
  if constexpr (std::is_same_v<Result, estimate>) {
    return result;
  } else if constexpr (requires { estimate{result.as_estimate()}; }) {
    return result.as_estimate();
  } else if constexpr (detail::is_variant<Result>) {
    return std::visit([](auto const& one) { return estimate_of(one); }, result);
  } else if constexpr (detail::is_tuple<Result>) {
    auto const first = []<class First, class... Rest>(auto const& self, First const& one,
                                                      Rest const&... rest) -> estimate {
      if constexpr (detail::gives_estimate<First>())
        return estimate_of(one);
      else
        return self(self, rest...);
    };
    return std::apply([&](auto const&... part) { return first(first, part...); }, result);
  } else if constexpr (detail::has_interval<Result>) {
    return detail::read_estimate(result);
  } else {
    return {};
  }
}

}  // namespace cxm
