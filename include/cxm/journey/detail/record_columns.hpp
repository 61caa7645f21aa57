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
/// the store, where it lies before and after.

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

  time_type ended() const {
    if constexpr (Reader::has_ends)
      return end;
    else
      return start;
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

  record_columns(store& to, bool with_ends) : to_(to), with_ends_(with_ends) {}

  void resize(std::size_t events) {
    to_.times_.resize(events);
    if (with_ends_) to_.ends_.resize(events);
    to_.touchpoints_.resize(events);
    to_.row_of_.resize(events);
    if constexpr (has_order) orders_.resize(events);
    std::apply([&](auto&... column) { (column.resize(events), ...); }, to_.kept_);
  }
  /// Moves the records `at(begin)` … `at(end - 1)` to these positions, column after column.
  template <class At>
  void put(std::size_t begin, std::size_t end, At const& at) {
    auto const fill = [&](auto& column, auto const& part_of) {
      auto value = column.begin() + static_cast<std::ptrdiff_t>(begin);
      for (std::size_t i = begin; i < end; ++i, ++value) *value = part_of(at(i));
    };
    fill(to_.times_, [](record& one) { return one.start; });
    if (with_ends_) fill(to_.ends_, [](record& one) { return one.ended(); });
    fill(to_.touchpoints_, [](record& one) { return std::move(one.touchpoint); });
    fill(to_.row_of_, [](record& one) { return one.row; });
    if constexpr (has_order) fill(orders_, [](record& one) { return std::move(one.order); });
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (fill(std::get<I>(to_.kept_), [](record& one) { return std::get<I>(std::move(one.kept)); }),
       ...);
    }
    (each_kept{});
  }
  record get(std::size_t i) {
    record one;
    one.start = to_.times_[i];
    if constexpr (Reader::has_ends) one.end = to_.ends_[i];
    one.touchpoint = std::move(to_.touchpoints_[i]);
    one.row = to_.row_of_[i];
    if constexpr (has_order) one.order = std::move(orders_[i]);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((std::get<I>(one.kept) = std::move(std::get<I>(to_.kept_)[i])), ...);
    }
    (each_kept{});
    return one;
  }

 private:
  static constexpr bool has_order = std::tuple_size_v<decltype(record::order)> > 0;
  using each_kept = std::make_index_sequence<std::tuple_size_v<decltype(record::kept)>>;

  store& to_;
  bool with_ends_;
  unzeroed_vector<decltype(record::order)> orders_;
};

}  // namespace cxm::detail
