// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

/// \file
/// A lambda with captures can be copied but not assigned, and accumulators must be `std::copyable`.
/// `box` keeps a callable and assigns by destroying and copying anew. It takes no room for an empty
/// callable.

namespace cxm::detail {

template <class Callable>
class box {
 public:
  constexpr explicit box(Callable callable) : callable_(std::move(callable)) {}
  constexpr box(box const&) = default;
  constexpr box(box&&) = default;

  constexpr box& operator=(box const& other) {
    if constexpr (std::is_copy_assignable_v<Callable>) {
      callable_ = other.callable_;
    } else if (this != &other) {
      static_assert(
          std::is_nothrow_copy_constructible_v<Callable> ||
              std::is_nothrow_move_constructible_v<Callable>,
          "cxm: a callable that can't be assigned must at least be moved without throwing");
      Callable copy(other.callable_);
      std::destroy_at(std::addressof(callable_));
      std::construct_at(std::addressof(callable_), std::move(copy));
    }
    return *this;
  }

  constexpr Callable const& operator*() const { return callable_; }

 private:
  [[no_unique_address]] Callable callable_;
};

}  // namespace cxm::detail
