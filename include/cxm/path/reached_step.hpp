// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/funnel.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

/// \file
/// Who got how far, as fields of a journey: cohorts for `by`, `where` and segments.
/// `by(reached_step{to_purchase, 2}, on(last(&contact::recommend), nps()))`.

namespace cxm {

/// True for a journey whose deepest attempt took at least the first `step` + 1 steps of a funnel,
/// counted from 0; empty for one that an exclusion drops. Optional steps that were passed by count
/// as taken.
template <class Plan>
class reached_step {
 public:
  /// Throws `std::invalid_argument` if the funnel has no such step.
  template <class Times, class Method>
  reached_step(funnel_counts<Plan, Times, Method> const& funnel, std::size_t step)
      : plan_(funnel.plan()), step_(step) {
    if (step >= plan_.size()) detail::refuse("cxm::reached_step: the funnel has no such step");
  }
  static constexpr std::string_view name() { return "reached step"; }

  template <class Journey>
  std::optional<bool> operator()(Journey const& journey) const {
    auto const found = plan_.reach(journey);
    if (found.dropped) return std::nullopt;
    return found.depth > step_;
  }
  friend bool operator==(reached_step const&, reached_step const&) = default;

 private:
  Plan plan_;
  std::size_t step_;
};
template <class Plan, class Times, class Method>
reached_step(funnel_counts<Plan, Times, Method> const&, std::size_t) -> reached_step<Plan>;

}  // namespace cxm
