// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/funnel_step.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// The steps of a funnel as its engine sees them, known at compile time or at run time: how many,
/// their rules, and which of them a contact is.

namespace cxm::detail {

/// Steps written down in the program, each of its own type.
template <class... Predicates>
class fixed_steps {
 public:
  constexpr explicit fixed_steps(std::tuple<funnel_step<Predicates>...> steps)
      : steps_(std::move(steps)) {}

  static constexpr std::size_t size() { return sizeof...(Predicates); }
  std::vector<step_rule> rules() const {
    return std::apply([](auto const&... one) { return std::vector<step_rule>{one.rule...}; },
                      steps_);
  }
  template <class Contact>
  bool match(std::size_t i, Contact const& contact) const {
    return match(i, contact, std::index_sequence_for<Predicates...>());
  }
  /// Calls `found(i)` for each step that the contact is, the last first.
  template <class Contact, class Found>
  void each_match(Contact const& contact, Found const& found) const {
    each_match(contact, found, std::index_sequence_for<Predicates...>());
  }
  friend constexpr bool operator==(fixed_steps const&, fixed_steps const&) = default;

  /// Room for something of every step.
  template <class Value>
  static std::array<Value, sizeof...(Predicates)> filled(Value value) {
    std::array<Value, sizeof...(Predicates)> room;
    room.fill(value);
    return room;
  }

 private:
  template <class Contact, std::size_t... I>
  bool match(std::size_t i, Contact const& contact, std::index_sequence<I...>) const {
    return ((i == I && funnel_match(*std::get<I>(steps_).predicate, contact)) || ...);
  }
  template <class Contact, class Found, std::size_t... I>
  void each_match(Contact const& contact, Found const& found, std::index_sequence<I...>) const {
    constexpr std::size_t last = sizeof...(I) - 1;
    ((funnel_match(*std::get<last - I>(steps_).predicate, contact) ? found(last - I) : void()),
     ...);
  }

  std::tuple<funnel_step<Predicates>...> steps_;
};

/// Steps that are only known at run time, all of one type.
template <class Predicate>
class listed_steps {
 public:
  explicit listed_steps(std::vector<funnel_step<Predicate>> steps) : steps_(std::move(steps)) {}

  std::size_t size() const { return steps_.size(); }
  std::vector<step_rule> rules() const {
    std::vector<step_rule> all;
    for (auto const& one : steps_) all.push_back(one.rule);
    return all;
  }
  template <class Contact>
  bool match(std::size_t i, Contact const& contact) const {
    return funnel_match(*steps_[i].predicate, contact);
  }
  template <class Contact, class Found>
  void each_match(Contact const& contact, Found const& found) const {
    for (std::size_t i = steps_.size(); i-- > 0;)
      if (match(i, contact)) found(i);
  }
  friend bool operator==(listed_steps const&, listed_steps const&) = default;

  template <class Value>
  std::vector<Value> filled(Value value) const {
    return std::vector<Value>(steps_.size(), value);
  }

 private:
  std::vector<funnel_step<Predicate>> steps_;
};

}  // namespace cxm::detail
