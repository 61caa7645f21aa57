// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

/// \file
/// A policy is a small value that answers one named question, its `policy_kind`: which interval,
/// which boundary, how many groups. Policies are passed in any order; a question that no one
/// answers has a default, two answers to one question do not compile.
///
///     struct at_most { using policy_kind = struct group_cap; std::size_t groups; };

namespace cxm {

/// A small value that answers one named question.
template <class Type>
concept policy = requires {
  typename Type::policy_kind;
};

/// True when `Policy` answers the question `Kind`.
template <class Policy, class Kind>
concept answers = policy<Policy> && std::same_as<typename Policy::policy_kind, Kind>;

namespace detail {

template <class Kind, class... Policies>
inline constexpr std::size_t answers_to = (std::size_t{0} + ... +
                                           std::size_t{answers<Policies, Kind>});

template <class Policy, class... Kinds>
inline constexpr bool answers_one_of = (answers<Policy, Kinds> || ...);

/// True when no question of the list is answered twice: `no_question_twice<a, b>::in<Policies…>`.
template <class... Kinds>
struct no_question_twice {
  template <class... Policies>
  static constexpr bool in = ((answers_to<Kinds, Policies...> <= 1) && ...);
};

/// The policy that answers `Kind`, or `fallback`. The caller has checked that at most one does.
template <class Kind, class Default>
constexpr auto pick(Default fallback) {
  return fallback;
}
template <class Kind, class Default, class First, class... Rest>
constexpr auto pick(Default fallback, First first, Rest... rest) {
  if constexpr (answers<First, Kind>)
    return first;
  else
    return detail::pick<Kind>(fallback, rest...);
}

}  // namespace detail
}  // namespace cxm
