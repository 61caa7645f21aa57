// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/fwd.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <utility>

/// \file
/// Policies on rows that say the same thing twice: what makes two rows copies of one event, and
/// which copy counts.
///
///     reconstruct(log, fields, once_per{&contact::source, &contact::id},
///     keep_last{&contact::seen})
///
/// By default nothing is removed. Ids are the safe way; equal content and nearness in time are for
/// logs without ids, and only by choice. Each row is counted under the first reason that removes
/// it.

namespace cxm {

/// The question what makes two rows one event by their id.
struct duplicate_rows;
/// The question what makes two rows without an id one event.
struct equal_rows;
/// The question how near in time two events of one touchpoint are one.
struct near_rows;
/// The question which of several copies counts.
struct copy_to_keep;
/// The question what to do with rows whose time lies after they were seen.
struct future_rows;

/// Every row is an event of its own. The default.
struct every_row {
  using policy_kind = duplicate_rows;
};

/// Rows with the same values of all these fields, say source and event id, are one event. A row
/// where one of them is an empty optional has no id, and is never a duplicate of another.
template <class... Fields>
struct once_per {
  using policy_kind = duplicate_rows;
  static_assert(sizeof...(Fields) > 0, "cxm::once_per: needs the field, or fields, of the id");
  std::tuple<Fields...> fields;

  explicit once_per(Fields... id) : fields(std::move(id)...) {}
};

/// Rows without an id (without `once_per`: all rows) that have equal values in all these fields are
/// one event; two empty optionals are equal. Equality is exact, of the values themselves, not of a
/// hash: `once_per_content{&contact::customer, &contact::when, &contact::touchpoint, …}`.
template <class... Fields>
struct once_per_content {
  using policy_kind = equal_rows;
  static_assert(sizeof...(Fields) > 0,
                "cxm::once_per_content: needs the fields that make two rows equal");
  std::tuple<Fields...> fields;

  explicit once_per_content(Fields... content) : fields(std::move(content)...) {}
};

/// Events of one customer at one touchpoint that begin at most `apart` after the last one that
/// counts are not counted, as double clicks: `near_duplicates{2s, &contact::channel}`. With fields,
/// only where these are equal too. The distance is to the one that was kept, so that a steady drip
/// of events never vanishes into its first drop.
template <class Duration, class... Fields>
struct near_duplicates {
  using policy_kind = near_rows;
  Duration apart;
  std::tuple<Fields...> fields;

  explicit near_duplicates(Duration longest, Fields... equal)
      : apart(longest), fields(std::move(equal)...) {
    if (longest <= longest.zero())
      detail::refuse("cxm::near_duplicates: the time must be longer than zero");
  }
};

/// Copies come in the order of the rows.
struct input_order {};

/// Of several copies the first one counts: in the order of the rows, or by a field, as when the
/// system learned of it: `keep_first{&contact::observed}`. Where that is an empty optional the row
/// comes after all others; what is equal keeps the order of the rows. The default.
template <class Field>
struct keep_first {
  using policy_kind = copy_to_keep;
  Field field;
};
keep_first()->keep_first<input_order>;
template <class Field>
keep_first(Field) -> keep_first<Field>;

/// Of several copies the last one counts, as where a correction is sent under the id of what it
/// corrects: in the order of the rows, or by a field. A row where that is an empty optional gives
/// way to all others; of equal ones the last counts.
template <class Field>
struct keep_last {
  using policy_kind = copy_to_keep;
  Field field;
};
keep_last()->keep_last<input_order>;
template <class Field>
keep_last(Field) -> keep_last<Field>;

/// Rows that say they happened more than `skew` after the system learned of them, by the field
/// `observed`, are not counted: their clock is wrong. A row where that is an empty optional stays.
///
///     reconstruct(log, fields, quarantine_future{&contact::observed, 5min})
template <class Field, class Duration>
struct quarantine_future {
  using policy_kind = future_rows;
  Field observed;
  Duration skew;

  explicit quarantine_future(Field when_seen, Duration tolerated = std::chrono::minutes(5))
      : observed(std::move(when_seen)), skew(tolerated) {
    if (tolerated < tolerated.zero())
      detail::refuse("cxm::quarantine_future: the skew must not be negative");
  }
};
template <class Field>
quarantine_future(Field) -> quarantine_future<Field, std::chrono::minutes>;

/// Rows that were not counted, by what makes them copies.
struct copy_counts {
  std::uint64_t same_id = 0;       ///< by `once_per`
  std::uint64_t same_content = 0;  ///< by `once_per_content`
  std::uint64_t near = 0;          ///< by `near_duplicates`

  std::uint64_t total() const { return same_id + same_content + near; }
  friend bool operator==(copy_counts const&, copy_counts const&) = default;
};

}  // namespace cxm
