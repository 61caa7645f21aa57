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
#include <cxm/stats/where.hpp>

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

struct edge_node;  ///< The question which field the nodes of a flow graph are.

/// The nodes are the values of `field` of the user's event instead of its touchpoints:
/// `flow_graph(moments(), over{&contact::department})` is the graph of work from desk to desk.
template <class Field>
struct over {
  using policy_kind = edge_node;
  Field field;

  constexpr explicit over(Field of) : field(std::move(of)) {}
};

struct which_are_open;  ///< The question which journeys have not ended.

/// Journeys for which `field` is true are counted as open at their last touchpoint, beside `ends`:
/// `open_when{still_open}` over a store that remembers endings. Default: none.
template <class Field>
struct open_when {
  using policy_kind = which_are_open;
  Field field;

  constexpr explicit open_when(Field of) : field(std::move(of)) {}
};

namespace detail {

/// Reads the node of a contact, of either end of a transition, or of either end of a journey.
enum class flow_place : std::uint8_t { contact, from, to, first, last };
template <flow_place Place, class Field>
struct flow_node_at {
  [[no_unique_address]] Field field;

  auto operator()(auto const& in) const {
    if constexpr (Place == flow_place::from)
      return in.earlier().read(field);
    else if constexpr (Place == flow_place::to)
      return in.later().read(field);
    else if constexpr (Place == flow_place::first)
      return in.front().read(field);
    else if constexpr (Place == flow_place::last)
      return in.back().read(field);
    else
      return in.read(field);
  }
  std::string_view name() const { return name_of(field); }
  friend bool operator==(flow_node_at const&, flow_node_at const&) = default;
};
struct never_open {
  constexpr bool operator()(auto const&) const { return false; }
  static constexpr std::string_view name() { return "never_open"; }
};

}  // namespace detail

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
  Touchpoints opens;        ///< of these, the open ones; empty unless `open_when` says which
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
    auto found = plan_.result();
    auto& [journeys, touchpoints, starts, ends, edges, opens] = found;
    return flow_summary<std::remove_cvref_t<decltype(touchpoints)>,
                        std::remove_cvref_t<decltype(edges)>>{
        journeys,        std::move(touchpoints), std::move(starts),
        std::move(ends), std::move(opens),       std::move(edges)};
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

namespace detail {

/// The plan of a flow graph whose edges are those that `each_edge(inner)` gives to `inner`.
template <class Waits, class EachEdge, class... Policies>
auto make_flow_graph(Waits waits, EachEdge const& each_edge, Policies... policies) {
  static_assert(
      (answers_one_of<Policies, edge_duration, group_cap, edge_node, which_are_open> && ...),
      "cxm::flow_graph: takes an accumulator of waits, timed_by, over, open_when and "
      "at_most");
  static_assert(no_question_twice<edge_duration, group_cap, edge_node,
                                  which_are_open>::template in<Policies...>,
                "cxm::flow_graph: two policies answer the same question");
  auto const cap = pick<group_cap>(at_most{1'000'000}, policies...);
  auto const time = pick<edge_duration>(timed_by{waiting_time}, policies...).field;
  auto const node = pick<edge_node>(over{at_touchpoint}, policies...).field;
  auto const open = pick<which_are_open>(open_when{never_open{}}, policies...).field;
  using field = std::remove_const_t<decltype(node)>;
  using enum flow_place;
  edge_counts<Waits, std::remove_const_t<decltype(time)>> edge(std::move(waits), time);
  auto const ends = by(flow_node_at<last, field>{node}, count(), cap);
  return flow_counts(all(count(), each_contact(by(node, count(), cap)),
                         by(flow_node_at<first, field>{node}, count(), cap), ends,
                         each_edge(by(flow_node_at<from, field>{node},
                                      flow_node_at<to, field>{node}, std::move(edge), cap)),
                         where(open, ends)));
}

}  // namespace detail

/// The directly-follows graph; `waits` measures the time on each edge, by default with moments and
/// a log histogram. Policies: `timed_by` says which time that is, `over` what the nodes are,
/// `open_when` which journeys have not ended, `at_most` bounds the nodes and the edges, each.
template <accumulator Waits, class... Policies>
auto flow_graph(Waits waits, Policies... policies) {
  return detail::make_flow_graph(
      std::move(waits), [](auto edges) { return each_transition(std::move(edges)); },
      std::move(policies)...);
}
inline auto flow_graph() {
  return flow_graph(all(moments(), log_histogram()));
}

}  // namespace cxm
