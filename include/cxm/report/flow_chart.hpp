// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The ways that journeys take, as a Sankey diagram: left to right on a desk, downwards on a phone.
/// Blue flows go forward, orange ones back; thin and withheld edges are counted below it.

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/detail/flow_layout.hpp>
#include <cxm/report/flow.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

namespace detail {

/// Draws along a direction of flow (`along`) and across it; on a phone these are down and right.
class flow_picture {
 public:
  explicit flow_picture(published_flow const& flow) : flow_(flow) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    flow_layout const layout(flow_, wide ? 6 : 12, wide ? 8 : 3, 0.02);
    auto placed = place(layout, wide, page.width());
    links(page, layout, placed);
    for (std::size_t node = 0; node < placed.size(); ++node) draw_node(page, layout, placed, node);
    double y = placed_height(placed, wide) + 18;
    y = lanes(page, layout, placed, y);
    notes(page, layout, y);
    return page;
  }

 private:
  struct box {
    double along = 0, across = 0, size = 0, slot = 0;
    double out = 0, in = 0;  ///< how far along its side links are already fixed
    bool drawn = false;
  };
  struct placement : std::vector<box> {
    double per_count = 0, thickness = 12;
    double last_along = 0, last_across = 0;
  };

  /// What flows through a node: the larger of what is drawn in and out.
  static std::vector<std::uint64_t> through(flow_layout const& layout) {
    std::vector<std::uint64_t> in(layout.layer_of.size()), out(in.size());
    for (auto const* edges : {&layout.forward, &layout.back})
      for (auto const& edge : *edges) {
        in[edge.to] += *edge.count;
        out[edge.from] += *edge.count;
      }
    for (std::size_t i = 0; i < in.size(); ++i) in[i] = std::max(in[i], out[i]);
    return in;
  }

  placement place(flow_layout const& layout, bool wide, double width) const {
    placement placed;
    placed.resize(layout.layer_of.size());
    auto const flows = through(layout);
    std::uint64_t most = 1;
    for (auto const& layer : layout.layers) {
      std::uint64_t sum = 0;
      for (std::size_t const node : layer) sum += flows[node];
      most = std::max(most, sum);
    }
    double const across = wide ? 260 : width - 60, gap = wide ? 12 : 8;
    placed.per_count = (wide ? 210 : 190) / static_cast<double>(most);
    auto const layers = static_cast<double>(layout.layers.size());
    double const step = wide ? (width - 92) / std::max(layers - 1, 1.0) : 78;
    for (std::size_t layer = 0; layer < layout.layers.size(); ++layer) {
      auto const& nodes = layout.layers[layer];
      auto const count = static_cast<double>(nodes.size());
      double const least = wide ? 34 : (across - gap * (count - 1)) / std::max(count, 1.0) * 0.6;
      double used = 0;
      for (std::size_t const node : nodes) {
        auto& one = placed[node];
        one.drawn = true;
        one.size = std::max(static_cast<double>(flows[node]) * placed.per_count, 2.0);
        one.slot = std::max(one.size, least);
        used += one.slot + gap;
      }
      double const share = wide ? 0 : std::max((across + gap - used) / std::max(count, 1.0), 0.0);
      double at = wide ? 16 : 30;
      for (std::size_t const node : nodes) {
        auto& one = placed[node];
        one.slot += share;
        one.along = (wide ? 2 : 6) + step * static_cast<double>(layer);
        one.across = at;
        at += one.slot + gap;
        placed.last_across = std::max(placed.last_across, at);
      }
      placed.last_along = std::max(placed.last_along, placed[nodes.empty() ? 0 : nodes[0]].along);
    }
    return placed;
  }
  static double placed_height(placement const& placed, bool wide) {
    return wide ? placed.last_across : placed.last_along + 52;
  }

  static std::string point(bool wide, double along, double across) {
    return wide ? fmt::format("{:.1f} {:.1f}", along, across)
                : fmt::format("{:.1f} {:.1f}", across, along);
  }
  std::string tip(published_edge const& edge) const {
    return show(flow_.nodes()[edge.from].name, 200).text + " \xE2\x86\x92 " +
           show(flow_.nodes()[edge.to].name, 200).text + ": " + fmt::format_int(*edge.count).str();
  }

