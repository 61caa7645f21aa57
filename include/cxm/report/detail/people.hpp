// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// How many people, answers or journeys stand behind a result: what a minimum n is asked of.

#include <cxm/core/codec.hpp>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <variant>

namespace cxm::detail {

template <class Type>
inline constexpr bool is_variant = false;
template <class... Types>
inline constexpr bool is_variant<std::variant<Types...>> = true;

template <class Result>
constexpr bool counts_people();

template <class Result>
inline constexpr bool counts_people_in_parts = false;
template <class... Parts>
inline constexpr bool counts_people_in_parts<std::tuple<Parts...>> = (counts_people<Parts>() ||
                                                                      ...);
template <class... Parts>
inline constexpr bool counts_people_in_parts<std::variant<Parts...>> = (counts_people<Parts>() &&
                                                                        ...);

/// Whether a result says how many are behind it.
template <class Result>
constexpr bool counts_people() {
  if constexpr (is_tuple<Result> || is_variant<Result>)
    return counts_people_in_parts<Result>;
  else
    return (std::is_integral_v<Result> && !std::is_same_v<Result, bool>) ||
           requires(Result const& result) {
      result.with_promise;
    }
  || requires(Result const& result) {
    result.journeys;
  }
  || requires(Result const& result) {
    std::uint64_t{result.n()};
  }
  || requires(Result const& result) {
    std::uint64_t{result.n};
  };
}

/// Of several parts the smallest number above 0, that of the part that says most of its people.
template <class Result>
std::uint64_t people_in(Result const& result) {
  if constexpr (is_variant<Result>) {
    return std::visit([](auto const& one) { return people_in(one); }, result);
  } else if constexpr (is_tuple<Result>) {
    std::uint64_t fewest = UINT64_MAX;
    auto const look = [&](auto const& part) {
      if constexpr (counts_people<std::remove_cvref_t<decltype(part)>>())
        if (std::uint64_t const people = people_in(part); people > 0)
          fewest = std::min(fewest, people);
    };
    std::apply([&](auto const&... part) { (look(part), ...); }, result);
    return fewest == UINT64_MAX ? 0 : fewest;
  } else if constexpr (std::is_integral_v<Result>) {
    return static_cast<std::uint64_t>(result);
  } else if constexpr (requires { result.with_promise; }) {
    return result.with_promise;
  } else if constexpr (requires { result.journeys; }) {
    return result.journeys;
  } else if constexpr (requires { result.n(); }) {
    return result.n();
  } else {
    return result.n;
  }
}

}  // namespace cxm::detail
