// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The boxes of a flow in pixels: layers from top to bottom, where labels have room below their
/// boxes on a phone, too. A box is as wide as its contacts, its slot wide enough for a label.

#include <cxm/report/detail/flow_layout.hpp>
#include <cxm/report/detail/text_metrics.hpp>
#include <cxm/report/flow.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cxm::detail {

class flow_placement {
 public:
  struct box {
    double x = 0, y = 0, width = 0, slot = 0;
    double out = 0, in = 0;  ///< how far along its edges links are already fixed
  };
  static constexpr double thickness = 12;

  flow_placement(published_flow const& flow, flow_layout const& layout, double width)
      : boxes_(layout.layer_of.size()) {
    auto const flows = through(flow, layout);
    double const room = width - 50;  // lanes for what goes back are on the right
    std::uint64_t most = 1;
    std::size_t crowd = 1;
    for (auto const& layer : layout.layers) {
      std::uint64_t sum = 0;
      for (std::size_t const node : layer) sum += flows[node];
      most = std::max(most, sum);
      crowd = std::max(crowd, layer.size());
    }
    auto const wanted = std::min(room * 0.54, room - gap * static_cast<double>(crowd - 1));
    per_count_ = std::min(wanted, 240.0) / static_cast<double>(most);
    for (std::size_t layer = 0; layer < layout.layers.size(); ++layer)
      place_layer(flow, layout.layers[layer], flows, 6 + step * static_cast<double>(layer), room);
  }

  box& operator[](std::size_t node) { return boxes_[node]; }
  box const& operator[](std::size_t node) const { return boxes_[node]; }
  std::size_t size() const { return boxes_.size(); }
  double thick(std::uint64_t count) const { return static_cast<double>(count) * per_count_; }
  /// How far down the boxes and their labels reach.
  double bottom() const { return bottom_; }

 private:
  /// What is drawn through a node: its contacts, or where they are withheld what is known of them.
  static std::vector<std::uint64_t> through(published_flow const& flow, flow_layout const& layout) {
    std::vector<std::uint64_t> in(layout.layer_of.size()), out(in.size());
    for (auto const* edges : {&layout.forward, &layout.back})
      for (auto const& edge : *edges) {
        in[edge.to] += *edge.count;
        out[edge.from] += *edge.count;
      }
    for (std::size_t i = 0; i < in.size(); ++i)
      in[i] = std::max({in[i], out[i], flow.nodes()[i].contacts.value_or(0)});
    return in;
  }
  /// Slots as wide as boxes first, then as labels where there is room, then what is left alike.
  void place_layer(published_flow const& flow, std::vector<std::size_t> const& nodes,
                   std::vector<std::uint64_t> const& flows, double y, double room) {
    auto const count = static_cast<double>(nodes.size());
    double const least = (room - gap * (count - 1)) / std::max(count, 1.0) * 0.6;
    double used = -gap, lacking = 0;
    auto const lacks = [&](std::size_t node) {
      double const label = text_width(fitted(flow.nodes()[node].name, room, font), font);
      return std::max(label - boxes_[node].slot, 0.0);
    };
    for (std::size_t const node : nodes) {
      auto& one = boxes_[node];
      one.width = std::max(thick(flows[node]), 2.0);
      one.slot = std::max(one.width, least);
      used += one.slot + gap;
      lacking += lacks(node);
    }
    double const left = std::max(room - used, 0.0);
    double const part = lacking > left ? left / lacking : 1;
    double const share = std::max((left - lacking) / std::max(count, 1.0), 0.0);
    double x = 2;
    for (std::size_t const node : nodes) {
      auto& one = boxes_[node];
      one.slot += lacks(node) * part + share;
      one.x = x;
      one.y = y;
      x += one.slot + gap;
    }
    bottom_ = std::max(bottom_, y + 46);
  }

  static constexpr double gap = 10, step = 76, font = 13;
  double per_count_ = 0, bottom_ = 0;
  std::vector<box> boxes_;
};

}  // namespace cxm::detail
