// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/bind.hpp>
#include <cxm/core/calendar.hpp>
#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Tumbling windows: time in pieces of one width, each event in one of them, as a field:
/// `by(tumbling(&answer::when, 15min), …)`. Windows that slide are an accumulator, see
/// stats/windowed.hpp; months and days are in core/calendar.hpp.

namespace cxm {

namespace detail {

/// A duration in finer ticks; those that the type can't hold as the last that it can.
template <class To, class Rep, class Period>
constexpr To saturated(std::chrono::duration<Rep, Period> from) {
  if constexpr (std::is_integral_v<Rep>) {
    using coarse = std::chrono::duration<std::int64_t, Period>;
    if (coarse(from) > std::chrono::duration_cast<coarse>(To::max())) return To::max();
    if (coarse(from) < std::chrono::duration_cast<coarse>(To::min())) return To::min();
  }
  return std::chrono::duration_cast<To>(from);
}

}  // namespace detail

/// The time from `from()` to before `until()`. A key of groups.
template <class Time>
class time_window {
 public:
  using duration = typename Time::duration;
  static constexpr std::string_view type_name = "time_window";

  constexpr time_window() = default;
  constexpr time_window(Time begin, duration width) : begin_(begin), width_(width) {}

  constexpr Time from() const { return begin_; }
  /// Where the type of the times ends before the window does, its end.
  constexpr Time until() const {
    return width_ > Time::max() - std::max(begin_, Time{}) ? Time::max() : begin_ + width_;
  }
  constexpr time_window next() const { return {until(), width_}; }
  constexpr time_window previous() const {
    return {width_ > std::min(begin_, Time{}) - (Time::min() + duration(1)) ? Time::min()
                                                                            : begin_ - width_,
            width_};
  }
  /// How many windows after `other`, of the same width, this one is: 1 for `other.next()`.
  constexpr std::int64_t periods_since(time_window const& other) const {
    auto const count = [&](Time at) { return at.time_since_epoch() / width_; };
    // Both begin as far after a multiple of the width, so the quotients differ by the windows.
    auto const below = [&](Time at) {
      return at.time_since_epoch() % width_ < duration::zero() ? 1 : 0;
    };
    return static_cast<std::int64_t>(count(begin_) - below(begin_)) -
           static_cast<std::int64_t>(count(other.begin_) - below(other.begin_));
  }

  /// "2021-03-05 14:30", with seconds where it does not begin on a minute.
  std::string label() const {
    using namespace std::chrono;
    auto const day = floor<days>(begin_.time_since_epoch());
    auto into = begin_.time_since_epoch() % days(1);
    if (into < into.zero()) into += days(1);
    auto const second = static_cast<int>(floor<seconds>(into).count());
    std::string text = calendar_period(calendar::day, local_days(day)).label() + ' ';
    auto const two = [&](int number) {
      text += static_cast<char>('0' + number / 10);
      text += static_cast<char>('0' + number % 10);
    };
    two(second / 3600);
    text += ':';
    two(second / 60 % 60);
    if (second % 60 == 0) return text;
    text += ':';
    two(second % 60);
    return text;
  }

  /// What stands for it as the key of a group, see stats/detail/key.hpp.
  constexpr std::int64_t key_word() const {
    return static_cast<std::int64_t>(begin_.time_since_epoch().count());
  }
  constexpr bool valid() const { return width_ > duration::zero(); }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("begin", self.begin_);
    visit.state("width", self.width_);
  }
  friend constexpr bool operator==(time_window const& a, time_window const& b) {
    return a.begin_ == b.begin_ && a.width_ == b.width_;
  }
  friend constexpr auto operator<=>(time_window const& a, time_window const& b) {
    return a.begin_ != b.begin_ ? a.begin_ <=> b.begin_ : a.width_ <=> b.width_;
  }

 private:
  Time begin_{};
  duration width_ = duration(1);
};

/// Which window of one width a time falls in. Made by `tumbling`.
template <class Field, class Width>
class tumbling_field {
 public:
  tumbling_field(Field field, Width width, Width start)
      : field_(std::move(field)), width_(width), start_(start) {
    if (width <= Width::zero()) detail::refuse("cxm::tumbling: a window must have a width above 0");
  }
  std::string_view name() const { return "window"; }

  /// The window, or an optional of it where the time is one.
  template <class In>
  auto operator()(In const& in) const {
    auto const& time = cxm::read(field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(time)>>)
      return time ? std::optional(window(*time)) : std::nullopt;
    else
      return window(time);
  }

  bool same_field_as(tumbling_field const& other) const {
    return width_ == other.width_ && start_ == other.start_ &&
           detail::same_field(field_, other.field_);
  }
  void describe_field(auto& visit) const {
    visit.policy("width", width_);
    visit.policy("start", start_);
  }

 private:
  template <class Clock, class Duration>
  auto window(std::chrono::time_point<Clock, Duration> time) const {
    using common = std::common_type_t<Duration, Width>;
    static_assert(std::is_integral_v<typename common::rep>,
                  "cxm::tumbling: times and widths are whole numbers of ticks");
    // Times may lie at both ends of what their type holds: nothing is added before it is known to
    // have room. A window that would begin before the first time begins with it.
    common const at = detail::saturated<common>(time.time_since_epoch());
    common const width = detail::saturated<common>(width_);
    auto const part = [&](common of) {
      common const rest = of % width;
      return rest < common::zero() ? rest + width : rest;
    };
    common const past = part(at);
    common const offset = part(detail::saturated<common>(start_ % width_));
    common const into = past < offset ? past + (width - offset) : past - offset;
    using instant = std::chrono::time_point<Clock, common>;
    bool const room = at >= common::zero() || into <= at - common::min();
    return time_window<instant>(room ? instant(at - into) : instant::min(), width);
  }

  Field field_;
  Width width_;
  Width start_;
};

namespace detail {

template <class Field, class Width>
struct event_of<tumbling_field<Field, Width>> : event_of<Field> {};

}  // namespace detail

/// Windows of `width` that follow each other, one of which begins at `start` after 1970-01-01 (in
/// UTC for a sys_time; for windows by the clock of a zone give a field of `local_time`).
template <class Field, class Rep, class Period>
auto tumbling(Field field, std::chrono::duration<Rep, Period> width,
              std::type_identity_t<std::chrono::duration<Rep, Period>> start = {}) {
  return tumbling_field<Field, std::chrono::duration<Rep, Period>>(std::move(field), width, start);
}

}  // namespace cxm
