// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/event/is.hpp>
#include <cxm/event/reads_through.hpp>
#include <cxm/event/terms.hpp>
#include <cxm/stats/detail/key.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// What customers meet beside the front office (B15), as fields for `proportion()`:
///
///     auto const told = is{&contact::actor, actor::third_party};
///     all(each_contact(on(told, proportion())),           // word of mouth, of all events
///         on(opened_by{told}, proportion()),              // journeys that it started
///         each_contact(on(met_outside(&contact::seen, &contact::department, "sales", "service"),
///                         proportion())))                 // back office, of all events

namespace cxm {

/// A field of a journey: `field` of its first contact, also where that is an empty optional.
/// (`first` gives the first answer there is, whoever gave it.)
template <class Field>
struct opened_by {
  Field field;
  constexpr explicit opened_by(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return name_of(field); }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    return journey.front().read(field);
  }
};

/// True for a contact that the customer meets and that a department outside the front office owns,
/// as an invoice of accounting. Empty where the owner of a met contact is not known. Made by
/// `met_outside`.
template <class Seen, class Owner, class Department>
class met_outside_of : public reads_through {
 public:
  met_outside_of(Seen seen, Owner owner, std::vector<Department> front)
      : seen_(std::move(seen)), owner_(std::move(owner)), front_(std::move(front)) {}
  static constexpr std::string_view name() { return "met_outside"; }

  template <class Contact>
  std::optional<bool> operator()(Contact const& contact) const {
    if (!is_met(cxm::read(seen_, contact))) return false;
    auto const& owner = cxm::read(owner_, contact);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(owner)>>)
      return owner ? std::optional(outside(*owner)) : std::nullopt;
    else
      return outside(owner);
  }

 private:
  template <class Value>
  static bool is_met(Value const& seen) {
    static_assert(std::is_same_v<detail::answered_t<Value>, visibility>,
                  "cxm::met_outside: the first field must give a cxm::visibility, or an optional "
                  "of one");
    if constexpr (detail::is_optional<Value>)
      return seen.value_or(visibility::front) == visibility::front;
    else
      return seen == visibility::front;
  }
  bool outside(auto const& owner) const {
    for (auto const& one : front_)
      if (one == owner) return false;
    return true;
  }

  Seen seen_;
  Owner owner_;
  std::vector<Department> front_;
};

/// Contacts of the departments that are not named here, seen by the customer: `seen` gives a
/// `visibility` or an optional of one (empty: front), `owner` a department or an optional of one.
template <class Seen, class Owner, class First, class... More>
auto met_outside(Seen seen, Owner owner, First front, More... more) {
  using department = detail::owned_t<First>;
  return met_outside_of<Seen, Owner, department>(
      std::move(seen), std::move(owner),
      std::vector<department>{department(std::move(front)), department(std::move(more))...});
}

}  // namespace cxm
