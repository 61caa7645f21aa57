// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/rows.hpp>
#include <cxm/stats/detail/add_as.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

/// \file
/// `on(field, accumulator)` counts one field of the events: `on(&answer::recommend, nps())`.

namespace cxm {

/// Feeds `field` of each event to `Inner`. Made by `on`.
template <class Field, class Inner>
class on_field {
 public:
  static constexpr std::string_view type_name = "on";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;
  static constexpr bool skips_events = cxm::skips_events<Inner>;

  constexpr on_field(Field field, Inner inner)
      : field_(std::move(field)), inner_(std::move(inner)) {}

  template <class In>
  constexpr void add(In const& in) {
    inner_.add(cxm::read(*field_, in));
  }
  template <class In, class Weight>
  constexpr void add(In const& in, Weight const& weight) {
    inner_.add(cxm::read(*field_, in), weight);
  }
  /// For `by`, see stats/detail/add_as.hpp.
  template <class In, class... Weight>
  constexpr void add_as(on_field const& plan, In const& in, Weight const&... weight) {
    detail::add_as(plan.inner_, inner_, cxm::read(*plan.field_, in), weight...);
  }
  /// Counts many events; the inner accumulator sees the field as a column.
  template <class Rows>
  constexpr void add_many(Rows const& rows) {
    detail::add_rows(inner_, detail::rows_of_field(*field_, rows));
  }
  /// For many events, see stats/detail/bulk_count.hpp.
  static constexpr std::size_t bulk_places() requires detail::static_bulk_places<Inner> {
    return Inner::bulk_places();
  }
  constexpr std::size_t bulk_places() const
      requires(detail::has_bulk_places<Inner> && !detail::static_bulk_places<Inner>) {
    return inner_.bulk_places();
  }
  template <class In>
  constexpr std::size_t bulk_place(In const& in) const {
    return inner_.bulk_place(cxm::read(*field_, in));
  }
  constexpr void add_bulk(std::uint32_t const* counts) { inner_.add_bulk(counts); }
  template <class In, class... Weight>
  constexpr void remove(In const& in, Weight const&... weight) {
    detail::retract(inner_, cxm::read(*field_, in), weight...);
  }
  constexpr void merge(on_field const& other) {
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::on: merging plans over different fields");
    inner_.merge(other.inner_);
  }
  constexpr auto result() const { return inner_.result(); }
  constexpr bool empty() const requires retracts { return inner_.empty(); }
  constexpr Inner const& inner() const { return inner_; }
  constexpr auto with_weights() const requires detail::can_be_weighted<Inner> {
    using weighted_inner = decltype(inner_.with_weights());
    return on_field<Field, weighted_inner>(*field_, inner_.with_weights());
  }
  constexpr void double_weights(unsigned times) requires detail::weights_double<Inner> {
    inner_.double_weights(times);
  }
  template <class In>
  constexpr auto bound_to() const {
    if constexpr (!detail::readable<Field, In>) {
      return *this;  // until the contact is known
    } else {
      auto inner = cxm::bind<field_value<Field, In>>(inner_);
      return on_field<Field, decltype(inner)>(*field_, std::move(inner));
    }
  }

  static constexpr void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.state("inner", self.inner_);
  }

 private:
  [[no_unique_address]] detail::box<Field> field_;
  Inner inner_;
};

/// Counts `field` of each event with `inner`.
template <class Field, accumulator Inner>
constexpr auto on(Field field, Inner inner) {
  auto bound = detail::bind_behind<Field>(std::move(inner));
  return on_field<Field, decltype(bound)>(std::move(field), std::move(bound));
}

}  // namespace cxm
