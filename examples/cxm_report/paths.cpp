// SPDX-License-Identifier: BSL-1.0
//
// paths: touchpoints, what follows what and after how long, and the variants. A flow graph and the
// variants, in one pass over the journey store.
#include <cxm/path/flow_graph.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/path/variants.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/quantiles.hpp>

#include "commands.hpp"
#include "contacts.hpp"
#include "options.hpp"
#include "output.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace report {

namespace {

constexpr cxm::at_most exactly_all{UINT64_MAX};  // an answer for outside checks is never capped

/// The time of an edge: the wait since the latest end where ends are known, else from start to
/// start.
struct edge_time {
  bool has_ends;
  template <class Transition>
  auto operator()(Transition const& step) const {
    return has_ends ? cxm::waiting_time(step) : cxm::between_starts(step);
  }
};

auto plan(contact_table const& table) {
  return cxm::all(cxm::flow_graph(cxm::all(cxm::moments(), cxm::quantiles()),
                                  cxm::timed_by{edge_time{table.has_ends}}, exactly_all),
                  cxm::variants(cxm::count(), exactly_all));
}

/// What the command shows, in its order.
template <class Result>
struct path_summary {
  row_counts const& counts;
  cxm::symbols const& names;
  std::uint64_t events;
  std::size_t top;
  Result result;

  auto const& flow() const { return std::get<0>(result); }
  auto const& variants() const { return std::get<1>(result); }
  auto touchpoints() const { return cxm::most_frequent(flow().touchpoints, SIZE_MAX); }
  auto edges() const {
    return cxm::most_frequent(flow().edges, SIZE_MAX, [](auto const& edge) { return edge.count; });
  }
  auto top_variants() const { return cxm::most_frequent(variants(), top); }
  cxm::maybe<double> share(std::uint64_t journeys) const {
    return cxm::share_of(journeys, flow().journeys).value;
  }
};

// --- JSON ---------------------------------------------------------------------------------------

template <class Groups>
void write_counts(cxm::json_writer& json, std::string_view name, cxm::symbols const& names,
                  Groups const& groups) {
  json.key(name).begin_object();
  for (auto const& [touchpoint, count] : groups) json.member(names[touchpoint], count);
  json.end_object();
}

template <class Edge>
void write_edge(cxm::json_writer& json, cxm::symbols const& names, Edge const& edge) {
  auto const& [from, to] = edge.key;
  auto const& [moments, values] = edge.result.wait;
  json.begin_object();
  json.member("from", names[from]).member("to", names[to]);
  json.member("count", edge.result.count).member("journeys", edge.result.journeys);
  json.member("mean_seconds", seconds(moments.mean))
      .member("median_seconds", seconds(values.median()));
  json.member("overlaps", edge.result.overlaps);
  json.end_object();
}

template <class Summary>
void write_variants(cxm::json_writer& json, Summary const& found) {
  json.key("variants").begin_object();
  json.member("distinct", found.variants().size());
  json.key("top").begin_array();
  for (auto const& [path, count] : found.top_variants()) {
    std::vector<std::string_view> texts;
    for (auto const touchpoint : path) texts.push_back(found.names[touchpoint]);
    json.begin_object().key("path").numbers(texts);
    json.member("count", count).member("share", found.share(count)).end_object();
  }
  json.end_array().end_object();
}

template <class Summary>
std::string to_json(Summary const& found) {
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  found.counts.write(json);
  json.member("journeys", found.flow().journeys).member("events", found.events);
  json.key("touchpoints").begin_array();
  for (auto const& [touchpoint, count] : found.touchpoints())
    json.begin_object().member("name", found.names[touchpoint]).member("count", count).end_object();
  json.end_array();
  write_counts(json, "start", found.names, found.flow().starts);
  write_counts(json, "end", found.names, found.flow().ends);
  json.key("edges").begin_array();
  for (auto const& edge : found.edges()) write_edge(json, found.names, edge);
  json.end_array();
  write_variants(json, found);
  return json.end_object().text() + "\n";
}

// --- The tables for people ----------------------------------------------------------------------

template <class Summary>
std::string edge_table(Summary const& found) {
  using enum cxm::alignment;
  cxm::text_table table({{"from"},
                         {"to"},
                         {"count", right},
                         {"journeys", right},
                         {"mean", right},
                         {"median", right},
                         {"overlaps", right}});
  auto const edges = found.edges();
  for (std::size_t i = 0; i < std::min(found.top, edges.size()); ++i) {
    auto const& [from, to] = edges[i].key;
    auto const& edge = edges[i].result;
    auto const& [moments, values] = edge.wait;
    table.add_row({std::string(found.names[from]), std::string(found.names[to]), shown(edge.count),
                   shown(edge.journeys), shown_time(seconds(moments.mean)),
                   shown_time(seconds(values.median())), shown(edge.overlaps)});
  }
  return table.text();
}

template <class Summary>
std::string variant_table(Summary const& found) {
  using enum cxm::alignment;
  cxm::text_table table({{"count", right}, {"share", right}, {"path", left, 120}});
  for (auto const& [path, count] : found.top_variants()) {
    std::string text;
    for (auto const touchpoint : path) {
      if (!text.empty()) text += " > ";
      text += found.names[touchpoint];
      if (text.size() > 1000) break;  // more than is shown
    }
    table.add_row({shown(count), percent(found.share(count)), text});
  }
  return table.text();
}

template <class Summary>
std::string to_table(Summary const& found) {
  using enum cxm::alignment;
  cxm::text_table touchpoints(
      {{"touchpoint"}, {"count", right}, {"starts", right}, {"ends", right}});
  for (auto const& [touchpoint, count] : found.touchpoints()) {
    auto const journeys_in = [one = touchpoint](auto const& groups) {
      auto const* number = groups.find(one);
      return number != nullptr ? shown(*number) : std::string("0");
    };
    touchpoints.add_row({std::string(found.names[touchpoint]), shown(count),
                         journeys_in(found.flow().starts), journeys_in(found.flow().ends)});
  }
  return shown(found.flow().journeys) + " journeys, " + shown(found.events) + " events, " +
         shown(std::uint64_t{found.variants().size()}) + " variants, " +
         shown(std::uint64_t{found.flow().edges.size()}) + " edges\n\n" + touchpoints.text() +
         "\n" + edge_table(found) + "\n" + variant_table(found) + "\n" + found.counts.text();
}

}  // namespace

void paths(std::vector<std::string> const& arguments) {
  auto known = contact_options();
  known.emplace_back("--top");
  options const given("paths", arguments, known, {"--collapse-repeats"});
  auto const top = given.integer("--top").value_or(10);
  if (top < 0) throw usage_error("--top: must not be negative");
  auto const table = load_contacts(given);
  auto const found = reconstructed(table, given);
  auto const result = cxm::measure(found, plan(table)).result();
  path_summary<decltype(cxm::measure(found, plan(table)).result())> const summary{
      table.counts, table.touchpoints, found.events(), static_cast<std::size_t>(top), result};
  deliver(
      given, [&] { return to_json(summary); }, [&] { return to_table(summary); });
}

}  // namespace report
