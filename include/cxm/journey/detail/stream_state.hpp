// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/journey/detail/stream_tail.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// What a stream holds of one customer: contacts in order, of which the first `taken` can't be
/// preceded by anything any more and have been shown to the boundary.

namespace cxm::detail {

template <class Row, class Reader, class Boundary>
struct stream_state {
  using time = typename Reader::time_type;
  using tail = stream_tail<Row, Reader>;
  using cutter = tail_cutter<Boundary, tail>;

  std::vector<held_contact<Row>> held;
  std::size_t taken = 0;
  typename cutter::pieces open{};
  time wake{};
  std::int64_t span = 0;    // the last span of the cap from which a contact was taken,
  std::uint64_t used = 0;   // and how many were
  std::size_t trim_at = 0;  // when contacts beyond the cap are to be dropped
  bool sorted = true;

  /// Contacts by time, then by their order fields, then as they arrived.
  static bool before(Reader const& reader, held_contact<Row> const& a, held_contact<Row> const& b) {
    auto const at = reader.time(a.row), bt = reader.time(b.row);
    if (at != bt) return at < bt;
    if constexpr (std::tuple_size_v < typename Reader::order_fields >> 0) {
      auto const ao = reader.order(a.row), bo = reader.order(b.row);
      if (ao != bo) return ao < bo;
    }
    return a.arrival < b.arrival;
  }
  void add(Reader const& reader, Row const& row, std::uint64_t arrival) {
    held.push_back({row, arrival});
    if (sorted && held.size() > taken + 1)
      sorted = !before(reader, held.back(), held[held.size() - 2]);
  }
  void sort(Reader const& reader) {
    if (sorted) return;
    std::sort(held.begin() + static_cast<std::ptrdiff_t>(taken), held.end(),
              [&](auto const& a, auto const& b) { return before(reader, a, b); });
    sorted = true;
  }

  /// Of the contacts not taken yet keeps the `most` earliest of each span; calls `drop(row)` for
  /// the others.
  template <class Drop>
  void trim(Reader const& reader, std::uint64_t most, typename time::duration each,
            Drop const& drop) {
    sort(reader);
    std::int64_t now = span;
    std::uint64_t in_span = used;
    std::size_t kept = taken;
    for (std::size_t i = taken; i < held.size(); ++i) {
      auto const at = span_of(reader.time(held[i].row), each);
      in_span = at == now ? in_span : 0;
      now = at;
      if (in_span == most) {
        drop(held[i].row);
        continue;
      }
      ++in_span;
      if (kept != i) held[kept] = std::move(held[i]);
      ++kept;
    }
    held.erase(held.begin() + static_cast<std::ptrdiff_t>(kept), held.end());
    trim_at = std::max<std::size_t>(taken + 2 * (held.size() - taken), taken + 2 * most);
  }
  static std::int64_t span_of(time at, typename time::duration each) {
    auto const ticks = static_cast<std::int64_t>(at.time_since_epoch().count());
    auto const length = static_cast<std::int64_t>(each.count());
    return ticks / length - (ticks % length < 0 ? 1 : 0);
  }
  void note_taken(time at, typename time::duration each) {
    auto const now = span_of(at, each);
    used = now == span ? used + 1 : 1;
    span = now;
  }

  /// Forgets contacts that no open piece of any size needs, where that is worth the moving.
  void compact() {
    std::size_t const gone = open.front().begin;
    if (gone == 0 || (gone < held.size() && gone * 2 < held.size())) return;
    held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(gone));
    taken -= gone;
    trim_at -= std::min(trim_at, gone);
    for (auto& one : open) one.begin -= gone;
  }
};

}  // namespace cxm::detail
