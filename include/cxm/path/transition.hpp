// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/field.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

/// \file
/// A transition is a step from one contact of a journey to the next: an event like any other, with
/// the fields `from_touchpoint`, `to_touchpoint`, `waiting_time` and `between_starts`.
/// `each_transition(accumulator)` measures transitions: `each_transition(by(from_touchpoint,
/// to_touchpoint, on(waiting_time, moments())))`.

namespace cxm {

/// Two contacts of a journey that follow each other.
template <class Contact, class Time>
class transition {
 public:
  constexpr transition(Contact earlier, Contact later, Time ended, std::uint64_t journey)
      : earlier_(earlier), later_(later), ended_(ended), journey_(journey) {}

  Contact const& earlier() const { return earlier_; }
  Contact const& later() const { return later_; }
  /// From the latest end so far in the journey to the start of the later contact; 0 where they
  /// overlap.
  auto wait() const { return overlaps() ? ended_ - ended_ : later_.time() - ended_; }
  /// True when the later contact began before all earlier ones had ended.
  bool overlaps() const { return later_.time() < ended_; }
  /// A number that all transitions of one journey share, within one `each_transition`.
  std::uint64_t journey() const { return journey_; }

 private:
  Contact earlier_;
  Contact later_;
  Time ended_;
  std::uint64_t journey_;
};

/// Where a transition comes from.
inline constexpr auto from_touchpoint =
    field<"from">([](auto const& step) { return step.earlier().touchpoint(); });
/// Where it goes.
inline constexpr auto to_touchpoint =
    field<"to">([](auto const& step) { return step.later().touchpoint(); });
/// How long the customer waited between; a duration, never negative.
inline constexpr auto waiting_time =
    field<"waiting_time">([](auto const& step) { return step.wait(); });
/// From the start of the earlier contact to the start of the later one, whenever the earlier ended.
inline constexpr auto between_starts = field<"between_starts">(
    [](auto const& step) { return step.later().time() - step.earlier().time(); });

/// Feeds every transition of a journey to `Inner`. Made by `each_transition`.
template <class Inner>
class transitions_of_each {
 public:
  static constexpr std::string_view type_name = "each_transition";
  static constexpr merge_law merges = merge_law_of<Inner>;

  constexpr explicit transitions_of_each(Inner inner) : inner_(std::move(inner)) {}

  template <class Journey>
  constexpr void add(Journey const& journey) {
    ++journey_;
    auto ended = journey[0].ended();
    for (std::size_t i = 1; i < journey.size(); ++i) {
      auto const earlier = journey[i - 1], later = journey[i];
      inner_.add(transition(earlier, later, ended, journey_));
      ended = std::max(ended, later.ended());
    }
  }
  constexpr void merge(transitions_of_each const& other) { inner_.merge(other.inner_); }
  constexpr auto result() const { return inner_.result(); }
  constexpr Inner const& inner() const { return inner_; }

  template <class Journey>
  constexpr auto bound_to() const {
    using step =
        transition<typename Journey::contact, decltype(std::declval<Journey const&>().started())>;
    auto inner = cxm::bind<step>(inner_);
    return transitions_of_each<decltype(inner)>(std::move(inner));
  }
  static constexpr void describe(auto& self, auto& visit) { visit.state("inner", self.inner_); }

 private:
  Inner inner_;
  std::uint64_t journey_ = 0;  // tells journeys apart while they are counted; no part of the state
};

/// Gives every transition of each journey to `inner`.
template <accumulator Inner>
constexpr auto each_transition(Inner inner) {
  return transitions_of_each<Inner>(std::move(inner));
}

}  // namespace cxm
