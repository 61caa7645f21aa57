// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/detail/funnel_attempts.hpp>
#include <cxm/path/detail/funnel_steps.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// What a funnel asks of one journey: how far its deepest attempt got, and when that took which
/// step. The plain funnel, one step after the other in a window, keeps the latest beginning of an
/// attempt at each step; all others run the automaton. O(contacts · steps), but for the times of
/// funnels that are not plain, which may try each beginning.

namespace cxm::detail {

/// Every beginning counts.
struct any_age {
  template <class Time>
  static constexpr bool old_enough(Time, std::chrono::microseconds) {
    return true;
  }
  friend constexpr bool operator==(any_age, any_age) { return true; }
};

/// How far the deepest attempt got: `depth` steps, 0 to their number; `when` it did.
template <class Time>
struct funnel_reach {
  std::size_t depth = 0;
  bool dropped = false;
  Time when{};
  std::vector<std::size_t> restarts{};
};

template <class Steps, class Age, class... Excepts>
class funnel_plan {
 public:
  funnel_plan(Steps steps, funnel_shape shape, Age age, std::tuple<Excepts...> excepts)
      : steps_(std::move(steps)),
        shape_(std::move(shape)),
        age_(std::move(age)),
        excepts_(std::move(excepts)) {
    std::apply(
        [&](auto const&... one) {
          if (((one.to >= shape_.rules.size()) || ...))
            refuse("cxm::except: the funnel has no such step");
        },
        excepts_);
    if (sizeof...(Excepts) > 0) shape_.plain = false;
  }

  std::size_t size() const { return shape_.rules.size(); }
  funnel_shape const& shape() const { return shape_; }
  friend bool operator==(funnel_plan const&, funnel_plan const&) = default;

  template <class Journey>
  auto reach(Journey const& journey) const {
    return shape_.plain ? plain_reach(journey) : full_reach(journey);
  }

  /// When the deepest attempt took each step, the one that began first among equals; nothing where
  /// it did not.
  template <class Journey, class Time>
  std::vector<std::optional<Time>> chain(Journey const& journey,
                                         funnel_reach<Time> const& reached) const {
    std::vector<std::optional<Time>> times(size());
    for (std::size_t i = 0; reached.depth > 0 && i < journey.size(); ++i) {
      Time const time = journey[i].time();
      // What began earlier would have ended before that depth was first reached.
      if (reached.when - time > shape_.window || !may_begin(time)) continue;
      if (walk(journey, i, reached, times)) return times;
    }
    return times;
  }

 private:
  template <class Time>
  bool may_begin(Time time) const {
    return age_.old_enough(time, shape_.window);
  }

  template <class Journey>
  auto plain_reach(Journey const& journey) const {
    using time_type = decltype(journey.started());
    funnel_reach<time_type> found;
    constexpr time_type never = time_type::min();
    auto begun = steps_.filled(never);  // the latest beginning of an attempt that took the step
    std::size_t const contacts = journey.size();
    for (std::size_t at = 0; at < contacts; ++at) {
      auto const contact = journey[at];
      steps_.each_match(contact, [&](std::size_t i) {
        time_type const time = contact.time();
        if (i == 0) {
          if (!may_begin(time)) return;
          begun[0] = time;
        } else {
          time_type const began = begun[i - 1];
          if (began == never || time - began > shape_.window) return;
          begun[i] = began;
        }
        if (i < found.depth) return;
        found.depth = i + 1;
        found.when = time;
      });
      if (found.depth == steps_.size()) break;
    }
    return found;
  }

  template <class Journey>
  auto full_reach(Journey const& journey) const {
    using time_type = decltype(journey.started());
    funnel_attempts<time_type> attempts;
    bool const may_drop = std::apply(
        [](auto const&... one) { return ((one.action == on_excluded::drop_entity) || ...); },
        excepts_);
    for (std::size_t i = 0; i < journey.size() && !attempts.dropped(); ++i) {
      auto const contact = journey[i];
      attempts.add(steps_, shape_, contact, contact.time(), may_begin(contact.time()), excluded());
      if (attempts.depth() == size() && !may_drop) break;
    }
    return funnel_reach<time_type>{attempts.depth(), attempts.dropped(), attempts.when(),
                                   attempts.restarts()};
  }

  auto excluded() const {
    return [this]([[maybe_unused]] std::size_t depth,
                  [[maybe_unused]] auto const& contact) -> std::optional<on_excluded> {
      std::optional<on_excluded> found;
      [[maybe_unused]] auto const ask = [&](auto const& one) {
        if (depth > one.from && depth <= one.to && funnel_match(*one.predicate, contact))
          found = found ? std::max(*found, one.action) : one.action;
      };
      std::apply([&](auto const&... one) { (ask(one), ...); }, excepts_);
      return found;
    };
  }

  /// The attempt that begins at contact `first`; true if it gets as far as `reached`.
  template <class Journey, class Time>
  bool walk(Journey const& journey, std::size_t first, funnel_reach<Time> const& reached,
            std::vector<std::optional<Time>>& times) const {
    Time const began = journey[first].time();
    funnel_attempt<Time> attempt{began, began};
    auto const begins = next_step(steps_, shape_, attempt, journey[first], began);
    if (!begins) return false;
    std::fill(times.begin(), times.end(), std::nullopt);
    take_step(shape_, attempt, *begins, began);
    times[*begins] = began;
    auto const& restarts = reached.restarts;
    auto next_restart = std::upper_bound(restarts.begin(), restarts.end(), first);
    for (std::size_t i = first + 1; attempt.depth(shape_) < reached.depth; ++i) {
      if (i == journey.size()) return false;
      if (next_restart != restarts.end() && *next_restart < i) return false;
      auto const contact = journey[i];
      std::size_t taken = 0;
      auto const move =
          advance(steps_, shape_, attempt, contact, contact.time(), excluded(), &taken);
      if (move == funnel_move::moves)
        times[taken] = contact.time();
      else if (move != funnel_move::stays)
        return false;
    }
    return true;
  }

  Steps steps_;
  funnel_shape shape_;
  [[no_unique_address]] Age age_;
  [[no_unique_address]] std::tuple<Excepts...> excepts_;
};

}  // namespace cxm::detail