  /// Links leave in the order in which their ends stand, so that few cross.
  void links(canvas& page, flow_layout const& layout, placement& placed) const {
    auto edges = layout.forward;
    std::stable_sort(edges.begin(), edges.end(), [&](auto const& a, auto const& b) {
      return std::pair(placed[a.to].across, placed[a.from].across) <
             std::pair(placed[b.to].across, placed[b.from].across);
    });
    std::vector<double> enters(edges.size());
    std::vector<std::size_t> order(edges.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return placed[edges[a].from].across < placed[edges[b].from].across;
    });
    for (std::size_t const i : order) {
      double const thick = static_cast<double>(*edges[i].count) * placed.per_count;
      enters[i] = placed[edges[i].to].across + placed[edges[i].to].in + thick / 2;
      placed[edges[i].to].in += thick;
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
      auto& from = placed[edges[i].from];
      auto const& to = placed[edges[i].to];
      double const thick = static_cast<double>(*edges[i].count) * placed.per_count;
      double const leaves = from.across + from.out + thick / 2;
      from.out += thick;
      double const begin = from.along + placed.thickness, end = to.along, bend = (begin + end) / 2;
      bool const wide = page.wide();
      page.path("M" + point(wide, begin, leaves) + " C" + point(wide, bend, leaves) + " " +
                    point(wide, bend, enters[i]) + " " + point(wide, end, enters[i]),
                "link", std::max(thick, 1.0), tip(edges[i]));
    }
  }

  void draw_node(canvas& page, flow_layout const& layout, placement const& placed,
                 std::size_t node) const {
    auto const& one = placed[node];
    auto const& what = flow_.nodes()[node];
    if (!one.drawn || (!what.contacts && one.size <= 2.0 && node > published_flow::end)) return;
    bool const wide = page.wide(), ours = node <= published_flow::end;
    char const* const kind = ours ? "edge-node" : "node";
    std::string const label = show(what.name, 200).text;
    if (wide)
      page.rect(one.along, one.across, placed.thickness, one.size, kind, label);
    else
      page.rect(one.across, one.along, one.size, placed.thickness, kind, label);
    double const x = wide ? one.along + placed.thickness + 5 : one.across;
    double const y = wide ? one.across + 12 : one.along + placed.thickness + 14;
    double const room = wide ? label_room(layout, placed, node, page.width()) : one.slot;
    page.name(x, y, room, what.name, "halo strong");
    if (what.contacts)
      page.value(x, y + 15, figure::count(*what.contacts), "halo small");
    else
      page.name(x, y + 15, room, words(what.contacts.why()), "halo small");
  }
  static double label_room(flow_layout const& layout, placement const& placed, std::size_t node,
                           double width) {
    std::size_t const layer = layout.layer_of[node];
    double const next =
        layer + 1 < layout.layers.size() ? placed[layout.layers[layer + 1].front()].along : width;
    return next - placed[node].along - placed.thickness - 9;
  }

  /// Flows that go back, each in a lane of its own behind the nodes.
  double lanes(canvas& page, flow_layout const& layout, placement& placed, double y) const {
    double lane = page.wide() ? y : page.width() - 4;
    for (auto const& edge : layout.back) {
      double const thick =
          std::clamp(static_cast<double>(*edge.count) * placed.per_count, 1.0, 9.0);
      auto& from = placed[edge.from];
      auto& to = placed[edge.to];
      double const leaves = from.across + std::min(from.out, from.size) - 0.5;
      double const enters = to.across + std::min(to.in, to.size) - 0.5;
      double const begin = from.along + placed.thickness, end = to.along, turn = 16;
      bool const wide = page.wide();
      double const at = wide ? lane + thick / 2 : lane - thick / 2;
      page.path("M" + point(wide, begin, leaves) + " C" + point(wide, begin + turn, leaves) + " " +
                    point(wide, begin + turn, at) + " " + point(wide, begin, at) + " L" +
                    point(wide, end, at) + " C" + point(wide, end - turn, at) + " " +
                    point(wide, end - turn, enters) + " " + point(wide, end, enters),
                "back", thick, tip(edge));
      lane += wide ? thick + 4 : -(thick + 2);
    }
    return page.wide() ? lane + 6 : y;
  }

  void notes(canvas& page, flow_layout const& layout, double y) const {
    auto const say = [&](std::string const& what) {
      y += 17;
      page.name(0, y, page.width(), what, "tick");
    };
    if (!layout.back.empty()) say("orange: back to an earlier step");
    std::uint64_t repeats = 0;
    for (auto const count : layout.loops) repeats += count;
    if (repeats > 0) say(fmt::format("{} direct repeats not drawn", repeats));
    if (layout.thin > 0)
      say(fmt::format("other: {} thin edges, {} transitions", layout.thin, layout.thin_count));
    if (flow_.withheld() > 0) say(fmt::format("{} edges withheld", flow_.withheld()));
    page.height(y + 8);
  }

  published_flow const& flow_;
};

}  // namespace detail

/// The Sankey diagram of what `publish_flow` made.
template <class Shown>
chart flow_chart(Shown const& shown, std::string title) {
  static_assert(std::is_same_v<Shown, published_flow>,
                "cxm::flow_chart: takes what may be shown; cxm::publish_flow(flow, min_people{5}) "
                "makes it");
  if constexpr (std::is_same_v<Shown, published_flow>) {
    std::string words =
        fmt::format("How journeys flow over {} touchpoints",
                    shown.nodes().size() - 2 + shown.merged() - (shown.merged() > 0 ? 1 : 0));
    if (shown.journeys()) words += fmt::format(", {} journeys", *shown.journeys());
    detail::flow_picture const picture(shown);
    return detail::chart_maker::make(std::move(title), words + ". The table lists the edges.",
                                     [&](bool wide) { return picture.draw(wide); });
  }
}

}  // namespace cxm
