// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// A vector whose `resize` leaves plain values unwritten, for room that is filled by index right
/// after: no pass that first writes zeros over hundreds of megabytes, and no check for room at
/// every value. Plain are all types that can be copied as bytes, also those whose default
/// constructor writes, as that of a time point or of an optional.

namespace cxm::detail {

template <class Value>
struct unzeroed_allocator : std::allocator<Value> {
  template <class Other>
  struct rebind {
    using other = unzeroed_allocator<Other>;
  };
  unzeroed_allocator() = default;
  template <class Other>
  constexpr unzeroed_allocator(unzeroed_allocator<Other> const&) noexcept {}

  template <class Type>
  void construct(Type* at) {
    if constexpr (!std::is_trivially_copyable_v<Type>) std::construct_at(at);
  }
  template <class Type, class... Arguments>
  void construct(Type* at, Arguments&&... arguments) {
    std::construct_at(at, std::forward<Arguments>(arguments)...);
  }
};

template <class Value>
using unzeroed_vector = std::vector<Value, unzeroed_allocator<Value>>;

}  // namespace cxm::detail
