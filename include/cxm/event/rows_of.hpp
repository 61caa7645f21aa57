// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/indexed_iterator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/rows.hpp>

#include <cstddef>
#include <iterator>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// Events that are kept as columns: `rows_of(customers, times, touchpoints)` shows spans of equal
/// length as rows, whose fields are `nth<0>`, `nth<1>` … Nothing is copied; the columns must
/// outlive the rows.

namespace cxm {

namespace detail {

template <class Value>
struct kept_column {
  using type = std::span<Value const>;
};
template <class Value>
struct kept_column<column_with_gaps<Value>> {
  using type = column_with_gaps<Value>;
};
/// How a column is kept: as a span, or with its gaps.
template <class Value>
using column_kept = typename kept_column<Value>::type;

template <class Column>
struct name_of_column {
  using type = std::remove_cvref_t<decltype(*std::data(std::declval<Column const&>()))>;
};
template <class Value>
struct name_of_column<column_with_gaps<Value>> {
  using type = column_with_gaps<Value>;
};
/// What stands for a column in `column_rows`: its value, or itself where it has gaps.
template <class Column>
using column_named = typename name_of_column<Column>::type;

}  // namespace detail

/// One row of several columns.
template <class... Values>
class column_row {
 public:
  constexpr column_row(std::tuple<detail::column_kept<Values>...> const* columns, std::size_t index)
      : columns_(columns), index_(index) {}

  template <std::size_t I>
  constexpr decltype(auto) get() const {
    return std::get<I>(*columns_)[index_];
  }

 private:
  std::tuple<detail::column_kept<Values>...> const* columns_;
  std::size_t index_;
};

template <class... Values>
class column_rows;

/// Column `I` of a row, as a field.
template <std::size_t I>
struct nth_column {
  constexpr decltype(auto) operator()(auto const& row) const { return row.template get<I>(); }
  template <class... Values>
  constexpr auto column_of(column_rows<Values...> const& rows) const {
    return rows.template column<I>();
  }
};
template <std::size_t I>
inline constexpr nth_column<I> nth{};

/// Columns of equal length, seen as a range of rows. Made by `rows_of`.
template <class... Values>
class column_rows {
 public:
  static constexpr bool are_rows = true;

  constexpr explicit column_rows(detail::column_kept<Values>... columns) : columns_(columns...) {
    std::size_t const length = std::get<0>(columns_).size();
    if (((columns.size() != length) || ...))
      detail::refuse("cxm::rows_of: the columns have different lengths");
  }
  constexpr std::size_t size() const { return std::get<0>(columns_).size(); }
  template <std::size_t I>
  constexpr auto column() const {
    return std::get<I>(columns_);
  }
  constexpr column_row<Values...> operator[](std::size_t index) const { return {&columns_, index}; }

  constexpr auto begin() const {
    return detail::indexed_iterator(detail::indexed<column_rows>{this}, 0);
  }
  constexpr auto end() const {
    return detail::indexed_iterator(detail::indexed<column_rows>{this}, size());
  }

 private:
  std::tuple<detail::column_kept<Values>...> columns_;
};

/// Shows columns (contiguous ranges of equal length, or `column_with_gaps`) as rows; throws
/// `std::invalid_argument` for unequal lengths.
template <class... Columns>
constexpr auto rows_of(Columns const&... columns) {
  return column_rows<detail::column_named<Columns>...>(
      detail::column_kept<detail::column_named<Columns>>(columns)...);
}

}  // namespace cxm
