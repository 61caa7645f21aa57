// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

/// \file
/// The time that a customer lived through, split. Every department knows how long it worked; what
/// the customer waits for between and beside is nobody's figure. In a ledger each instant of the
/// journey belongs to exactly one part, so that the parts sum to the whole, tick by tick. From B9,
/// in hours:
///
///     hour       0   1       5       7             48      50      52      53
///     sales      |---|
///     back office            |-------|
///     field                                        |---------------|
///     billing                                              |---------------|
///                sales  wait  office       wait     field  overlap  billing
///
/// - *alone*: one department is at work, whatever else happens. Contacts of unknown owner make a
///   department of their own, but only where no known one is at work, for it may be the same.
/// - *overlap*: two or more known departments are at work.
/// - *customer wait*: no department is at work, and the customer is: a contact of the customer
///   side is under way; or nothing is, and the next contact is one of these.
/// - *hand-off wait*: nothing is under way, and the next contact belongs to another department than
///   the last contact of known owner before it. Charged to the department that receives.
/// - *unmeasured*: the rest. Nothing is under way, and the department stays the same, or the next
///   owner or everyone before is unknown, or no contact follows: whose wait it is nobody measured.
///
/// Between milestones the ledger is that of the whole journey, clipped: ledgers of adjacent
/// segments add up.

namespace cxm {

/// What one department did in a journey.
template <class Department, class Duration>
struct department_time {
  std::optional<Department> department;  ///< empty: all contacts of unknown owner
  std::uint64_t contacts = 0;
  /// As the department measures itself: the sum of the durations of its contacts, B9's F. At most
  /// what the clock can count.
  Duration functional{};
  Duration alone{};        ///< its part of the whole: at work while no other department was
  Duration wait_before{};  ///< hand-off waits before its contacts
};

/// The time of one journey, split.
template <class Department, class Duration>
struct journey_ledger {
  using duration = Duration;

  Duration end_to_end{};  ///< B9's C: alone + overlap + hand-off + customer + unmeasured
  Duration overlap{};
  Duration hand_off_wait{};
  Duration customer_wait{};
  Duration unmeasured{};
  /// Sum of what the departments measure, B9's S; counts overlaps as often as they overlap.
  Duration functional{};
  Duration touch{};  ///< time in which a department was at work, B9's U: alone + overlap
  /// No contact of a department took any time, as where a log has no ends: then `touch` says
  /// nothing.
  bool no_durations = true;
  std::vector<department_time<Department, Duration>> departments;  ///< in order, unknown first

  /// Time in which no department was at work.
  constexpr Duration wait() const { return end_to_end - touch; }
  /// Touch time of end-to-end time, 0 to 1; degenerate where the journey took no time, no data
  /// where no contact did.
  constexpr maybe<double> flow_efficiency() const {
    if (no_durations) return reason::no_data;
    if (end_to_end == Duration{}) return reason::degenerate;
    return static_cast<double>(touch.count()) / static_cast<double>(end_to_end.count());
  }
  /// How many contacts of departments were under way at once, on average of touch time; 1 or more.
  constexpr maybe<double> parallelism() const {
    if (no_durations) return reason::no_data;
    if (touch == Duration{}) return reason::degenerate;
    return static_cast<double>(functional.count()) / static_cast<double>(touch.count());
  }
  /// What a department did; zeros where it did nothing.
  constexpr department_time<Department, Duration> of(
      std::optional<Department> const& department) const {
    for (auto const& one : departments)
      if (one.department == department) return one;
    return {department};
  }
};

/// Fields of a ledger.
inline constexpr auto end_to_end_part =
    field<"end_to_end">([](auto const& ledger) { return ledger.end_to_end; });
inline constexpr auto overlap_part =
    field<"overlap">([](auto const& ledger) { return ledger.overlap; });
inline constexpr auto hand_off_part =
    field<"hand_off_wait">([](auto const& ledger) { return ledger.hand_off_wait; });
inline constexpr auto customer_part =
    field<"customer_wait">([](auto const& ledger) { return ledger.customer_wait; });
inline constexpr auto unmeasured_part =
    field<"unmeasured">([](auto const& ledger) { return ledger.unmeasured; });
inline constexpr auto functional_part =
    field<"functional">([](auto const& ledger) { return ledger.functional; });
inline constexpr auto touch_part = field<"touch">([](auto const& ledger) { return ledger.touch; });

}  // namespace cxm
