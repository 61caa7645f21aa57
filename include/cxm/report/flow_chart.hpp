// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The ways that journeys take, as a Sankey diagram from top to bottom. Blue flows go forward,
/// orange ones back; dashed are edges whose count is withheld, and thin ones are counted below.

#include <cxm/report/chart.hpp>
#include <cxm/report/detail/canvas.hpp>
#include <cxm/report/detail/flow_layout.hpp>
#include <cxm/report/detail/flow_placement.hpp>
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

class flow_picture {
 public:
  explicit flow_picture(published_flow const& flow) : flow_(flow) {}

  canvas draw(bool wide) const {
    canvas page(wide);
    flow_layout const layout(flow_, 14, wide ? 5 : 3, 0.02);
    flow_placement placed(flow_, layout, page.width());
    links(page, layout, placed);
    unknown_links(page, layout, placed);
    lanes(page, layout, placed);
    for (std::size_t node = 0; node < placed.size(); ++node) draw_node(page, placed, node);
    notes(page, layout, placed.bottom());
    return page;
  }

 private:
  std::string tip(published_edge const& edge) const {
    return show(flow_.nodes()[edge.from].name, 200).text + " \xE2\x86\x92 " +
           show(flow_.nodes()[edge.to].name, 200).text + ": " +
           (edge.count ? fmt::format_int(*edge.count).str() : words(edge.count.why()));
  }
  static std::string curve(double x1, double y1, double x2, double y2) {
    double const bend = (y1 + y2) / 2;
    return fmt::format("M{:.1f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", x1, y1, x1,
                       bend, x2, bend, x2, y2);
  }

  /// A band as wide as its flow from end to end.
  static std::string ribbon(double x1, double y1, double x2, double y2, double width) {
    double const half = width / 2;
    std::string const back = curve(x2 + half, y2, x1 + half, y1);
    return curve(x1 - half, y1, x2 - half, y2) + " L" + back.substr(1) + " Z";
  }

  /// Links leave in the order in which their ends stand, so that few cross.
  void links(canvas& page, flow_layout const& layout, flow_placement& placed) const {
    auto edges = layout.forward;
    std::stable_sort(edges.begin(), edges.end(), [&](auto const& a, auto const& b) {
      return std::pair(placed[a.to].x, placed[a.from].x) <
             std::pair(placed[b.to].x, placed[b.from].x);
    });
    std::vector<double> enters(edges.size());
    std::vector<std::size_t> order(edges.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return placed[edges[a].from].x < placed[edges[b].from].x;
    });
    for (std::size_t const i : order) {
      auto& to = placed[edges[i].to];
      double const thick = placed.thick(*edges[i].count);
      enters[i] = to.x + to.in + thick / 2;
      to.in += thick;
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
      auto& from = placed[edges[i].from];
      double const thick = placed.thick(*edges[i].count);
      double const leaves = from.x + from.out + thick / 2;
      from.out += thick;
      page.path(ribbon(leaves, from.y + placed.thickness, enters[i], placed[edges[i].to].y,
                       std::max(thick, 1.0)),
                "link", 0, tip(edges[i]));
    }
  }
  /// Withheld edges are known to be there, not how thick they are.
  void unknown_links(canvas& page, flow_layout const& layout, flow_placement const& placed) const {
    for (auto const& edge : layout.unknown) {
      auto const& from = placed[edge.from];
      auto const& to = placed[edge.to];
      double const turn = from.y < to.y ? 0 : 8;
      page.path(curve(from.x + std::max(from.width - 3, 1.0), from.y + placed.thickness + turn,
                      to.x + std::max(to.width - 3, 1.0), to.y - turn),
                "unknown", 0, tip(edge));
    }
  }
  /// Flows that go back, each in a lane of its own on the right; above the boxes, for below them
  /// are labels.
  void lanes(canvas& page, flow_layout const& layout, flow_placement const& placed) const {
    double lane = page.width() - 3;
    for (auto const& edge : layout.back) {
      auto const& from = placed[edge.from];
      auto const& to = placed[edge.to];
      double const thick = std::clamp(placed.thick(*edge.count), 1.0, 4.0);
      double const leaves = from.x + std::max(from.width - 3, 1.0);
      double const enters = to.x + std::max(to.width - 9, 1.0);
      std::string const start = fmt::format("M{:.1f} {:.1f} ", leaves, from.y);
      auto const curve = [](double x1, double y1, double x2, double y2, double x, double y) {
        return fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f} ", x1, y1, x2, y2, x, y);
      };
      if (from.y == to.y) {  // aside
        page.path(start + curve(leaves, from.y - 24, enters, to.y - 24, enters, to.y), "back",
                  thick, tip(edge));
        continue;
      }
      page.path(start + curve(leaves, from.y - 14, lane, from.y, lane, from.y - 18) +
                    fmt::format("L{:.1f} {:.1f} ", lane, to.y) +
                    curve(lane, to.y - 22, enters, to.y - 22, enters, to.y),
                "back", thick, tip(edge));
      lane -= thick + 2;
    }
  }

  void draw_node(canvas& page, flow_placement const& placed, std::size_t node) const {
    auto const& one = placed[node];
    auto const& what = flow_.nodes()[node];
    page.rect(one.x, one.y, one.width, placed.thickness,
              node <= published_flow::end ? "edge-node" : "node", show(what.name, 200).text);
    double const y = one.y + placed.thickness + 14;
    page.name(one.x, y, one.slot, what.name.empty() ? "(empty)" : what.name, "halo strong");
    page.value(
        one.x, y + 15,
        {what.contacts.transform([](auto n) { return static_cast<double>(n); }), unit::count, 0},
        "halo small");
  }

  void notes(canvas& page, flow_layout const& layout, double y) const {
    auto const say = [&](std::string const& what) {
      y += 17;
      page.name(0, y, page.width(), what, "tick");
    };
    if (!layout.back.empty()) say("orange: back, or aside on one level");
    std::uint64_t repeats = 0;
    for (auto const count : layout.loops) repeats += count;
    if (repeats > 0) say(fmt::format("{} direct repeats not drawn", repeats));
    if (layout.thin > 0)
      say(fmt::format("other: {} thin edges, {} transitions", layout.thin, layout.thin_count));
    if (flow_.withheld() > 0) say(fmt::format("dashed: {} edges withheld", flow_.withheld()));
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
