// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Where the nodes of a flow stand. A node's position is the mean number of contacts before it; the
/// nodes in order of position are cut into layers. Edges that lead to a later layer go forward, the
/// others (cycles) go back.

#include <cxm/report/flow.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace cxm::detail {

struct flow_layout {
  std::vector<std::vector<std::size_t>> layers;  ///< nodes of each, the first is `start`
  std::vector<std::size_t> layer_of;             ///< of each node
  std::vector<published_edge> forward, back;     ///< drawn edges, without self-loops
  std::vector<published_edge> unknown;           ///< withheld edges: drawn without a width
  std::vector<std::uint64_t> loops;              ///< self-loops of each node
  std::size_t thin = 0;                          ///< edges too thin to be drawn
  std::uint64_t thin_count = 0;                  ///< and how often they occur

  flow_layout(published_flow const& flow, std::size_t most_layers, std::size_t most_nodes,
              double thinnest) {
    sort_edges(flow, thinnest);
    cut_layers(flow, most_layers, most_nodes);
    std::vector<published_edge> all;
    all.swap(forward);
    for (auto const& edge : all)
      (layer_of[edge.from] < layer_of[edge.to] ? forward : back).push_back(edge);
    keep_largest_back(8);
    order_layers();
  }

 private:
  void keep_largest_back(std::size_t most) {
    std::stable_sort(back.begin(), back.end(),
                     [](auto const& a, auto const& b) { return *a.count > *b.count; });
    for (; back.size() > most; back.pop_back()) {
      ++thin;
      thin_count += *back.back().count;
    }
  }
  void sort_edges(published_flow const& flow, double thinnest) {
    loops.assign(flow.nodes().size(), 0);
    std::uint64_t most = 0;
    for (auto const& edge : flow.edges()) most = std::max(most, edge.count.value_or(0));
    for (auto const& edge : flow.edges()) {
      if (edge.from == edge.to) {
        loops[edge.from] = edge.count.value_or(0);
      } else if (!edge.count) {
        unknown.push_back(edge);
      } else if (static_cast<double>(*edge.count) < thinnest * static_cast<double>(most)) {
        ++thin;
        thin_count += *edge.count;
      } else {
        forward.push_back(edge);
      }
    }
  }

  /// The mean number of steps from start, by repeated averaging over what comes in.
  /// Withheld edges weigh what they at least may hold.
  static std::vector<double> positions(published_flow const& flow) {
    std::vector<double> position(flow.nodes().size(), 0);
    for (int round = 0; round < 100; ++round) {
      std::vector<double> sum(position.size(), 0), weight(position.size(), 0);
      for (auto const& edge : flow.edges()) {
        if (edge.from == edge.to) continue;
        auto const count = static_cast<double>(edge.count.value_or(flow.least()));
        sum[edge.to] += count * std::min(position[edge.from] + 1, 50.0);
        weight[edge.to] += count;
      }
      for (std::size_t i = 0; i < position.size(); ++i)
        if (weight[i] > 0 && i != published_flow::start) position[i] = sum[i] / weight[i];
    }
    return position;
  }

  void cut_layers(published_flow const& flow, std::size_t most_layers, std::size_t most_nodes) {
    auto const position = positions(flow);
    std::vector<std::size_t> order;
    for (std::size_t i = 2; i < flow.nodes().size(); ++i) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return position[a] < position[b]; });
    for (double gap = 0.6; gap < 60; gap *= 1.3) {
      layers.assign(1, {published_flow::start});
      double first = -1e9;
      for (std::size_t const node : order) {
        if (position[node] - first > gap || layers.back().size() >= most_nodes ||
            follows(layers.back(), node)) {
          layers.emplace_back();
          first = position[node];
        }
        layers.back().push_back(node);
      }
      if (layers.size() + 1 <= most_layers) break;
    }
    layers.push_back({published_flow::end});
    layer_of.assign(flow.nodes().size(), 0);
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
      for (std::size_t const node : layers[layer]) layer_of[node] = layer;
  }

  /// Whether a node mostly comes from one of the layer, rather than goes to it.
  bool follows(std::vector<std::size_t> const& layer, std::size_t node) const {
    std::uint64_t in = 0, from = 0, to = 0;
    for (auto const& edge : forward) {
      if (edge.to == node) in += *edge.count;
      for (std::size_t const other : layer) {
        if (edge.to == node && edge.from == other) from += *edge.count;
        if (edge.from == node && edge.to == other) to += *edge.count;
      }
    }
    return from > to && 10 * from > in;
  }

  /// Nodes stand near those they come from.
  void order_layers() {
    std::vector<double> place(layer_of.size(), 0.5);
    for (int round = 0; round < 4; ++round)
      for (std::size_t layer = 1; layer < layers.size(); ++layer) {
        auto& nodes = layers[layer];
        std::vector<double> wanted(layer_of.size(), 0.5);
        for (std::size_t const node : nodes) wanted[node] = mean_place(node, place);
        std::stable_sort(nodes.begin(), nodes.end(),
                         [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
        for (std::size_t i = 0; i < nodes.size(); ++i)
          place[nodes[i]] = (static_cast<double>(i) + 0.5) / static_cast<double>(nodes.size());
      }
  }
  double mean_place(std::size_t node, std::vector<double> const& place) const {
    double sum = 0, weight = 0;
    for (auto const& edge : forward) {
      if (edge.to != node && edge.from != node) continue;
      auto const count = static_cast<double>(*edge.count);
      sum += count * place[edge.to == node ? edge.from : edge.to];
      weight += count;
    }
    return weight > 0 ? sum / weight : 0.5;
  }
};

}  // namespace cxm::detail
