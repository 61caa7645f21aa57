// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/detail/zone_offsets.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/known.hpp>
#include <cxm/stats/proportion.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Promises made to the customer, and what became of them:
///
///     promises(first(&contact::promised), reached{step::delivered}, known_until{log_end})
///
/// A promise is *kept* when what was promised happened in time (on the stroke included), *late*
/// when it happened after that, *unmet* when it has not happened although the time has passed, and
/// *pending* while it may still be kept.

namespace cxm {

struct promise_clock;  ///< The question how a promise and its delivery are compared.

/// Compares instants: due at 00:00 means by midnight. The default.
struct by_timestamp {
  using policy_kind = promise_clock;
  template <class Time>
  constexpr Time operator()(Time time) const {
    return time;
  }
};

/// Compares calendar dates in a zone (any callable from system to local time): on the promised day
/// is in time.
template <class Zone>
struct by_date {
  using policy_kind = promise_clock;
  Zone zone;
  friend bool operator==(by_date const&, by_date const&) = default;

  constexpr explicit by_date(Zone in) : zone(std::move(in)) {}
  void describe_field(auto& visit) const { visit.policy("zone", detail::offsets_of(zone)); }
  template <class Time>
  constexpr auto operator()(Time time) const {
    return std::chrono::floor<std::chrono::days>(zone(time));
  }
};

/// What became of promises.
struct promise_summary {
  std::uint64_t without_promise = 0;
  std::uint64_t with_promise = 0;
  std::uint64_t kept = 0;
  std::uint64_t late = 0;
  std::uint64_t unmet = 0;
  std::uint64_t pending = 0;
  share late_share;    ///< late of those fulfilled
  share broken_share;  ///< late and unmet of those decided
};

/// Counts promises by their fate. Made by `promises`.
template <class Promised, class Delivered, class Clock, class Until>
class promise_counts {
 public:
  static constexpr std::string_view type_name = "promises";
  static constexpr merge_law merges = merge_law::exact;

  promise_counts(Promised promised, Delivered delivered, Clock clock, Until until, confidence level)
      : promised_(std::move(promised)),
        delivered_(std::move(delivered)),
        clock_(std::move(clock)),
        until_(std::move(until)),
        level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    auto const promised = maybe_time(cxm::read(*promised_, journey));
    if (!promised) {
      ++without_;
      return;
    }
    auto const due = (*clock_)(*promised);
    if (auto const done = maybe_time(cxm::read(*delivered_, journey)))
      ++((*clock_)(*done) <= due ? kept_ : late_);
    else
      ++(passed(due) ? unmet_ : pending_);
  }
  void merge(promise_counts const& other) {
    if constexpr (requires { until_.time; })
      detail::require_same(until_.time == other.until_.time,
                           "cxm::promises: merging counts of different known_until");
    detail::require_same(detail::same_field(*promised_, *other.promised_) &&
                             detail::same_field(*delivered_, *other.delivered_) &&
                             detail::same_field(*clock_, *other.clock_),
                         "cxm::promises: merging counts of different promises");
    without_ += other.without_;
    kept_ += other.kept_;
    late_ += other.late_;
    unmet_ += other.unmet_;
    pending_ += other.pending_;
  }
  promise_summary result() const {
    auto const fulfilled = kept_ + late_;
    return {without_,
            fulfilled + unmet_ + pending_,
            kept_,
            late_,
            unmet_,
            pending_,
            share_of(late_, fulfilled, level_),
            share_of(late_ + unmet_, fulfilled + unmet_, level_)};
  }

  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.promised_, "promised");
    detail::visit_field(visit, *self.delivered_, "delivered");
    visit.policy("by_date", !std::is_same_v<Clock, by_timestamp>);
    detail::visit_field(visit, *self.clock_, "clock");
    if constexpr (requires { self.until_.time; }) visit.policy("known_until", self.until_.time);
    visit.state("without", self.without_);
    visit.state("kept", self.kept_);
    visit.state("late", self.late_);
    visit.state("unmet", self.unmet_);
    visit.state("pending", self.pending_);
  }

 private:
  template <class Value>
  static auto maybe_time(Value const& value) {
    if constexpr (detail::is_optional<Value>)
      return value;
    else
      return std::optional<Value>(value);
  }
  template <class Due>
  bool passed(Due const& due) const {
    if constexpr (requires { until_.time; })
      return (*clock_)(until_.time) > due;
    else
      return false;
  }

  [[no_unique_address]] detail::box<Promised> promised_;
  [[no_unique_address]] detail::box<Delivered> delivered_;
  [[no_unique_address]] detail::box<Clock> clock_;
  [[no_unique_address]] Until until_;
  confidence level_;
  std::uint64_t without_ = 0;
  std::uint64_t kept_ = 0;
  std::uint64_t late_ = 0;
  std::uint64_t unmet_ = 0;
  std::uint64_t pending_ = 0;
};

/// What became of the promise that `promised` reads off each journey, given `delivered`, the time
/// of its fulfilment; both are fields that give a time or an optional of one. Policies:
/// `by_timestamp` (default) or `by_date{zone}`, `known_until{time}`, `confidence` of the shares'
/// Wilson intervals.
template <class Promised, class Delivered, class... Policies>
auto promises(Promised promised, Delivered delivered, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, promise_clock, observation_end, confidence_level> && ...),
      "cxm::promises: takes by_timestamp or by_date, known_until, and confidence");
  static_assert(detail::no_question_twice<promise_clock, observation_end,
                                          confidence_level>::template in<Policies...>,
                "cxm::promises: two policies answer the same question");
  auto clock = detail::pick<promise_clock>(by_timestamp{}, policies...);
  auto until = detail::pick<observation_end>(known_for_ever_after{}, policies...);
  return promise_counts<Promised, Delivered, decltype(clock), decltype(until)>(
      std::move(promised), std::move(delivered), std::move(clock), std::move(until),
      detail::pick<confidence_level>(confidence{}, policies...));
}

}  // namespace cxm
