// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/codec.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/detail/power_of_two.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/path/credit.hpp>
#include <cxm/path/outcome.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/decayed.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Credit that decays with time: `time_decay(half_life{days(7)}, sold)` counts journeys, and shares
/// each conversion among its contacts by 2^(−age / half-life), where age is the time from a contact
/// to the last one. Times are gone once paths are counted, so this is an accumulator of its own. It
/// is exact: shares are whole parts of 2^−32 of a conversion, and add up to it to the last one.

namespace cxm {

/// The part of a conversion that one contact has.
template <class Touchpoint>
struct decayed_step {
  Touchpoint touchpoint;
  std::uint64_t units;  ///< of 2^-32 conversions
  double value;         ///< of the whole conversion
};

namespace detail {

inline constexpr double decay_units = 4294967296.0;

/// Where the step was.
inline constexpr auto decayed_touchpoint =
    field<"touchpoint">([](auto const& step) { return step.touchpoint; });

/// Sums parts of conversions.
class decayed_parts {
 public:
  static constexpr std::string_view type_name = "time_decay_parts";
  static constexpr merge_law merges = merge_law::exact;

  template <class Step>
  void add(Step const& step) {
    require_fit(counts_fit(units_, step.units));
    units_ += step.units;
    value_.add(static_cast<double>(step.units) / decay_units * step.value);
  }
  void merge(decayed_parts const& other) {
    require_fit(counts_fit(units_, other.units_));
    value_.merge(other.value_);
    units_ += other.units_;
  }
  std::pair<std::uint64_t, double> result() const { return {units_, value_.value().value_or(0)}; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("units", self.units_);
    visit.state("value", self.value_);
  }

 private:
  std::uint64_t units_ = 0;
  exact_sum value_;
};

/// 2^(−age / half_life) as a whole number of 2^-62, from tables; 0 from 62 half-lives on.
inline std::uint64_t decay_weight(std::int64_t age, std::int64_t half_life) {
  auto const halvings = age / half_life;
  if (halvings >= 62) return 0;
  auto const part = static_cast<std::uint32_t>(static_cast<double>(age % half_life) /
                                               static_cast<double>(half_life) * decay_units);
  auto const shift = static_cast<unsigned>(halvings);
  if (part == 0) return (std::uint64_t{1} << 62) >> shift;
  // 2^(1 - part) / 2, in billionths and scaled to 2^62
  auto const power = static_cast<double>(power_in_billionths(0 - part)) / 2e9;
  return static_cast<std::uint64_t>(power * 4611686018427387904.0) >> shift;
}

}  // namespace detail

/// Shares conversions by time. Made by `time_decay`.
template <class Age, class Outcome, class Value, class Plan>
class time_decayed_credit {
  static constexpr bool valued = !std::is_same_v<Value, without_value>;

 public:
  static constexpr std::string_view type_name = "time_decay";
  static constexpr merge_law merges = merge_law_of<Plan>;

  time_decayed_credit(Age age, outcome_counts<Outcome, Value> outcomes, Outcome outcome,
                      Value value, Plan plan)
      : age_(age),
        outcomes_(std::move(outcomes)),
        outcome_(std::move(outcome)),
        value_(std::move(value)),
        plan_(std::move(plan)) {
    if (age <= Age::zero()) detail::refuse("cxm::time_decay: a half-life is longer than zero");
  }

  /// O(contacts).
  template <class Journey>
  void add(Journey const& journey) {
    outcomes_.add(journey);
    if (!reached(cxm::read(*outcome_, journey))) return;
    weights_.clear();
    double sum = 0;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      weights_.push_back(weight_of(journey.back().time() - journey[i].time()));
      sum += weights_.back();
    }
    std::uint64_t left = std::uint64_t{1} << 32;
    double const value = value_of(journey);
    for (std::size_t i = 0; i < journey.size(); ++i) {
      bool const last = i + 1 == journey.size();
      auto const units =
          last ? left : static_cast<std::uint64_t>(weights_[i] * detail::decay_units / sum);
      left -= units;
      plan_.add(decayed_step<detail::owned_t<decltype(journey[i].touchpoint())>>{
          detail::own(journey[i].touchpoint()), units, value});
    }
  }
  void merge(time_decayed_credit const& other) {
    detail::require_same(age_ == other.age_,
                         "cxm::time_decay: merging states of different half-lives");
    auto counted = outcomes_;
    counted.merge(other.outcomes_);
    plan_.merge(other.plan_);
    outcomes_ = std::move(counted);
  }
  auto result() const {
    auto const parts = plan_.result();
    using key = std::remove_cvref_t<decltype(parts.begin()->key)>;
    credit_summary<key> found;
    auto const total = outcomes_.result();
    found.conversions = total.conversions;
    found.nulls = total.nulls;
    if (valued) found.value = total.value;
    for (auto const& [touchpoint, sums] : parts) {
      credited<key> one{touchpoint, static_cast<double>(sums.first) / detail::decay_units,
                        reason::no_data, reason::no_data};
      if (valued) one.value = sums.second;
      found.touchpoints.push_back(std::move(one));
    }
    return found;
  }
  template <class Journey>
  auto bound_to() const {
    using touchpoint = detail::owned_t<decltype(std::declval<Journey const&>()[0].touchpoint())>;
    auto plan = cxm::bind<decayed_step<touchpoint>>(plan_);
    return time_decayed_credit<Age, Outcome, Value, decltype(plan)>(age_, outcomes_, *outcome_,
                                                                    *value_, std::move(plan));
  }
  static void describe(auto& self, auto& visit) {
    visit.policy("half_life", self.age_);
    visit.state("outcomes", self.outcomes_);
    visit.state("parts", self.plan_);
  }

 private:
  template <class Came>
  static bool reached(Came const& came) {
    static_assert(!std::is_same_v<Came, tries>,
                  "cxm::time_decay: aggregated rows have no times; it counts journeys");
    if constexpr (detail::is_optional<Came>)
      return came && *came;
    else
      return came;
  }
  template <class Duration>
  double weight_of(Duration since) const {
    using ticks = std::common_type_t<Duration, Age>;
    auto const age = std::chrono::duration_cast<ticks>(since).count();
    auto const half = std::chrono::duration_cast<ticks>(age_).count();
    return static_cast<double>(detail::decay_weight(age, half));
  }
  template <class Journey>
  double value_of(Journey const& journey) const {
    if constexpr (valued) {
      auto const worth = cxm::read(*value_, journey);
      if constexpr (detail::is_optional<std::remove_cvref_t<decltype(worth)>>)
        return worth ? static_cast<double>(*worth) : 0.0;
      else
        return static_cast<double>(worth);
    } else {
      return 0;
    }
  }

  Age age_;
  outcome_counts<Outcome, Value> outcomes_;
  [[no_unique_address]] detail::box<Outcome> outcome_;
  [[no_unique_address]] detail::box<Value> value_;
  Plan plan_;
  std::vector<double> weights_;  // of one journey, no part of the state
};

/// Counts the credit of touchpoints for `outcome`, decaying with the time before the last contact.
/// The usual half-life is 7 days.
template <class Rep, class Period, class Outcome, class Value = without_value>
auto time_decay(half_life<Rep, Period> decay, Outcome outcome, Value value = {}) {
  auto plan = by(detail::decayed_touchpoint, detail::decayed_parts());
  return time_decayed_credit<std::chrono::duration<Rep, Period>, Outcome, Value, decltype(plan)>(
      decay.age, outcomes(outcome, value), outcome, value, std::move(plan));
}

}  // namespace cxm
