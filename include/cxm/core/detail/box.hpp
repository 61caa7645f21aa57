// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// A lambda with captures can be copied but not assigned, and accumulators must be `std::copyable`.
/// `box` keeps a callable and assigns by destroying and copying anew. It takes no room for an empty
/// callable.

namespace cxm::detail {

template <class Callable>
class box {
  static constexpr bool assignable = std::is_copy_assignable_v<Callable>;
  // std::construct_at would do it in place; <memory> costs a fifth of what survey.hpp does.
  using held = std::conditional_t<assignable, Callable, std::optional<Callable>>;

 public:
  constexpr explicit box(Callable callable) : held_(std::move(callable)) {}
  constexpr box(box const&) = default;
  constexpr box(box&&) = default;

  constexpr box& operator=(box const& other) {
    if constexpr (assignable) {
      held_ = other.held_;
    } else if (this != &other) {
      static_assert(
          std::is_nothrow_copy_constructible_v<Callable> ||
              std::is_nothrow_move_constructible_v<Callable>,
          "cxm: a callable that can't be assigned must at least be moved without throwing");
      Callable copy(*other);
      held_.emplace(std::move(copy));
    }
    return *this;
  }

  constexpr Callable const& operator*() const {
    if constexpr (assignable)
      return held_;
    else
      return *held_;
  }

 private:
  [[no_unique_address]] held held_;
};

}  // namespace cxm::detail
