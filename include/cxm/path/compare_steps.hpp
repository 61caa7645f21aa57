// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/compare_flows.hpp>
#include <cxm/path/step_matrix.hpp>

#include <cstdint>

/// \file
/// The difference of two step matrices, cell by cell, tested as edges are by `compare_flows`.

namespace cxm {

/// Every (position, touchpoint) of one of two step matrices of the same positions, the most telling
/// first. Policies as `compare_flows`.
template <class Steps, class... Policies>
auto compare_steps(Steps const& first, Steps const& second, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, many_tests, confidence_level> && ...),
                "cxm::compare_steps: takes a policy of many tests and confidence");
  if (first.columns.size() != second.columns.size() ||
      (!first.columns.empty() && first.columns.front().position != second.columns.front().position))
    detail::refuse("cxm::compare_steps: the matrices have different positions");
  auto found = detail::contrasts_of(
      first.cells, first.journeys, second.cells, second.journeys,
      [](std::uint64_t count) { return count; },
      detail::pick<confidence_level>(confidence{}, policies...));
  detail::adjust_contrasts(found, detail::pick<many_tests>(few_false_alarms{}, policies...));
  return found;
}

}  // namespace cxm
