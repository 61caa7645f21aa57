// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/save.hpp>
#include <cxm/stats/detail/window_events.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// `windowed(&answer::when, sliding{1h}, accumulator)` counts the events of the last hour: a new
/// one is added, and those that it leaves more than an hour behind are taken back. The numbers are
/// exact, as if the window were counted anew, at O(1) amortised an event. The window keeps copies
/// of its events; one that only points elsewhere, as a row of columns, must stay readable.

namespace cxm {

/// The question what window is kept.
struct window_shape;

/// The time up to `width` before the latest event: what is as old as `width` has left.
template <class Rep, class Period>
struct sliding {
  using policy_kind = window_shape;
  std::chrono::duration<Rep, Period> width;
};
template <class Rep, class Period>
sliding(std::chrono::duration<Rep, Period>) -> sliding<Rep, Period>;

/// What `windowed` found.
template <class Time, class Result>
struct window_summary {
  maybe<Time> latest = reason::no_data;  ///< the end of the window: the latest time that came
  std::uint64_t n = 0;                   ///< events in the window
  std::uint64_t late = 0;          ///< came when the window had passed them, and count nowhere else
  std::uint64_t out_of_order = 0;  ///< came after a later one, but in time to be counted
  std::uint64_t missing = 0;       ///< had no time, and count nowhere else
  Result result;                   ///< what the accumulator says of the window
};

/// Feeds the events of a sliding window to `Inner`. Made by `windowed`; `Event` is void until the
/// plan is bound.
template <class Event, class Field, class Width, class Inner>
class windowed_events {
  static constexpr bool open = std::is_void_v<Event>;
  using event = std::conditional_t<open, char, Event>;

  template <class In, bool Known>
  struct time_in {
    using type = std::chrono::sys_time<Width>;
  };
  template <class In>
  struct time_in<In, true> {
    using type = detail::answered_t<field_value<Field, In>>;
  };
  using time = typename time_in<event, !open>::type;
  static_assert(detail::is_time_point<time> && std::is_integral_v<typename time::rep>,
                "cxm::windowed: the field must give a time in whole ticks, as sys_seconds, or "
                "std::optional of one");
  static_assert(retracts<Inner>,
                "cxm::windowed: this accumulator can't take an event back, so it can't slide; "
                "extrema and log_histogram are such");

 public:
  static constexpr std::string_view type_name = "windowed";
  /// All but `late` and `out_of_order`, which tell how events arrived, is the same for any order
  /// and partition.
  static constexpr merge_law merges = merge_law::approximate;
  static constexpr bool needs_order = true;

  windowed_events(Field field, Width width, Inner inner)
      : field_(std::move(field)), width_(width), prototype_(inner), inner_(std::move(inner)) {
    if (width <= Width::zero()) detail::refuse("cxm::windowed: a window must have a width above 0");
  }

  /// O(1) amortised for events that come in order, O(log late ones) for others.
  template <class In>
  void add(In const& in) {
    static_assert(!open,
                  "cxm::windowed: the type of the events is not known yet; cxm::bind<event>(plan) "
                  "fixes it");
    static_assert(open || std::same_as<In, Event>,
                  "cxm::windowed: the plan is bound to another type of events");
    auto const& at = cxm::read(*field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(at)>>) {
      if (!at)
        ++missing_;
      else
        add_at(*at, in);
    } else {
      add_at(at, in);
    }
  }
  /// Moves the window on to `now` without an event. An earlier time changes nothing.
  void advance(time now) {
    if (!latest_) latest_ = now;
    if (now <= *latest_) return;
    latest_ = now;
    leave_behind();
  }
  /// Forgets the events in the window for which `predicate` holds, as an erasure request asks;
  /// gives their number. Where the one that the window ends with goes, the window ends with the
  /// latest that is left, or begins anew; what had left it before does not come back. So an event
  /// from the future, of a damaged clock, is undone, but for what it drove out and let come late:
  /// better keep such out by a `where` around the window. O(events in the window).
  template <class Predicate>
  std::uint64_t forget(Predicate const& predicate) {
    bool last_goes = false;
    auto const gone =
        events_.forget([&](Event const& one) { return bool(cxm::read(predicate, one)); },
                       [&](Event const& one) {
                         inner_.remove(one);
                         last_goes = last_goes || is_last(cxm::read(*field_, one));
                       });
    if (last_goes) latest_ = events_.latest();
    return gone;
  }

