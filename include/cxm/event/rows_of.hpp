// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/indexed_iterator.hpp>
#include <cxm/core/error.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

/// \file
/// Events that are kept as columns: `rows_of(customers, times, touchpoints)` shows spans of equal
/// length as rows, whose fields are `nth<0>`, `nth<1>` … Nothing is copied; the columns must
/// outlive the rows.

namespace cxm {

/// One row of several columns.
template <class... Values>
class column_row {
 public:
  constexpr column_row(std::tuple<std::span<Values const>...> const* columns, std::size_t index)
      : columns_(columns), index_(index) {}

  template <std::size_t I>
  constexpr auto const& get() const {
    return std::get<I>(*columns_)[index_];
  }

 private:
  std::tuple<std::span<Values const>...> const* columns_;
  std::size_t index_;
};

/// Column `I` of a row, as a field.
template <std::size_t I>
struct nth_column {
  constexpr auto const& operator()(auto const& row) const { return row.template get<I>(); }
};
template <std::size_t I>
inline constexpr nth_column<I> nth{};

/// Columns of equal length, seen as a range of rows. Made by `rows_of`.
template <class... Values>
class column_rows {
 public:
  constexpr explicit column_rows(std::span<Values const>... columns) : columns_(columns...) {
    std::size_t const length = std::get<0>(columns_).size();
    if (((columns.size() != length) || ...))
      detail::refuse("cxm::rows_of: the columns have different lengths");
  }
  constexpr std::size_t size() const { return std::get<0>(columns_).size(); }
  constexpr column_row<Values...> operator[](std::size_t index) const { return {&columns_, index}; }

  constexpr auto begin() const {
    return detail::indexed_iterator(detail::indexed<column_rows>{this}, 0);
  }
  constexpr auto end() const {
    return detail::indexed_iterator(detail::indexed<column_rows>{this}, size());
  }

 private:
  std::tuple<std::span<Values const>...> columns_;
};

/// Shows columns (contiguous ranges of equal length) as rows; throws `std::invalid_argument` for
/// unequal lengths.
template <class... Columns>
constexpr auto rows_of(Columns const&... columns) {
  return column_rows<std::remove_cvref_t<decltype(*std::data(columns))>...>(
      std::span(std::data(columns), std::size(columns))...);
}

}  // namespace cxm
