// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What became of one promise, as a field of the event or journey that holds it:
///
///     auto const visit = promise_of(first(appointment{&contact::from, &contact::until}),
///                                   reached{step::visited}, known_until{log_end});
///     measure(journeys, all(promise_ledger(visit),
///                           by(outcome_of(visit), on(last(&contact::recommend), nps()))));
///
/// Deviation d = delivered − promised, of a window against its nearer end and 0 inside. It is late
/// where d > L, early where d < −E, else kept. What has not happened is unmet, or a no-show where
/// it was an appointment, once its time has passed, and pending before.

#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/promise_policies.hpp>
#include <cxm/journey/promise_record.hpp>
#include <cxm/journey/promises.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

namespace detail {

template <class Value>
inline constexpr bool is_promise_window = false;
template <class Time>
inline constexpr bool is_promise_window<promise_window<Time>> = true;

/// A promised time as a window of no length.
template <class Promised>
constexpr auto promised_window(Promised const& promised) {
  if constexpr (is_promise_window<Promised>)
    return promised;
  else
    return promise_window<Promised>{promised, promised};
}
template <class Value>
constexpr auto promise_as_optional(Value const& value) {
  if constexpr (is_optional<Value>)
    return value;
  else
    return std::optional<Value>(value);
}

}  // namespace detail

/// Reads a promise and its fate. Made by `promise_of`.
template <class Promised, class Delivered, class Clock, class Until, class Early, class Late,
          class Missed, class Made>
class promise_rule {
 public:
  promise_rule(Promised promised, Delivered delivered, Clock clock, Until until, Early early,
               Late late, Missed missed, Made made)
      : promised_(std::move(promised)),
        delivered_(std::move(delivered)),
        clock_(std::move(clock)),
        until_(std::move(until)),
        early_(early),
        late_(late),
        missed_(missed),
        made_(std::move(made)),
        name_(name_by()) {}

  /// "promise activation, by date, grace 2 h": states by other rules don't mix.
  std::string_view name() const { return name_; }
  Promised const& promised() const { return promised_; }
  Delivered const& delivered() const { return delivered_; }
  /// True where the ledger can say how long was promised.
  static constexpr bool knows_when_made = requires(Made const& made) { made.field; };

  /// The record of the promise, empty where none was made.
  template <class In>
  auto operator()(In const& in) const {
    auto const promised = detail::promise_as_optional(cxm::read(promised_, in));
    auto const delivered = detail::promise_as_optional(cxm::read(delivered_, in));
    using window = decltype(detail::promised_window(*promised));
    static_assert(
        detail::is_time_point<typename window::time_type> &&
            detail::is_time_point<std::decay_t<decltype(*delivered)>>,
        "cxm::promise_of: a promise is a time, a promise_window, or std::optional of one, "
        "and a delivery a time");
    using due = decltype(clock_(std::declval<typename window::time_type>()));
    using done = decltype(clock_(*delivered));
    using duration = std::common_type_t<decltype(due() - due()), decltype(done() - due())>;
    std::optional<promise_record<duration>> found;
    if (promised) {
      auto const stated = detail::promised_window(*promised);
      promise_window<due> const at{clock_(stated.from), clock_(stated.to)};
      auto const when = delivered ? std::optional<done>(clock_(*delivered)) : std::nullopt;
      found =
          judged<duration>(at, when, detail::is_promise_window<std::decay_t<decltype(*promised)>>);
      if constexpr (knows_when_made)
        if (auto const made = detail::promise_as_optional(cxm::read(made_.field, in)))
          found->promised_in = std::chrono::duration_cast<duration>(at.to - clock_(*made));
    }
    return found;
  }

  /// By everything that decides a fate.
  friend bool operator==(promise_rule const& a, promise_rule const& b) {
    return a.name_ == b.name_ && detail::same_field(a.promised_, b.promised_) &&
           detail::same_field(a.delivered_, b.delivered_) &&
           detail::same_field(a.clock_, b.clock_) &&
           detail::same_field(a.made_field(), b.made_field());
  }
  void describe_policies(auto& visit) const {
    visit.policy("promise", std::string_view(name_));
    detail::visit_field(visit, promised_);
    detail::visit_field(visit, delivered_);
    detail::visit_field(visit, made_field());
    detail::visit_field(visit, clock_, "clock");
  }

