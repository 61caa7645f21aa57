// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/indexed_iterator.hpp>
#include <cxm/journey/contact.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

/// \file
/// A journey: the contacts of one customer between two boundaries, in time order. It is an event of
/// a higher order: what measures events measures journeys, with the fields of
/// journey/journey_fields.hpp.

namespace cxm {

/// Contacts of one customer in time order, at least one. A view: valid as long as its store.
template <class Store>
class journey_of {
 public:
  using contact = contact_of<Store>;

  /// The position of a view that is no journey of the store, but a piece of one, or several.
  static constexpr std::size_t nowhere = UINT32_MAX;

  constexpr journey_of(Store const* store, std::size_t customer, std::size_t first,
                       std::size_t size, typename Store::time_type ended,
                       std::size_t position = nowhere)
      : store_(store),
        ended_(ended),
        customer_(static_cast<std::uint32_t>(customer)),
        first_(static_cast<std::uint32_t>(first)),
        size_(static_cast<std::uint32_t>(size)),
        position_(static_cast<std::uint32_t>(position)) {}

  /// The number of contacts.
  std::size_t size() const { return size_; }
  /// Only a boundary meets an empty journey: the one that its next contact would open, at the time
  /// of that contact.
  bool empty() const { return size_ == 0; }
  contact operator[](std::size_t i) const { return {store_, std::size_t{first_} + i}; }
  contact front() const { return (*this)[0]; }
  contact back() const { return (*this)[size_ - 1]; }

  decltype(auto) customer() const { return store_->customer_at(customer_); }
  /// When the first contact began.
  typename Store::time_type started() const { return store_->time_at(first_); }
  /// The latest end of any contact.
  typename Store::time_type ended() const { return ended_; }
  /// What the customer lived through, from the first start to the latest end.
  auto cycle_time() const { return ended() - started(); }
  /// The touchpoints in order.
  auto path() const { return store_->touchpoints().subspan(first_, size_); }

  /// Where it is in its store; `nowhere` for an episode or a relationship.
  std::size_t position() const { return position_; }
  /// The journeys of the same customer before and after it; nothing where there is none.
  std::optional<journey_of> former() const {
    if (position_ == nowhere || position_ == 0) return std::nullopt;
    return of_same_customer((*store_)[position_ - 1]);
  }
  std::optional<journey_of> next() const {
    if (position_ == nowhere || position_ + std::size_t{1} == store_->size()) return std::nullopt;
    return of_same_customer((*store_)[position_ + 1]);
  }
  Store const& store() const { return *store_; }
  /// For those who cut pieces: the number of the customer, and where the first contact is.
  std::size_t customer_number() const { return customer_; }
  std::size_t first_position() const { return first_; }

  auto begin() const { return detail::indexed_iterator(*this, 0); }
  auto end() const { return detail::indexed_iterator(*this, size_); }

 private:
  std::optional<journey_of> of_same_customer(journey_of const& other) const {
    return other.customer_ == customer_ ? std::optional(other) : std::nullopt;
  }

  // Half as wide as their types outside: a store has room for as many rows.
  Store const* store_;
  typename Store::time_type ended_;
  std::uint32_t customer_;
  std::uint32_t first_;
  std::uint32_t size_;
  std::uint32_t position_;
};

}  // namespace cxm
