// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

/// \file
/// What an accumulator promises about `merge`, declared as `static constexpr merge_law merges`. A
/// type that says nothing promises `approximate`; a combinator promises the weakest of what its
/// parts promise.

namespace cxm {

enum class merge_law : std::uint8_t {
  none,         ///< cannot be merged
  approximate,  ///< merging gives an equally good answer, not the same bytes
  exact  ///< a commutative monoid, bit for bit: any partition, order and grouping gives the same
         ///< saved bytes
};

/// The weakest of several promises; `exact` for none.
template <class... Laws>
constexpr merge_law weakest(Laws... laws) {
  auto all = merge_law::exact;
  ((all = laws < all ? laws : all), ...);
  return all;
}

namespace detail {

template <class Accumulator>
consteval merge_law find_merge_law() {
  if constexpr (requires { Accumulator::merges; })
    return Accumulator::merges;
  else
    return merge_law::approximate;
}

template <class Accumulator>
consteval bool find_needs_order() {
  if constexpr (requires { Accumulator::needs_order; })
    return Accumulator::needs_order;
  else
    return false;
}

}  // namespace detail

/// What `Accumulator` promises about merging.
template <class Accumulator>
inline constexpr merge_law merge_law_of = detail::find_merge_law<Accumulator>();

/// True for sequential accumulators, which give another answer when the same events come in another
/// order.
template <class Accumulator>
inline constexpr bool needs_order = detail::find_needs_order<Accumulator>();

}  // namespace cxm
