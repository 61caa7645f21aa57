// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/order.hpp>
#include <cxm/core/rows.hpp>
#include <cxm/stats/detail/event_counted.hpp>
#include <cxm/stats/detail/key.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <vector>

/// \file
/// Counting many events where a state is nothing but counters: each event adds one in one place
/// (`bulk_place(in)`, below `bulk_places()`), and `add_bulk(counts)` takes the sums, or refuses
/// more than 2^63 and then takes none. So many events are counted in a table of small counters
/// beside the state. Without groups four tables take turns: an increment that follows one of the
/// same counter would wait for it. With groups of small whole numbers the counter's address is
/// arithmetic, where the group itself would be two loads away.

namespace cxm::detail {

/// Rows that one table of 32-bit counters can hold.
inline constexpr std::size_t bulk_most = std::size_t{1} << 31;

/// Where row `i` is counted. By masks where there are gaps: who answers and who doesn't is not to
/// be guessed.
template <class Plan, class Rows>
std::size_t bulk_place_at(Plan const& plan, Rows const& rows, std::size_t i) {
  if constexpr (requires { rows.stored(i); }) {
    std::size_t const given = rows.has(i) ? ~std::size_t{0} : 0;
    return (plan.bulk_place(rows.stored(i)) & given) |
           (plan.bulk_place(std::remove_cvref_t<row_of<Rows>>()) & ~given);
  } else {
    return plan.bulk_place(rows[i]);
  }
}

/// Counts rows in a state of counters. O(rows + places).
template <class State, class Rows>
void count_in_bulk(State& state, Rows const& rows) {
  constexpr std::size_t copies = 4;
  std::size_t const places = state.bulk_places();
  if (rows.size() < 8 * places) {
    for (std::size_t i = 0; i < rows.size(); ++i) state.add(rows[i]);
    return;
  }
  auto const plan = state;  // read from here, where no increment can reach it
  auto const view = rows;
  std::vector<std::uint32_t> table(copies * places);
  std::uint32_t* const counters = table.data();
  for (std::size_t from = 0; from < rows.size(); from += bulk_most) {
    std::size_t const end = lesser(rows.size(), from + bulk_most);
    std::size_t i = from;
    for (; end - i >= copies; i += copies) {  // written out: -O2 would leave it a loop
      ++counters[bulk_place_at(plan, view, i)];
      ++counters[places + bulk_place_at(plan, view, i + 1)];
      ++counters[2 * places + bulk_place_at(plan, view, i + 2)];
      ++counters[3 * places + bulk_place_at(plan, view, i + 3)];
    }
    for (; i < end; ++i) ++counters[bulk_place_at(plan, view, i)];
    for (std::size_t copy = 1; copy < copies; ++copy)
      for (std::size_t place = 0; place < places; ++place)
        counters[place] += counters[copy * places + place];
    state.add_bulk(counters);
    for (auto& counter : table) counter = 0;
  }
}

/// The key whose digits these are.
template <class Key, std::size_t Digits>
Key key_of_digits(std::array<std::uint64_t, Digits> const& digits) {
  if constexpr (is_tuple<Key>) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return Key{static_cast<std::tuple_element_t<I, Key>>(digits[I])...};
    }
    (std::make_index_sequence<Digits>{});
  } else {
    return static_cast<Key>(digits[0]);
  }
}

/// Small counters for every cell of a dense table of groups.
template <class Map>
class bulk_groups {
  static constexpr std::size_t digits = Map::digits;

 public:
  bulk_groups(Map& groups, std::size_t places)
      : groups_(groups),
        stride_(stride_of(places)),
        places_(places),
        shape_(groups.dense_shape()),
        counters_(cells() * stride_) {}

  std::size_t size() const { return counters_.size(); }
  bool outgrown() const { return !(shape_ == groups_.dense_shape()); }

  /// Counts rows from `at` on while the table fits the groups; gives the first that is left.
  template <class Rows, class KeyOf, class Plan, class Slow>
  std::size_t count(Rows const& rows, std::size_t at, KeyOf const& key_of, Plan const& plan,
                    Slow const& slow) {
    std::array<std::uint64_t, digits> extent;
    for (std::size_t i = 0; i < digits; ++i) extent[i] = std::uint64_t{1} << shape_.bits[i];
    std::size_t const end = at + lesser(rows.size() - at, bulk_most);
    for (;; ++at) {
      at = run(rows, at, end, key_of, plan, extent, counters_.data());
      if (at == end) return at;
      slow(rows[at]);
      if (outgrown()) return at + 1;
    }
  }

