// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <cstddef>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>

/// \file
/// Rows that lie elsewhere, as ranges over the user's rows hold them: a pointer to a row of a
/// contiguous range, or the small row of columns itself.

namespace cxm::detail {

/// A contiguous range as a span of const rows, anything else by reference.
template <class Rows>
decltype(auto) indexed_rows(Rows const& rows) {
  if constexpr (requires { std::span(std::data(rows), std::size(rows)); })
    return std::span(std::data(rows), std::size(rows));
  else
    return (rows);
}

/// Named rows and spans. Rows of columns as temporaries would not do: their rows point into them.
template <class Rows>
inline constexpr bool rows_outlive_the_call =
    std::is_lvalue_reference_v<Rows> ||
    std::ranges::enable_borrowed_range<std::remove_cvref_t<Rows>>;

/// A row of `Rows`, copied as a pointer where there is something to point at.
template <class Rows>
class row_handle {
  using given = decltype(std::declval<Rows const&>()[0]);
  static constexpr bool pointed_at = std::is_reference_v<given>;

 public:
  using row_type = std::remove_cvref_t<given>;

  constexpr row_handle(Rows const& rows, std::size_t i) : row_(take(rows, i)) {}

  constexpr row_type const& operator*() const {
    if constexpr (pointed_at)
      return *row_;
    else
      return row_;
  }

 private:
  using held = std::conditional_t<pointed_at, row_type const*, row_type>;
  static constexpr held take(Rows const& rows, std::size_t i) {
    if constexpr (pointed_at)
      return &rows[i];
    else
      return rows[i];
  }
  held row_;
};

}  // namespace cxm::detail
