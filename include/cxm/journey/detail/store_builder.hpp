// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/detail/arranged.hpp>
#include <cxm/journey/journey_store.hpp>
#include <cxm/journey/row_policies.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/detail/group_map.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Builds a journey store in three steps: read rows into records, arrange them by customer and time, cut.

namespace cxm::detail {

template <class Rows, class Reader>
class store_builder {
 public:
  using store = journey_store<Rows, Reader>;

  store_builder(Rows rows, Reader reader) : store_(std::move(rows), std::move(reader)) {
    if (store_.rows_.size() > UINT32_MAX) detail::refuse("cxm::reconstruct: more than 4,294,967,295 rows");
  }

  template <class Once, class Repeats, class Boundary>
  store build(Once const& once, Repeats const&, Boundary const& boundary) && {
    mark_duplicates(once);
    constexpr bool collapse = std::is_same_v<Repeats, collapse_repeats>;
    arranger<customer_type, record> arranged(store_.rows_.size());
    for_each_contact([&](Reader const& reader, row_type const& row, std::size_t) {
      arranged.count(reader.customer(row));
    });
    arranged.lay_out();
    for_each_contact([&](Reader const& reader, row_type const& row, std::size_t i) {
      arranged.place(reader.customer(row), record_of(reader, row, i));
    });
    resize_columns(arranged.size(), collapse || Reader::has_ends);
    arranged.take_each(
        [](record const& a, record const& b) { return a.start != b.start ? a.start < b.start : a.order < b.order; },
        [&](customer_type const& who, record* first, record* last) {
          auto const begin = events_;
          append<collapse>(first, last);
          cut_journeys(begin, boundary);
          store_.customers_.push_back(who);
        });
    resize_columns(events_, collapse || Reader::has_ends);
    return std::move(store_);
  }

 private:
  using customer_type = typename store::customer_type;
  using time_type = typename store::time_type;
  using touchpoint_type = typename store::touchpoint_type;
  using row_type = typename store::row_type;

  struct nothing {};
  /// What is carried along while rows are arranged. Small, for it is moved twice through all the memory there is; and
  /// without initialisers, so that room for millions is not zeroed first.
  struct record {
    time_type start;
    [[no_unique_address]] std::conditional_t<Reader::has_ends, time_type, nothing> end;
    std::uint32_t row;
    touchpoint_type touchpoint;
    [[no_unique_address]] decltype(std::declval<Reader const&>().order(std::declval<row_type>())) order;
    [[no_unique_address]] decltype(std::declval<Reader const&>().kept(std::declval<row_type>())) kept;

    time_type ended() const {
      if constexpr (Reader::has_ends) return end;
      else return start;
    }
  };
  static record record_of(Reader const& reader, row_type const& row, std::size_t i) {
    record made{reader.time(row), {}, static_cast<std::uint32_t>(i), reader.touchpoint(row), reader.order(row),
                reader.kept(row)};
    if constexpr (Reader::has_ends) made.end = reader.end(row, made.start);
    return made;
  }

  void mark_duplicates(every_row) {}
  template <class Field>
  void mark_duplicates(once_per<Field> const& once) {
    using value = answered_t<field_value<Field, row_type>>;
    group_map<owned_t<value>, event_count> seen(count(), UINT64_MAX);
    duplicate_.resize(store_.rows_.size());
    for (std::size_t i = 0; i < duplicate_.size(); ++i) {
      if_answered(
          cxm::read(once.field, store_.rows_[i]),
          [&](auto const& id) {
            auto& times_seen = seen.at(id);
            duplicate_[i] = times_seen.result() > 0;
            times_seen.add(id);
          },
          [] {});
    }
  }

  static bool ends_early(Reader const& reader, row_type const& row) {
    if constexpr (Reader::has_ends) return reader.end(row, reader.time(row)) < reader.time(row);
    else return false;
  }

  /// Calls `take(reader, row, i)` for every row that is a contact, and counts the others.
  template <class Take>
  void for_each_contact(Take const& take) {
    Reader const reader = store_.reader_;  // a copy that nothing else can change: the fields stay in registers
    bool const any_duplicate = !duplicate_.empty();
    rows_left_out left_out;
    for (std::size_t i = 0; i < store_.rows_.size(); ++i) {
      row_type const& row = store_.rows_[i];
      if (!reader.has_customer(row)) ++left_out.missing_customer;
      else if (!reader.has_time(row)) ++left_out.missing_time;
      else if (ends_early(reader, row)) ++left_out.end_before_start;
      else if (!reader.has_touchpoint(row)) ++left_out.missing_touchpoint;
      else if (any_duplicate && duplicate_[i]) ++left_out.duplicates;
      else take(reader, row, i);
    }
    store_.left_out_ = left_out;
  }

  void resize_columns(std::size_t events, bool with_ends) {
    store_.times_.resize(events);
    if (with_ends) store_.ends_.resize(events);
    store_.touchpoints_.resize(events);
    store_.row_of_.resize(events);
    std::apply([&](auto&... column) { (column.resize(events), ...); }, store_.kept_);
  }

  /// Appends one customer's records to the columns, runs of one touchpoint as one contact if that is asked for.
  template <bool Collapse>
  void append(record* first, record* last) {
    auto const begin = events_;
    for (; first != last; ++first) {
      if (Collapse && events_ > begin && store_.touchpoints_[events_ - 1] == first->touchpoint) {
        store_.ends_[events_ - 1] = std::max(store_.ends_[events_ - 1], first->ended());
        ++store_.collapsed_;
        continue;
      }
      store_.times_[events_] = first->start;
      if constexpr (Collapse || Reader::has_ends) store_.ends_[events_] = first->ended();
      store_.touchpoints_[events_] = std::move(first->touchpoint);
      store_.row_of_[events_] = first->row;
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        ((std::get<I>(store_.kept_)[events_] = std::get<I>(std::move(first->kept))), ...);
      }(std::make_index_sequence<std::tuple_size_v<decltype(first->kept)>>{});
      ++events_;
    }
  }

  /// Cuts the contacts of the next customer, from `begin` to the last one appended, into journeys.
  template <class Boundary>
  void cut_journeys(std::size_t begin, Boundary const& boundary) {
    auto const customer = static_cast<std::uint32_t>(store_.customers_.size());
    auto const stop = events_;
    std::size_t first = begin;
    time_type ended = store_.times_[begin];
    for (std::size_t i = begin; i < stop; ++i) {
      journey_of<store> const so_far(&store_, customer, first, i - first, ended);
      cut const verdict = boundary(so_far, contact_of<store>(&store_, i));
      if (verdict.before && first < i) {
        store_.journeys_.push_back({ended, static_cast<std::uint32_t>(first), customer});
        first = i;
      }
      ended = first == i ? store_.end_at(i) : std::max(ended, store_.end_at(i));
      if (verdict.after || i + 1 == stop) {
        store_.journeys_.push_back({ended, static_cast<std::uint32_t>(first), customer});
        first = i + 1;
        if (first < stop) ended = store_.times_[first];
      }
    }
  }

  store store_;
  std::vector<bool> duplicate_;
  std::size_t events_ = 0;  // how many contacts the columns hold so far
};

}  // namespace cxm::detail