  /// Gives all that was counted to the groups.
  void settle() {
    for (std::size_t cell = 0; cell < cells(); ++cell) {
      std::uint32_t const* const counts = counters_.data() + cell * stride_;
      bool none = true;
      for (std::size_t place = 0; place < places_; ++place) none = none && counts[place] == 0;
      if (none) continue;
      std::array<std::uint64_t, digits> number{};
      std::size_t rest = cell;
      for (std::size_t i = digits; i-- > 0;) {
        number[i] = rest & ((std::size_t{1} << shape_.bits[i]) - 1);
        rest >>= shape_.bits[i];
      }
      groups_.at(key_of_digits<typename Map::key_type>(number)).add_bulk(counts);
    }
  }

 private:
  /// Counters for one cell: a power of two, and a constant where the places are.
  static constexpr std::uint64_t stride_of(std::size_t places) { return std::bit_ceil(places); }
  template <class Plan>
  static constexpr std::uint64_t stride_in(Plan const& plan) {
    if constexpr (static_bulk_places<Plan>)
      return std::integral_constant<std::uint64_t, stride_of(Plan::bulk_places())>::value;
    else
      return stride_of(plan.bulk_places());
  }

  /// Counts rows up to the first whose key has no cell. A function of its own, so that nothing but
  /// this loop asks for registers; multiplied, because shifts by a variable are slower.
  template <class Rows, class KeyOf, class Plan>
  [[gnu::noinline]] static std::size_t run(Rows const rows, std::size_t at, std::size_t end,
                                           KeyOf const key_of, Plan const plan,
                                           std::array<std::uint64_t, digits> const extent,
                                           std::uint32_t* counters) {
    std::uint64_t const stride = stride_in(plan);
    auto const counted = [=](std::size_t i) {
      auto const& row = rows[i];
      std::uint64_t const place = plan.bulk_place(row);
      auto const number = digits_of(key_of(row));
      std::uint64_t cell = number[0];
      if (cell >= extent[0]) return false;
      for (std::size_t digit = 1; digit < digits; ++digit) {
        if (number[digit] >= extent[digit]) return false;
        cell = cell * extent[digit] + number[digit];
      }
      ++counters[cell * stride + place];
      return true;
    };
    for (; end - at >= 4; at += 4) {
      if (!counted(at)) return at;
      if (!counted(at + 1)) return at + 1;
      if (!counted(at + 2)) return at + 2;
      if (!counted(at + 3)) return at + 3;
    }
    while (at < end && counted(at)) ++at;
    return at;
  }

  std::size_t cells() const {
    unsigned total = 0;
    for (auto const bits : shape_.bits) total += bits;
    return std::size_t{1} << total;
  }

  Map& groups_;
  std::uint64_t stride_;
  std::size_t places_;
  typename Map::dense_shape_type shape_;
  std::vector<std::uint32_t> counters_;
};

/// Counts rows in the groups of `key_of(row)`; `slow(row)` counts one. The table is laid out once
/// some rows have shown how large the keys are, and pays where there are more rows than counters.
template <class Map, class Rows, class KeyOf, class Slow>
void count_in_groups(Map& groups, Rows const& rows, KeyOf const& key_of, Slow const& slow) {
  auto const view = rows;
  auto const plan = groups.prototype();
  std::size_t at = 0;
  while (at < view.size()) {
    std::size_t const shown = at + lesser<std::size_t>(view.size() - at, 1024);
    for (; at < shown; ++at) slow(view[at]);
    if (view.size() - at < (std::size_t{plan.bulk_places()} << groups.dense_shape().total())) {
      for (; at < view.size(); ++at) slow(view[at]);
      return;
    }
    bulk_groups<Map> table(groups, plan.bulk_places());
    at = table.count(view, at, key_of, plan, slow);
    table.settle();
  }
}

}  // namespace cxm::detail
