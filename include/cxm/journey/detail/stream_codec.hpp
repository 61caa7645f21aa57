// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/journey/journey_stream.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// A stream as bytes. What is written does not depend on how far the stream had come with its work:
/// all that can be decided is decided first. What is read is taken for hostile: contacts stand in
/// order, on the right side of the horizon, belong to their customer, and no length is believed.

namespace cxm {
namespace detail {

template <class State>
void encode_stream_state(byte_writer& out, State const& one) {
  out.word(std::uint64_t{one.taken});
  encode(out, one.span);
  out.word(one.used);
  for (auto const& piece : one.open) out.word(std::uint64_t{piece.begin});
  out.word(std::uint64_t{one.held.size()});
  for (auto const& contact : one.held) encode(out, contact.row);
}

/// Reads what was written, without a look at what it means.
template <class State>
bool decode_stream_state(byte_reader& in, State& one, std::uint64_t& arrivals) {
  std::uint64_t taken = 0, first = 0, size = 0;
  if (!in.word(taken) || !decode(in, one.span) || !in.word(one.used)) return false;
  for (auto& piece : one.open) {
    if (!in.word(first) || first > taken) return in.fail();
    piece.begin = static_cast<std::size_t>(first);
  }
  if (!in.length(size) || taken > size) return in.fail();
  one.taken = static_cast<std::size_t>(taken);
  for (std::uint64_t i = 0; i < size; ++i) {
    auto contact = typename decltype(one.held)::value_type{{}, arrivals++};
    if (!decode(in, contact.row)) return false;
    one.held.push_back(std::move(contact));
  }
  return true;
}

/// Whether a stream could have come to hold this of the customer `key`.
template <class State, class Reader, class Key, class Horizon>
bool stream_state_holds(State const& one, Reader const& reader, Key const& key,
                        Horizon const& now) {
  for (std::size_t i = 0; i < one.held.size(); ++i) {
    auto const& row = one.held[i].row;
    if (!reader.is_contact(row) || !same_key(key, reader.customer(row))) return false;
    if ((i < one.taken) != (now && reader.time(row) < *now)) return false;
    if (i > 0 && State::before(reader, one.held[i], one.held[i - 1])) return false;
  }
  for (std::size_t level = 1; level < one.open.size(); ++level)
    if (one.open[level].begin < one.open[level - 1].begin) return false;
  return one.open.front().begin == 0 || one.open.front().begin == one.taken;
}

}  // namespace detail

template <class Row, class Reader, class Setup, class Plan>
void journey_stream<Row, Reader, Setup, Plan>::encode(detail::byte_writer& out) const {
  journey_stream settled = *this;
  settled.muted_ = true;
  if (auto const now = settled.mark_.horizon())
    for (auto const slot : settled.customers_.in_order()) settled.settle(slot, now);
  settled.count_ready();
  detail::state_writer visit{out};
  describe(settled, visit);
  auto const order = settled.customers_.in_order();
  out.word(std::uint64_t{order.size()});
  for (auto const slot : order) {
    auto& one = settled.customers_[slot];
    if (auto const gone = one.state.open.front().begin; gone > 0) {
      auto& held = one.state.held;
      held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(gone));
      one.state.taken -= gone;
      for (auto& piece : one.state.open) piece.begin -= gone;
    }
    detail::encode(out, one.key);
    detail::encode_stream_state(out, one.state);
  }
}

template <class Row, class Reader, class Setup, class Plan>
bool journey_stream<Row, Reader, Setup, Plan>::decode(detail::byte_reader& in) {
  detail::state_reader visit{in};
  describe(*this, visit);
  std::uint64_t size = 0;
  if (!visit.good || !mark_.valid() || !in.length(size)) return in.fail();
  customers_.clear();
  wakes_ = {};
  ready_ = {};
  held_ = 0;
  arrivals_ = 0;
  auto const now = mark_.horizon();
  for (std::uint64_t i = 0; i < size; ++i) {
    typename customers::entry next;
    next.state = fresh_;
    if (!detail::decode(in, next.key) || !detail::decode_stream_state(in, next.state, arrivals_) ||
        !detail::stream_state_holds(next.state, reader_, next.key, now))
      return in.fail();
    next.hash = detail::key_hash(next.key);
    auto const slot = customers_.slot_of(next.key, next.hash, next.state);
    // Each customer once, in order; and one without contacts only where the cap remembers it.
    if (next.hash > last_hash_ || slot != i ||
        (i > 0 && !customers::before(customers_[slot - 1], customers_[slot])) ||
        (next.state.held.empty() && (next.state.used == 0 || setup_.most_contacts == 0)) ||
        next.state.used > setup_.most_contacts)
      return in.fail();
    auto& one = customers_[slot].state;
    typename state::tail const tail(reader_, one.held);
    for (auto& piece : one.open)
      for (std::size_t at = piece.begin; at < one.taken; ++at)
        piece.ended = at == piece.begin ? tail.end_at(at) : std::max(piece.ended, tail.end_at(at));
    held_ += one.held.capacity();
    wake_at(slot, one, time_type::min());
  }
  return true;
}

}  // namespace cxm
