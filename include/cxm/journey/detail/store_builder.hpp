// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/detail/arranged.hpp>
#include <cxm/journey/detail/copy_marks.hpp>
#include <cxm/journey/detail/cutting.hpp>
#include <cxm/journey/detail/record_columns.hpp>
#include <cxm/journey/journey_store.hpp>
#include <cxm/journey/row_policies.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Builds a journey store in three steps: read rows into records, arrange them by customer and
/// time, cut.

namespace cxm::detail {

template <class Rows, class Reader>
class store_builder {
 public:
  using store = journey_store<Rows, Reader>;

  store_builder(Rows rows, Reader reader) : store_(std::move(rows), std::move(reader)) {
    if (store_.rows_.size() > UINT32_MAX)
      detail::refuse("cxm::reconstruct: more than 4,294,967,295 rows");
  }

  /// `observe(earliest, latest)` gives the `observation` in which the journeys are seen, from the
  /// times in the log, or is `nothing_observed`.
  template <class Copies, class Repeats, class Boundary, class Observe>
  store build(Copies const& copies, Repeats const&, Boundary const& boundary,
              Observe const& observe) && {
    mark_copies(copies);
    auto const observed = observe_with(observe);
    constexpr bool collapse = std::is_same_v<Repeats, collapse_repeats>;
    columns_type columns(store_);
    arranger<customer_type, columns_type> arranged(store_.rows_.size(), columns);
    for_each_contact([&](Reader const& reader, row_type const& row, std::size_t) {
      arranged.count(reader.customer(row));
    });
    arranged.lay_out();
    if constexpr (collapse) store_.ends_.resize(arranged.size());
    for_each_contact([&](Reader const& reader, row_type const& row, std::size_t i) {
      arranged.place(reader.customer(row), record::of(reader, row, i));
    });
    arranged.take_each(
        [](record const& a, record const& b) {
          return a.start != b.start ? a.start < b.start : a.order < b.order;
        },
        [&](customer_type const& who, std::size_t begin, std::size_t end) {
          std::size_t const first = events_;
          if constexpr (collapse)
            collapse_runs(columns, begin, end);
          else
            events_ = end;
          store_.customers_.push_back(who);
          cut_journeys<collapse || Reader::has_ends>(first, boundary, observed);
        });
    columns.resize(events_);
    if constexpr (collapse) store_.ends_.resize(events_);
    return std::move(store_);
  }

 private:
  using customer_type = typename store::customer_type;
  using time_type = typename store::time_type;
  using touchpoint_type = typename store::touchpoint_type;
  using row_type = typename store::row_type;

  using record = contact_record<Reader, row_type>;
  using columns_type = record_columns<Rows, Reader>;

  static nothing_observed observe_with(nothing_observed) { return {}; }
  template <class Observe>
  observation<time_type> observe_with(Observe const& observe) {
    std::optional<observation<time_type>> seen;
    for_each_contact([&](Reader const& reader, row_type const& row, std::size_t) {
      auto const start = reader.time(row), end = reader.end(row, start);
      if (!seen) seen = {start, end};
      seen->from = std::min(seen->from, start);
      seen->until = std::max(seen->until, end);
    });
    store_.observed_ = observe(seen.value_or(observation<time_type>{}));
    return *store_.observed_;
  }

  template <class Copies>
  void mark_copies(Copies const& rules) {
    if constexpr (Copies::any) {
      auto const usable = [&](row_type const& row) { return store_.reader_.is_contact(row); };
      marks_ = copy_marker(store_.rows_, store_.reader_, usable).marks(rules);
    }
  }

  /// Calls `take(reader, row, i)` for every row that is a contact, and counts the others.
  template <class Take>
  void for_each_contact(Take const& take) {
    Reader const reader =
        store_.reader_;  // a copy that nothing else can change: the fields stay in registers
    bool const any_mark = !marks_.empty();
    rows_left_out left_out;
    copy_counts copies;
    for (std::size_t i = 0; i < store_.rows_.size(); ++i) {
      row_type const& row = store_.rows_[i];
      if (!reader.has_customer(row))
        ++left_out.missing_customer;
      else if (!reader.has_time(row))
        ++left_out.missing_time;
      else if (reader.ends_early(row))
        ++left_out.end_before_start;
      else if (!reader.has_touchpoint(row))
        ++left_out.missing_touchpoint;
      else if (any_mark && marks_[i] == copy_mark::future)
        ++left_out.future;
      else if (any_mark && marks_[i] != copy_mark::counts)
        count_copy(copies, marks_[i]);
      else
        take(reader, row, i);
    }
    left_out.duplicates = copies.same_id;
    left_out.same_content = copies.same_content;
    left_out.near_duplicates = copies.near;
    store_.left_out_ = left_out;
  }

  /// Moves one customer's contacts up to where the last one's end, runs of one touchpoint as one
  /// contact.
  void collapse_runs(columns_type& columns, std::size_t begin, std::size_t end) {
    auto const first = events_;
    for (std::size_t i = begin; i < end; ++i) {
      record one = columns.get(i);
      if (events_ > first && store_.touchpoints_[events_ - 1] == one.touchpoint) {
        store_.ends_[events_ - 1] = std::max(store_.ends_[events_ - 1], one.ended());
        ++store_.collapsed_;
      } else {
        store_.ends_[events_] = one.ended();
        columns.put(events_, events_ + 1, [&](std::size_t) -> record& { return one; });
        ++events_;
      }
    }
  }

  /// Cuts the contacts of the next customer, from `begin` to the last one appended, into journeys.
  template <bool WithEnds, class Boundary, class Observed>
  void cut_journeys(std::size_t begin, Boundary const& boundary, Observed const& observed) {
    auto const end_of = [&](std::size_t i) {  // known here without a look
      if constexpr (WithEnds)
        return store_.ends_[i];
      else
        return store_.times_[i];
    };
    cutting const work(store_, store_.customers_.size() - 1, begin, events_, end_of);
    work.cut_by(boundary, observed, [&](auto const& piece) {
      close_journey(piece.first, piece.ended);
      if constexpr (!std::is_same_v<Observed, nothing_observed>)
        store_.fates_.push_back(piece.fate);
    });
  }
  void close_journey(std::size_t first, time_type ended) {
    auto& journeys = store_.journeys_;
    if (journeys.size() == journeys.capacity()) make_room(first);
    journeys.push_back({ended, static_cast<std::uint32_t>(first),
                        static_cast<std::uint32_t>(store_.customers_.size() - 1)});
  }
  /// Room for as many journeys as there will be if it goes on like this, and an eighth more.
  /// Doubling would touch twice the memory, and fresh memory is dear: a page costs more than the
  /// journeys that fit into it.
  void make_room(std::size_t events_so_far) {
    auto const sofar = static_cast<double>(store_.journeys_.size() + 16);
    double const share = sofar / static_cast<double>(events_so_far + 16);
    auto const all =
        static_cast<std::size_t>(1.125 * share * static_cast<double>(store_.times_.size()));
    store_.journeys_.reserve(
        std::max(all, store_.journeys_.size() + store_.journeys_.size() / 2 + 16));
  }

  store store_;
  std::vector<copy_mark> marks_;  // empty where nobody asks
  std::size_t events_ = 0;        // how many contacts the columns hold so far
};

}  // namespace cxm::detail