  void merge(windowed_events const& other) {
    detail::require_same(width_ == other.width_,
                         "cxm::windowed: merging windows of different width");
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::windowed: merging plans over different fields");
    auto all = events_.in_order();
    auto const others = other.events_.in_order();
    all.insert(all.end(), others.begin(), others.end());
    late_ += other.late_;
    out_of_order_ += other.out_of_order_;
    missing_ += other.missing_;
    if (other.latest_ && (!latest_ || *latest_ < *other.latest_)) latest_ = other.latest_;
    rebuild(std::move(all));
  }
  auto result() const {
    window_summary<time, result_of<Inner>> found{reason::no_data, events_.size(), late_,
                                                 out_of_order_,   missing_,       inner_.result()};
    if (latest_) found.latest = *latest_;
    return found;
  }
  Inner const& inner() const { return inner_; }

  template <class In>
  auto bound_to() const {
    auto inner = cxm::bind<In>(prototype_);
    using bound = windowed_events<In, Field, Width, decltype(inner)>;
    if constexpr (std::same_as<bound, windowed_events>)
      return *this;  // with all that it has counted
    else
      return bound(*field_, width_, std::move(inner));
  }

  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.policy("width", self.width_);
    visit.policy("inner", self.prototype_);
    visit.state("latest", self.latest_);
    visit.state("late", self.late_);
    visit.state("out_of_order", self.out_of_order_);
    visit.state("missing", self.missing_);
    visit.state("events", self.events_);
  }
  /// After a load: the events lie in the window, and are counted anew, so that what is counted
  /// can't differ from them.
  void encode(detail::byte_writer& out) const {
    detail::state_writer visit{out};
    describe(*this, visit);
  }
  bool decode(detail::byte_reader& in) {
    detail::state_reader visit{in};
    describe(*this, visit);
    if (!visit.good) return false;
    auto all = events_.in_order();
    if (!latest_ && !all.empty()) return in.fail();
    for (auto const& one : all)
      if (one.at > *latest_ || has_left(one.at)) return in.fail();
    rebuild(std::move(all));
    return true;
  }

 private:
  using kept = detail::window_event<event, time>;

  /// Times may lie at both ends of what their type holds: the difference of the unsigned is right.
  bool has_left(time at) const {
    using common = std::common_type_t<typename time::duration, Width>;
    static_assert(std::is_integral_v<typename common::rep>,
                  "cxm::windowed: the width is a whole number of ticks");
    auto const age = static_cast<std::uint64_t>(latest_->time_since_epoch().count()) -
                     static_cast<std::uint64_t>(at.time_since_epoch().count());
    auto const width = std::chrono::ceil<typename time::duration>(width_).count();
    return age >= static_cast<std::uint64_t>(width);
  }
  template <class At>
  bool is_last(At const& at) const {
    return latest_ == std::optional<time>(at);
  }
  void add_at(time at, event const& in) {
    if (!latest_ || *latest_ < at) {
      latest_ = at;
      leave_behind();
    } else if (has_left(at)) {
      ++late_;
      return;
    }
    inner_.add(in);
    if (!events_.push({at, in})) ++out_of_order_;
  }
  void leave_behind() {
    events_.drop([&](time at) { return has_left(at); },
                 [&](event const& one) { inner_.remove(one); });
  }
  void rebuild(std::vector<kept> all) {
    std::stable_sort(all.begin(), all.end(),
                     [](auto const& a, auto const& b) { return a.at < b.at; });
    events_ = {};
    inner_ = prototype_;
    for (auto& one : all) {
      if (has_left(one.at)) continue;
      inner_.add(one.event);
      events_.push(std::move(one));
    }
  }

  [[no_unique_address]] detail::box<Field> field_;
  Width width_;
  Inner prototype_;
  Inner inner_;
  std::optional<time> latest_;
  std::uint64_t late_ = 0;
  std::uint64_t out_of_order_ = 0;
  std::uint64_t missing_ = 0;
  detail::window_events<event, time> events_;
};

/// Counts with `inner` the events of a window that slides with the times that `field` gives. The
/// accumulator must take events back (`retractable`). Saving it asks that the events can be saved:
/// numbers, tuples, or types with `type_name` and `describe`.
template <class Field, class Rep, class Period, accumulator Inner>
auto windowed(Field field, sliding<Rep, Period> shape, Inner inner) {
  using width = std::chrono::duration<Rep, Period>;
  windowed_events<void, Field, width, Inner> open(std::move(field), shape.width, std::move(inner));
  using event = detail::event_of_t<Field>;
  if constexpr (std::is_void_v<event>)
    return open;
  else
    return cxm::bind<event>(std::move(open));
}

}  // namespace cxm
