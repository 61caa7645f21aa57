// SPDX-License-Identifier: BSL-1.0
//
// The report of the bundled story: its records through the same sections as any file, and what
// examples/story finds in them beside.
#include "../story/findings.hpp"
#include "../story/needs.hpp"
#include "../story/simulate.hpp"
#include "page_of.hpp"

#include <string>
#include <utility>
#include <vector>

namespace report {

namespace {

cxm::symbols touchpoint_names() {
  cxm::symbols names;
  for (int i = 0; i <= static_cast<int>(story::touchpoint::complaint); ++i)
    names.id_of(story::name_of(static_cast<story::touchpoint>(i)));
  return names;
}
date day_of(story::instant time) {
  return date(std::chrono::floor<std::chrono::days>(time).time_since_epoch());
}

/// Contacts as the command would have read them: those of orders, a case each, or all of them by
/// customer.
contact_table events_of(story::records const& all, bool orders) {
  contact_table table;
  table.touchpoints = touchpoint_names();
  table.has_ends = true;
  for (auto const& one : all.contacts) {
    table.counts.use();
    if (orders && !one.order) continue;
    contact row{orders ? *one.order : one.customer, static_cast<std::uint32_t>(one.touchpoint),
                one.time, one.end, day_of(one.end)};
    row.partner = orders ? one.customer : one.order.value_or(contact::no_id);
    if (one.promised) {
      row.promised = *one.promised;
      row.promised_date = day_of(*one.promised);
    }
    table.rows.push_back(row);
  }
  table.latest = all.until;
  table.latest_date = day_of(all.until);
  return table;
}

/// The answers to one of the two questions.
answer_table answers_of(story::records const& all, std::optional<int> story::answer::*question) {
  answer_table table;
  table.touchpoints = touchpoint_names();
  for (auto const& one : all.answers) {
    if (!(one.*question)) continue;
    answer row;
    row.customer = one.customer;
    row.order = one.order.value_or(contact::no_id);
    row.time = one.time;
    row.day = day_of(one.time);
    if (one.touchpoint) row.touchpoint = static_cast<std::uint32_t>(*one.touchpoint);
    row.score = *(one.*question);
    table.counts.use();
    table.rows.push_back(row);
  }
  table.has_touchpoints = true;
  return table;
}

survey survey_of(std::string name, std::vector<std::string> const& arguments, answer_table table) {
  options const given("story", arguments, {"--scale", "--metric"}, {});
  question const asked(given);
  auto const interval = interval_of(asked.metric, given);
  return {std::move(name), metric_of(asked, interval, given), cxm::better::high, interval,
          std::move(table)};
}

cxm::figure as_figure(double value, cxm::unit in) {
  return {value, in, 0};
}
cxm::sentence told(story::finding const& found, cxm::unit in, double scale, std::string before,
                   std::string after, std::string against, std::string end) {
  auto const& here = found.here;
  return {std::move(before),
          cxm::quoted{found.where},
          std::move(after),
          as_figure(scale * here.value, in),
          " (",
          as_figure(scale * here.low, in),
          " to ",
          as_figure(scale * here.high, in),
          std::move(against),
          as_figure(scale * found.elsewhere.value, in),
          std::move(end)};
}

/// What the company's own figures don't show.
void add_findings(page_parts& parts, story::records const& all) {
  auto const orders = story::orders_of(all.contacts);
  for (auto const& one : story::slow_departments(orders))
    parts.attention.push_back(told(one, cxm::unit::seconds, 3600, "Orders lie before ",
                                   " takes them up: ", "), against ",
                                   " before the other departments."));
  for (auto const& one : story::broken_windows(orders, all.until, 0.10))
    parts.attention.push_back(
        told(one, cxm::unit::share, 1, "The ", " is missed in ", "), where ", " are tolerated."));
  for (auto const& one : story::green_but_red(all.contacts, all.answers, 0.90))
    parts.attention.push_back(told(one, cxm::unit::share, 1, "Green figure, red customer: ",
                                   " meets its target, and satisfies ", "), against ",
                                   " at the others."));
}

void add_needs(page_parts& parts, story::records const& all, showing const& how) {
  auto const lives = story::lives_of(all.contacts);
  auto const table = story::features_of(lives);
  add_segments(
      parts, table, {"monthly bill", "help a month", "share on screen"},
      "customers with six bills and more",
      [&](auto const& model, cxm::section& made) {
        auto const scores =
            cxm::publish(story::scores_by_need(lives, all.answers, cxm::field<"segment">(model)),
                         how.least, segment_names("(fewer bills)"));
        made.add(cxm::score_chart(scores, "NPS by segment"));
        made.add(cxm::tabulate(scores));
      },
      how);
}

}  // namespace

found_report of_story(showing const& how) {
  auto const all = story::simulate({});
  options const given("story", {"--goal", "arrival", "--promise", "promised"},
                      {"--goal", "--promise", "--gap", "--start-on", "--end-on", "--promise-by",
                       "--collapse-repeats"},
                      {});
  auto const orders = events_of(all, true);
  auto const lived = reconstructed(orders, given);
  auto const recommend = survey_of("NPS", {"--scale", "0:10", "--metric", "nps"},
                                   answers_of(all, &story::answer::recommend));
  auto const rating = survey_of("Satisfaction", {"--scale", "1:5", "--metric", "csat"},
                                answers_of(all, &story::answer::rating));
  found_report found{cxm::page("")};
  found.events = orders.counts;
  found.answers = recommend.table.counts;
  found.answers->add(rating.table.counts);
  auto every = recommend.table.rows;
  every.insert(every.end(), rating.table.rows.begin(), rating.table.rows.end());
  found.joined = joined(lived, every, true, std::chrono::hours(30 * 24)).counts();

  page_parts parts;
  add_findings(parts, all);
  add_score(parts, recommend, how);
  add_score(parts, rating, how);
  add_touchpoints(parts, rating, how);
  add_trend(parts, recommend, how);
  add_times(parts, orders, lived, given, how);
  add_promises(parts, orders, lived, given, how);
  auto const everything = events_of(all, false);
  options const cut("story", {"--gap", "14d"},
                    {"--gap", "--start-on", "--end-on", "--collapse-repeats"}, {});
  add_flow(parts, everything, reconstructed(everything, cut), how);
  add_needs(parts, all, how);
  finish(found, std::move(parts), "A broadband provider, 2025",
         "The bundled story: all people in it are invented.", how);
  return found;
}

}  // namespace report
