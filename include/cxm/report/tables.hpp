// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `tabulate` for flows, distributions and profiles: the numbers beside their charts.

#include <cxm/report/distribution.hpp>
#include <cxm/report/figure_table.hpp>
#include <cxm/report/flow.hpp>
#include <cxm/report/profile.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace cxm {

/// The edges that may be shown, the commonest first, at most `most` of them; what is left out is
/// counted below.
inline figure_table tabulate(published_flow const& flow, std::string title = {},
                             std::size_t most = 15) {
  std::vector<published_edge> edges;
  for (auto const& edge : flow.edges())
    if (edge.count) edges.push_back(edge);
  std::stable_sort(edges.begin(), edges.end(),
                   [](auto const& a, auto const& b) { return *a.count > *b.count; });
  std::size_t const shown = std::min(most, edges.size());
  std::vector<figure_table::row> rows;
  for (std::size_t i = 0; i < shown; ++i)
    rows.push_back({{flow.nodes()[edges[i].from].name, flow.nodes()[edges[i].to].name},
                    {figure::count(*edges[i].count)},
                    false});
  std::string note;
  if (edges.size() > shown) note = fmt::format("{} more edges not listed", edges.size() - shown);
  if (flow.withheld() > 0)
    note += fmt::format(
        "{}{} edges withheld: fewer than {} journeys, or could be calculated "
        "from the others",
        note.empty() ? "" : "; ", flow.withheld(), flow.least());
  return detail::tabulator::make(std::move(title), {"from", "to"}, {{"count", "count"}},
                                 std::move(rows), std::move(note));
}

/// The quantiles, and how many values.
inline figure_table tabulate(published_distribution const& shown, std::string title = {}) {
  std::vector<figure_table::row> rows;
  for (auto const& one : shown.quantiles())
    rows.push_back({{one.share == 0.5 ? std::string("median")
                                      : fmt::format("{:.0f} % within", 100 * one.share)},
                    {one.value},
                    false});
  rows.push_back(
      {{"n"},
       {{shown.n().transform([](auto n) { return static_cast<double>(n); }), unit::count, 0}},
       false});
  return detail::tabulator::make(std::move(title), {"quantile"}, {{"value", "value"}},
                                 std::move(rows), {});
}

/// The effects, a row a segment.
inline figure_table tabulate(published_profile const& shown, std::string title = {}) {
  std::vector<figure_column> columns{{"n", "n"}};
  for (auto const& feature : shown.features()) columns.push_back({feature, feature});
  std::vector<figure_table::row> rows;
  for (std::size_t s = 0; s < shown.segments().size(); ++s) {
    figure const people{shown.people(s).transform([](auto n) { return static_cast<double>(n); }),
                        unit::count, 0};
    rows.push_back({{shown.segments()[s]}, {people}, false});
    for (std::size_t f = 0; f < shown.features().size(); ++f) {
      figure effect = shown.effect(f, s);
      effect.in = unit::points;
      rows.back().figures.push_back(effect);
    }
  }
  return detail::tabulator::make(std::move(title), {"segment"}, std::move(columns), std::move(rows),
                                 {});
}

}  // namespace cxm
