// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/fwd.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/stats/weight_kinds.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// `weighted(field, accumulator)` gives each event the weight that a field of it holds. What a
/// weight is, is said by a policy after the accumulator (stats/weight_kinds.hpp): of a sample that
/// was drawn or adjusted unequally (`probability_weights`, the default), revenue (`value_weights`),
/// or a count of events alike (`frequency_weights`). The accumulator is asked for its weighted
/// twin, `with_weights()`, which combinators pass on to their parts; rows that stand for several
/// events count as these, in the accumulator itself.

namespace cxm {

/// Feeds events with the weight in `Field` to `Inner`. Made by `weighted`.
template <class Field, class Inner, class Kind>
class weighted_by {
 public:
  static constexpr std::string_view type_name = "weighted";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;
  static constexpr bool skips_events = cxm::skips_events<Inner>;

  constexpr weighted_by(Field field, Inner inner, Kind kind = {}, weights_seen seen = {})
      : field_(std::move(field)), inner_(std::move(inner)), kind_(kind), seen_(seen) {}

  /// An event whose weight is no weight of its kind is counted in `seen()` and nowhere else.
  template <class In>
  constexpr void add(In const& in) {
    if (auto const weight = kind_.read(cxm::read(*field_, in), seen_)) inner_.add(in, *weight);
  }
  template <class In>
  constexpr void remove(In const& in) {
    weights_seen one;
    auto const weight = kind_.read(cxm::read(*field_, in), one);
    auto seen = seen_;
    seen.remove(one);  // throws before anything has changed
    if (weight) detail::retract(inner_, in, *weight);
    seen_ = seen;
  }
  constexpr void merge(weighted_by const& other) {
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::weighted: merging plans over different fields");
    detail::require_same(kind_ == other.kind_,
                         "cxm::weighted: merging weights of different kinds or caps");
    auto seen = seen_;
    seen.merge(other.seen_);  // throws before anything has changed
    inner_.merge(other.inner_);
    seen_ = seen;
  }
  constexpr auto result() const { return inner_.result(); }
  constexpr bool empty() const requires retracts {
    return seen_ == weights_seen{} && inner_.empty();
  }
  constexpr Inner const& inner() const { return inner_; }
  /// Events left out because their weight is missing, negative, not finite or beyond 9.2e9.
  constexpr std::uint64_t rejected() const { return seen_.rejected; }
  /// What became of the weights.
  constexpr weights_seen const& seen() const { return seen_; }
  constexpr Kind const& kind() const { return kind_; }
  template <class In>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<In>(inner_);
    return weighted_by<Field, decltype(inner), Kind>(*field_, std::move(inner), kind_, seen_);
  }

  static constexpr void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    self.kind_.describe_policy(visit);
    visit.state("rejected", self.seen_.rejected);
    if constexpr (Kind::leaves_out) {
      visit.state("excluded", self.seen_.excluded);
      visit.state("capped", self.seen_.capped);
    }
    visit.state("inner", self.inner_);
  }

 private:
  [[no_unique_address]] detail::box<Field> field_;
  Inner inner_;
  [[no_unique_address]] Kind kind_;
  weights_seen seen_;
};

/// Counts each event with what `field` of it says it weighs. Policy: the kind of weight,
/// `probability_weights{}` (default), `value_weights{…}`, `frequency_weights{}`. People who count
/// the same need no `weighted`.
template <class Field, accumulator Inner, class... Policies>
constexpr auto weighted(Field field, Inner inner, Policies... policies) {
  static_assert(
      detail::can_be_weighted<Inner>,
      "cxm::weighted: this accumulator can't count with weights: it has no with_weights(); a "
      "mean of numbers with weights is weighted_mean(), whose field gives both");
  static_assert((detail::answers_one_of<Policies, weight_kind> && ...) && sizeof...(Policies) <= 1,
                "cxm::weighted: after the accumulator comes one kind of weight: "
                "probability_weights, value_weights or frequency_weights");
  auto const kind = detail::pick<weight_kind>(probability_weights{}, policies...);
  using kind_type = std::remove_const_t<decltype(kind)>;
  if constexpr (std::same_as<kind_type, frequency_weights>) {
    return weighted_by<Field, Inner, kind_type>(std::move(field), std::move(inner), kind);
  } else {
    using twin = decltype(inner.with_weights());
    return weighted_by<Field, twin, kind_type>(std::move(field), inner.with_weights(), kind);
  }
}

}  // namespace cxm
