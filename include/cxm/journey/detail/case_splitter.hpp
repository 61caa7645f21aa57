// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/journey/case_event.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Which events are in which cases: those that name cases, and by a sweep over each customer's
/// time, those that do not.

namespace cxm::detail {

/// Calls `take(id)` for each case that a row names: one, an optional one, or a range of them, where
/// the same one twice is once.
template <class Value, class Take>
void for_each_case(Value const& value, Take const& take) {
  if constexpr (is_optional<Value>) {
    if (value) take(*value);
  } else if constexpr (sequence_view<Value>) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      bool again = false;
      for (std::size_t j = 0; j < i; ++j) again = again || value[j] == value[i];
      if (!again) take(value[i]);
    }
  } else {
    take(value);
  }
}

template <class Value>
struct case_id_in {
  using type = answered_t<Value>;
};
template <sequence_view Value>
struct case_id_in<Value> {
  using type = std::remove_cvref_t<decltype(std::declval<Value const&>()[0])>;
};

template <class Rows, class Reader, class CaseField>
class case_splitter {
  using row = std::remove_cvref_t<decltype(std::declval<Rows const&>()[0])>;
  using row_handle =
      std::conditional_t<std::is_reference_v<decltype(std::declval<Rows const&>()[0])>, row const*,
                         row>;
  using customer = typename Reader::customer_type;
  using time = typename Reader::time_type;
  using case_id = typename case_id_in<field_value<CaseField, row>>::type;

 public:
  using event = case_event<row_handle, customer, case_id>;

  case_splitter(Rows const& rows, Reader reader, CaseField field)
      : rows_(rows), reader_(std::move(reader)), field_(std::move(field)) {}

  template <class Rest>
  std::vector<event> split() {
    given_.resize(rows_.size());
    if constexpr (!std::is_same_v<Rest, no_case_is_meant>) {
      auto const order = in_order();
      for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && same_customer(order[begin], order[end])) ++end;
        settle<Rest>(std::span(order).subspan(begin, end - begin));
      }
    }
    std::vector<event> events;
    events.reserve(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) emit(i, events);
    return events;
  }

 private:
  /// An event that names a case, by the number of the case.
  struct named {
    time start;
    time end;
    case_id id;
    std::size_t number = 0;
  };
  /// When a case opens or closes.
  struct turn {
    time when;
    std::size_t number;
  };

  template <class Take>
  void for_each_case_of(std::size_t i, Take const& take) const {
    auto const& value = cxm::read(field_, rows_[i]);
    for_each_case(value, take);
  }

  /// Rows with customer and time, by customer, then in time order.
  std::vector<std::uint32_t> in_order() const {
    std::vector<std::uint32_t> order;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (reader_.has_customer(rows_[i]) && reader_.has_time(rows_[i]))
        order.push_back(static_cast<std::uint32_t>(i));
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      auto const who_a = reader_.customer(rows_[a]), who_b = reader_.customer(rows_[b]);
      if (key_before(who_a, who_b)) return true;
      return !key_before(who_b, who_a) && reader_.time(rows_[a]) < reader_.time(rows_[b]);
    });
    return order;
  }
  bool same_customer(std::size_t a, std::size_t b) const {
    auto const who_a = reader_.customer(rows_[a]), who_b = reader_.customer(rows_[b]);
    return !key_before(who_a, who_b) && !key_before(who_b, who_a);
  }

  /// Says of each event of a customer that names no case, in which it is: one sweep in time order
  /// over the cases that open and close. The numbers of the open ones are added up; of one alone
  /// the sum is its number.
  template <class Rest>
  void settle(std::span<std::uint32_t const> events) {
    auto cases = cases_named(events);
    number(cases);
    auto const opens =
        turns(cases, [](named const& one, time& when) { when = std::min(when, one.start); });
    auto const closes =
        turns(cases, [](named const& one, time& when) { when = std::max(when, one.end); });
    auto opening = opens.begin(), closing = closes.begin();
    std::size_t open = 0, sum = 0, latest = 0;
    for (auto const i : events) {
      bool names = false;
      for_each_case_of(i, [&](auto const&) { names = true; });
      if (names) continue;
      time const now = reader_.time(rows_[i]);
      for (; opening != opens.end() && opening->when <= now; ++opening, ++open)
        sum += opening->number;
      for (; closing != closes.end() && closing->when < now; ++closing, --open)
        sum -= closing->number;
      while (latest < cases.size() && cases[latest].start <= now) ++latest;
      if (open == 1)
        given_[i] = cases[sum].id;
      else if (std::is_same_v<Rest, most_recently_active> && latest > 0)
        given_[i] = cases[latest - 1].id;
    }
  }

  /// The events that name cases, in time order, one for each case.
  std::vector<named> cases_named(std::span<std::uint32_t const> events) const {
    std::vector<named> found;
    for (auto const i : events) {
      time const start = reader_.time(rows_[i]);
      time const end = std::max(start, reader_.end(rows_[i], start));
      for_each_case_of(i, [&](auto const& id) { found.push_back({start, end, id}); });
    }
    return found;
  }
  /// The number of a case is the position of its first event.
  static void number(std::vector<named>& cases) {
    std::vector<std::size_t> by_id(cases.size());
    std::iota(by_id.begin(), by_id.end(), std::size_t{0});
    std::stable_sort(by_id.begin(), by_id.end(), [&](std::size_t a, std::size_t b) {
      return key_before(cases[a].id, cases[b].id);
    });
    for (std::size_t i = 0; i < by_id.size(); ++i) {
      bool const first = i == 0 || key_before(cases[by_id[i - 1]].id, cases[by_id[i]].id);
      cases[by_id[i]].number = first ? by_id[i] : cases[by_id[i - 1]].number;
    }
  }
  /// When each case opens or closes, as `widen` finds over its events, in time order.
  template <class Widen>
  static std::vector<turn> turns(std::vector<named> const& cases, Widen const& widen) {
    std::vector<turn> found;
    std::vector<std::size_t> place(cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
      if (cases[i].number == i) {
        place[i] = found.size();
        found.push_back({cases[i].start, i});
      }
      widen(cases[i], found[place[cases[i].number]].when);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](turn const& a, turn const& b) { return a.when < b.when; });
    return found;
  }
  void emit(std::size_t i, std::vector<event>& events) const {
    std::uint32_t shared = 0;
    for_each_case_of(i, [&](auto const&) { ++shared; });
    auto const add = [&](std::optional<case_id> id, std::uint32_t by) {
      std::optional<typename event::key> key;
      if (reader_.has_customer(rows_[i])) key.emplace(reader_.customer(rows_[i]), std::move(id));
      events.push_back(event(handle(i), std::move(key), by));
    };
    if (shared == 0) return add(given_[i], 1);
    for_each_case_of(i, [&](auto const& id) { add(case_id(id), shared); });
  }
  row_handle handle(std::size_t i) const {
    if constexpr (std::is_pointer_v<row_handle>)
      return &rows_[i];
    else
      return rows_[i];
  }

  Rows const& rows_;  // rows of columns point to it: no copy would do
  Reader reader_;
  CaseField field_;
  std::vector<std::optional<case_id>> given_;
};

}  // namespace cxm::detail
