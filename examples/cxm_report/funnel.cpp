// SPDX-License-Identifier: BSL-1.0
//
// funnel: how many customers, or cases, get from step to step, and after how long.
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/row_policies.hpp>
#include <cxm/path/funnel.hpp>
#include <cxm/path/funnel_policies.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/quantiles.hpp>

#include "commands.hpp"
#include "contacts.hpp"
#include "options.hpp"
#include "output.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace report {

namespace {

/// One step as it is shown.
struct step_shown {
  std::string name;
  std::uint64_t count = 0;
  cxm::maybe<double> conversion, overall, median;
  cxm::maybe<cxm::bounded_interval> interval;
};

struct funnel_shown {
  row_counts const& counts;
  std::vector<step_shown> steps;
};

/// A touchpoint that the file does not have is a step that nobody takes.
std::vector<std::uint32_t> numbered(contact_table const& table,
                                    std::vector<std::string> const& names) {
  std::vector<std::uint32_t> steps;
  for (auto const& name : names) steps.push_back(table.touchpoints.find(name).value_or(UINT32_MAX));
  return steps;
}

template <class... Policies>
std::vector<step_shown> counted(contact_table const& table, std::vector<std::string> const& names,
                                Policies... policies) {
  // All events of a customer, or of a case, are one journey here, whatever cuts it elsewhere.
  auto const found =
      cxm::reconstruct(table.rows, contact_fields(), cxm::once_per(&contact::event_id));
  auto const result = cxm::measure(found, cxm::funnel(numbered(table, names), policies...,
                                                      cxm::timed(cxm::quantiles())))
                          .result();
  std::vector<step_shown> steps;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const& one = result.steps[i];
    steps.push_back({names[i], one.count, one.conversion.value, one.overall.value,
                     seconds(one.from_previous.median()), one.conversion.interval});
  }
  // Everybody at the first step is there.
  steps.front().conversion = steps.front().overall = 1.0;
  return steps;
}

/// The funnel in the order that `--mode` names; `policies` are its others.
template <class... Policies>
std::vector<step_shown> in_mode(std::string const& mode, contact_table const& table,
                                std::vector<std::string> const& names, Policies... policies) {
  if (mode == "strict") return counted(table, names, policies..., cxm::in_strict_sequence{});
  if (mode == "ordered") return counted(table, names, policies...);
  auto steps = counted(table, names, policies..., cxm::in_any_order{});
  for (auto& one : steps) one.median = cxm::reason::no_data;  // no step comes before another
  return steps;
}

std::string to_json(funnel_shown const& found) {
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  found.counts.write(json);
  json.key("steps").begin_array();
  for (auto const& one : found.steps) {
    json.begin_object().member("step", one.name).member("count", one.count);
    json.member("conversion", one.conversion).member("overall", one.overall);
    json.member("median_seconds_from_previous", one.median).end_object();
  }
  return json.end_array().end_object().text() + "\n";
}

std::string to_table(funnel_shown const& found) {
  using enum cxm::alignment;
  cxm::text_table table({{"step"},
                         {"count", right},
                         {"conversion", right},
                         {"low", right},
                         {"high", right},
                         {"overall", right},
                         {"median wait", right}});
  bool first = true;
  for (auto const& one : found.steps) {
    auto const end = [&](double cxm::interval::*which) {
      if (first || !one.interval.has_value()) return std::string("-");
      return percent((*one.interval).*which);
    };
    table.add_row({one.name, shown(one.count), percent(one.conversion), end(&cxm::interval::low),
                   end(&cxm::interval::high), percent(one.overall),
                   one.median.has_value() ? shown_time(one.median) : "-"});
    first = false;
  }
  return table.text() + "\n" + found.counts.text();
}

}  // namespace

void funnel_command(std::vector<std::string> const& arguments) {
  auto known = contact_options();
  for (char const* const name : {"--steps", "--window", "--mode"}) known.emplace_back(name);
  options const given("funnel", arguments, known, {"--mature"});
  auto const names = given.required_list("--steps");
  if (names.empty()) throw usage_error("--steps: names no step");
  auto const mode = given.one_of("--mode", {"ordered", "strict", "any"});
  auto const window = given.duration("--window").value_or(std::chrono::hours(7 * 24));
  auto const table = load_contacts(given);
  cxm::within const limit(window);
  funnel_shown const found{table.counts,
                           given.has("--mature")
                               ? in_mode(mode, table, names, limit, cxm::mature_until{table.latest})
                               : in_mode(mode, table, names, limit)};
  deliver(
      given, [&] { return to_json(found); }, [&] { return to_table(found); });
}

}  // namespace report
