// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/rows.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// \file
/// The run-time twins of choosing an accumulator and of `all`: `one_of<A, B>` is one accumulator
/// out of a list of types, `each{{…}}` is any number of accumulators of one type. A program that
/// learns at run time what to measure writes `each{std::vector<one_of<A, B>>{…}}`.

namespace cxm {

/// One accumulator, of one of several types, chosen at run time.
template <class... Choices>
class one_of {
 public:
  static constexpr std::string_view type_name = "one_of";
  static constexpr merge_law merges = weakest(merge_law_of<Choices>...);
  static constexpr bool needs_order = (cxm::needs_order<Choices> || ...);
  static constexpr bool retracts = (cxm::retracts<Choices> && ...);
  static constexpr bool skips_events = (cxm::skips_events<Choices> || ...);

  template <class Choice>
  requires(std::same_as<Choice, Choices> || ...) constexpr one_of(Choice choice)
      : choice_(std::move(choice)) {}

  template <class In>
  constexpr void add(In const& in) {
    std::visit([&](auto& chosen) { chosen.add(in); }, choice_);
  }
  template <class In, class Weight>
  constexpr void add(In const& in, Weight const& weight) {
    std::visit([&](auto& chosen) { chosen.add(in, weight); }, choice_);
  }
  template <class Rows>
  constexpr void add_many(Rows const& rows) {
    std::visit([&](auto& chosen) { detail::add_rows(chosen, rows); }, choice_);
  }
  template <class In, class... Weight>
  constexpr void remove(In const& in, Weight const&... weight) {
    std::visit([&](auto& chosen) { detail::retract(chosen, in, weight...); }, choice_);
  }
  constexpr void merge(one_of const& other) {
    detail::require_same(choice_.index() == other.choice_.index(),
                         "cxm::one_of: merging two different choices");
    std::visit(
        [&](auto& chosen) {
          chosen.merge(std::get<std::remove_cvref_t<decltype(chosen)>>(other.choice_));
        },
        choice_);
  }
  /// A variant of the results, in the order of the choices; choices with equal result types share
  /// one.
  constexpr auto result() const {
    using any_result = std::variant<result_of<Choices>...>;
    return visit_indexed([]<std::size_t I>(auto const& chosen) {
      return any_result(std::in_place_index<I>, chosen.result());
    });
  }
  constexpr bool empty() const requires retracts {
    return std::visit([](auto const& chosen) { return chosen.empty(); }, choice_);
  }
  constexpr std::variant<Choices...> const& choice() const { return choice_; }
  constexpr auto with_weights() const requires(detail::can_be_weighted<Choices>&&...) {
    using weighted = one_of<decltype(std::declval<Choices const&>().with_weights())...>;
    return std::visit([](auto const& chosen) { return weighted(chosen.with_weights()); }, choice_);
  }
  constexpr void double_weights(unsigned times) requires(detail::weights_double<Choices>&&...) {
    std::visit([&](auto& chosen) { chosen.double_weights(times); }, choice_);
  }
  template <class In>
  constexpr auto bound_to() const {
    using bound = one_of<decltype(cxm::bind<In>(std::declval<Choices const&>()))...>;
    return std::visit([](auto const& chosen) { return bound(cxm::bind<In>(chosen)); }, choice_);
  }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("choice", std::uint64_t{self.choice_.index()});
    std::visit([&](auto& chosen) { visit.state("chosen", chosen); }, self.choice_);
  }

 private:
  template <std::size_t I = 0, class Function>
  constexpr auto visit_indexed(Function const& function) const {
    if constexpr (I + 1 == sizeof...(Choices)) {
      return function.template operator()<I>(std::get<I>(choice_));
    } else {
      if (choice_.index() == I) return function.template operator()<I>(std::get<I>(choice_));
      return visit_indexed<I + 1>(function);
    }
  }
  std::variant<Choices...> choice_;
};

/// Any number of accumulators over the same events; the result is the vector of theirs.
template <class Part>
class each {
 public:
  static constexpr std::string_view type_name = "each";
  static constexpr merge_law merges = merge_law_of<Part>;
  static constexpr bool needs_order = cxm::needs_order<Part>;
  static constexpr bool retracts = cxm::retracts<Part>;
  static constexpr bool skips_events = true;  // there may be no parts

  constexpr explicit each(std::vector<Part> parts) : parts_(std::move(parts)) {}

  template <class In>
  constexpr void add(In const& in) {
    for (auto& part : parts_) part.add(in);
  }
  template <class In, class Weight>
  constexpr void add(In const& in, Weight const& weight) {
    for (auto& part : parts_) part.add(in, weight);
  }
  template <class Rows>
  constexpr void add_many(Rows const& rows) {
    detail::in_blocks(rows, [&](auto const& block) {
      for (auto& part : parts_) detail::add_rows(part, block);
    });
  }
  /// Takes the event back from every part, or, where one of them refuses it, from none.
  template <class In, class... Weight>
  constexpr void remove(In const& in, Weight const&... weight) {
    std::size_t done = 0;
    detail::or_undo(
        [&] {
          for (; done < parts_.size(); ++done) detail::retract(parts_[done], in, weight...);
        },
        [&] {
          for (std::size_t i = 0; i < done; ++i) parts_[i].add(in, weight...);
        });
  }
  constexpr void merge(each const& other) {
    detail::require_same(parts_.size() == other.parts_.size(),
                         "cxm::each: merging plans of different length");
    for (std::size_t i = 0; i < parts_.size(); ++i) parts_[i].merge(other.parts_[i]);
  }
  constexpr auto result() const {
    std::vector<result_of<Part>> results;
    results.reserve(parts_.size());
    for (auto const& part : parts_) results.push_back(part.result());
    return results;
  }
  constexpr bool empty() const requires retracts {
    return std::all_of(parts_.begin(), parts_.end(), [](auto const& part) { return part.empty(); });
  }
  constexpr std::vector<Part> const& parts() const { return parts_; }
  constexpr auto with_weights() const requires detail::can_be_weighted<Part> {
    std::vector<decltype(std::declval<Part const&>().with_weights())> twins;
    twins.reserve(parts_.size());
    for (auto const& part : parts_) twins.push_back(part.with_weights());
    return each<decltype(std::declval<Part const&>().with_weights())>(std::move(twins));
  }
  constexpr void double_weights(unsigned times) requires detail::weights_double<Part> {
    for (auto& part : parts_) part.double_weights(times);
  }
  template <class In>
  constexpr auto bound_to() const {
    std::vector<decltype(cxm::bind<In>(std::declval<Part const&>()))> bound;
    bound.reserve(parts_.size());
    for (auto const& part : parts_) bound.push_back(cxm::bind<In>(part));
    return each<decltype(cxm::bind<In>(std::declval<Part const&>()))>(std::move(bound));
  }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("parts", std::uint64_t{self.parts_.size()});
    for (auto& part : self.parts_) visit.state("part", part);
  }

 private:
  std::vector<Part> parts_;
};

}  // namespace cxm
