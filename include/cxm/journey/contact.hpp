// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <cstddef>

/// \file
/// A contact inside a journey: one event of the user's, seen through the journey store. It reads the user's own
/// fields, from a column where the store keeps the field, else from the user's row.

namespace cxm {

/// One event of a journey. Valid as long as its store.
template <class Store>
class contact_of {
 public:
  constexpr contact_of(Store const* store, std::size_t position) : store_(store), position_(position) {}

  auto time() const { return store_->time_at(position_); }
  /// The end of the contact, its time where it has none.
  auto ended() const { return store_->end_at(position_); }
  decltype(auto) touchpoint() const { return store_->touchpoint_at(position_); }
  /// The user's own event.
  decltype(auto) row() const { return store_->row_at(position_); }
  /// The user's field of this event.
  template <class Field>
  decltype(auto) read(Field const& field) const {
    return store_->read_at(field, position_);
  }

 private:
  Store const* store_;
  std::size_t position_;
};

}  // namespace cxm
