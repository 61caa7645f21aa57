// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/policy.hpp>
#include <cxm/path/detail/funnel_plan.hpp>
#include <cxm/path/funnel_step.hpp>

#include <chrono>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The questions that a funnel asks beside its steps: in which order they come, what equal times
/// mean, which beginnings are old enough, and how the time between steps is measured.

namespace cxm {

struct funnel_mode;   ///< The question in which order steps come.
struct funnel_ties;   ///< The question what equal times mean.
struct funnel_age;    ///< The question which beginnings count.
struct funnel_times;  ///< The question how the times between steps are measured.

/// One step after the other; other contacts may come between. The default.
struct in_sequence {
  using policy_kind = funnel_mode;
  static void apply(std::vector<step_rule>&) {}
};
/// One step after the other, and no other contact between.
struct in_strict_sequence {
  using policy_kind = funnel_mode;
  static void apply(std::vector<step_rule>& rules) {
    for (std::size_t i = 1; i < rules.size(); ++i) rules[i].adjacent = true;
  }
};
/// All steps in any order; the count at place j is that of journeys with at least j of them.
struct in_any_order {
  using policy_kind = funnel_mode;
  static void apply(std::vector<step_rule>& rules) {
    for (std::size_t i = 1; i < rules.size(); ++i) rules[i].joins = true;
  }
};

/// Contacts of equal times come in the order of the journey. The default.
struct in_row_order {
  using policy_kind = funnel_ties;
  static constexpr bool strictly = false;
};
/// Each step must be later than the one before; not at the same time.
struct strictly_later {
  using policy_kind = funnel_ties;
  static constexpr bool strictly = true;
};

/// Only beginnings whose window has passed at `time`: those not later than `time` less the window.
/// Else recent journeys, which had no time to convert, pull the conversion down.
template <class Time>
struct mature_until {
  using policy_kind = funnel_age;
  struct limit {
    Time time;
    template <class Other>
    constexpr bool old_enough(Other began, std::chrono::microseconds window) const {
      return time - began >= window;
    }
    friend constexpr bool operator==(limit const&, limit const&) = default;
  } age;

  constexpr explicit mature_until(Time time) : age{time} {}
};

/// Measures the time from the step before with an accumulator of durations: `timed(quantiles())`.
template <class Times>
struct timed_steps {
  using policy_kind = funnel_times;
  Times times;
};
template <class Times>
constexpr auto timed(Times times) {
  return timed_steps<Times>{std::move(times)};
}

namespace detail {

struct any_beginning {
  using policy_kind = funnel_age;
  any_age age;
};

template <class Type>
inline constexpr bool is_step_vector = false;
template <class Step>
inline constexpr bool is_step_vector<std::vector<Step>> = true;

template <class Policy>
auto excepts_among(Policy policy) {
  if constexpr (answers<Policy, funnel_exclusion>)
    return std::tuple<Policy>(std::move(policy));
  else
    return std::tuple<>();
}

template <class Given>
auto funnel_steps_in(Given given) {
  if constexpr (policy<Given>) {
    return std::tuple<>();
  } else if constexpr (is_step_group<Given>) {
    return std::move(given.steps);
  } else {
    auto one = as_funnel_step(std::move(given));
    return std::tuple<decltype(one)>(std::move(one));
  }
}
template <class Given>
auto funnel_policies_in(Given given) {
  if constexpr (policy<Given>)
    return std::tuple<Given>(std::move(given));
  else
    return std::tuple<>();
}

}  // namespace detail
}  // namespace cxm
