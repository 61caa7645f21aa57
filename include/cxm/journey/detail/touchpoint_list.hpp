// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>

#include <vector>

/// \file
/// A few touchpoints, looked through one by one.

namespace cxm::detail {

template <class Touchpoint>
struct touchpoint_list {
  std::vector<Touchpoint> list;

  constexpr bool has(auto const& touchpoint) const {
    for (auto const& one : list)
      if (one == touchpoint) return true;
    return false;
  }
  void describe_field(auto& visit) const { visit_parameter(visit, "touchpoints", list); }
  friend bool operator==(touchpoint_list const&, touchpoint_list const&) = default;
};

}  // namespace cxm::detail
