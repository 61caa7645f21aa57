// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A flow graph that may be shown. Its edges are a table of (from, to) with the touchpoints' counts
/// as margins, so that a small edge can't be calculated from the thick ones; touchpoints beyond the
/// largest are one node, "other". Journeys enter from `start` and leave to `end`.

#include <cxm/path/flow_graph.hpp>
#include <cxm/report/detail/labels.hpp>
#include <cxm/report/detail/withhold.hpp>
#include <cxm/report/publish.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

/// A touchpoint and the number of its contacts.
struct published_node {
  std::string name;
  maybe<std::uint64_t> contacts = reason::suppressed;
};
/// How often one touchpoint followed another; `from` and `to` are places in `nodes()`.
struct published_edge {
  std::size_t from = 0;
  std::size_t to = 0;
  maybe<std::uint64_t> count = reason::suppressed;
};

/// Nodes and edges that may be shown. Made by `publish_flow`.
class published_flow {
 public:
  static constexpr std::size_t start = 0;  ///< the node before all touchpoints
  static constexpr std::size_t end = 1;    ///< and the one behind them

  maybe<std::uint64_t> journeys() const { return journeys_; }
  std::vector<published_node> const& nodes() const { return nodes_; }
  /// Edges that occur, withheld ones without their count.
  std::vector<published_edge> const& edges() const { return edges_; }
  std::size_t withheld() const {
    return static_cast<std::size_t>(std::count_if(
        edges_.begin(), edges_.end(), [](auto const& edge) { return !edge.count.has_value(); }));
  }
  /// How many touchpoints are in the node "other"; 0 where there is none.
  std::size_t merged() const { return merged_; }
  std::uint64_t least() const { return least_; }

 private:
  friend struct detail::publisher_of_flows;
  published_flow() = default;
  maybe<std::uint64_t> journeys_ = reason::suppressed;
  std::vector<published_node> nodes_;
  std::vector<published_edge> edges_;
  std::size_t merged_ = 0;
  std::uint64_t least_ = 0;
};

namespace detail {

struct publisher_of_flows {
  template <class Flow, class Label>
  static published_flow make(Flow const& flow, min_people least, std::uint64_t most,
                             Label const& label) {
    published_flow made;
    made.least_ = least.n;
    made.nodes_ = {{"start"}, {"end"}};
    name_nodes(made, flow, static_cast<std::size_t>(most), label);
    std::size_t const size = made.nodes_.size();
    std::vector<std::uint64_t> counts(size * size), people(size * size);
    auto const add = [&](std::size_t from, std::size_t to, std::uint64_t count,
                         std::uint64_t journeys) {
      counts[from * size + to] += count;
      people[from * size + to] = std::max(people[from * size + to], journeys);
    };
    auto const place = [&](auto const& key) { return place_of(made, text(label, key)); };
    for (auto const& [key, count] : flow.starts)
      add(published_flow::start, place(key), count, count);
    for (auto const& [key, count] : flow.ends) add(place(key), published_flow::end, count, count);
    for (auto const& [key, edge] : flow.edges)
      add(place(std::get<0>(key)), place(std::get<1>(key)), edge.count, edge.journeys);
    take(made, withheld_cross(size, size, counts, people, least.n));
    return made;
  }

 private:
  template <class Label, class Key>
  static std::string text(Label const& label, Key const& key) {
    if constexpr (requires { label.function; })
      return std::string(label.function(key));
    else
      return detail::label(key);
  }
  static std::size_t place_of(published_flow const& made, std::string const& name) {
    for (std::size_t i = 2; i < made.nodes_.size(); ++i)
      if (made.nodes_[i].name == name) return i;
    return made.nodes_.size() - 1;  // "other"
  }
  template <class Flow, class Label>
  static void name_nodes(published_flow& made, Flow const& flow, std::size_t most,
                         Label const& label) {
    std::vector<std::pair<std::uint64_t, std::string>> all;
    for (auto const& [key, count] : flow.touchpoints) all.emplace_back(count, text(label, key));
    std::stable_sort(all.begin(), all.end(),
                     [](auto const& a, auto const& b) { return std::get<0>(a) > std::get<0>(b); });
    std::size_t const kept = all.size() > most ? most - 1 : all.size();
    for (std::size_t i = 0; i < kept; ++i) made.nodes_.push_back({all[i].second});
    made.merged_ = all.size() - kept;
    // What `by` counted beyond its own cap has no edges of its own, and is not shown.
    if (made.merged_ > 0)
      made.nodes_.push_back({"(" + number_label(made.merged_) + " other touchpoints)"});
  }
  /// What goes out of a touchpoint is its contacts; what goes out of start is the journeys.
  static void take(published_flow& made, withheld_cross const& cross) {
    std::size_t const size = made.nodes_.size();
    auto const shown = [&](std::size_t r, std::size_t c) {
      return cross.hidden(r, c) ? maybe<std::uint64_t>(reason::suppressed) : cross.count(r, c);
    };
    for (std::size_t from = 0; from < size; ++from)
      for (std::size_t to = 0; to < size; ++to)
        if (cross.count(from, to) > 0) made.edges_.push_back({from, to, shown(from, to)});
    for (std::size_t node = 0; node < size; ++node)
      made.nodes_[node].contacts =
          node == published_flow::end ? shown(size, node) : shown(node, size);
    made.journeys_ = made.nodes_[published_flow::start].contacts;
    // What comes in is what goes out: a margin withheld on one side is withheld on both.
    for (std::size_t node = 2; node < size; ++node)
      if (cross.hidden(size, node)) made.nodes_[node].contacts = reason::suppressed;
  }
};

}  // namespace detail

/// Makes the result of `flow_graph()` fit to be shown. Policies: `min_people` asks for that many
/// journeys on an edge, `labelled` names the touchpoints, `at_most{12}` bounds their number (3 to
/// 200).
template <class Flow, class... Policies>
published_flow publish_flow(Flow const& flow, Policies const&... policies) {
  static_assert((detail::answers_one_of<Policies, people_minimum, group_label, group_cap> && ...),
                "cxm::publish_flow: takes min_people, labelled and at_most");
  static_assert(
      requires {
        flow.edges;
        flow.starts;
        flow.ends;
        flow.touchpoints;
      },
      "cxm::publish_flow: takes the result of flow_graph()");
  auto const least = detail::pick<people_minimum>(min_people{}, policies...);
  auto const most = detail::pick<group_cap>(at_most{12}, policies...).groups;
  if (least.n == 0) detail::refuse("cxm::publish_flow: min_people is at least 1");
  if (most < 3 || most > 200) detail::refuse("cxm::publish_flow: at_most is 3 to 200 touchpoints");
  return detail::publisher_of_flows::make(
      flow, least, most, detail::pick<group_label>(detail::own_label{}, policies...));
}

}  // namespace cxm
