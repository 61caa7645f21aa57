// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/detail/timeline.hpp>
#include <cxm/journey/journey_ledger.hpp>
#include <cxm/journey/ledger_policies.hpp>
#include <cxm/journey/work_calendar.hpp>
#include <cxm/stats/detail/key.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// `ledger_of(&contact::department)`: the time ledger of each journey as a field of it, which goes
/// wherever a field goes: `on(ledger_of(&contact::department), on(hand_off_part, moments()))`. The
/// accumulator of ledgers is `time_ledger` (journey/time_ledger.hpp).

namespace cxm {

namespace detail {

/// What a department is in a ledger: text is seen in the user's rows.
template <class Owner, class Contact>
struct department_in {
  using stated = answered_t<field_value<Owner, Contact>>;
  static auto type_of() {
    if constexpr (text_view<stated>)
      return std::optional<std::string_view>();
    else
      return std::optional<stated>();
  }
  using type = typename decltype(type_of())::value_type;
};

/// What only a journey has.
template <class Type>
concept like_a_journey = requires {
  typename Type::contact;
};

}  // namespace detail

/// The ledger of a journey. Made by `ledger_of`.
template <class Owner, class Customer, class Part, class Clock>
class ledger_field {
 public:
  constexpr ledger_field(Owner owner, Customer customer, Part part, Clock clock)
      : owner_(std::move(owner)),
        customer_(std::move(customer)),
        part_(std::move(part)),
        clock_(std::move(clock)) {}

  /// A `journey_ledger`; an optional of one where a part is measured, which may not be there.
  template <class Journey>
  auto operator()(Journey const& journey) const {
    using department = typename detail::department_in<Owner, typename Journey::contact>::type;
    using time = std::remove_cvref_t<decltype(journey.started())>;
    using timeline = detail::timeline<department, time, Clock>;
    if constexpr (std::is_same_v<Part, whole_journey>) {
      return timeline(*clock_, journey.started(), journey.ended())
          .painted(journey, *owner_, *customer_);
    } else {
      using found = std::optional<typename timeline::ledger>;
      std::optional<time> const from = (*part_).from(journey), to = (*part_).to(journey);
      if (!from || !to || *to < *from) return found();
      return found(timeline(*clock_, *from, *to).painted(journey, *owner_, *customer_));
    }
  }

  constexpr Owner const& owner() const { return *owner_; }
  constexpr Customer const& customer() const { return *customer_; }
  constexpr Clock const& clock() const { return *clock_; }

  /// With other policies than these.
  template <class... Policies>
  constexpr auto with(Policies... policies) const {
    static_assert(
        (detail::answers_one_of<Policies, customer_contacts, measured_part, counted_time> && ...),
        "cxm::time_ledger: takes customer_side, between_milestones and during");
    static_assert(detail::no_question_twice<customer_contacts, measured_part,
                                            counted_time>::template in<Policies...>,
                  "cxm::time_ledger: two policies answer the same question");
    auto customer = detail::pick<customer_contacts>(*customer_, policies...);
    auto part = detail::pick<measured_part>(*part_, policies...);
    auto clock = detail::pick<counted_time>(*clock_, policies...);
    return ledger_field<Owner, decltype(customer), decltype(part), decltype(clock)>(
        *owner_, std::move(customer), std::move(part), std::move(clock));
  }

  /// What decides who may merge, as far as names and calendars can be told apart.
  void describe_policies(auto& visit) const {
    detail::visit_field(visit, *owner_, "department");
    detail::visit_field(visit, *customer_, "customer_side");
    if constexpr (requires { (*part_).from; }) {
      detail::visit_field(visit, (*part_).from, "from");
      detail::visit_field(visit, (*part_).to, "to");
    }
    if constexpr (requires { (*clock_).calendar; }) {
      visit.policy("during", std::string_view("calendar"));
      using open_hours = std::remove_cvref_t<decltype((*clock_).calendar)>;
      if constexpr (requires { open_hours::describe((*clock_).calendar, visit); })
        open_hours::describe((*clock_).calendar, visit);
    }
  }
  /// False where two fields are seen to be different, for merge.
  friend constexpr bool operator==(ledger_field const& a, ledger_field const& b) {
    if (!detail::same_field(*a.owner_, *b.owner_)) return false;
    if constexpr (requires { (*a.customer_).predicate; })
      if (!detail::same_field((*a.customer_).predicate, (*b.customer_).predicate)) return false;
    if constexpr (requires { (*a.part_).from; })
      if (!detail::same_field((*a.part_).from, (*b.part_).from) ||
          !detail::same_field((*a.part_).to, (*b.part_).to))
        return false;
    if constexpr (requires { (*a.clock_).calendar; })
      return detail::same_field((*a.clock_).calendar, (*b.clock_).calendar);
    else
      return true;
  }

 private:
  [[no_unique_address]] detail::box<Owner> owner_;
  [[no_unique_address]] detail::box<Customer> customer_;
  [[no_unique_address]] detail::box<Part> part_;
  [[no_unique_address]] detail::box<Clock> clock_;
};

/// The time ledger of each journey, with the department that `owner` reads off a contact (a value,
/// or an optional of one: empty is unknown). Policies: `customer_side`, `between_milestones`
/// (default the whole journey), `during{calendar}` (default all time). O(k log k) for k contacts.
template <class Owner, class... Policies>
requires(!policy<Owner>) constexpr auto ledger_of(Owner owner, Policies... policies) {
  return ledger_field<Owner, no_customer_side, whole_journey, around_the_clock>(std::move(owner),
                                                                                {}, {}, {})
      .with(std::move(policies)...);
}

/// The same where nobody knows the departments: touch time and waits.
template <class... Policies>
requires(policy<Policies>&&...) constexpr auto ledger_of(Policies... policies) {
  return ledger_of(no_department{}, std::move(policies)...);
}

}  // namespace cxm
