// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/within.hpp>
#include <cxm/path/detail/funnel_plan.hpp>
#include <cxm/path/funnel_policies.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/proportion.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// A funnel: how many journeys get from step to step, of those that began. Over a store of one
/// journey a customer it counts customers.
///
///     funnel(home, any_order(size, colour), step(paid).soon(30min), within{7 * 24h})

namespace cxm {

/// One step of a funnel.
template <class Times>
struct funnel_step_summary {
  std::uint64_t count = 0;  ///< journeys whose deepest attempt took the step; of steps in any
                            ///< order, as many of them as stand up to here
  share conversion;         ///< of those at the step before that is not optional
  share overall;            ///< of those at the first step
  Times from_previous;      ///< from the step taken before, along the deepest attempt
};

/// What a funnel counted.
template <class Times>
struct funnel_summary {
  std::uint64_t journeys = 0;  ///< all of them
  std::uint64_t dropped = 0;   ///< of which an exclusion dropped
  std::vector<funnel_step_summary<Times>> steps;
};

/// No times are measured.
class no_step_times {
 public:
  static constexpr std::string_view type_name = "no_step_times";
  static constexpr merge_law merges = merge_law::exact;
  void add(auto const&) {}
  void merge(no_step_times const&) {}
  no_step_times result() const { return {}; }
  static constexpr void describe(auto&, auto&) {}
};

/// Counts journeys by how far they got. Made by `funnel`.
template <class Plan, class Times, class Method>
class funnel_counts {
  static constexpr bool timed = !std::is_same_v<Times, no_step_times>;

 public:
  static constexpr std::string_view type_name = "funnel";
  static constexpr merge_law merges = merge_law_of<Times>;

  funnel_counts(Plan plan, Times times, confidence level)
      : plan_(std::move(plan)), level_(level), counts_(plan_.size()) {
    if constexpr (timed) times_.assign(plan_.size(), times);
    for (auto const& one : plan_.shape().rules) optional_ = optional_ || one.optional;
  }

  template <class Journey>
  void add(Journey const& journey) {
    auto const reached = plan_.reach(journey);
    ++journeys_;
    if (reached.dropped) {
      ++dropped_;
      return;
    }
    if (reached.depth == 0) return;
    if (timed || optional_)
      add_chain(plan_.chain(journey, reached), reached.depth);
    else
      for (std::size_t i = 0; i < reached.depth; ++i) ++counts_[i];
  }
  /// Refuses a funnel of other steps.
  void merge(funnel_counts const& other) {
    detail::require_same(plan_ == other.plan_, "cxm::funnel: merging funnels of different steps");
    detail::require_fit(detail::counts_fit(journeys_, other.journeys_));
    journeys_ += other.journeys_;
    dropped_ += other.dropped_;
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    for (std::size_t i = 0; i < times_.size(); ++i) times_[i].merge(other.times_[i]);
  }
  auto result() const {
    using times_result = decltype(std::declval<Times const&>().result());
    funnel_summary<times_result> found{journeys_, dropped_, {}};
    std::uint64_t base = counts_.front();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      auto const n = counts_[i];
      found.steps.push_back({n, share_of<Method>(n, base, level_),
                             share_of<Method>(n, counts_.front(), level_), times_at(i)});
      if (!plan_.shape().rules[i].optional) base = n;
    }
    return found;
  }
  /// What is asked of a journey.
  Plan const& plan() const { return plan_; }

  template <class Journey>
  auto bound_to() const {
    if constexpr (timed) {
      using duration = decltype(std::declval<Journey const&>().cycle_time());
      using bound = decltype(cxm::bind<duration>(times_.front()));
      if constexpr (std::is_same_v<bound, Times>)
        return *this;
      else
        return funnel_counts<Plan, bound, Method>(plan_, cxm::bind<duration>(times_.front()),
                                                  level_);
    } else {
      return *this;
    }
  }
  bool valid() const {
    if (counts_.size() != plan_.size() || times_.size() != (timed ? plan_.size() : 0)) return false;
    if (dropped_ > journeys_) return false;
    for (auto const n : counts_)
      if (n > counts_.front() || n > journeys_ - dropped_) return false;
    return true;
  }
  static void describe(auto& self, auto& visit) {
    visit.policy("window", self.plan_.shape().window.count());
    visit.policy("strictly_later", self.plan_.shape().strictly_later);
    std::vector<std::tuple<bool, bool, bool, std::int64_t>> rules;
    for (auto const& one : self.plan_.shape().rules)
      rules.emplace_back(one.optional, one.adjacent, one.joins, one.longest.count());
    visit.policy("rules", rules);
    visit.state("journeys", self.journeys_);
    visit.state("dropped", self.dropped_);
    visit.state("counts", self.counts_);
    visit.state("times", self.times_);
  }

