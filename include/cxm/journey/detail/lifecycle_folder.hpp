// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/journey/detail/row_handle.hpp>
#include <cxm/journey/folded_event.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Finds for each row that ends a contact the row that began it: rows are sorted by whose they are,
/// touchpoint and instance, then by time, and what ends takes the earliest that is open.

namespace cxm::detail {

/// One instance a case and touchpoint at a time needs no name.
struct no_instance {
  constexpr bool operator()(auto const&) const { return true; }
};

template <class Rows, class Reader, class Lifecycle, class Instance>
class lifecycle_folder {
  using row_type = std::remove_cvref_t<decltype(std::declval<Rows const&>()[0])>;
  using time_type = typename Reader::time_type;
  static_assert(std::is_same_v<answered_t<field_value<Lifecycle, row_type>>, lifecycle>,
                "cxm::fold_lifecycle: the field must give a cxm::lifecycle, or an optional of one; "
                "cxm::lifecycle_of(text) reads the words of XES");

 public:
  using event = folded_event<Rows, time_type>;

  lifecycle_folder(Rows const& rows, Reader const& reader, Lifecycle const& lifecycle,
                   Instance const& instance)
      : rows_(rows), reader_(reader), lifecycle_(lifecycle), instance_(instance) {}

  template <class Counts>
  std::vector<event> fold(Counts& counts) {
    pair_up();
    std::vector<event> events;
    events.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (!consumed_[i]) events.push_back(event_of(i, counts));
    return events;
  }

 private:
  static constexpr std::uint32_t nothing = UINT32_MAX;

  lifecycle part_of(std::size_t i) const {
    auto const& part = cxm::read(lifecycle_, rows_[i]);
    if constexpr (is_optional<std::remove_cvref_t<decltype(part)>>)
      return part.value_or(lifecycle::point);
    else
      return part;
  }

  /// Less than zero, zero, more: by customer, touchpoint and instance.
  int compare_groups(std::size_t a, std::size_t b) const {
    row_type const &first = rows_[a], &second = rows_[b];
    auto const by = [](auto const& x, auto const& y) {
      return key_before(x, y) ? -1 : key_before(y, x) ? 1 : 0;
    };
    int order = by(reader_.customer(first), reader_.customer(second));
    if (order == 0) order = by(reader_.touchpoint(first), reader_.touchpoint(second));
    if (order == 0) order = by(cxm::read(instance_, first), cxm::read(instance_, second));
    return order;
  }

  /// The rows that begin or end something: whole contacts, that is. Others stay as they are.
  std::vector<std::uint32_t> in_order() const {
    std::vector<std::uint32_t> order;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (part_of(i) != lifecycle::point && reader_.is_contact(rows_[i]))
        order.push_back(static_cast<std::uint32_t>(i));
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      int const groups = compare_groups(a, b);
      if (groups != 0) return groups < 0;
      auto const earlier = reader_.time(rows_[a]), later = reader_.time(rows_[b]);
      return earlier != later ? earlier < later : reader_.order(rows_[a]) < reader_.order(rows_[b]);
    });
    return order;
  }

  void pair_up() {
    consumed_.assign(rows_.size(), false);
    ended_by_.assign(rows_.size(), nothing);
    std::vector<std::uint32_t> open;  // starts of one group, in order; those before `first` ended
    std::size_t first = 0;
    std::uint32_t former = nothing;
    for (auto const i : in_order()) {
      if (former == nothing || compare_groups(former, i) != 0) {
        open.clear();
        first = 0;
      }
      former = i;
      if (part_of(i) == lifecycle::start) {
        open.push_back(i);
      } else if (first < open.size()) {
        ended_by_[open[first++]] = i;
        consumed_[i] = true;
      }
    }
  }

  template <class Counts>
  event event_of(std::size_t i, Counts& counts) const {
    row_handle<Rows> const row(rows_, i);
    auto const alone = [&](folding kind, std::optional<time_type> end) {
      return event(row, row, kind, end);
    };
    if (!reader_.is_contact(rows_[i])) {
      ++counts.no_contact;
      return alone(folding::point, own_end(i));
    }
    if (ended_by_[i] != nothing) {
      std::size_t const last = ended_by_[i];
      bool const whole = part_of(last) == lifecycle::complete;
      ++(whole ? counts.whole : counts.cancelled);
      return event(row, row_handle<Rows>(rows_, last), whole ? folding::whole : folding::cancelled,
                   reader_.end(rows_[last], reader_.time(rows_[last])));
    }
    switch (part_of(i)) {
      case lifecycle::start:
        ++counts.open;
        return alone(folding::open, std::nullopt);
      case lifecycle::complete:
        ++counts.unmatched_complete;
        return alone(folding::unmatched_complete, own_end(i));
      case lifecycle::cancel:
        ++counts.unmatched_cancel;
        return alone(folding::unmatched_cancel, own_end(i));
      default:
        ++counts.points;
        return alone(folding::point, own_end(i));
    }
  }

  /// The end that the row itself knows, also one before its start, for others to refuse.
  std::optional<time_type> own_end(std::size_t i) const {
    row_type const& row = rows_[i];
    if (!Reader::has_ends || !reader_.has_time(row)) return std::nullopt;
    return reader_.end(row, reader_.time(row));
  }

  Rows const& rows_;
  Reader const& reader_;
  Lifecycle const& lifecycle_;
  Instance const& instance_;
  std::vector<bool> consumed_;
  std::vector<std::uint32_t> ended_by_;
};

}  // namespace cxm::detail
