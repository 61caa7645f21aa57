// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>

#include <cstddef>
#include <string_view>

/// \file
/// A contact inside a journey: one event of the user's, seen through the journey store. It reads
/// the user's own fields, from a column where the store keeps the field, else from the user's row.

namespace cxm {

/// One event of a journey. Valid as long as its store.
template <class Store>
class contact_of {
 public:
  constexpr contact_of(Store const* store, std::size_t position)
      : store_(store), position_(position) {}

  auto time() const { return store_->time_at(position_); }
  /// The end of the contact, its time where it has none.
  auto ended() const { return store_->end_at(position_); }
  decltype(auto) touchpoint() const { return store_->touchpoint_at(position_); }
  /// The user's own event.
  decltype(auto) row() const { return store_->row_at(position_); }
  /// A field of the user's event, or one that says by `reads_contact` that it reads the contact
  /// itself.
  template <class Field>
  decltype(auto) read(Field const& field) const {
    if constexpr (requires { typename Field::reads_contact; })
      return field(*this);
    else
      return store_->read_at(field, position_);
  }

 private:
  Store const* store_;
  std::size_t position_;
};

/// The touchpoint of a contact, whatever the user's own field for it is called.
struct contact_touchpoint {
  using reads_contact = void;
  using needs_contact = void;
  static constexpr std::string_view name() { return "touchpoint"; }
  constexpr auto operator()(auto const& contact) const { return contact.touchpoint(); }
};
inline constexpr contact_touchpoint at_touchpoint{};

}  // namespace cxm
