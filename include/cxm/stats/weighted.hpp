// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/weight.hpp>

#include <cstdint>
#include <utility>

/// \file
/// `weighted(field, accumulator)` gives each event the weight that a field of it holds. It asks the
/// accumulator for its weighted twin, `with_weights()`, which combinators pass on to their parts.
/// Weights are kept as whole numbers of 1/1,000,000,000 (see stats/weight.hpp), so that weighted
/// states merge exactly too.

namespace cxm {

/// Feeds events with the weight in `Field` to `Inner`. Made by `weighted`.
template <class Field, class Inner>
class weighted_by {
 public:
  static constexpr std::string_view type_name = "weighted";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;
  static constexpr bool skips_events = cxm::skips_events<Inner>;

  constexpr weighted_by(Field field, Inner inner, std::uint64_t rejected = 0)
      : field_(std::move(field)), inner_(std::move(inner)), rejected_(rejected) {}

  /// An event whose weight is missing, negative, not finite or beyond 9.2e9 is counted in
  /// `rejected` and nowhere else.
  template <class In>
  constexpr void add(In const& in) {
    if (auto const weight = weight_from(cxm::read(*field_, in)))
      inner_.add(in, *weight);
    else
      ++rejected_;
  }
  template <class In>
  constexpr void remove(In const& in) {
    if (auto const weight = weight_from(cxm::read(*field_, in)))
      detail::retract(inner_, in, *weight);
    else
      detail::uncount(rejected_);
  }
  constexpr void merge(weighted_by const& other) {
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::weighted: merging plans over different fields");
    inner_.merge(other.inner_);
    rejected_ += other.rejected_;
  }
  constexpr auto result() const { return inner_.result(); }
  constexpr bool empty() const requires retracts { return rejected_ == 0 && inner_.empty(); }
  constexpr Inner const& inner() const { return inner_; }
  /// Events left out because their weight is no weight.
  constexpr std::uint64_t rejected() const { return rejected_; }
  template <class In>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<In>(inner_);
    return weighted_by<Field, decltype(inner)>(*field_, std::move(inner), rejected_);
  }

  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("field", name_of(*self.field_));
    visit.state("rejected", self.rejected_);
    visit.state("inner", self.inner_);
  }

 private:
  [[no_unique_address]] detail::box<Field> field_;
  Inner inner_;
  std::uint64_t rejected_;
};

/// Counts with the weighted twin of `inner`, each event weighing what `field` of it says.
template <class Field, accumulator Inner>
constexpr auto weighted(Field field, Inner inner) {
  static_assert(
      detail::can_be_weighted<Inner>,
      "cxm::weighted: this accumulator can't count with weights: it has no with_weights()");
  using twin = decltype(inner.with_weights());
  return weighted_by<Field, twin>(std::move(field), inner.with_weights());
}

}  // namespace cxm
