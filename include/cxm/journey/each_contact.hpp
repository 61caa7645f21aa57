// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/retraction.hpp>

#include <string_view>
#include <utility>

/// \file
/// `each_contact(accumulator)` goes down one level: it gives the contacts of each journey to an
/// accumulator of events, so that touchpoint scores and journey scores come out of one pass.

namespace cxm {

/// Feeds every contact of a journey to `Inner`. Made by `each_contact`.
template <class Inner>
class contacts_of_each {
 public:
  static constexpr std::string_view type_name = "each_contact";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;
  static constexpr bool skips_events = cxm::skips_events<Inner>;

  constexpr explicit contacts_of_each(Inner inner) : inner_(std::move(inner)) {}

  /// With a weight, every contact has that of the journey.
  template <class Journey, class... Weight>
  constexpr void add(Journey const& journey, Weight const&... weight) {
    for (std::size_t i = 0; i < journey.size(); ++i) inner_.add(journey[i], weight...);
  }
  /// Takes a journey back: all its contacts, or none where one was never counted.
  template <class Journey, class... Weight>
  constexpr void remove(Journey const& journey, Weight const&... weight) {
    std::size_t i = 0;
    detail::or_undo(
        [&] {
          for (; i < journey.size(); ++i) detail::retract(inner_, journey[i], weight...);
        },
        [&] {
          while (i > 0) inner_.add(journey[--i], weight...);
        });
  }
  constexpr bool empty() const requires retracts { return inner_.empty(); }
  constexpr auto with_weights() const requires detail::can_be_weighted<Inner> {
    return contacts_of_each<decltype(inner_.with_weights())>(inner_.with_weights());
  }
  constexpr void double_weights(unsigned times) requires detail::weights_double<Inner> {
    inner_.double_weights(times);
  }
  constexpr void merge(contacts_of_each const& other) { inner_.merge(other.inner_); }
  constexpr auto result() const { return inner_.result(); }
  constexpr Inner const& inner() const { return inner_; }

  template <class Journey>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<typename Journey::contact>(inner_);
    return contacts_of_each<decltype(inner)>(std::move(inner));
  }
  static constexpr void describe(auto& self, auto& visit) { visit.state("inner", self.inner_); }

 private:
  Inner inner_;
};

/// Gives every contact of each journey to `inner`.
template <accumulator Inner>
constexpr auto each_contact(Inner inner) {
  return contacts_of_each<Inner>(std::move(inner));
}

}  // namespace cxm
