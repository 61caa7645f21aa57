// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/chain.hpp>
#include <cxm/path/detail/contexts.hpp>
#include <cxm/path/path_table.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// The chain of order K that paths with outcomes make: `chain_of(paths)` starts at `on_the_way`
/// with no touchpoint, and ends at `converted` and `lost`.

namespace cxm {

/// Where a journey of a path chain is.
enum class path_stage : std::uint8_t { on_the_way, converted, lost };

/// A state of a path chain: on the way with the last touchpoints, or at an end.
template <class Touchpoint>
struct path_state {
  path_stage stage = path_stage::on_the_way;
  std::vector<Touchpoint> last;  ///< the last min(i, order) touchpoints, the oldest first

  friend bool operator==(path_state const&, path_state const&) = default;
  friend bool operator<(path_state const& a, path_state const& b) {
    return a.stage != b.stage ? a.stage < b.stage : a.last < b.last;
  }
};

/// The chain of the paths. Its start is `path_state<Touchpoint>{}`. O(steps + states²) space where
/// there are few states. Throws std::invalid_argument for order 0 or one with too many states.
template <class Touchpoint>
chain<path_state<Touchpoint>> chain_of(path_table<Touchpoint> const& paths, std::size_t order = 1) {
  using state = path_state<Touchpoint>;
  detail::context_flow const flow(paths, order);
  std::vector<state> states;
  for (auto const context : flow.contexts) {
    states.emplace_back();
    for (auto const one : flow.digits.steps(context))
      states.back().last.push_back(paths.touchpoints()[one]);
  }
  state const converted{path_stage::converted, {}}, lost{path_stage::lost, {}};
  std::vector<chain_step<state>> steps;
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (auto const& one : flow.rows[i])
      steps.push_back({states[i], states[one.to], static_cast<std::uint64_t>(one.count)});
    steps.push_back({states[i], converted, static_cast<std::uint64_t>(flow.converted[i])});
    steps.push_back({states[i], lost, static_cast<std::uint64_t>(flow.lost[i])});
  }
  return chain<state>(steps, {converted, lost});
}

}  // namespace cxm
