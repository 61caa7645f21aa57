// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/fwd.hpp>
#include <cxm/journey/time_sum.hpp>
#include <cxm/stats/by.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Sums over ledgers and over what departments did in them: the state of `time_ledger`.

namespace cxm::detail {

/// Of one department. `Duration` is void until the plan is bound.
template <class Duration>
class department_sums {
 public:
  static constexpr std::string_view type_name = "department";
  static constexpr merge_law merges = merge_law::exact;

  template <class Department>
  void add(Department const& one) {
    contacts_ += one.contacts;
    functional_.add(one.functional);
    alone_.add(one.alone);
    wait_before_.add(one.wait_before);
  }
  void merge(department_sums const& other) {
    require_fit(counts_fit(contacts_, other.contacts_));
    contacts_ += other.contacts_;
    functional_.merge(other.functional_);
    alone_.merge(other.alone_);
    wait_before_.merge(other.wait_before_);
  }
  auto result() const {
    return department_summary<Duration>{contacts_, functional_.result(), alone_.result(),
                                        wait_before_.result()};
  }
  template <class Department>
  auto bound_to() const {
    using duration = decltype(std::declval<Department const&>().functional);
    if constexpr (std::is_same_v<duration, Duration>)
      return *this;
    else
      return department_sums<duration>();
  }
  static void describe(auto& self, auto& visit) {
    visit.state("contacts", self.contacts_);
    visit.state("functional", self.functional_);
    visit.state("alone", self.alone_);
    visit.state("wait_before", self.wait_before_);
  }

 private:
  std::uint64_t contacts_ = 0;
  summed_times<Duration> functional_, alone_, wait_before_;
};

inline auto departments_plan(at_most cap) {
  constexpr auto name = field<"department">([](auto const& one) { return one.department; });
  return by(name, department_sums<void>(), cap);
}

/// Of whole ledgers; `Departments` is a `by` over what departments did.
template <class Duration, class Departments>
class ledger_sums {
 public:
  static constexpr std::string_view type_name = "ledgers";
  static constexpr merge_law merges = merge_law::exact;

  explicit ledger_sums(Departments departments) : departments_(std::move(departments)) {}

  template <class Ledger>
  void add(Ledger const& one) {
    without_durations_ += one.no_durations ? 1 : 0;
    end_to_end_.add(one.end_to_end);
    overlap_.add(one.overlap);
    hand_off_wait_.add(one.hand_off_wait);
    customer_wait_.add(one.customer_wait);
    unmeasured_.add(one.unmeasured);
    functional_.add(one.functional);
    touch_.add(one.touch);
    for (auto const& department : one.departments) departments_.add(department);
  }
  void merge(ledger_sums const& other) {
    require_fit(counts_fit(without_durations_, other.without_durations_));
    departments_.merge(other.departments_);  // first: it refuses another cap
    without_durations_ += other.without_durations_;
    end_to_end_.merge(other.end_to_end_);
    overlap_.merge(other.overlap_);
    hand_off_wait_.merge(other.hand_off_wait_);
    customer_wait_.merge(other.customer_wait_);
    unmeasured_.merge(other.unmeasured_);
    functional_.merge(other.functional_);
    touch_.merge(other.touch_);
  }
  auto result() const {
    auto whole = end_to_end_.result();
    return ledger_summary<Duration, result_of<Departments>>{whole.n,
                                                            0,
                                                            without_durations_,
                                                            whole,
                                                            overlap_.result(),
                                                            hand_off_wait_.result(),
                                                            customer_wait_.result(),
                                                            unmeasured_.result(),
                                                            functional_.result(),
                                                            touch_.result(),
                                                            departments_.result()};
  }
  /// Every journey enters each sum.
  bool valid() const {
    auto const n = end_to_end_.result().n;
    return without_durations_ <= n && overlap_.result().n == n && hand_off_wait_.result().n == n &&
           customer_wait_.result().n == n && unmeasured_.result().n == n &&
           functional_.result().n == n && touch_.result().n == n;
  }
  template <class Ledger>
  auto bound_to() const {
    using department = typename decltype(std::declval<Ledger const&>().departments)::value_type;
    auto departments = cxm::bind<department>(departments_);
    using bound = ledger_sums<typename Ledger::duration, decltype(departments)>;
    if constexpr (std::is_same_v<bound, ledger_sums>)
      return *this;
    else
      return bound(std::move(departments));
  }
  static void describe(auto& self, auto& visit) {
    visit.state("without_durations", self.without_durations_);
    visit.state("end_to_end", self.end_to_end_);
    visit.state("overlap", self.overlap_);
    visit.state("hand_off_wait", self.hand_off_wait_);
    visit.state("customer_wait", self.customer_wait_);
    visit.state("unmeasured", self.unmeasured_);
    visit.state("functional", self.functional_);
    visit.state("touch", self.touch_);
    visit.state("departments", self.departments_);
  }

 private:
  std::uint64_t without_durations_ = 0;
  summed_times<Duration> end_to_end_, overlap_, hand_off_wait_, customer_wait_, unmeasured_,
      functional_, touch_;
  Departments departments_;
};

}  // namespace cxm::detail
