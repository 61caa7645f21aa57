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
    arranger<customer_type, record> arranged(store_.rows_.size());
    for_each_contact([&](customer_type const& who, time_type, time_type, row_type const&, std::uint32_t) {
      arranged.count(who);
    });
    arranged.lay_out();
    for_each_contact([&](customer_type const& who, time_type start, time_type end, row_type const& row, std::uint32_t i) {
      arranged.place(who, record{start, end, i, *store_.reader_.touchpoint(row), store_.reader_.order(row),
                                 store_.reader_.kept(row)});
    });
    reserve(arranged.size());
    arranged.take_each(
        [](record const& a, record const& b) { return a.start != b.start ? a.start < b.start : a.order < b.order; },
        [&](customer_type const& who, record* first, record* last) {
          auto const begin = store_.times_.size();
          append<std::is_same_v<Repeats, collapse_repeats>>(first, last);
          cut_journeys(begin, boundary);
          store_.customers_.push_back(who);
        });
    return std::move(store_);
  }

 private:
  using customer_type = typename store::customer_type;
  using time_type = typename store::time_type;
  using touchpoint_type = typename store::touchpoint_type;
  using row_type = typename store::row_type;

  /// What is carried along while rows are arranged. Without initialisers: room for millions is not zeroed first.
  struct record {
    time_type start;
    time_type end;
    std::uint32_t row;
    touchpoint_type touchpoint;
    decltype(std::declval<Reader const&>().order(std::declval<row_type>())) order;
    decltype(std::declval<Reader const&>().kept(std::declval<row_type>())) kept;
  };

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

  /// Calls `take` for every row that is a contact, and counts the others.
  template <class Take>
  void for_each_contact(Take const& take) {
    auto const& reader = store_.reader_;
    rows_left_out left_out;
    for (std::size_t i = 0; i < store_.rows_.size(); ++i) {
      row_type const& row = store_.rows_[i];
      auto const who = reader.customer(row);
      auto const start = reader.time(row);
      if (!who) ++left_out.missing_customer;
      else if (!start) ++left_out.missing_time;
      else if (reader.end(row, *start) < *start) ++left_out.end_before_start;
      else if (!reader.touchpoint(row)) ++left_out.missing_touchpoint;
      else if (!duplicate_.empty() && duplicate_[i]) ++left_out.duplicates;
      else take(*who, *start, reader.end(row, *start), row, static_cast<std::uint32_t>(i));
    }
    store_.left_out_ = left_out;
  }

  void reserve(std::size_t events) {
    store_.times_.reserve(events);
    store_.touchpoints_.reserve(events);
    store_.row_of_.reserve(events);
    std::apply([&](auto&... column) { (column.reserve(events), ...); }, store_.kept_);
  }

  /// Appends one customer's records to the columns, runs of one touchpoint as one contact if that is asked for.
  template <bool Collapse>
  void append(record* first, record* last) {
    auto const begin = store_.times_.size();
    for (; first != last; ++first) {
      if (Collapse && store_.times_.size() > begin && store_.touchpoints_.back() == first->touchpoint) {
        store_.ends_.back() = std::max(store_.ends_.back(), first->end);
        ++store_.collapsed_;
        continue;
      }
      store_.times_.push_back(first->start);
      if constexpr (Collapse || Reader::has_ends) store_.ends_.push_back(first->end);
      store_.touchpoints_.push_back(std::move(first->touchpoint));
      store_.row_of_.push_back(first->row);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (std::get<I>(store_.kept_).push_back(std::get<I>(std::move(first->kept))), ...);
      }(std::make_index_sequence<std::tuple_size_v<decltype(first->kept)>>{});
    }
  }

  /// Cuts the contacts of the next customer, from `begin` to the end of the columns, into journeys.
  template <class Boundary>
  void cut_journeys(std::size_t begin, Boundary const& boundary) {
    auto const customer = static_cast<std::uint32_t>(store_.customers_.size());
    auto const stop = store_.times_.size();
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
};

}  // namespace cxm::detail
