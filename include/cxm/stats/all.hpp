// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/rows.hpp>
#include <cxm/stats/detail/add_as.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

/// \file
/// `all(accumulator…)` gives every event to each of its parts: several questions, one pass. Its
/// result is the tuple of theirs. The run-time twin is `each` (stats/each.hpp).

namespace cxm {

/// Several accumulators over the same events. Made by `all`.
template <class... Parts>
class all_of_them {
 public:
  static constexpr std::string_view type_name = "all";
  static constexpr merge_law merges = weakest(merge_law_of<Parts>...);
  static constexpr bool needs_order = (cxm::needs_order<Parts> || ...);
  static constexpr bool retracts = (cxm::retracts<Parts> && ...);
  static constexpr bool skips_events = (cxm::skips_events<Parts> && ...);

  constexpr explicit all_of_them(Parts... parts) : parts_(std::move(parts)...) {}

  template <class In>
  constexpr void add(In const& in) {
    std::apply([&](auto&... part) { (part.add(in), ...); }, parts_);
  }
  template <class In, class Weight>
  constexpr void add(In const& in, Weight const& weight) {
    std::apply([&](auto&... part) { (part.add(in, weight), ...); }, parts_);
  }
  /// For `by`, see stats/detail/add_as.hpp.
  template <class In, class... Weight>
  constexpr void add_as(all_of_them const& plan, In const& in, Weight const&... weight) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (detail::add_as(std::get<I>(plan.parts_), std::get<I>(parts_), in, weight...), ...);
    }
    (std::index_sequence_for<Parts...>{});
  }
  /// Counts many events, a part after the other for as many as stay in a near cache.
  template <class Rows>
  constexpr void add_many(Rows const& rows) {
    detail::in_blocks(rows, [&](auto const& block) {
      std::apply([&](auto&... part) { (detail::add_rows(part, block), ...); }, parts_);
    });
  }
  /// Takes the event back from every part, or, where one of them refuses it, from none.
  template <class In, class... Weight>
  constexpr void remove(In const& in, Weight const&... weight) {
    remove_from<0>(in, weight...);
  }
  constexpr void merge(all_of_them const& other) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (std::get<I>(parts_).merge(std::get<I>(other.parts_)), ...);
    }
    (std::index_sequence_for<Parts...>{});
  }
  constexpr auto result() const {
    return std::apply([](auto const&... part) { return std::tuple(part.result()...); }, parts_);
  }
  constexpr bool empty() const requires retracts {
    return std::apply([](auto const&... part) { return (part.empty() && ...); }, parts_);
  }
  constexpr std::tuple<Parts...> const& parts() const { return parts_; }
  constexpr auto with_weights() const requires(detail::can_be_weighted<Parts>&&...) {
    return std::apply(
        [](auto const&... part) {
          return all_of_them<decltype(part.with_weights())...>(part.with_weights()...);
        },
        parts_);
  }
  constexpr void double_weights(unsigned times) requires(detail::weights_double<Parts>&&...) {
    std::apply([&](auto&... part) { (part.double_weights(times), ...); }, parts_);
  }
  template <class In>
  constexpr auto bound_to() const {
    return std::apply(
        [](auto const&... part) {
          return all_of_them<decltype(cxm::bind<In>(part))...>(cxm::bind<In>(part)...);
        },
        parts_);
  }

  static constexpr void describe(auto& self, auto& visit) {
    std::apply([&](auto&... part) { (visit.state("part", part), ...); }, self.parts_);
  }

 private:
  template <std::size_t I, class In, class... Weight>
  constexpr void remove_from(In const& in, Weight const&... weight) {
    if constexpr (I < sizeof...(Parts)) {
      detail::retract(std::get<I>(parts_), in, weight...);
      if constexpr (I + 1 < sizeof...(Parts))
        detail::or_undo([&] { remove_from<I + 1>(in, weight...); },
                        [&] { std::get<I>(parts_).add(in, weight...); });
    }
  }
  std::tuple<Parts...> parts_;
};

/// Gives every event to each of `parts`.
template <accumulator... Parts>
constexpr auto all(Parts... parts) {
  return all_of_them<Parts...>(std::move(parts)...);
}

}  // namespace cxm
