// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/event/copies.hpp>
#include <cxm/journey/detail/copy_rules.hpp>
#include <cxm/journey/detail/seen_ids.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Copies in a stream, found with bounded memory over a stated horizon:
///
///     auto fresh = copy_filter_for<event>(once_per{&event::source, &event::id}, &event::when,
///                                         remember{24h, 1'000'000});
///     for (auto const& one : stream)
///       if (fresh.admit(one)) plan.add(one);
///
/// An id is remembered while its event is at most the horizon older than the newest one. A copy
/// that comes later than that passes; `result()` says what could not be told. The filter can be
/// saved, so that after a restart what is sent again is still known.

namespace cxm {

/// How long ids are remembered, by the time of the events, and how many at most.
template <class Duration>
struct remember {
  Duration horizon;
  std::uint64_t most;
  constexpr explicit remember(Duration longest, std::uint64_t ids = 10'000'000)
      : horizon(longest), most(ids) {
    if (longest <= longest.zero())
      detail::refuse("cxm::remember: the horizon must be longer than zero");
    if (ids == 0 || ids > std::uint64_t{1} << 30)
      detail::refuse("cxm::remember: from 1 to 2^30 ids can be remembered");
  }
};

/// What a filter says of an event.
enum class copy_verdict : std::uint8_t {
  fresh,       ///< its id was not seen within the horizon
  copy,        ///< its id was seen
  no_id,       ///< it has no id, and is never a copy
  beyond_time  ///< it is older than what is remembered: nobody can tell
};

/// What became of the events of a stream.
struct copy_filter_summary {
  std::uint64_t fresh = 0;
  std::uint64_t copies = 0;
  std::uint64_t without_id = 0;
  std::uint64_t beyond_time = 0;      ///< older than what is remembered
  std::uint64_t forgotten_early = 0;  ///< ids given up because there were too many
  std::uint64_t remembered = 0;       ///< ids held now
};

/// Tells copies from fresh events. Made by `copy_filter_for`.
template <class Once, class When, class Key, class Time>
class copy_filter {
 public:
  static constexpr std::string_view type_name = "copy_filter";
  using duration = typename Time::duration;

  copy_filter(Once once, When when, duration horizon, std::uint64_t most)
      : once_(std::move(once)), when_(std::move(when)), horizon_(horizon), most_(most) {}

  /// O(1) on average.
  template <class Event>
  copy_verdict see(Event const& event) {
    copy_verdict verdict = copy_verdict::no_id;
    detail::with_copy_key<true>((*once_).fields, event, [&](auto const& key) {
      Time const now(cxm::read(*when_, event));
      if (latest_ && (now < floor_ || now < oldest())) {
        verdict = copy_verdict::beyond_time;
        return;
      }
      latest_ = latest_ ? std::max(*latest_, now) : now;
      auto const hash = detail::key_hash(key);
      auto* const known = ids_.find(key, hash);
      verdict = known && *known >= oldest() ? copy_verdict::copy : copy_verdict::fresh;
      if (verdict == copy_verdict::copy) return;
      if (known)
        *known = now;
      else
        ids_.add(detail::own(key), hash, now);
      if (ids_.size() >= next_sweep_) sweep();
    });
    ++counts_[static_cast<std::size_t>(verdict)];
    return verdict;
  }
  /// True for events that should be counted: all but copies. An event beyond the horizon passes.
  template <class Event>
  bool admit(Event const& event) {
    return see(event) != copy_verdict::copy;
  }

  copy_filter_summary result() const {
    std::uint64_t held = 0;
    for (auto const& one : ids_.entries()) held += latest_ && one.second >= oldest() ? 1 : 0;
    return {counts_[0], counts_[1], counts_[2], counts_[3], forgotten_early_, held};
  }
  /// Copies of events before this time pass: nothing is remembered of them. Empty before the first
  /// event.
  std::optional<Time> remembered_from() const {
    if (!latest_) return std::nullopt;
    return std::max(oldest(), floor_);
  }

  bool valid() const {
    for (auto const& one : ids_.entries())
      if (!latest_ || one.second > *latest_) return false;
    return ids_.size() < next_sweep_ && next_sweep_ <= 2 * most_ + slack &&
           counts_[0] >= ids_.size();
  }
  static void describe(auto& self, auto& visit) {
    std::apply([&](auto const&... field) { (detail::visit_field(visit, field, "id"), ...); },
               (*self.once_).fields);
    detail::visit_field(visit, *self.when_, "when");
    visit.policy("horizon", self.horizon_);
    visit.policy("most", self.most_);
    visit.state("ids", self.ids_);
    visit.state("latest", self.latest_);
    visit.state("floor", self.floor_);
    visit.state("next_sweep", self.next_sweep_);
    visit.state("forgotten_early", self.forgotten_early_);
    visit.state("counts", self.counts_);
  }

 private:
  static constexpr std::uint64_t slack = 1024;

  /// The time from which ids are remembered; at the beginning of all times nothing is older.
  Time oldest() const {
    return *latest_ < Time::min() + horizon_ ? Time::min() : *latest_ - horizon_;
  }
  static Time after(Time at) { return at == Time::max() ? at : at + duration(1); }
  /// Drops what is too old, and where that is not enough, the oldest. Between two sweeps as many
  /// ids come as were kept: the cost of a sweep is a constant for each.
  void sweep() {
    ids_.keep_if([&](Time at) { return at >= oldest(); });
    if (ids_.size() > most_) {
      auto const lowest = ids_.nth_time(ids_.size() - most_);
      auto const before = ids_.size();
      ids_.keep_if([&](Time at) { return at >= lowest; });
      // Where many share one time, all of them stay or all go.
      if (ids_.size() > most_ + most_ / 2) ids_.keep_if([&](Time at) { return at > lowest; });
      forgotten_early_ += before - ids_.size();
      floor_ = std::max(floor_, ids_.size() > 0 ? ids_.nth_time(0) : after(*latest_));
    }
    next_sweep_ = std::min(2 * ids_.size() + slack, 2 * most_ + slack);
  }

  detail::box<Once> once_;
  detail::box<When> when_;
  duration horizon_;
  std::uint64_t most_;
  detail::seen_ids<Key, Time> ids_;
  std::optional<Time> latest_;
  Time floor_ = Time::min();
  std::uint64_t next_sweep_ = slack;
  std::uint64_t forgotten_early_ = 0;
  std::array<std::uint64_t, 4> counts_{};
};

/// A filter for events of type `Event`: `id` says what makes two of them copies, `when` is the time
/// by which they are remembered, a `std::chrono` time point.
template <class Event, class... Fields, class When, class Duration>
auto copy_filter_for(once_per<Fields...> id, When when, remember<Duration> memory) {
  using time = field_value<When, Event>;
  static_assert(detail::is_time_point<time>,
                "cxm::copy_filter_for: the time field must give a std::chrono time point");
  using key = typename detail::copy_key<true, Event, Fields...>::type;
  return copy_filter<once_per<Fields...>, When, key, time>(
      std::move(id), std::move(when), std::chrono::ceil<typename time::duration>(memory.horizon),
      memory.most);
}

}  // namespace cxm
