// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/rows_of.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/detail/store_builder.hpp>
#include <cxm/journey/journey_store.hpp>
#include <cxm/journey/known.hpp>
#include <cxm/journey/row_policies.hpp>

#include <chrono>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>

/// \file
/// `reconstruct(contacts, touchpoint_fields{…}, boundary)`: from single contacts to whole journeys.
///
///     auto journeys = reconstruct(contacts, touchpoint_fields{&contact::customer, &contact::when,
///     &contact::what},
///                                 either{after_silence{30 * 24h}, until{step::activated}});

namespace cxm {

namespace detail {

/// Contiguous rows of the user's structs as a span; rows of columns as they are.
template <class Rows>
auto borrowed(Rows const& rows) {
  if constexpr (requires { std::span(std::data(rows), std::size(rows)); })
    return std::span(std::data(rows), std::size(rows));
  else
    return rows;
}

/// Named rows, spans, and rows of columns.
template <class Rows>
inline constexpr bool outlives_the_call =
    std::is_lvalue_reference_v<Rows> ||
    std::ranges::enable_borrowed_range<std::remove_cvref_t<Rows>>;
template <class... Values>
inline constexpr bool outlives_the_call<column_rows<Values...>> = true;
template <class... Values>
inline constexpr bool outlives_the_call<column_rows<Values...> const> = true;

template <class... Policies>
consteval bool known_journey_policies() {
  return (answers_one_of<Policies, journey_boundary, duplicate_rows, equal_rows, near_rows,
                         copy_to_keep, future_rows, repeated_touchpoints, observation_start,
                         observation_end, remembered_endings> &&
          ...);
}

/// From when to when journeys are seen, given the times in the log; `nothing_observed` where nobody
/// asks.
template <class Time, class... Policies>
auto observation_by(Policies const&... policies) {
  constexpr bool asked =
      ((answers<Policies, observation_start> || answers<Policies, observation_end> ||
        std::is_same_v<Policies, remember_endings>) ||
       ...);
  if constexpr (!asked)
    return nothing_observed{};
  else
    return [from = pick<observation_start>(known_from_the_first{}, policies...),
            until = pick<observation_end>(known_for_ever_after{}, policies...)](
               observation<Time> seen) {
      using ticks = typename Time::duration;
      if constexpr (requires { from.time; }) seen.from = std::chrono::floor<ticks>(from.time);
      if constexpr (requires { until.time; }) seen.until = std::chrono::floor<ticks>(until.time);
      return seen;
    };
}

}  // namespace detail

/// The journeys in `rows`, a contiguous range of the user's structs or `rows_of(columns…)`,
/// borrowed: it must outlive the store. Contacts are ordered by time, then by the `ordered_by`
/// fields, then by their position in the input. Policies: a boundary (default `never`),
/// `collapse_repeats`; what to do with copies of a row: `once_per`, `once_per_content`,
/// `near_duplicates`, `keep_first`, `keep_last`; `quarantine_future`; `remember_endings`,
/// `known_from` and `known_until` for how journeys began and ended. A row without customer, time or
/// touchpoint, or that ends before it starts, is left out and counted in `left_out()`, as copies
/// are. O(rows) for logs that are nearly in time order, O(rows log rows) at worst; memory while it
/// runs 8 bytes a row (24 where customers are text) beside the store. At most 4,294,967,295 rows.
template <class Rows, class... Fields, class... Policies>
auto reconstruct(Rows&& rows, touchpoint_fields<Fields...> fields, Policies... policies) {
  static_assert(detail::outlives_the_call<Rows>,
                "cxm::reconstruct: the rows are a temporary, gone before their journeys are read; "
                "give them a name");
  static_assert(
      detail::answers_to<journey_boundary, Policies...> <= 1,
      "cxm::reconstruct: two boundaries; combine them, as in either{after_silence{12h}, until{x}}");
  static_assert(detail::no_question_twice<duplicate_rows, equal_rows, near_rows, copy_to_keep,
                                          repeated_touchpoints, observation_start, observation_end,
                                          remembered_endings>::template in<Policies...>,
                "cxm::reconstruct: two policies answer the same question");
  static_assert(detail::known_journey_policies<Policies...>(),
                "cxm::reconstruct: takes a boundary, once_per, once_per_content, near_duplicates, "
                "keep_first, keep_last, quarantine_future, collapse_repeats, remember_endings, "
                "known_from and known_until; this policy answers another question");
  auto seen = detail::borrowed(rows);
  using row = std::remove_cvref_t<decltype(seen[0])>;
  using reader = detail::row_reader<row, Fields...>;
  auto copies = detail::copy_rules_of(policies...);
  auto repeated = detail::pick<repeated_touchpoints>(keep_repeats{}, policies...);
  auto boundary = detail::pick<journey_boundary>(never{}, policies...);
  detail::store_builder<decltype(seen), reader> builder(std::move(seen), reader(std::move(fields)));
  return std::move(builder).build(copies, repeated, boundary,
                                  detail::observation_by<typename reader::time_type>(policies...));
}

/// The same for rows of columns in the order customer, time, touchpoint.
template <class... Values, class... Policies>
requires(policy<Policies>&&...)  // else clang 14 can't tell the two overloads apart
    auto reconstruct(column_rows<Values...> const& rows, Policies... policies) {
  return reconstruct(rows, touchpoint_fields{nth<0>, nth<1>, nth<2>}, std::move(policies)...);
}

}  // namespace cxm
