// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/save.hpp>
#include <cxm/journey/detail/stream_customers.hpp>
#include <cxm/journey/detail/stream_ready.hpp>
#include <cxm/journey/detail/stream_setup.hpp>
#include <cxm/journey/detail/stream_state.hpp>
#include <cxm/journey/stream_counts.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// The journeys of a stream: what `reconstruct` and `measure` are for a log, for events that keep
/// coming. Made by `stream` (journey/stream.hpp).

namespace cxm {

/// Journeys over events of type `Row`, counted by `Plan` as they become final. Copyable; the
/// pending events are copies.
template <class Row, class Reader, class Setup, class Plan>
class journey_stream {
  using state = detail::stream_state<Row, Reader, typename Setup::boundary_type>;
  using cutter = typename state::cutter;
  using customers =
      detail::stream_customers<detail::owned_t<typename Reader::customer_type>, state>;
  using ready = detail::stream_ready<Row, Reader>;

 public:
  using time_type = typename Reader::time_type;
  using source_type = typename Setup::sources::type;
  using value_type = typename ready::journey;
  static constexpr std::string_view type_name = "journey_stream";
  static constexpr std::uint16_t schema = 1;

  journey_stream(Reader reader, Setup setup, typename Setup::watermark_type mark, Plan plan)
      : reader_(std::move(reader)),
        setup_(std::move(setup)),
        mark_(std::move(mark)),
        plan_(std::move(plan)) {
    fresh_.open = detail::first_pieces<typename Setup::boundary_type, time_type>(setup_.boundary());
    fresh_.trim_at = 2 * setup_.most_contacts;
  }

  /// An event arrives. O(log of the open customers) amortised, and what the boundary and the plan
  /// cost; never more for a customer with many events than for many customers.
  void add(Row const& row) {
    ++counts_.events;
    if (!reader_.is_contact(row))
      return leave_out(counts_.incomplete, row, stream_notice::incomplete);
    auto const at = reader_.time(row);
    auto const when = mark_.of(at);
    if (when == punctuality::too_late)
      return leave_out(counts_.too_late, row, stream_notice::too_late);
    auto const who = reader_.customer(row);
    auto const hash = detail::key_hash(who);
    if (hash > last_hash_) return leave_out(counts_.spilled, row, stream_notice::spilled);
    counts_.late += when == punctuality::late;
    bool const skewed = setup_.skewed(row, at);
    if (skewed) leave_out(counts_.skewed, row, stream_notice::skewed);
    hold(customers_.slot_of(who, hash, fresh_), row, at);
    if (!skewed) mark_.note(setup_.source_of(row), at);
    close_due();
  }
  /// No event before `to` will come. An earlier time than before changes nothing.
  void advance(time_type to) {
    mark_.raise(to);
    close_due();
  }
  /// A source tells its time without an event, as a heartbeat does.
  void advance(source_type const& source, time_type latest) {
    mark_.note(source, latest);
    close_due();
  }
  /// A source has ended, or rests: nobody waits for it until it speaks again.
  void forget(source_type const& source) {
    mark_.forget(source);
    close_due();
  }
  /// The stream has ended: all open journeys are final as they are, as at the end of a log.
  void finish() {
    for (auto const slot : customers_.in_order()) settle(slot, std::nullopt);
    wakes_.clear();
    mark_.raise(time_type::max());
    count_ready();
  }

