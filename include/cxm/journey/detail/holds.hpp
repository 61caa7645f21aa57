// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <type_traits>

/// \file
/// A predicate is a field whose value is true or false; an empty optional is no.

namespace cxm::detail {

template <class Predicate, class In>
constexpr bool holds(Predicate const& predicate, In const& in) {
  auto const& value = cxm::read(predicate, in);
  if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>)
    return value && bool(*value);
  else
    return bool(value);
}

}  // namespace cxm::detail
