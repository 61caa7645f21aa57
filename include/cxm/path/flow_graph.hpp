// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/each_contact.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/moments.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// The directly-follows graph of journeys (van der Aalst 2016): how often each touchpoint was met,
/// began and ended a journey, and for each pair that followed one another how often, in how many
/// journeys, and after what wait. It is nothing but a composition of `by`, `each_contact` and
/// `each_transition` whose result has names.

namespace cxm {

/// An edge of a flow graph. `Wait` is the result of the accumulator that measured the waits.
template <class Wait>
struct edge_summary {
  std::uint64_t count = 0;     ///< how often one followed the other
  std::uint64_t journeys = 0;  ///< in how many journeys
  std::uint64_t overlaps = 0;  ///< how often the later contact began before all earlier ones ended
  Wait wait;                   ///< overlaps enter with a `waiting_time` of 0
};

struct edge_duration;  ///< The question which time belongs to an edge.

/// The time of an edge is what `field` reads off a transition: `timed_by{between_starts}`. Default
/// `waiting_time`.
template <class Field>
struct timed_by {
  using policy_kind = edge_duration;
  Field field;

  constexpr explicit timed_by(Field of) : field(std::move(of)) {}
};

/// Counts the transitions of one edge; `Field` reads its time off a transition.
template <class Wait, class Field>
class edge_counts {
 public:
  static constexpr std::string_view type_name = "edge";
  static constexpr merge_law merges = merge_law_of<Wait>;

  constexpr edge_counts(Wait waits, Field time)
      : waits_(std::move(waits)), time_(std::move(time)) {}

  template <class Transition>
  constexpr void add(Transition const& step) {
    ++count_;
    overlaps_ += step.overlaps() ? 1 : 0;
    // The transitions of a journey come one after the other, so a journey is new when its number
    // is.
    journeys_ += step.journey() != last_journey_ ? 1 : 0;
    last_journey_ = step.journey();
    waits_.add(cxm::read(*time_, step));
  }
  constexpr void merge(edge_counts const& other) {
    count_ += other.count_;
    journeys_ += other.journeys_;
    overlaps_ += other.overlaps_;
    waits_.merge(other.waits_);
    last_journey_ = 0;
  }
  constexpr auto result() const {
    return edge_summary<result_of<Wait>>{count_, journeys_, overlaps_, waits_.result()};
  }
  template <class Transition>
  constexpr auto bound_to() const {
    auto waits = cxm::bind<field_value<Field, Transition>>(waits_);
    return edge_counts<decltype(waits), Field>(std::move(waits), *time_);
  }
  constexpr bool valid() const { return journeys_ <= count_ && overlaps_ <= count_; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("time", name_of(*self.time_));
    visit.state("count", self.count_);
    visit.state("journeys", self.journeys_);
    visit.state("overlaps", self.overlaps_);
    visit.state("waits", self.waits_);
  }

 private:
  std::uint64_t count_ = 0;
  std::uint64_t journeys_ = 0;
  std::uint64_t overlaps_ = 0;
  std::uint64_t last_journey_ = 0;  // no part of the state
  Wait waits_;
  [[no_unique_address]] detail::box<Field> time_;
};

/// A flow graph: touchpoints, where journeys start and end, and the edges by (from, to).
template <class Touchpoints, class Edges>
struct flow_summary {
  std::uint64_t journeys = 0;
  Touchpoints touchpoints;  ///< contacts by touchpoint
  Touchpoints starts;       ///< journeys by their first touchpoint
  Touchpoints ends;         ///< journeys by their last touchpoint, open journeys among them
  Edges edges;              ///< `edge_summary` by (from, to)
};

/// Counts a flow graph by the plan that composes it. Made by `flow_graph`.
template <class Plan>
class flow_counts {
 public:
  static constexpr std::string_view type_name = "flow_graph";
  static constexpr merge_law merges = merge_law_of<Plan>;

  constexpr explicit flow_counts(Plan plan) : plan_(std::move(plan)) {}

  template <class Journey>
  constexpr void add(Journey const& journey) {
    plan_.add(journey);
  }
  constexpr void merge(flow_counts const& other) { plan_.merge(other.plan_); }
  auto result() const {
    auto [journeys, touchpoints, starts, ends, edges] = plan_.result();
    return flow_summary<decltype(touchpoints), decltype(edges)>{
        journeys, std::move(touchpoints), std::move(starts), std::move(ends), std::move(edges)};
  }
  template <class Journey>
  constexpr auto bound_to() const {
    auto plan = cxm::bind<Journey>(plan_);
    return flow_counts<decltype(plan)>(std::move(plan));
  }
  static constexpr void describe(auto& self, auto& visit) { visit.state("plan", self.plan_); }

 private:
  Plan plan_;
};

/// The directly-follows graph; `waits` measures the time on each edge, by default with moments and
/// a log histogram. Policies: `timed_by` says which time that is, `at_most` bounds the touchpoints
/// and the edges, each.
template <accumulator Waits, class... Policies>
auto flow_graph(Waits waits, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, edge_duration, group_cap> && ...),
                "cxm::flow_graph: takes an accumulator of waits, timed_by and at_most");
  static_assert(detail::no_question_twice<edge_duration, group_cap>::template in<Policies...>,
                "cxm::flow_graph: two policies answer the same question");
  auto const cap = detail::pick<group_cap>(at_most{1'000'000}, policies...);
  auto const time = detail::pick<edge_duration>(timed_by{waiting_time}, policies...).field;
  edge_counts<Waits, std::remove_const_t<decltype(time)>> edge(std::move(waits), time);
  return flow_counts(
      all(count(), each_contact(by(at_touchpoint, count(), cap)),
          by(first_touchpoint, count(), cap), by(last_touchpoint, count(), cap),
          each_transition(by(from_touchpoint, to_touchpoint, std::move(edge), cap))));
}
inline auto flow_graph() {
  return flow_graph(all(moments(), log_histogram()));
}

}  // namespace cxm
