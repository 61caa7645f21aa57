// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/journey/detail/holds.hpp>

#include <optional>
#include <string_view>
#include <utility>

/// \file
/// What a time ledger needs to know beside the departments: which contacts are the customer's own
/// doing, and from which milestone to which it measures.

namespace cxm {

/// The question which contacts are the customer's.
struct customer_contacts;

/// Contacts for which `predicate` holds are the customer's own doing, as filling in a form or
/// sending documents: no department works in them, and whoever waits before them waits for the
/// customer. The predicate is true, false, or an empty optional, which is no.
template <class Predicate>
struct customer_side {
  using policy_kind = customer_contacts;
  Predicate predicate;

  constexpr explicit customer_side(Predicate is) : predicate(std::move(is)) {}
  constexpr std::string_view name() const { return name_of(predicate); }
  constexpr bool operator()(auto const& contact) const { return detail::holds(predicate, contact); }
};

/// All contacts are the firm's. The default.
struct no_customer_side {
  using policy_kind = customer_contacts;
  static constexpr std::string_view name() { return {}; }
  constexpr bool operator()(auto const&) const { return false; }
};

/// The question which part of a journey is measured.
struct measured_part;

/// Measures from one milestone to another, each a field of journeys that gives a time or an
/// optional of one: `between_milestones{start_time, reached{activated}}`. What began before or
/// ended after them is clipped. A journey without one of them, or with the second before the first,
/// has no ledger.
template <class From, class To>
struct between_milestones {
  using policy_kind = measured_part;
  From from;
  To to;
  constexpr between_milestones(From begin, To end) : from(std::move(begin)), to(std::move(end)) {}
};

/// Measures from the first start to the latest end. The default.
struct whole_journey {
  using policy_kind = measured_part;
};

/// Nobody says which department a contact belongs to.
struct no_department {
  static constexpr std::string_view name() { return {}; }
  constexpr std::optional<bool> operator()(auto const&) const { return std::nullopt; }
};

}  // namespace cxm
