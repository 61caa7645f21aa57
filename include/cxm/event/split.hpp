// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/event/reads_through.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// `split{&contact::cost, shared_by}`: an amount that belongs to several cases, divided among them.
/// An event that goes into k journeys brings 1/k of its cost into each, so that costs add up to
/// what was paid. For `exact_moments()`, which adds doubles without error.

namespace cxm {

/// The value of `amount` divided by the value of `parts`, as a double; empty where the amount is an
/// empty optional, or the parts are none.
template <class Amount, class Parts>
struct split : reads_through {
  Amount amount;
  Parts parts;

  constexpr split(Amount whole, Parts among) : amount(std::move(whole)), parts(std::move(among)) {}
  constexpr std::string_view name() const { return name_of(amount); }

  template <class In>
  constexpr std::optional<double> operator()(In const& in) const {
    auto const among = cxm::read(parts, in);
    auto const& whole = cxm::read(amount, in);
    if (among == 0) return std::nullopt;
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(whole)>>) {
      if (!whole) return std::nullopt;
      return static_cast<double>(*whole) / static_cast<double>(among);
    } else {
      return static_cast<double>(whole) / static_cast<double>(among);
    }
  }
};
template <class Amount, class Parts>
split(Amount, Parts) -> split<Amount, Parts>;

}  // namespace cxm
