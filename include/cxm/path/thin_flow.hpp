// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/path/flow_graph.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

/// \file
/// A flow graph without its thin edges. All touchpoints stay, and each stays on a way from a start
/// to an end: where only thin edges lead there, the thickest way is kept. What was hidden is said,
/// for a thinned graph shows paths that perhaps no one walked; `variants` are the ground truth.

namespace cxm {

/// A flow graph of which edges are hidden. `flow` is the graph, with fewer edges.
template <class Flow>
struct thinned_flow {
  Flow flow;
  std::uint64_t hidden_edges = 0;
  std::uint64_t hidden_transitions = 0;  ///< how often journeys went over them
  std::uint64_t kept_as_way = 0;         ///< thin edges that are there as the only way
};

namespace detail {

/// A numbered edge with its width.
struct wide_edge {
  std::size_t from, to;
  std::uint64_t width;
};

/// Which edges the widest ways from node 0 use: grows a tree by the widest edge that leaves it
/// (Prim's rule, directed). Equal widths: the first edge. O(nodes · edges).
inline void keep_widest_ways(std::vector<wide_edge> const& edges, std::size_t nodes,
                             std::vector<char>& kept) {
  std::vector<std::uint64_t> width(nodes, 0);
  std::vector<std::size_t> by(nodes, edges.size());
  std::vector<char> done(nodes, 0);
  width[0] = UINT64_MAX;
  std::vector<std::vector<std::size_t>> out(nodes);
  for (std::size_t i = 0; i < edges.size(); ++i) out[edges[i].from].push_back(i);
  while (true) {
    std::size_t next = nodes;
    for (std::size_t node = 0; node < nodes; ++node)
      if (!done[node] && width[node] > 0 && (next == nodes || width[node] > width[next]))
        next = node;
    if (next == nodes) return;
    done[next] = 1;
    if (by[next] < edges.size()) kept[by[next]] = 1;
    for (std::size_t const i : out[next]) {
      std::uint64_t const through = std::min(width[next], edges[i].width);
      if (done[edges[i].to] || through <= width[edges[i].to]) continue;
      width[edges[i].to] = through;
      by[edges[i].to] = i;
    }
  }
}

}  // namespace detail

/// Hides the edges that occur fewer than `least` times but for those that connect. O(touchpoints ·
/// edges).
template <class Flow>
thinned_flow<Flow> thin_flow(Flow const& flow, std::uint64_t least) {
  using key = std::remove_cvref_t<decltype(flow.touchpoints.begin()->key)>;
  std::map<key, std::size_t> place;  // 0 is the start, or seen from behind, the end
  for (auto const& one : flow.touchpoints) place.emplace(one.key, place.size() + 1);
  auto const number = [&](key const& of) {
    return place.emplace(of, place.size() + 1).first->second;
  };
  std::vector<detail::wide_edge> ahead, behind;
  for (auto const& [edge, found] : flow.edges) {
    auto const from = number(std::get<0>(edge)), to = number(std::get<1>(edge));
    ahead.push_back({from, to, found.count});
    behind.push_back({to, from, found.count});
  }
  std::size_t const edges = ahead.size();
  for (auto const& one : flow.starts) ahead.push_back({0, number(one.key), one.result});
  for (auto const& one : flow.ends) behind.push_back({0, number(one.key), one.result});
  std::vector<char> kept(edges + std::max(ahead.size(), behind.size()), 0);
  detail::keep_widest_ways(ahead, place.size() + 1, kept);
  std::vector<char> kept_behind(kept.size(), 0);
  detail::keep_widest_ways(behind, place.size() + 1, kept_behind);

  thinned_flow<Flow> thinned{flow};
  std::vector<typename decltype(flow.edges)::value_type> stay;
  std::size_t i = 0;
  for (auto const& edge : flow.edges) {
    bool const thin = edge.result.count < least, way = kept[i] || kept_behind[i];
    ++i;
    if (thin && !way) {
      ++thinned.hidden_edges;
      thinned.hidden_transitions += edge.result.count;
      continue;
    }
    if (thin) ++thinned.kept_as_way;
    stay.push_back(edge);
  }
  thinned.flow.edges = {std::move(stay), flow.edges.names(), flow.edges.other()};
  return thinned;
}

}  // namespace cxm
