// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>

#include <tuple>
#include <utility>

/// \file
/// Arguments without the policies that answer one question, for functions that keep an answer for
/// themselves and pass the others on.

namespace cxm::detail {

/// The arguments that don't answer `Kind`, as a tuple.
template <class Kind, class... Arguments>
constexpr auto without_answers(Arguments... arguments) {
  return std::tuple_cat([](auto argument) {
    if constexpr (answers<decltype(argument), Kind>)
      return std::tuple();
    else
      return std::tuple(std::move(argument));
  }(std::move(arguments))...);
}

}  // namespace cxm::detail