 private:
  template <class Duration, class Window, class Done>
  promise_record<Duration> judged(Window const& at, std::optional<Done> const& done,
                                  bool is_window) const {
    promise_record<Duration> found;
    if (is_window) found.window = at.to - at.from;
    if (at.to < at.from)
      found.fate = promise_fate::invalid;
    else if (done)
      found.deviation = deviation<Duration>(at, *done);
    if constexpr (requires { until_.time; })
      if (!found.deviation && found.fate != promise_fate::invalid)
        if (Duration const past = std::chrono::duration_cast<Duration>(clock_(until_.time) - at.to);
            past > late_.longest) {
          found.overdue = past;
          found.fate = is_window ? promise_fate::no_show : promise_fate::unmet;
        }
    if (found.deviation) found.fate = fate_of(*found.deviation, is_window);
    return found;
  }
  template <class Duration, class Window, class Done>
  static constexpr Duration deviation(Window const& at, Done const& done) {
    if (done > at.to) return done - at.to;
    return done < at.from ? Duration(done - at.from) : Duration::zero();
  }
  template <class Duration>
  constexpr promise_fate fate_of(Duration deviation, bool is_window) const {
    if (deviation > late_.longest) {
      if constexpr (requires { missed_.longest; })
        if (is_window && deviation > missed_.longest) return promise_fate::no_show;
      return promise_fate::late;
    }
    if constexpr (requires { early_.longest; })
      return deviation < -early_.longest ? promise_fate::early : promise_fate::kept;
    else
      return is_window && deviation < Duration::zero() ? promise_fate::early : promise_fate::kept;
  }

  constexpr auto const& made_field() const {
    if constexpr (knows_when_made)
      return made_.field;
    else
      return made_;
  }
  std::string name_by() const {
    std::string text = "promise";
    if (auto const field = name_of(promised_); !field.empty()) text += ' ' + std::string(field);
    if constexpr (!std::is_same_v<Clock, by_timestamp>) text += ", by date";
    if (late_.longest != late_.longest.zero())
      text += ", grace " + detail::duration_name(late_.longest);
    if constexpr (requires { early_.longest; })
      text += ", not before " + detail::duration_name(early_.longest);
    if constexpr (requires { missed_.longest; })
      text += ", no-show after " + detail::duration_name(missed_.longest);
    if constexpr (requires { until_.time; })
      text += ", known until " + detail::duration_name(until_.time.time_since_epoch());
    return text;
  }

  [[no_unique_address]] Promised promised_;
  [[no_unique_address]] Delivered delivered_;
  [[no_unique_address]] Clock clock_;
  [[no_unique_address]] Until until_;
  [[no_unique_address]] Early early_;
  [[no_unique_address]] Late late_;
  [[no_unique_address]] Missed missed_;
  [[no_unique_address]] Made made_;
  std::string name_;
};

namespace detail {
template <class Type>
inline constexpr bool is_promise_rule = false;
template <class... Parts>
inline constexpr bool is_promise_rule<promise_rule<Parts...>> = true;
}  // namespace detail

/// The promise that `promised` reads off an event or a journey, a time or a window or an optional
/// of one, and what became of it given `delivered`, the time of its fulfilment. Policies:
/// `by_timestamp` (default) or `by_date{zone}`, `known_until{time}`, `grace{L}` (default 0),
/// `not_before{E}`, `no_show_after`, `promised_when{field}`.
template <class Promised, class Delivered, class... Policies>
auto promise_of(Promised promised, Delivered delivered, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, promise_clock, observation_end, late_tolerance,
                                        early_tolerance, missed_after, promise_made> &&
                 ...),
                "cxm::promise_of: takes by_timestamp or by_date, known_until, grace, not_before, "
                "no_show_after and promised_when");
  static_assert(
      detail::no_question_twice<promise_clock, observation_end, late_tolerance, early_tolerance,
                                missed_after, promise_made>::template in<Policies...>,
      "cxm::promise_of: two policies answer the same question");
  auto clock = detail::pick<promise_clock>(by_timestamp{}, policies...);
  auto until = detail::pick<observation_end>(known_for_ever_after{}, policies...);
  auto early = detail::pick<early_tolerance>(as_stated{}, policies...);
  auto late = detail::pick<late_tolerance>(grace{std::chrono::seconds(0)}, policies...);
  auto missed = detail::pick<missed_after>(whenever_they_came{}, policies...);
  auto made = detail::pick<promise_made>(promised_some_time{}, policies...);
  return promise_rule<Promised, Delivered, decltype(clock), decltype(until), decltype(early),
                      decltype(late), decltype(missed), decltype(made)>(
      std::move(promised), std::move(delivered), std::move(clock), std::move(until), early, late,
      missed, std::move(made));
}

}  // namespace cxm
