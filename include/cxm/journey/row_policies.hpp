// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

/// \file
/// Policies on which rows become contacts: rows that were delivered twice, and repeats of a
/// touchpoint.

namespace cxm {

/// The question what to do with rows that were delivered more than once.
struct duplicate_rows;
/// The question what to do with the same touchpoint several times in a row.
struct repeated_touchpoints;

/// Every row is a contact. The default.
struct every_row {
  using policy_kind = duplicate_rows;
};

/// Of the rows with the same value of `field`, say an event id, only the first in the input counts;
/// the others are `left_out().duplicates`. A row whose field is an empty optional is never a
/// duplicate. Keeps each value once.
template <class Field>
struct once_per {
  using policy_kind = duplicate_rows;
  Field field;

  explicit once_per(Field key) : field(std::move(key)) {}
};

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
