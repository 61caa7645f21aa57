// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/event/money.hpp>
#include <cxm/journey/detail/amount.hpp>
#include <cxm/stats/proportion.hpp>

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// What journeys cost against what they were planned to (B12):
///
///     measure(journeys, cost_against_plan(&contact::cost, &contact::planned_cost))
///
/// Only contacts that have both a cost and a plan are compared: a missing cost is not a cost of
/// zero. The cost of rework apart is `each_repeat(&contact::touchpoint, on(&contact::cost, …))`.

namespace cxm {

/// The question from when on a journey is over its plan.
struct plan_tolerance;

/// A journey is over its plan when it cost more than this share above it: `over_plan_by{0.1}`. The
/// default is 0.05. From 0 to 1000, in millionths.
class over_plan_by {
 public:
  using policy_kind = plan_tolerance;
  constexpr explicit over_plan_by(double share) {
    if (!(share >= 0 && share <= 1000))
      detail::refuse("cxm::over_plan_by: the share must be from 0 to 1000");
    millionths_ = static_cast<std::int64_t>(share * 1e6 + 0.5);
  }
  constexpr std::int64_t millionths() const { return millionths_; }

 private:
  std::int64_t millionths_;
};

/// Cost against plan, in the minor units of the amounts.
struct cost_summary {
  std::uint64_t contacts = 0;
  std::uint64_t compared = 0;        ///< contacts with both amounts
  std::uint64_t other_currency = 0;  ///< contacts with an amount in a currency that is not counted
  maybe<double> coverage = reason::no_data;  ///< compared of contacts
  maybe<std::int64_t> cost = reason::no_data;
  maybe<std::int64_t> planned = reason::no_data;
  maybe<std::int64_t> variance = reason::no_data;  ///< cost − planned
  maybe<double> ratio = reason::no_data;           ///< cost of planned
  /// Journeys over their plan, of those that have a plan above zero.
  share over_plan;
};

/// Sums of costs and plans. Made by `cost_against_plan`.
template <class Cost, class Planned, class Currency>
class cost_sums {
 public:
  static constexpr std::string_view type_name = "cost_against_plan";
  static constexpr merge_law merges = merge_law::exact;

  cost_sums(Cost cost, Planned planned, Currency in, over_plan_by tolerance, confidence level)
      : cost_(std::move(cost)),
        planned_(std::move(planned)),
        currency_(in),
        tolerance_(tolerance.millionths()),
        level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    int128 cost = 0, planned = 0;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const paid = detail::amount_of(cxm::read(*cost_, journey[i]), currency_);
      auto const meant = detail::amount_of(cxm::read(*planned_, journey[i]), currency_);
      ++contacts_;
      if (paid.foreign || meant.foreign) ++foreign_;
      if (!paid.minor || !meant.minor) continue;
      ++compared_;
      cost += *paid.minor;
      planned += *meant.minor;
    }
    cost_sum_ += cost;
    planned_sum_ += planned;
    if (planned <= 0) return;
    ++judged_;
    // Below 2^63 amounts of 63 bits and 2^30 millionths fit 128 bits.
    constexpr std::int64_t one = 1'000'000;
    over_ += cost * int128(one) > planned * int128(one + tolerance_) ? 1 : 0;
  }
  void merge(cost_sums const& other) {
    detail::require_same(currency_ == other.currency_ && tolerance_ == other.tolerance_,
                         "cxm::cost_against_plan: merging sums of another currency or tolerance");
    detail::require_same(
        detail::same_field(*cost_, *other.cost_) && detail::same_field(*planned_, *other.planned_),
        "cxm::cost_against_plan: merging sums of other fields");
    detail::require_fit(detail::counts_fit(contacts_, other.contacts_) &&
                        detail::counts_fit(judged_, other.judged_));
    contacts_ += other.contacts_;
    compared_ += other.compared_;
    foreign_ += other.foreign_;
    judged_ += other.judged_;
    over_ += other.over_;
    cost_sum_ += other.cost_sum_;
    planned_sum_ += other.planned_sum_;
  }

  cost_summary result() const {
    cost_summary found;
    found.contacts = contacts_;
    found.compared = compared_;
    found.other_currency = foreign_;
    found.over_plan = share_of(over_, judged_, level_);
    found.coverage = share_of(compared_, contacts_, level_).value;
    if (compared_ == 0) return found;
    found.cost = detail::in_64_bits(cost_sum_);
    found.planned = detail::in_64_bits(planned_sum_);
    found.variance = detail::in_64_bits(cost_sum_ - planned_sum_);
    if (planned_sum_ == 0) {
      found.ratio = reason::degenerate;
      return found;
    }
    double const size =
        detail::ratio_to_double(detail::wide_unsigned<2>{magnitude_of(cost_sum_)},
                                detail::wide_unsigned<2>{magnitude_of(planned_sum_)});
    found.ratio = (cost_sum_ < 0) != (planned_sum_ < 0) ? -size : size;
    return found;
  }
  bool valid() const {
    bool const empty = compared_ == 0 && (cost_sum_ != 0 || planned_sum_ != 0 || judged_ != 0);
    return compared_ <= contacts_ && foreign_ <= contacts_ && over_ <= judged_ &&
           judged_ <= compared_ && !empty;
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.cost_, "cost");
    detail::visit_field(visit, *self.planned_, "planned");
    if constexpr (!std::is_same_v<Currency, detail::any_amount>)
      visit.policy("currency", self.currency_.which.code());
    visit.policy("tolerance", self.tolerance_);
    visit.state("contacts", self.contacts_);
    visit.state("compared", self.compared_);
    visit.state("foreign", self.foreign_);
    visit.state("judged", self.judged_);
    visit.state("over", self.over_);
    visit.state("cost_sum", self.cost_sum_);
    visit.state("planned_sum", self.planned_sum_);
  }

 private:
  detail::box<Cost> cost_;
  detail::box<Planned> planned_;
  Currency currency_;
  std::int64_t tolerance_;
  confidence level_;
  std::uint64_t contacts_ = 0, compared_ = 0, foreign_ = 0, judged_ = 0, over_ = 0;
  int128 cost_sum_ = 0, planned_sum_ = 0;
};

/// Compares a cost with a plan over the contacts of journeys. Both fields give whole minor units,
/// or `money` (then `in_currency` says which is counted), or an optional of one of these. Policies:
/// `in_currency`, `over_plan_by`, and `confidence` of the interval of the share over plan (Wilson).
template <class Cost, class Planned, class... Policies>
auto cost_against_plan(Cost cost, Planned planned, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, counted_currency, plan_tolerance, confidence_level> && ...),
      "cxm::cost_against_plan: takes in_currency, over_plan_by and confidence");
  static_assert(detail::no_question_twice<counted_currency, plan_tolerance,
                                          confidence_level>::template in<Policies...>,
                "cxm::cost_against_plan: two policies answer the same question");
  auto in = detail::pick<counted_currency>(detail::any_amount{}, policies...);
  return cost_sums<Cost, Planned, decltype(in)>(
      std::move(cost), std::move(planned), in,
      detail::pick<plan_tolerance>(over_plan_by{0.05}, policies...),
      detail::pick<confidence_level>(confidence{}, policies...));
}

}  // namespace cxm
