// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/case_event.hpp>
#include <cxm/journey/detail/case_splitter.hpp>
#include <cxm/journey/detail/row_reader.hpp>

#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Several journeys of one customer at a time, told apart by a case: an order, a claim, a trip.
///
///     auto const cases = cases_of(log, fields, &contact::orders);
///     auto const journeys = reconstruct(cases, touchpoint_fields{case_key, &contact::when,
///                                                                &contact::what});
///
/// An event that belongs to several cases goes into each, and says by `shared_by` into how many, so
/// that its cost may be divided. One that belongs to none goes to the customer's only open case;
/// where several are open, or none is, a policy says where.

namespace cxm {

/// The customer and the case of an event, as a field: the key of its journey.
struct customer_and_case {
  using reads_case = void;
  static constexpr std::string_view name() { return "case"; }
  constexpr auto operator()(auto const& event) const { return event.case_key(); }
};
inline constexpr customer_and_case case_key{};

/// In how many cases an event is, as a field of events and of the contacts they become.
struct cases_of_event {
  using reads_case = void;
  static constexpr std::string_view name() { return "shared_by"; }
  constexpr std::uint32_t operator()(auto const& event) const { return event.shared(); }
};
inline constexpr cases_of_event shared_by{};

/// The customer of a journey that was keyed by `case_key`, as a field.
inline constexpr auto case_customer =
    field<"customer">([](auto const& journey) { return journey.customer().first; });

/// The events of `rows`, each once for every case that `case_field` names: a case, an optional of
/// one, or a range of them. A case is open from its first event to the latest end of any. The
/// policy (default `most_recently_active`) says where events without a case go. Rows without
/// customer or time are handed on, for `reconstruct` to count. Borrows the rows; O(n log n).
template <class Rows, class... Fields, class CaseField, class Rest = most_recently_active>
auto cases_of(Rows&& rows, touchpoint_fields<Fields...> fields, CaseField case_field, Rest = {}) {
  // Rows of columns are refused as temporaries too: their rows point to what holds the columns.
  static_assert(
      std::is_lvalue_reference_v<Rows> ||
          std::ranges::enable_borrowed_range<std::remove_cvref_t<Rows>>,
      "cxm::cases_of: the rows are a temporary, gone before their journeys are read; give "
      "them a name");
  static_assert(answers<Rest, case_of_the_rest>,
                "cxm::cases_of: takes most_recently_active, only_open_case or no_case_is_meant");
  auto const split = [&](auto const& seen) {
    using row = std::remove_cvref_t<decltype(seen[0])>;
    using reader = detail::row_reader<row, Fields...>;
    return detail::case_splitter<std::remove_cvref_t<decltype(seen)>, reader, CaseField>(
               seen, reader(std::move(fields)), std::move(case_field))
        .template split<Rest>();
  };
  if constexpr (requires { std::span(std::data(rows), std::size(rows)); })
    return split(std::span(std::data(rows), std::size(rows)));
  else
    return split(rows);
}

}  // namespace cxm