  /// What the plan says of the final journeys.
  auto result() const { return plan().result(); }
  /// The plan with all final journeys counted, to be merged with that of other streams.
  Plan plan() const {
    Plan all = plan_;
    if (!ready_.empty()) ready_.each(reader_, [&](auto const& one) { all.add(one); });
    return all;
  }
  /// What the result would be if the stream ended now: open journeys count as they are. Each call
  /// replaces what an earlier one said, and nothing has to be retracted. O(what is held).
  auto early_result() const {
    journey_stream end = *this;
    end.muted_ = true;
    end.finish();
    return end.result();
  }
  stream_counts const& counts() const { return counts_; }
  /// The watermark: nothing earlier is expected. Nothing before the first event.
  std::optional<time_type> watermark() const { return mark_.value(); }
  /// Customers with open journeys.
  std::size_t open_customers() const { return customers_.size(); }
  /// True once customers were left out for want of memory; the rest is a random sample of them.
  bool sampled() const { return last_hash_ != UINT64_MAX; }
  /// The memory that the open journeys take, in bytes, beside the plan and what events own
  /// themselves (text). See include/cxm/journey/README.md for its bound.
  std::size_t bytes() const {
    return customers_.bytes() + held_ * sizeof(detail::held_contact<Row>) +
           wakes_.capacity() * sizeof(wake) + ready_.bytes();
  }

  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, self.reader_.fields().customer);
    detail::visit_field(visit, self.reader_.fields().time);
    detail::visit_field(visit, self.reader_.fields().touchpoint);
    visit.policy("most_contacts", self.setup_.most_contacts);
    visit.policy("span", self.setup_.span);
    visit.policy("most_bytes", self.setup_.most_bytes);
    visit.state("watermark", self.mark_);
    visit.state("counts", self.counts_);
    visit.state("last_hash", self.last_hash_);
    visit.state("plan", self.plan_);
  }
  void encode(detail::byte_writer& out) const;
  bool decode(detail::byte_reader& in);

 private:
  struct wake {
    time_type at;
    std::uint32_t slot;
    bool operator<(wake const& other) const {  // the heap has the earliest on top
      return at != other.at ? at > other.at : slot > other.slot;
    }
  };
  static constexpr std::size_t counted_at_once = 4096;

  void leave_out(std::uint64_t& count, Row const& row, stream_notice why) {
    ++count;
    if (!muted_) setup_.notify(row, why);
  }
  void hold(std::uint32_t slot, Row const& row, time_type at) {
    auto& one = customers_[slot].state;
    bool const fresh = one.held.empty() && one.used == 0;
    changing(one, [&] { one.add(reader_, row, arrivals_++); });
    if (fresh) wake_at(slot, one, just_after(at));
    if (setup_.most_contacts > 0 && one.held.size() >= one.trim_at) trim(one);
    if (bytes() > setup_.most_bytes) spill();
  }
  static time_type just_after(time_type at) {
    return at == time_type::max() ? at : at + typename time_type::duration(1);
  }
  void wake_at(std::uint32_t slot, state& one, time_type at) {
    one.wake = at;
    wakes_.push_back({at, slot});
    std::push_heap(wakes_.begin(), wakes_.end());
  }
  /// Keeps account of the room for contacts.
  template <class Change>
  void changing(state& one, Change const& change) {
    held_ -= one.held.capacity();
    change();
    held_ += one.held.capacity();
  }
  void trim(state& one) {
    one.trim(reader_, setup_.most_contacts, setup_.span,
             [&](Row const& row) { leave_out(counts_.over_cap, row, stream_notice::over_cap); });
  }

  void close_due() {
    auto const now = mark_.horizon();
    while (now && !wakes_.empty() && wakes_.front().at <= *now) {
      auto const due = wakes_.front();
      std::pop_heap(wakes_.begin(), wakes_.end());
      wakes_.pop_back();
      auto const& one = customers_[due.slot];
      if (one.here && one.state.wake == due.at) settle(due.slot, now);
      if (!Setup::emits && ready_.contacts() >= counted_at_once) count_ready();
    }
    if (Setup::emits) count_ready();
  }
  void count_ready() {
    if (ready_.empty()) return;
    ready_.each(reader_, [&](auto const& one) {
      if (!muted_) setup_.emit(one);
      plan_.add(one);
    });
    ready_.clear();
  }
  void emit(state& one, std::size_t first, std::size_t end, time_type ended) {
    for (std::size_t i = first; i < end; ++i)
      if (one.open.size() > 1)
        ready_.add(one.held[i].row);  // coarser pieces still need it
      else
        ready_.add(std::move(one.held[i].row));
    ready_.close(end - first, ended);
    ++counts_.journeys;
    counts_.contacts += end - first;
  }

  /// Shows the boundary all contacts of a customer that nothing can precede any more: those before
  /// `now`, or all of them at the end of the stream.
  void settle(std::uint32_t slot, std::optional<time_type> now) {
    auto& one = customers_[slot].state;
    one.sort(reader_);
    if (setup_.most_contacts > 0) trim(one);
    typename state::tail const tail(reader_, one.held);
    cutter cut(setup_.boundary(), tail, one.open);
    auto const close = [&](std::size_t first, std::size_t end, time_type ended) {
      emit(one, first, end, ended);
    };
    for (; one.taken < one.held.size(); ++one.taken) {
      auto const at = tail.time_at(one.taken);
      if (now && at >= *now) break;
      if (setup_.most_contacts > 0) one.note_taken(at, setup_.span);
      cut.take(one.taken, close);
    }
    std::size_t const end = one.taken;
    if (!now || cut.over_by(*now, end)) {
      auto const last = one.open.back();
      if (last.begin < end) close(last.begin, end, last.ended);
      if (!now) return forget_customer(slot);
      cut.close_by(*now, end);
    }
    sleep(slot, one, cut, *now);
  }
  void sleep(std::uint32_t slot, state& one, cutter const& cut, time_type now) {
    changing(one, [&] { one.compact(); });
    if (one.held.empty()) {
      if (one.used == 0 || now >= end_of_span(one)) return forget_customer(slot);
      return wake_at(slot, one, end_of_span(one));
    }
    auto const& last = one.held.back();
    wake_at(slot, one,
            one.taken < one.held.size() ? just_after(reader_.time(last.row))
                                        : cut.over_when(now, one.held.size(), wait_));
  }
  time_type end_of_span(state const& one) const {
    using ticks = typename time_type::duration;
    auto const length = static_cast<std::int64_t>(setup_.span.count());
    auto const most = static_cast<std::int64_t>(time_type::max().time_since_epoch().count());
    if (one.span >= most / length) return time_type::max();
    return time_type(ticks(static_cast<typename ticks::rep>((one.span + 1) * length)));
  }
  void forget_customer(std::uint32_t slot) {
    held_ -= customers_[slot].state.held.capacity();
    customers_.erase(slot);
  }

  /// Goes on with half of the customers until what they take fits.
  void spill() {
    while (bytes() > setup_.most_bytes && customers_.size() > 0) {
      auto order = customers_.in_order();
      auto const keep = order.size() / 2;
      last_hash_ = keep > 0 ? customers_[order[keep - 1]].hash : customers_[order[0]].hash - 1;
      customers kept;
      wakes_ = {};
      held_ = 0;
      for (auto const slot : order) move_or_spill(kept, customers_[slot]);
      customers_ = std::move(kept);
      count_ready();
      ready_ = {};
    }
  }
  template <class Entry>
  void move_or_spill(customers& kept, Entry& one) {
    if (one.hash > last_hash_) {
      for (std::size_t i = one.state.open.back().begin; i < one.state.held.size(); ++i)
        leave_out(counts_.spilled, one.state.held[i].row, stream_notice::spilled);
      return;
    }
    auto const slot = kept.slot_of(one.key, one.hash, state{});
    kept[slot].state = std::move(one.state);
    held_ += kept[slot].state.held.capacity();
    wake_at(slot, kept[slot].state, kept[slot].state.wake);
  }

  Reader reader_;
  Setup setup_;
  typename Setup::watermark_type mark_;
  Plan plan_;
  state fresh_;
  customers customers_;
  std::vector<wake> wakes_;
  ready ready_;
  stream_counts counts_;
  std::uint64_t last_hash_ = UINT64_MAX;
  std::uint64_t arrivals_ = 0;
  std::size_t held_ = 0;                 // contacts that there is room for
  typename time_type::duration wait_{};  // a guess, see over_when
  bool muted_ = false;
};

}  // namespace cxm

#include <cxm/journey/detail/stream_codec.hpp>
