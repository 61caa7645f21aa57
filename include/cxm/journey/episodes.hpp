// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/detail/cutting.hpp>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Touchpoints make episodes (a visit, a call with its e-mail), episodes make journeys (from the
/// order to the activation), journeys make the relationship (journey/relationships.hpp). An episode
/// is a piece of a journey and is read like one:
///
///     each_episode(after_silence{30min}, on(cycle_time, quantiles()))
///
/// The store is cut no further: several sizes of episodes may be looked at over one store.

namespace cxm {

namespace detail {

/// Calls `take(episode)` for the pieces of a journey, in order.
template <class Journey, class Boundary, class Take>
void for_each_episode(Journey const& journey, Boundary const& boundary, Take const& take) {
  if (journey.empty()) return;
  auto const& store = journey.store();
  auto const customer = journey.customer_number(), first = journey.first_position();
  auto const end_of = [&](std::size_t i) { return store.end_at(i); };
  cutting const work(store, customer, first, first + journey.size(), end_of);
  work.cut_by(boundary, nothing_observed{}, [&](auto const& piece) {
    take(Journey(&store, customer, piece.first, piece.end - piece.first, piece.ended));
  });
}

template <class Boundary>
constexpr Boundary episode_boundary(Boundary boundary) {
  static_assert(answers<Boundary, journey_boundary>,
                "cxm::episodes: takes a boundary, as after_silence{30min}");
  return boundary;
}

}  // namespace detail

/// The episodes of a journey, cut by `boundary`; views, valid as long as the store.
template <class Journey, class Boundary>
std::vector<Journey> episodes(Journey const& journey, Boundary const& boundary) {
  std::vector<Journey> found;
  detail::for_each_episode(journey, detail::episode_boundary(boundary),
                           [&](Journey const& episode) { found.push_back(episode); });
  return found;
}

/// How many episodes a journey has, as a field: `episode_count{after_silence{30min}}`.
template <class Boundary>
struct episode_count {
  Boundary boundary;

  constexpr explicit episode_count(Boundary where)
      : boundary(detail::episode_boundary(std::move(where))) {}
  static constexpr std::string_view name() { return "episodes"; }

  std::uint64_t operator()(auto const& journey) const {
    std::uint64_t count = 0;
    detail::for_each_episode(journey, boundary, [&](auto const&) { ++count; });
    return count;
  }
};

/// Feeds every episode of a journey to `Inner`. Made by `each_episode`.
template <class Boundary, class Inner>
class episodes_of_each {
 public:
  static constexpr std::string_view type_name = "each_episode";
  static constexpr merge_law merges = merge_law_of<Inner>;

  constexpr episodes_of_each(Boundary boundary, Inner inner)
      : boundary_(std::move(boundary)), inner_(std::move(inner)) {}

  template <class Journey>
  void add(Journey const& journey) {
    detail::for_each_episode(journey, boundary_,
                             [&](Journey const& episode) { inner_.add(episode); });
  }
  constexpr void merge(episodes_of_each const& other) { inner_.merge(other.inner_); }
  constexpr auto result() const { return inner_.result(); }
  constexpr Inner const& inner() const { return inner_; }

  template <class Journey>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<Journey>(inner_);
    return episodes_of_each<Boundary, decltype(inner)>(boundary_, std::move(inner));
  }
  static constexpr void describe(auto& self, auto& visit) { visit.state("inner", self.inner_); }

 private:
  Boundary boundary_;
  Inner inner_;
};

/// Gives every episode of each journey, cut by `boundary`, to `inner`. States of different
/// boundaries can't be told apart by their bytes.
template <class Boundary, accumulator Inner>
constexpr auto each_episode(Boundary boundary, Inner inner) {
  return episodes_of_each<Boundary, Inner>(detail::episode_boundary(std::move(boundary)),
                                           std::move(inner));
}

}  // namespace cxm
