// SPDX-License-Identifier: BSL-1.0
#include "lifecycle.hpp"

#include <cxm/journey/fold_lifecycle.hpp>
#include <cxm/journey/folded_event.hpp>
#include <cxm/journey/without_copies.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace report {

namespace {

/// A start and its completion as one row: what the start doesn't know is taken from the completion.
contact joined(contact const& start, contact const& complete) {
  contact one = start;
  one.end = complete.end;
  one.end_date = complete.end_date;
  if (one.promised == contact::nothing) {
    one.promised = complete.promised;
    one.promised_date = complete.promised_date;
  }
  return one;
}

}  // namespace

void fold_rows(contact_table& table, bool keyed_by_case) {
  auto const part = [&](contact const& row) {
    return table.parts[static_cast<std::size_t>(&row - table.rows.data())];
  };
  // Where a customer's events name their case, only those of one case belong together.
  auto const its_case = [&](contact const& row) {
    return keyed_by_case ? contact::no_id : row.partner;
  };
  auto const once =
      cxm::without_copies(table.rows, contact_fields(), cxm::once_per(&contact::event_id));
  auto const folded =
      cxm::fold_lifecycle(once, contact_fields(), part, cxm::per_instance(its_case));
  std::vector<contact> rows;
  rows.reserve(folded.size());
  for (auto const& one : folded) {
    contact const &first = one.first_row().row(), &last = one.last_row().row();
    rows.push_back(one.kind() == cxm::folding::whole ? joined(first, last) : first);
  }
  table.duplicates = once.copies().total();
  table.folded = folded.counts();
  table.rows = std::move(rows);
  table.parts.clear();
}

}  // namespace report
