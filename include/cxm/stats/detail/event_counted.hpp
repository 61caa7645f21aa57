// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/rows.hpp>
#include <cxm/stats/detail/add_as.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// An accumulator in which some events leave no trace, with the number of its events beside it: so
/// the groups of `by(…, where(…, …))` know when their last event is taken back.

namespace cxm::detail {

template <class Inner>
class event_counted {
 public:
  static constexpr std::string_view type_name = "event_counted";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;

  constexpr explicit event_counted(Inner inner) : inner_(std::move(inner)) {}

  template <class In, class... Weight>
  constexpr void add(In const& in, Weight const&... weight) {
    ++events_;
    inner_.add(in, weight...);
  }
  template <class In, class... Weight>
  constexpr void add_as(event_counted const& plan, In const& in, Weight const&... weight) {
    ++events_;
    detail::add_as(plan.inner_, inner_, in, weight...);
  }
  template <class In, class... Weight>
  constexpr void remove(In const& in, Weight const&... weight) {
    require_counted(events_ > 0);
    retract(inner_, in, weight...);
    --events_;
  }
  /// See stats/detail/bulk_count.hpp.
  static constexpr std::size_t bulk_places() requires detail::static_bulk_places<Inner> {
    return Inner::bulk_places();
  }
  constexpr std::size_t bulk_places() const
      requires(detail::has_bulk_places<Inner> && !detail::static_bulk_places<Inner>) {
    return inner_.bulk_places();
  }
  template <class In>
  constexpr std::size_t bulk_place(In const& in) const {
    return inner_.bulk_place(in);
  }
  constexpr void add_bulk(std::uint32_t const* counts) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bulk_places(); ++i) sum += counts[i];
    require_fit(counts_fit(events_, sum));
    inner_.add_bulk(counts);
    events_ += sum;
  }
  constexpr void merge(event_counted const& other) {
    require_fit(counts_fit(events_, other.events_));
    inner_.merge(other.inner_);
    events_ += other.events_;
  }
  constexpr void double_weights(unsigned times) requires weights_double<Inner> {
    inner_.double_weights(times);
  }
  constexpr auto result() const { return inner_.result(); }
  constexpr bool empty() const { return events_ == 0; }
  constexpr Inner const& inner() const { return inner_; }

  static constexpr void describe(auto& self, auto& visit) {
    visit.state("events", self.events_);
    visit.state("inner", self.inner_);
  }

 private:
  std::uint64_t events_ = 0;
  Inner inner_;
};

/// What a group keeps for `Inner`.
template <class Inner>
using kept_in_group =
    std::conditional_t<retracts<Inner> && skips_events<Inner>, event_counted<Inner>, Inner>;

/// The plan inside what a group keeps.
template <class Inner>
constexpr Inner const& plan_in(event_counted<Inner> const& kept) {
  return kept.inner();
}
template <class Inner>
constexpr Inner const& plan_in(Inner const& kept) {
  return kept;
}

}  // namespace cxm::detail
