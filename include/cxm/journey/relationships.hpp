// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/indexed_iterator.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/journey.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The relationship: all journeys of one customer, from the first contact to the last. It is read
/// like a journey, so `cycle_time` is how long it lasted and `contacts` how many there were, and it
/// has journeys:
///
///     measure(relationships(journeys), all(on(journey_count, moments()),
///                                          each_journey(on(cycle_time, quantiles()))));

namespace cxm {

/// All contacts of one customer, and the journeys that they make. A view: valid as long as its
/// store.
template <class Store>
class relationship_of : public journey_of<Store> {
 public:
  using journey_type = journey_of<Store>;

  relationship_of(Store const* store, std::size_t first_journey, std::size_t journeys)
      : journey_type(whole(*store, first_journey, journeys)),
        first_journey_(first_journey),
        journeys_(journeys) {}

  /// How many journeys there are, at least one, and the `i`-th of them.
  std::size_t journeys() const { return journeys_; }
  journey_type journey(std::size_t i) const { return this->store()[first_journey_ + i]; }

 private:
  static journey_type whole(Store const& store, std::size_t first, std::size_t journeys) {
    auto const begin = store[first];
    auto ended = begin.ended();
    std::size_t size = 0;
    for (std::size_t i = first; i < first + journeys; ++i) {
      size += store[i].size();
      ended = std::max(ended, store[i].ended());
    }
    return {&store, begin.customer_number(), begin.first_position(), size, ended};
  }

  std::size_t first_journey_;
  std::size_t journeys_;
};

/// The relationships of a store, one a customer, in the order of the store. Made by
/// `relationships`.
template <class Store>
class relationship_range {
 public:
  using value_type = relationship_of<Store>;

  explicit relationship_range(Store const& store) : store_(&store) {
    for (std::size_t i = 0; i < store.size(); ++i)
      if (i == 0 || store[i].customer_number() != store[i - 1].customer_number())
        first_journeys_.push_back(i);
  }
  std::size_t size() const { return first_journeys_.size(); }
  value_type operator[](std::size_t i) const {
    std::size_t const end = i + 1 < size() ? first_journeys_[i + 1] : store_->size();
    return {store_, first_journeys_[i], end - first_journeys_[i]};
  }
  auto begin() const {
    return detail::indexed_iterator(detail::indexed<relationship_range>{this}, 0);
  }
  auto end() const {
    return detail::indexed_iterator(detail::indexed<relationship_range>{this}, size());
  }

 private:
  Store const* store_;
  std::vector<std::size_t> first_journeys_;
};

/// The relationships in a store, which must outlive them. O(journeys).
template <class Store>
auto relationships(Store const& journeys) {
  return relationship_range<Store>(journeys);
}
template <class Store>
void relationships(Store const&& journeys) = delete;

/// The number of journeys of a relationship.
inline constexpr auto journey_count = field<"journeys">(
    [](auto const& relationship) { return static_cast<std::uint64_t>(relationship.journeys()); });

/// Feeds every journey of a relationship to `Inner`. Made by `each_journey`.
template <class Inner>
class journeys_of_each {
 public:
  static constexpr std::string_view type_name = "each_journey";
  static constexpr merge_law merges = merge_law_of<Inner>;

  constexpr explicit journeys_of_each(Inner inner) : inner_(std::move(inner)) {}

  template <class Relationship>
  constexpr void add(Relationship const& relationship) {
    for (std::size_t i = 0; i < relationship.journeys(); ++i) inner_.add(relationship.journey(i));
  }
  constexpr void merge(journeys_of_each const& other) { inner_.merge(other.inner_); }
  constexpr auto result() const { return inner_.result(); }
  constexpr Inner const& inner() const { return inner_; }

  template <class Relationship>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<typename Relationship::journey_type>(inner_);
    return journeys_of_each<decltype(inner)>(std::move(inner));
  }
  static constexpr void describe(auto& self, auto& visit) { visit.state("inner", self.inner_); }

 private:
  Inner inner_;
};

/// Gives every journey of each relationship to `inner`.
template <accumulator Inner>
constexpr auto each_journey(Inner inner) {
  return journeys_of_each<Inner>(std::move(inner));
}

}  // namespace cxm