 private:
  auto times_at([[maybe_unused]] std::size_t i) const {
    if constexpr (timed)
      return times_[i].result();
    else
      return no_step_times();
  }
  template <class Chain>
  void add_chain(Chain const& chain, std::size_t depth) {
    auto const& rules = plan_.shape().rules;
    std::size_t before = chain.size();
    for (std::size_t i = 0; i < depth; ++i) {
      if (!rules[i].optional || chain[i]) ++counts_[i];
      if constexpr (timed) {
        if (chain[i] && before < i) times_[i].add(*chain[i] - *chain[before]);
        if (chain[i]) before = i;
      }
    }
  }

  Plan plan_;
  confidence level_;
  bool optional_ = false;
  std::uint64_t journeys_ = 0, dropped_ = 0;
  std::vector<std::uint64_t> counts_;
  std::vector<Times> times_;
};

namespace detail {

struct untimed {
  using policy_kind = funnel_times;
  no_step_times times;
};

template <class Steps, class... Policies>
auto make_funnel(Steps steps, Policies... policies) {
  static_assert(
      (answers_one_of<Policies, time_limit, funnel_mode, funnel_ties, funnel_age, funnel_times,
                      funnel_exclusion, interval_method, confidence_level> &&
       ...),
      "cxm::funnel: takes steps, and within, a mode, strictly_later, mature_until, "
      "timed, except, an interval method and confidence");
  static_assert(no_question_twice<time_limit, funnel_mode, funnel_ties, funnel_age, funnel_times,
                                  interval_method, confidence_level>::template in<Policies...>,
                "cxm::funnel: two policies answer the same question");
  funnel_shape shape;
  shape.rules = steps.rules();
  auto const limit = pick<time_limit>(cxm::within{std::chrono::hours(7 * 24)}, policies...).longest;
  shape.window = std::chrono::floor<std::chrono::microseconds>(limit);
  pick<funnel_mode>(in_sequence{}, policies...).apply(shape.rules);
  shape.strictly_later = pick<funnel_ties>(in_row_order{}, policies...).strictly;
  split_into_blocks(shape);
  auto excepts = std::tuple_cat(excepts_among(policies)...);
  auto const age = pick<funnel_age>(any_beginning{}, policies...).age;
  auto times = pick<funnel_times>(untimed{}, policies...).times;
  using method = decltype(pick<interval_method>(wilson{}, policies...));
  auto const level = pick<confidence_level>(confidence{}, policies...);
  return std::apply(
      [&](auto... one) {
        using plan = funnel_plan<Steps, std::remove_const_t<decltype(age)>, decltype(one)...>;
        return funnel_counts<plan, decltype(times), method>(
            plan(std::move(steps), std::move(shape), age, std::tuple(std::move(one)...)), times,
            level);
      },
      std::move(excepts));
}

template <class... Predicates, class... Given>
auto make_fixed(std::tuple<funnel_step<Predicates>...> steps, std::tuple<Given...> policies) {
  return std::apply(
      [&](auto... one) {
        return make_funnel(fixed_steps<Predicates...>(std::move(steps)), std::move(one)...);
      },
      std::move(policies));
}

}  // namespace detail

/// Counts how far journeys get along steps: touchpoints, predicates, `step`, `any_order`. Policies,
/// behind the steps or between them: `within` (from the first step, inclusive; default 7 days),
/// `in_sequence` (default), `in_strict_sequence`, `in_any_order`, `strictly_later`, `mature_until`,
/// `except`, `timed`, an interval method (default `wilson`), `confidence`. Source: method of
/// windowFunnel, ClickHouse and others.
template <class First, class... More>
requires(!detail::is_step_vector<First>) auto funnel(First first, More... more) {
  auto given = std::tuple_cat(detail::funnel_steps_in(first), detail::funnel_steps_in(more)...);
  static_assert(std::tuple_size_v<decltype(given)> > 0, "cxm::funnel: there are no steps");
  return detail::make_fixed(std::move(given),
                            std::tuple_cat(detail::funnel_policies_in(std::move(first)),
                                           detail::funnel_policies_in(std::move(more))...));
}

/// The same with steps that are only known at run time: touchpoints, predicates of one type, or
/// `funnel_step`s. Throws `std::invalid_argument` for none.
template <class Step, class... Policies>
auto funnel(std::vector<Step> steps, Policies... policies) {
  using one = decltype(detail::as_funnel_step(std::declval<Step>()));
  std::vector<one> all;
  for (auto& each : steps) all.push_back(detail::as_funnel_step(std::move(each)));
  return detail::make_funnel(detail::listed_steps(std::move(all)), std::move(policies)...);
}

}  // namespace cxm
