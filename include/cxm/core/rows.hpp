// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/order.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>

/// \file
/// Many events at once. Rows are anything with a size and an index that is cheap to copy: a span of
/// the user's structs, `rows_of` columns, a single column of values, or one with gaps. An
/// accumulator may offer `add_many(rows)`, which counts as adding one after the other would, and
/// sooner; `measure` uses it.

namespace cxm {

/// A column of values of which some are missing: the values and, in Arrow's layout, one bit for
/// each, from the lowest of the first byte on, that is set where the value counts. Reads as
/// std::optional.
template <class Value>
class column_with_gaps {
 public:
  using value_type = std::optional<Value>;

  /// Throws std::invalid_argument where there are fewer bits than values.
  constexpr column_with_gaps(std::span<Value const> values, std::span<unsigned char const> valid)
      : values_(values), valid_(valid) {
    if (valid.size() < (values.size() + 7) / 8)
      detail::refuse("cxm::column_with_gaps: fewer bits than values");
  }
  constexpr std::size_t size() const { return values_.size(); }
  constexpr std::optional<Value> operator[](std::size_t i) const {
    return has(i) ? std::optional<Value>(values_[i]) : std::nullopt;
  }
  constexpr bool has(std::size_t i) const { return (valid_[i / 8] >> (i % 8) & 1) != 0; }
  /// What stands in place `i`, also where it does not count.
  constexpr Value const& stored(std::size_t i) const { return values_[i]; }

 private:
  std::span<Value const> values_;
  std::span<unsigned char const> valid_;
};

namespace detail {

/// Ranges that say themselves that they are rows.
template <class Events>
concept declared_rows = requires {
  requires Events::are_rows;
};
/// Ranges of events that lie one beside the other.
template <class Events>
concept contiguous_events = requires(Events const& events) {
  std::data(events)[0];
  std::size(events);
};

template <class Events>
constexpr auto rows_in(Events const& events) requires declared_rows<Events> ||
    contiguous_events<Events> {
  if constexpr (declared_rows<Events>)
    return events;
  else
    return std::span(std::data(events), std::size(events));
}

/// One field of rows, as rows.
template <class Field, class Rows>
struct field_rows {
  Field field;
  Rows rows;
  constexpr std::size_t size() const { return rows.size(); }
  /// By value where the row itself is one: nothing may refer into a row that is gone.
  constexpr decltype(auto) operator[](std::size_t i) const {
    if constexpr (std::is_reference_v<decltype(rows[i])>) {
      return cxm::read(field, rows[i]);
    } else {
      auto const row = rows[i];
      return std::remove_cvref_t<decltype(cxm::read(field, row))>(cxm::read(field, row));
    }
  }
};
template <class Field, class Rows>
field_rows(Field, Rows) -> field_rows<Field, Rows>;

/// One field of rows: the column itself where they are columns.
template <class Field, class Rows>
constexpr auto rows_of_field(Field const& field, Rows const& rows) {
  if constexpr (requires { field.column_of(rows); })
    return field.column_of(rows);
  else
    return field_rows{field, rows};
}

/// Some of the rows.
template <class Rows>
struct some_rows {
  Rows rows;
  std::size_t from;
  std::size_t count;
  constexpr std::size_t size() const { return count; }
  constexpr decltype(auto) operator[](std::size_t i) const { return rows[from + i]; }
};
template <class Rows>
some_rows(Rows, std::size_t, std::size_t) -> some_rows<Rows>;

/// A state that is nothing but counters: see stats/detail/bulk_count.hpp.
template <class State>
concept has_bulk_places = requires(State const& state) {
  state.bulk_places();
};

/// One whose places are known at compile time.
template <class State>
concept static_bulk_places = requires {
  State::bulk_places();
};

template <class Rows>
using row_of = decltype(std::declval<Rows const&>()[std::size_t{}]);

/// Counts all rows, in order, by what the accumulator offers.
template <class Accumulator, class Rows>
constexpr void add_rows(Accumulator& to, Rows const& rows) {
  if constexpr (requires { to.add_many(rows); }) {
    to.add_many(rows);
  } else {
    for (std::size_t i = 0; i < rows.size(); ++i) to.add(rows[i]);
  }
}

/// Calls `use(rows)` for parts of the rows that fit in a near cache, for those who read them twice.
template <class Rows, class Use>
constexpr void in_blocks(Rows const& rows, Use const& use) {
  constexpr std::size_t block = 4096;
  for (std::size_t from = 0; from < rows.size(); from += block)
    use(some_rows{rows, from, detail::lesser(block, rows.size() - from)});
}

}  // namespace detail
}  // namespace cxm
