// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/detail/unzeroed.hpp>
#include <cxm/journey/journey_store.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// A contact while its log is arranged: as a record, which is moved about, and in the columns of
/// the store, where it lies before and after. Both are the same parts in the same order, so all
/// moves between them are written once.

namespace cxm::detail {

/// What is carried along while rows are arranged. Small, for it is moved twice through all the
/// memory there is; and without initialisers, so that room for millions is not zeroed first.
template <class Reader, class Row>
struct contact_record {
  using time_type = typename Reader::time_type;
  struct nothing {};

  time_type start;
  [[no_unique_address]] std::conditional_t<Reader::has_ends, time_type, nothing> end;
  std::uint32_t row;
  typename Reader::touchpoint_type touchpoint;
  [[no_unique_address]] decltype(std::declval<Reader const&>().order(std::declval<Row>())) order;
  [[no_unique_address]] decltype(std::declval<Reader const&>().kept(std::declval<Row>())) kept;

  static constexpr bool has_order = std::tuple_size_v<decltype(order)> > 0;

  time_type ended() const {
    if constexpr (Reader::has_ends)
      return end;
    else
      return start;
  }
  /// References to all parts.
  auto parts() {
    return std::tuple_cat(std::tie(start, touchpoint, row), only_if<Reader::has_ends>(end),
                          only_if<has_order>(order),
                          std::apply([](auto&... part) { return std::tie(part...); }, kept));
  }
  template <bool There, class Part>
  static auto only_if(Part& part) {
    if constexpr (There)
      return std::tie(part);
    else
      return std::tuple();
  }

  static contact_record of(Reader const& reader, Row const& row, std::size_t i) {
    contact_record made{reader.time(row),
                        {},
                        static_cast<std::uint32_t>(i),
                        reader.touchpoint(row),
                        reader.order(row),
                        reader.kept(row)};
    if constexpr (Reader::has_ends) made.end = reader.end(row, made.start);
    return made;
  }
};

/// The columns of the store as the place where records are arranged.
template <class Rows, class Reader>
class record_columns {
  using store = journey_store<Rows, Reader>;

 public:
  using record = contact_record<Reader, typename store::row_type>;

  explicit record_columns(store& to) : to_(to) {}

  void resize(std::size_t events) {
    std::apply([&](auto&... column) { (column.resize(events), ...); }, columns());
  }
  /// Moves `at(begin)` … `at(end - 1)` to these positions, column after column.
  template <class At>
  void put(std::size_t begin, std::size_t end, At const& at) {
    for_each_part([&]<std::size_t I>() {
      auto value = std::get<I>(columns()).begin() + static_cast<std::ptrdiff_t>(begin);
      for (std::size_t i = begin; i < end; ++i, ++value)
        *value = std::move(std::get<I>(at(i).parts()));
    });
  }
  record get(std::size_t i) {
    record one;
    for_each_part(
        [&]<std::size_t I>() { std::get<I>(one.parts()) = std::move(std::get<I>(columns())[i]); });
    return one;
  }

 private:
  auto columns() {
    return std::tuple_cat(std::tie(to_.times_, to_.touchpoints_, to_.row_of_),
                          record::template only_if<Reader::has_ends>(to_.ends_),
                          record::template only_if<record::has_order>(orders_),
                          std::apply([](auto&... kept) { return std::tie(kept...); }, to_.kept_));
  }
  template <class Function>
  static void for_each_part(Function const& function) {
    constexpr auto parts = std::tuple_size_v<decltype(std::declval<record&>().parts())>;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (function.template operator()<I>(), ...);
    }
    (std::make_index_sequence<parts>{});
  }

  store& to_;
  unzeroed_vector<decltype(record::order)> orders_;
};

}  // namespace cxm::detail
