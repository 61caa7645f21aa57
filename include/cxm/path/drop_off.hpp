// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/path/compare_flows.hpp>
#include <cxm/path/flow_graph.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/proportion.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Drop-off (E5): of the journeys that met a touchpoint, the share that ended there without the
/// goal. And how that compares with the other touchpoints of its stage: late stages lose fewer
/// people than early ones, so that a bare list of shares only sorts by stage.

namespace cxm {

/// A journey at one of the touchpoints that it met. `Contact` is the last one there.
template <class Contact>
struct met_touchpoint {
  Contact contact;
  bool left;  ///< it ended here, without the goal
};

namespace detail {
struct met_where {
  static constexpr std::string_view name() { return "touchpoint"; }
  constexpr auto operator()(auto const& met) const { return met.contact.touchpoint(); }
};
struct met_left {
  static constexpr std::string_view name() { return "left"; }
  constexpr bool operator()(auto const& met) const { return met.left; }
};
}  // namespace detail

/// Counts drop-off. Made by `drop_off`.
template <class Goal, class Open, class Plan>
class drop_off_counts {
 public:
  static constexpr std::string_view type_name = "drop_off";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law_of<Plan>;

  drop_off_counts(Goal goal, Open open, Plan plan)
      : goal_(std::move(goal)), open_(std::move(open)), plan_(std::move(plan)) {}

  /// O(contacts · different touchpoints).
  template <class Journey>
  void add(Journey const& journey) {
    // An optional time (`reached{…}`) or a bool.
    bool const reached = static_cast<bool>(cxm::read(*goal_, journey));
    bool const open = !reached && cxm::read(*open_, journey);
    std::size_t const last = journey.size() - 1;
    std::vector<std::size_t> met;  // from behind, so that each is the last contact there
    for (std::size_t i = journey.size(); i-- > 0;) {
      bool seen = false;
      for (std::size_t const j : met)
        seen = seen || journey[j].touchpoint() == journey[i].touchpoint();
      if (seen) continue;
      met.push_back(i);
      // Whether an open journey ends at its last touchpoint is not known yet; it did pass the
      // others.
      if (open && i == last) continue;
      plan_.add(met_touchpoint<typename Journey::contact>{journey[i], i == last && !reached});
    }
  }
  void merge(drop_off_counts const& other) { plan_.merge(other.plan_); }
  auto result() const { return plan_.result(); }

  template <class Journey>
  auto bound_to() const {
    auto plan = cxm::bind<met_touchpoint<typename Journey::contact>>(plan_);
    if constexpr (std::is_same_v<decltype(plan), Plan>)
      return *this;
    else
      return drop_off_counts<Goal, Open, decltype(plan)>(*goal_, *open_, std::move(plan));
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.goal_);
    detail::visit_field(visit, *self.open_);
    visit.state("plan", self.plan_);
  }

 private:
  detail::box<Goal> goal_;
  detail::box<Open> open_;
  Plan plan_;
};

/// By touchpoint, the share of journeys that left there without `goal`, a field of the journey: a
/// bool, or an optional time as `reached{…}` gives. Policies: `open_when{still_open}`, `at_most`
/// touchpoints. The result is that of `by(touchpoint, proportion())`.
template <class Goal, class... Policies>
auto drop_off(Goal goal, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, which_are_open, group_cap> && ...),
                "cxm::drop_off: takes open_when and at_most");
  static_assert(detail::no_question_twice<which_are_open, group_cap>::template in<Policies...>,
                "cxm::drop_off: two policies answer the same question");
  auto const cap = detail::pick<group_cap>(at_most{1'000'000}, policies...);
  auto open = detail::pick<which_are_open>(open_when{detail::never_open{}}, policies...).field;
  auto plan = by(detail::met_where{}, on(detail::met_left{}, proportion()), cap);
  return drop_off_counts<Goal, decltype(open), decltype(plan)>(std::move(goal), std::move(open),
                                                               std::move(plan));
}

/// The drop-off of a touchpoint against its stage.
template <class Touchpoint>
struct drop_off_lift {
  Touchpoint touchpoint;
  share drop_off = {};
  maybe<double> stage_mean = reason::no_data;  ///< over all touchpoints of the stage, this one too
  maybe<double> lift = reason::no_data;        ///< drop-off ÷ stage mean
  comparison difference = {};                  ///< against the other touchpoints of the stage
  maybe<double> adjusted_p = reason::no_data;  ///< over all touchpoints
};

/// The result of `drop_off` with each touchpoint's lift against its stage, the largest lift first,
/// then by touchpoint. `stage_of(touchpoint)` names the stage. Policies: `few_false_alarms`
/// (default), `no_false_alarm`, `each_alone`, and `confidence`. The test takes the journeys of two
/// touchpoints for independent; where many journeys meet both it is a guide, not a proof.
/// O(touchpoints log touchpoints).
template <class Groups, class StageOf, class... Policies>
auto lift_in_stage(Groups const& found, StageOf const& stage_of, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, many_tests, confidence_level> && ...),
                "cxm::lift_in_stage: takes a policy of many tests and confidence");
  using touchpoint = std::remove_cvref_t<decltype(found.begin()->key)>;
  using stage = std::remove_cvref_t<decltype(stage_of(std::declval<touchpoint const&>()))>;
  auto const level = detail::pick<confidence_level>(confidence{}, policies...);
  std::map<stage, share_counts> stages;
  for (auto const& [at, lost] : found) {
    stages[stage_of(at)].successes += lost.successes;
    stages[stage_of(at)].n += lost.n;
  }
  std::vector<drop_off_lift<touchpoint>> told;
  std::vector<maybe<double>> p;
  for (auto const& [at, lost] : found) {
    auto const& all = stages[stage_of(at)];
    drop_off_lift<touchpoint> one{at, share_of(lost.successes, lost.n, level)};
    one.stage_mean = share_of(all.successes, all.n).value;
    if (one.drop_off.value)
      one.lift = all.successes == 0 ? maybe<double>(reason::degenerate)
                                    : *one.drop_off.value / *one.stage_mean;
    one.difference =
        share_difference(share_counts{lost.successes, lost.n},
                         share_counts{all.successes - lost.successes, all.n - lost.n}, level);
    p.push_back(one.difference.p);
    told.push_back(std::move(one));
  }
  auto const adjusted =
      decltype(detail::pick<many_tests>(few_false_alarms{}, policies...))::adjust(p);
  for (std::size_t i = 0; i < told.size(); ++i) told[i].adjusted_p = adjusted[i];
  std::stable_sort(told.begin(), told.end(), [](auto const& a, auto const& b) {
    return a.lift.value_or(-1) > b.lift.value_or(-1);
  });
  return told;
}

}  // namespace cxm
