// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/event/copies.hpp>

/// \file
/// Policies on which rows become contacts: rows that were delivered twice (event/copies.hpp), and
/// repeats of a touchpoint.

namespace cxm {

/// The question what to do with the same touchpoint several times in a row.
struct repeated_touchpoints;

/// Repeats stay. The default.
struct keep_repeats {
  using policy_kind = repeated_touchpoints;
};

/// Consecutive contacts of a customer at one touchpoint become one, from the first start to the
/// latest end, before any boundary is looked for.
struct collapse_repeats {
  using policy_kind = repeated_touchpoints;
};

}  // namespace cxm
