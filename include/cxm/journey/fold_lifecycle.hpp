// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/detail/lifecycle_folder.hpp>
#include <cxm/journey/detail/row_handle.hpp>
#include <cxm/journey/detail/row_reader.hpp>
#include <cxm/journey/folded_event.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Logs that write the start and the completion of a contact as two rows, as XES does, folded into
/// one contact that has an end:
///
///     auto const whole = fold_lifecycle(log, fields, &row::transition);
///     reconstruct(whole, touchpoint_fields{&row::application, &row::when, &row::activity,
///                                          ends_at{folded_end}});
///
/// A completion ends the earliest start of the same customer (or case) and touchpoint that is still
/// open: first in, first out. What is left over is kept and counted.

namespace cxm {

/// The question which start and end belong together, beside customer and touchpoint.
struct lifecycle_instance;

/// Only rows with an equal value of `field`, as XES's `concept:instance`, are start and end of one
/// contact. Rows where it is an empty optional belong together.
template <class Field>
struct per_instance {
  using policy_kind = lifecycle_instance;
  Field field;
  constexpr explicit per_instance(Field of) : field(std::move(of)) {}
};

/// What became of the rows: rows = events + whole + cancelled, for these took two rows each.
struct folding_counts {
  std::uint64_t points = 0;
  std::uint64_t whole = 0;      ///< starts with their completion
  std::uint64_t cancelled = 0;  ///< starts with the row that cancelled them
  std::uint64_t open = 0;       ///< starts that nothing ended: no time is counted for them
  std::uint64_t unmatched_complete = 0;
  std::uint64_t unmatched_cancel = 0;
  /// Rows without customer, time or touchpoint, or that end before they start: not folded, but left
  /// for `reconstruct` to count.
  std::uint64_t no_contact = 0;

  friend bool operator==(folding_counts const&, folding_counts const&) = default;
};

/// The events of folded rows, in the order of the rows that began them. Made by `fold_lifecycle`.
template <class Event>
class folded_events {
 public:
  using value_type = Event;

  folded_events(std::vector<Event> events, folding_counts counts)
      : events_(std::move(events)), counts_(counts) {}

  std::size_t size() const { return events_.size(); }
  bool empty() const { return events_.empty(); }
  Event const* data() const { return events_.data(); }
  Event const& operator[](std::size_t i) const { return events_[i]; }
  auto begin() const { return events_.begin(); }
  auto end() const { return events_.end(); }

  folding_counts const& counts() const { return counts_; }

 private:
  std::vector<Event> events_;
  folding_counts counts_;
};

/// Folds the rows whose `lifecycle_field`, a `lifecycle` or an optional of one (empty: a point), is
/// a start, a completion or a cancellation. Rows of one instant come in the order of the
/// `ordered_by` fields, then as they lie in the input. Where the rows have ends of their own, a
/// completion ends the contact when it ends itself. Policy: `per_instance`. Borrows the rows, which
/// must outlive what comes of it; rows that were sent twice are best removed before, by
/// `without_copies`. O(rows log rows); at most 4,294,967,295 rows.
template <class Rows, class... Fields, class Lifecycle, class... Policies>
auto fold_lifecycle(Rows&& rows, touchpoint_fields<Fields...> fields, Lifecycle lifecycle_field,
                    Policies... policies) {
  static_assert(detail::rows_outlive_the_call<Rows>,
                "cxm::fold_lifecycle: the rows are a temporary, gone before they are read; give "
                "them a name");
  static_assert((answers<Policies, lifecycle_instance> && ...) && sizeof...(Policies) <= 1,
                "cxm::fold_lifecycle: the only policy is per_instance, once");
  decltype(auto) seen = detail::indexed_rows(rows);
  using seen_rows = std::remove_cvref_t<decltype(seen)>;
  using reader = detail::row_reader<std::remove_cvref_t<decltype(seen[0])>, Fields...>;
  if (seen.size() >= UINT32_MAX) detail::refuse("cxm::fold_lifecycle: 4,294,967,295 rows or more");
  auto const read_by = reader(std::move(fields));
  auto const instance = [&] {
    if constexpr (sizeof...(Policies) == 0)
      return detail::no_instance{};
    else
      return (policies.field, ...);
  }();
  detail::lifecycle_folder<seen_rows, reader, Lifecycle, std::remove_const_t<decltype(instance)>>
      folder(seen, read_by, lifecycle_field, instance);
  folding_counts counts;
  auto events = folder.fold(counts);
  return folded_events<typename decltype(folder)::event>(std::move(events), counts);
}

}  // namespace cxm
