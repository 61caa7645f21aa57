// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>

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

  constexpr explicit contacts_of_each(Inner inner) : inner_(std::move(inner)) {}

  template <class Journey>
  constexpr void add(Journey const& journey) {
    for (std::size_t i = 0; i < journey.size(); ++i) inner_.add(journey[i]);
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
