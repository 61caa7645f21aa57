// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/event/reads_through.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Who is who at a firm, and since when: account > department > contact. People change departments
/// and firms; what they say belongs to where they were when they said it:
///
///     account_roster const roster(std::vector{membership{"eve", "Acme", "finance", may, june},
///     …}); by(account_at(roster, &answer::contact, &answer::when),
///        by(department_at(roster, &answer::contact, &answer::when), …))

namespace cxm {

/// A contact's place in an account, from a time on, and before another where it ended.
template <class Contact, class Account, class Department, class Time>
struct membership {
  Contact contact;
  Account account;
  Department department;
  Time from;
  std::optional<Time> ended = std::nullopt;
};
template <class Contact, class Account, class Department, class Time>
membership(Contact, Account, Department, Time) -> membership<Contact, Account, Department, Time>;
template <class Contact, class Account, class Department, class Time>
membership(Contact, Account, Department, Time, Time)
    -> membership<Contact, Account, Department, Time>;

/// All memberships. A contact with two of them at a time belongs to neither then: which one an
/// answer speaks for is not guessed.
template <class Contact, class Account, class Department, class Time>
class account_roster {
 public:
  using member = membership<Contact, Account, Department, Time>;

  /// In any order. Throws `std::invalid_argument` where one ends before it begins. O(n log n).
  explicit account_roster(std::vector<member> members) : members_(std::move(members)) {
    for (auto const& one : members_)
      if (one.ended && *one.ended < one.from)
        detail::refuse("cxm::account_roster: a membership ends before it begins");
    auto const key = [](member const& one) {
      return std::tie(one.contact, one.from, one.account, one.department, one.ended);
    };
    std::sort(members_.begin(), members_.end(),
              [&](member const& a, member const& b) { return key(a) < key(b); });
  }

  /// The place of a contact at a time, or null. O(log n + the contact's memberships).
  template <class Name>
  member const* at(Name const& contact, Time const& time) const {
    auto one =
        std::lower_bound(members_.begin(), members_.end(), contact,
                         [](member const& a, Name const& wanted) { return a.contact < wanted; });
    member const* found = nullptr;
    for (; one != members_.end() && !(contact < one->contact) && !(time < one->from); ++one) {
      if (!holds(*one, time)) continue;
      if (found != nullptr &&
          !(found->account == one->account && found->department == one->department))
        return nullptr;
      found = &*one;
    }
    return found;
  }
  /// The departments of an account in which somebody was at a time, sorted. O(n).
  std::vector<Department> departments(Account const& account, Time const& time) const {
    return listed<Department>(account, time, [](member const& one) { return one.department; });
  }
  /// The contacts of an account at a time, sorted. O(n).
  std::vector<Contact> contacts(Account const& account, Time const& time) const {
    return listed<Contact>(account, time, [](member const& one) { return one.contact; });
  }
  std::size_t size() const { return members_.size(); }

 private:
  static bool holds(member const& one, Time const& time) {
    return !(time < one.from) && (!one.ended || time < *one.ended);
  }
  template <class Value, class Read>
  std::vector<Value> listed(Account const& account, Time const& time, Read const& read) const {
    std::vector<Value> found;
    for (auto const& one : members_)
      if (one.account == account && holds(one, time)) found.push_back(read(one));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  std::vector<member> members_;
};

namespace detail {

/// What the roster says of an event's contact at the event's time.
template <class Roster, class Contact, class Time, class Part>
class of_member : public reads_through {
 public:
  of_member(Roster const& roster, Contact contact, Time time)
      : roster_(&roster), contact_(std::move(contact)), time_(std::move(time)) {}

  template <class In>
  std::optional<typename Part::template type<Roster>> operator()(In const& in) const {
    auto const* member = roster_->at(cxm::read(contact_, in), cxm::read(time_, in));
    if (member == nullptr) return std::nullopt;
    return Part::of(*member);
  }

 private:
  Roster const* roster_;
  Contact contact_;
  Time time_;
};
struct account_part {
  template <class Roster>
  using type = decltype(Roster::member::account);
  static auto const& of(auto const& member) { return member.account; }
};
struct department_part {
  template <class Roster>
  using type = decltype(Roster::member::department);
  static auto const& of(auto const& member) { return member.department; }
};

}  // namespace detail

/// The account of an event's contact at the time of the event, as a field; empty where the roster
/// does not say. The roster is borrowed.
template <class Roster, class Contact, class Time>
auto account_at(Roster const& roster, Contact contact, Time time) {
  return detail::of_member<Roster, Contact, Time, detail::account_part>(roster, std::move(contact),
                                                                        std::move(time));
}
/// The department, likewise.
template <class Roster, class Contact, class Time>
auto department_at(Roster const& roster, Contact contact, Time time) {
  return detail::of_member<Roster, Contact, Time, detail::department_part>(
      roster, std::move(contact), std::move(time));
}
template <class Roster, class Contact, class Time>
requires(!std::is_lvalue_reference_v<Roster>) auto account_at(Roster&&, Contact, Time) = delete;
template <class Roster, class Contact, class Time>
requires(!std::is_lvalue_reference_v<Roster>) auto department_at(Roster&&, Contact, Time) = delete;

}  // namespace cxm
