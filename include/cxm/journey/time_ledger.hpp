// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/detail/ledger_sums.hpp>
#include <cxm/journey/detail/without_answers.hpp>
#include <cxm/journey/ledger_of.hpp>
#include <cxm/journey/time_sum.hpp>
#include <cxm/stats/by.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// `time_ledger(&contact::department)`: the end-to-end time of all journeys against what the
/// departments measure, as exact sums and as distributions over journeys. It is an accumulator of
/// journeys like any other: `by(first_touchpoint, time_ledger(&contact::department))`,
/// `by(path, …)`; and whatever is read off a contact may play the department:
/// `time_ledger(&contact::channel)`. The parts are defined in journey/journey_ledger.hpp.

namespace cxm {

/// What one department did in the journeys that met it.
template <class Duration>
struct department_summary {
  std::uint64_t contacts = 0;
  time_summary<Duration> functional;   ///< by its own measure; n is the journeys that met it
  time_summary<Duration> alone;        ///< its part of the whole
  time_summary<Duration> wait_before;  ///< hand-off waits charged to it
};

/// Ledgers of journeys, summed up. The parts sum to the whole in ticks: alone, over all
/// departments, + overlap + hand-off + customer + unmeasured = end-to-end.
template <class Duration, class Departments>
struct ledger_summary {
  std::uint64_t journeys = 0;           ///< journeys measured
  std::uint64_t without_part = 0;       ///< left out: not between the milestones
  std::uint64_t without_durations = 0;  ///< of those measured: no contact took any time
  time_summary<Duration> end_to_end;
  time_summary<Duration> overlap;
  time_summary<Duration> hand_off_wait;
  time_summary<Duration> customer_wait;
  time_summary<Duration> unmeasured;
  time_summary<Duration> functional;  ///< sum of what the departments measure
  time_summary<Duration> touch;       ///< a department was at work
  Departments departments;            ///< `department_summary` by department, empty key unknown

  /// Touch time of end-to-end time, over all journeys together.
  maybe<double> flow_efficiency() const {
    if (journeys != 0 && without_durations == journeys) return reason::no_data;
    return touch.share_of(end_to_end);
  }
  /// Functional of touch time, over all journeys together.
  maybe<double> parallelism() const { return functional.share_of(touch); }
};

/// Sums up the ledgers that `Ledger` reads off journeys. Made by `time_ledger`.
template <class Ledger, class Sums>
class ledger_counts {
 public:
  static constexpr std::string_view type_name = "time_ledger";
  static constexpr merge_law merges = merge_law_of<Sums>;

  ledger_counts(Ledger ledger, Sums sums) : ledger_(std::move(ledger)), sums_(std::move(sums)) {}

  template <class Journey>
  void add(Journey const& journey) {
    auto const ledger = (*ledger_)(journey);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(ledger)>>) {
      if (ledger)
        sums_.add(*ledger);
      else
        ++without_part_;
    } else {
      sums_.add(ledger);
    }
  }
  void merge(ledger_counts const& other) {
    detail::require_same(*ledger_ == *other.ledger_,
                         "cxm::time_ledger: merging ledgers of different departments or policies");
    detail::require_fit(detail::counts_fit(without_part_, other.without_part_));
    sums_.merge(other.sums_);
    without_part_ += other.without_part_;
  }
  auto result() const {
    auto found = sums_.result();
    found.without_part = without_part_;
    return found;
  }
  template <class Journey>
  auto bound_to() const {
    using ledger = detail::answered_t<decltype((*ledger_)(std::declval<Journey const&>()))>;
    auto sums = cxm::bind<ledger>(sums_);
    if constexpr (std::is_same_v<decltype(sums), Sums>)
      return *this;  // with all that it has counted
    else
      return ledger_counts<Ledger, decltype(sums)>(*ledger_, std::move(sums));
  }
  static void describe(auto& self, auto& visit) {
    (*self.ledger_).describe_policies(visit);
    visit.state("without_part", self.without_part_);
    visit.state("sums", self.sums_);
  }

 private:
  detail::box<Ledger> ledger_;
  Sums sums_;
  std::uint64_t without_part_ = 0;
};

/// Sums up the time ledgers of journeys, with the departments that a field reads off contacts:
/// `time_ledger(&contact::department)`; without a field all work is of unknown owner. Policies:
/// those of `ledger_of`, and `at_most` departments (default 1,000,000).
template <class... Arguments>
auto time_ledger(Arguments... arguments) {
  static_assert(detail::answers_to<group_cap, Arguments...> <= 1,
                "cxm::time_ledger: two policies answer the same question");
  auto const cap = detail::pick<group_cap>(at_most{1'000'000}, arguments...);
  auto ledger = std::apply([](auto... kept) { return ledger_of(std::move(kept)...); },
                           detail::without_answers<group_cap>(std::move(arguments)...));
  auto sums = detail::ledger_sums<void, decltype(detail::departments_plan(cap))>(
      detail::departments_plan(cap));
  return ledger_counts<decltype(ledger), decltype(sums)>(std::move(ledger), std::move(sums));
}

}  // namespace cxm
