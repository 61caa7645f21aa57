// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/merge_law.hpp>

#include <concepts>

/// \file
/// What an accumulator is: a value that counts events, merges, gives a result, and names its state
/// so that it can be compared, saved and loaded. The semantics that no compiler checks are in
/// core/README.md.

namespace cxm {

/// A copyable value with `add`, `merge`, `result` and a described state. `add` and `result` are not
/// asked for here: which events fit and what the result is follow from types that may not be known
/// yet, and a wrong one is told best by the sentence of the accumulator itself.
template <class Type>
concept accumulator = std::copyable<Type> && detail::described<Type> &&
    requires(Type& self, Type const& other) {
  self.merge(other);
};

/// An accumulator that counts events of type `In`.
template <class Type, class In>
concept accumulator_of = accumulator<Type> && requires(Type& self, In const& in) {
  self.add(in);
};

/// What `Accumulator` gives when it is asked for its result.
template <class Accumulator>
using result_of = decltype(std::declval<Accumulator const&>().result());

namespace detail {

/// An accumulator that has a twin which counts with weights.
template <class Accumulator>
concept can_be_weighted = requires(Accumulator const& plan) {
  plan.with_weights();
};

/// One whose weights can all be doubled `times` times: what ages against what comes.
template <class Accumulator>
concept weights_double = requires(Accumulator& state) {
  state.double_weights(1U);
};

}  // namespace detail
}  // namespace cxm
