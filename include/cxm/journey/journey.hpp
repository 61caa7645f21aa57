// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/indexed_iterator.hpp>
#include <cxm/journey/contact.hpp>

#include <cstddef>

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

  constexpr journey_of(Store const* store, std::size_t customer, std::size_t first,
                       std::size_t size, typename Store::time_type ended)
      : store_(store), customer_(customer), first_(first), size_(size), ended_(ended) {}

  /// The number of contacts.
  std::size_t size() const { return size_; }
  /// Only a boundary meets an empty journey: the one that its next contact would open, at the time
  /// of that contact.
  bool empty() const { return size_ == 0; }
  contact operator[](std::size_t i) const { return {store_, first_ + i}; }
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

  auto begin() const { return detail::indexed_iterator(*this, 0); }
  auto end() const { return detail::indexed_iterator(*this, size_); }

 private:
  Store const* store_;
  std::size_t customer_;
  std::size_t first_;
  std::size_t size_;
  typename Store::time_type ended_;
};

}  // namespace cxm
