// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <new>
#include <utility>
#include <vector>

/// \file
/// A vector whose `resize` leaves numbers uninitialised, for columns that are written by index right after: no pass
/// that fills hundreds of megabytes with zeros, and no check for room at every value.

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
    ::new (static_cast<void*>(at)) Type;
  }
  template <class Type, class... Arguments>
  void construct(Type* at, Arguments&&... arguments) {
    std::construct_at(at, std::forward<Arguments>(arguments)...);
  }
};

template <class Value>
using unzeroed_vector = std::vector<Value, unzeroed_allocator<Value>>;

}  // namespace cxm::detail
