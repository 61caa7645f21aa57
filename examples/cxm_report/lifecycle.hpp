// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `--lifecycle`: rows that only start or complete a contact, folded into contacts with an end.

#include <cxm/event/terms.hpp>

#include "contacts.hpp"

#include <string_view>

namespace report {

/// What a row is: start and complete in any case are, all other texts are points.
inline cxm::lifecycle part_named(std::string_view text) {
  auto const part = cxm::lifecycle_of(text);
  return part == cxm::lifecycle::cancel ? cxm::lifecycle::point : part;
}

/// Folds the rows of the table per key, case and touchpoint, first in first out; rows with an id
/// that was seen before are left out first, and counted in `duplicates`.
void fold_rows(contact_table& table, bool keyed_by_case);

}  // namespace report
