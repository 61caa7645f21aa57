// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>

#include <utility>

/// \file
/// `where(predicate, accumulator)` counts only the events for which the predicate holds. A
/// predicate is a field whose value is true or false; an event that does not answer it, an empty
/// optional, is not counted.

namespace cxm {

/// Feeds the events that satisfy `Predicate` to `Inner`. Made by `where`.
template <class Predicate, class Inner>
class where_true {
 public:
  static constexpr std::string_view type_name = "where";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;
  static constexpr bool skips_events = true;

  constexpr where_true(Predicate predicate, Inner inner)
      : predicate_(std::move(predicate)), inner_(std::move(inner)) {}

  template <class In>
  constexpr void add(In const& in) {
    if (holds(in)) inner_.add(in);
  }
  template <class In, class Weight>
  constexpr void add(In const& in, Weight const& weight) {
    if (holds(in)) inner_.add(in, weight);
  }
  template <class In, class... Weight>
  constexpr void remove(In const& in, Weight const&... weight) {
    if (holds(in)) detail::retract(inner_, in, weight...);
  }
  constexpr void merge(where_true const& other) {
    detail::require_same(detail::same_field(*predicate_, *other.predicate_),
                         "cxm::where: merging plans with different predicates");
    inner_.merge(other.inner_);
  }
  constexpr auto result() const { return inner_.result(); }
  constexpr bool empty() const requires retracts { return inner_.empty(); }
  constexpr Inner const& inner() const { return inner_; }
  constexpr auto with_weights() const requires detail::can_be_weighted<Inner> {
    using weighted_inner = decltype(inner_.with_weights());
    return where_true<Predicate, weighted_inner>(*predicate_, inner_.with_weights());
  }
  constexpr void double_weights(unsigned times) requires detail::weights_double<Inner> {
    inner_.double_weights(times);
  }
  template <class In>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<In>(inner_);
    return where_true<Predicate, decltype(inner)>(*predicate_, std::move(inner));
  }

  static constexpr void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.predicate_, "predicate");
    visit.state("inner", self.inner_);
  }

 private:
  template <class In>
  constexpr bool holds(In const& in) const {
    auto const& value = cxm::read(*predicate_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(value)>>)
      return value && bool(*value);
    else
      return bool(value);
  }

  [[no_unique_address]] detail::box<Predicate> predicate_;
  Inner inner_;
};

/// Counts with `inner` the events for which `predicate` holds.
template <class Predicate, accumulator Inner>
constexpr auto where(Predicate predicate, Inner inner) {
  return where_true<Predicate, Inner>(std::move(predicate), std::move(inner));
}

}  // namespace cxm
