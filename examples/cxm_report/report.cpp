// SPDX-License-Identifier: BSL-1.0
//
// report: one page of what the events and the answers say, as HTML that needs nothing else; the
// same numbers as JSON. Without events it is the page of the bundled story.
#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"
#include "page_of.hpp"
#include "sections.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace report {

namespace {

std::string name_of_metric(std::string const& metric) {
  if (metric == "nps") return "NPS";
  if (metric == "csat") return "CSAT";
  return metric == "mean" ? "Mean score" : "CES";
}

survey survey_of(options const& given) {
  if (!given.has("--metric"))
    throw usage_error("--metric: is needed: nps, csat, ces, ces_1 or mean");
  question const asked(given);
  auto const interval = interval_of(asked.metric, given);
  given.required("--score");
  return {name_of_metric(asked.metric),
          metric_of(asked, interval, given),
          asked.metric == "ces_1" ? cxm::better::low : cxm::better::high,
          interval,
          {}};
}

void refuse_without(options const& given, std::string const& needed,
                    std::vector<std::string> const& names) {
  for (auto const& name : names)
    if (name != needed && given.has(name)) throw usage_error(name + ": needs " + needed);
}

/// Scores of the answers, with and without their journeys.
void add_answers(page_parts& parts, found_report& found, survey const& asked,
                 contact_table const& table, journeys const& lived, party_names const& names,
                 options const& given, showing const& how) {
  auto const within = given.duration("--within").value_or(std::chrono::hours(30 * 24));
  auto const answers = joined(lived, asked.table.rows, names.keyed_by_case, within);
  found.joined = answers.counts();
  found.answers = asked.table.counts;
  add_score(parts, asked, how);
  if (asked.table.has_touchpoints)
    add_touchpoints(parts, asked, how);
  else
    add_last_touchpoints(parts, asked, answers, table.touchpoints, how);
  add_trend(parts, asked, how);
}

void add_segments_of(page_parts& parts, survey const* asked, journeys const& lived,
                     party_names const& names, options const& given, showing const& how) {
  auto const table = cxm::features(lived, cxm::cycle_time, cxm::contacts, cxm::zscore{});
  add_segments(
      parts, table, {"cycle time", "contacts"}, "journeys",
      [&](auto const& model, cxm::section& made) {
        auto const times =
            cxm::publish(cxm::measure(lived, cxm::by(cxm::field<"segment">(model),
                                                     cxm::on(cxm::cycle_time, cxm::moments())))
                             .result(),
                         how.least, segment_names("(none)"));
        made.add(cxm::tabulate(times, "Cycle time by segment"));
        if (asked == nullptr) return;
        auto const within = given.duration("--within").value_or(std::chrono::hours(30 * 24));
        auto const answers = joined(lived, asked->table.rows, names.keyed_by_case, within);
        auto const score = cxm::on(&answer::score, asked->metric);
        auto const by_segment =
            cxm::measure(
                answers,
                cxm::all(score, cxm::by(cxm::of_journey(cxm::field<"segment">(model)), score)))
                .result();
        auto const shown =
            cxm::publish(std::get<1>(by_segment), how.least, segment_names("(no journey)"),
                         cxm::with_total{std::get<0>(by_segment)});
        made.add(cxm::score_chart(shown, asked->name + " by segment"));
        made.add(cxm::tabulate(shown));
      },
      how);
}

/// The page of files.
found_report of_files(options const& given) {
  showing const how = showing_of(given);
  std::optional<survey> asked;
  if (given.has("--answers")) asked = survey_of(given);
  if (!asked) refuse_without(given, "--answers", answer_options());
  given.duration("--within");
  if (given.has("--promise-by") && !given.has("--promise"))
    throw usage_error("--promise-by: needs --promise");
  given.one_of("--promise-by", {"timestamp", "date"});
  party_names names;
  auto const table = load_contacts(given, names);
  if (asked) asked->table = load_answers(given, names);
  auto const lived = reconstructed(table, given);

  found_report found{cxm::page("")};
  found.events = table.counts;
  page_parts parts;
  if (asked)
    add_answers(parts, found, *asked, table, lived, names, given, how);
  else
    parts.sections.emplace_back(
        "Scores", cxm::sentence("No answers were given: --answers FILE shows scores."));
  add_times(parts, table, lived, given, how);
  add_promises(parts, table, lived, given, how);
  add_flow(parts, table, lived, how);
  add_segments_of(parts, asked ? &*asked : nullptr, lived, names, given, how);
  finish(found, std::move(parts), "Customer experience",
         cxm::sentence(cxm::figure::count(lived.events()), " contacts of ",
                       cxm::figure::count(lived.customers()),
                       names.keyed_by_case ? " cases." : " customers."),
         how);
  return found;
}

}  // namespace

void report_command(std::vector<std::string> const& arguments) {
  auto known = contact_options();
  std::erase(known, "--in");
  auto more = answer_options();
  more.insert(more.end(), {"--events", "--html", "--every", "--min-n"});
  known.insert(known.end(), more.begin(), more.end());
  options const given("report", arguments, known, {});
  auto const html = given.required("--html");
  if (html == "-" && given.text("--json") == "-")
    throw usage_error("--html: only one of --html and --json can be standard output");
  if (!given.has("--events")) {
    for (auto const& name : known)
      if (given.has(name) && name != "--html" && name != "--json" && name != "--min-n")
        throw usage_error(name + ": needs --events");
  }
  auto const found = given.has("--events") ? of_files(given) : of_story(showing_of(given));
  auto const json = given.has("--json") ? to_json(found) : std::string();
  write_text(html, found.page.html());
  if (auto const path = given.text("--json"))
    write_text(*path, json);
  else if (html != "-")
    write_text("-", to_text(found) + "wrote " + html + "\n");
}

}  // namespace report
