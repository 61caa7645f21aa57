// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/journey/journey_ledger.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// One sweep over the contacts of a journey, in order of their starts, that paints each stretch of
/// time with the part of the ledger it belongs to. The contacts under way are a heap by their end,
/// so that a journey of k contacts takes O(k log k), however they overlap.

namespace cxm::detail {

/// Whose contacts are: departments by their place in the sorted list, then the customer's.
template <class Department>
struct contact_owners {
  static constexpr std::size_t customer = SIZE_MAX;
  std::vector<std::optional<Department>> departments;
  std::vector<std::size_t> of;  // by contact

  template <class Journey, class Owner, class Customer>
  contact_owners(Journey const& journey, Owner const& owner, Customer const& is_customer) {
    std::vector<std::optional<Department>> stated(journey.size());
    of.assign(journey.size(), 0);
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const contact = journey[i];
      if (is_customer(contact)) {
        of[i] = customer;
        continue;
      }
      stated[i] = cxm::read(owner, contact);
      if (departments.empty() || !same(departments.back(), stated[i]))
        departments.push_back(stated[i]);
    }
    std::sort(departments.begin(), departments.end(), before);
    departments.erase(std::unique(departments.begin(), departments.end(), same), departments.end());
    for (std::size_t i = 0; i < of.size(); ++i)
      if (of[i] != customer)
        of[i] = static_cast<std::size_t>(
            std::lower_bound(departments.begin(), departments.end(), stated[i], before) -
            departments.begin());
  }
  bool known(std::size_t owner) const { return owner != customer && departments[owner]; }

 private:
  static bool before(std::optional<Department> const& a, std::optional<Department> const& b) {
    return key_before(a, b);
  }
  static bool same(std::optional<Department> const& a, std::optional<Department> const& b) {
    return !before(a, b) && !before(b, a);
  }
};

/// Adds times that are not negative. Contacts that overlap may sum to more than the clock can
/// count, as a thousand of ten years in nanoseconds do; such a sum stays at the largest.
template <class Duration>
constexpr void add_within(Duration& sum, Duration time) {
  sum = time > Duration::max() - sum ? Duration::max() : sum + time;
}

template <class Department, class Time, class Clock>
class timeline {
 public:
  using duration = decltype(std::declval<Clock const&>().between(Time{}, Time{}));
  using ledger = journey_ledger<Department, duration>;

  /// Measures from `from` to `to`, which does not come before.
  timeline(Clock const& clock, Time from, Time to) : clock_(clock), from_(from), to_(to) {}

  template <class Journey, class Owner, class Customer>
  ledger painted(Journey const& journey, Owner const& owner, Customer const& is_customer) {
    contact_owners<Department> const owners(journey, owner, is_customer);
    open(owners);
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const contact = journey[i];
      paint_until(contact.time());
      if (under_way_.empty()) wait_until(contact.time(), owners, owners.of[i]);
      enter(owners, owners.of[i], contact.time(), contact.ended());
    }
    paint_until(to_);
    if (cursor_ < to_) found_.unmeasured += clock_.between(cursor_, to_);
    return close();
  }

 private:
  struct stretch {
    Time end;
    std::size_t owner;
  };
  static bool ends_later(stretch const& a, stretch const& b) { return b.end < a.end; }

  void open(contact_owners<Department> const& owners) {
    found_.departments.resize(owners.departments.size());
    for (std::size_t i = 0; i < owners.departments.size(); ++i)
      found_.departments[i].department = owners.departments[i];
    busy_.assign(owners.departments.size(), 0);
    cursor_ = from_;
  }

  /// Paints up to `until` as long as anything is under way.
  void paint_until(Time until) {
    while (!under_way_.empty()) {
      auto const next = under_way_.front();
      paint(std::min(next.end, until));
      if (until < next.end) return;
      std::pop_heap(under_way_.begin(), under_way_.end(), ends_later);
      under_way_.pop_back();
      leave(next.owner);
    }
  }

  /// From the cursor to `until`, with what is under way, inside the part that is measured.
  void paint(Time until) {
    until = std::min(until, to_);
    if (until <= cursor_) return;
    auto const time = clock_.between(cursor_, until);
    cursor_ = until;
    if (known_busy_ > 1)
      found_.overlap += time;
    else if (known_busy_ == 1)
      found_.departments[the_busy_one()].alone += time;
    else if (unknown_busy_ > 0)
      found_.departments.front().alone += time;
    else
      found_.customer_wait += time;
  }

  /// From the cursor to `until`, when a contact of `owner` begins after nothing was under way.
  void wait_until(Time until, contact_owners<Department> const& owners, std::size_t owner) {
    until = std::min(until, to_);
    if (until <= cursor_) return;
    auto const time = clock_.between(cursor_, until);
    cursor_ = until;
    if (owner == owners.customer) {
      found_.customer_wait += time;
    } else if (owners.known(owner) && last_known_ && *last_known_ != owner) {
      found_.hand_off_wait += time;
      found_.departments[owner].wait_before += time;
    } else {
      found_.unmeasured += time;
    }
  }

  void enter(contact_owners<Department> const& owners, std::size_t owner, Time start, Time end) {
    bool const known = owners.known(owner);
    if (known) last_known_ = owner;
    if (owner != owners.customer) {
      if (start < end) found_.no_durations = false;
      if (start <= to_ && from_ <= end) {
        auto& department = found_.departments[owner];
        ++department.contacts;
        add_within(department.functional,
                   clock_.between(std::max(start, from_), std::min(end, to_)));
      }
    }
    if (end <= start) return;
    under_way_.push_back({end, owner});
    std::push_heap(under_way_.begin(), under_way_.end(), ends_later);
    if (known)
      known_busy_ += busy_[owner]++ == 0 ? 1 : 0;
    else if (owner != owners.customer)
      ++unknown_busy_;
    known_sum_ += known && busy_[owner] == 1 ? owner : 0;
  }
  void leave(std::size_t owner) {
    if (owner == contact_owners<Department>::customer) return;
    if (!found_.departments[owner].department) {
      --unknown_busy_;
    } else if (--busy_[owner] == 0) {
      --known_busy_;
      known_sum_ -= owner;
    }
  }
  /// Where one known department is at work, the sum of the numbers of those at work is its number.
  std::size_t the_busy_one() const { return known_sum_; }

  ledger close() {
    for (auto const& one : found_.departments) {
      add_within(found_.functional, one.functional);
      found_.touch += one.alone;
    }
    found_.touch += found_.overlap;
    found_.end_to_end = clock_.between(from_, to_);
    return std::move(found_);
  }

  Clock const& clock_;
  Time from_, to_;
  Time cursor_{};
  ledger found_;
  std::vector<stretch> under_way_;
  std::vector<std::size_t> busy_;  // contacts under way, by department
  std::size_t known_busy_ = 0, known_sum_ = 0, unknown_busy_ = 0;
  std::optional<std::size_t> last_known_;
};

}  // namespace cxm::detail
