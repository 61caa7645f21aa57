// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The sections of the report's page. Each is measured by one plan, made fit to be shown by the
/// minimum n, and added to the page with its headline numbers and with what needs attention.

#include <cxm/report/charts.hpp>
#include <cxm/report/page.hpp>
#include <cxm/segment.hpp>
#include <cxm/stats.hpp>

#include "answers.hpp"
#include "contacts.hpp"
#include "metrics.hpp"
#include "options.hpp"

#include <string>
#include <utility>
#include <vector>

namespace report {

/// A page as it grows: numbers on top, what to look at first, then the sections.
struct page_parts {
  std::vector<cxm::card> cards{};
  std::vector<cxm::sentence> attention{};
  std::vector<cxm::section> sections{};

  void attend(std::vector<cxm::sentence> more) {
    for (auto& one : more) attention.push_back(std::move(one));
  }
};

/// Answers and how they are measured.
struct survey {
  std::string name;  ///< of the score, as "NPS"
  any_metric metric;
  cxm::better good_end;
  std::string interval;
  answer_table table;
};

/// How everything is shown.
struct showing {
  cxm::min_people least;
  std::string every;  ///< month, week or day
};

/// The total score, and the score of each touchpoint that was answered about.
void add_score(page_parts& parts, survey const& asked, showing const& how);
void add_touchpoints(page_parts& parts, survey const& asked, showing const& how);
/// The score by the last touchpoint of the journey, for answers that don't name one.
template <class Joined>
void add_last_touchpoints(page_parts& parts, survey const& asked, Joined const& answers,
                          cxm::symbols const& names, showing const& how);
void add_trend(page_parts& parts, survey const& asked, showing const& how);

void add_times(page_parts& parts, contact_table const& table, journeys const& found,
               options const& given, showing const& how);
void add_promises(page_parts& parts, contact_table const& table, journeys const& found,
                  options const& given, showing const& how);
void add_flow(page_parts& parts, contact_table const& table, journeys const& found,
              showing const& how);

/// What became of the answers on their way to the journeys.
cxm::sentence fate_of(cxm::join_counts const& counts);
/// What became of the rows of a file.
cxm::sentence fate_of(std::string what, row_counts const& counts);

namespace detail {

/// "Touchpoints" from groups of scores that may be shown.
template <class Groups>
void add_groups(page_parts& parts, survey const& asked, Groups const& shown, std::string title,
                std::string said) {
  parts.attend(cxm::needs_attention(shown, asked.name, asked.good_end));
  parts.sections.emplace_back(std::move(title), cxm::sentence(std::move(said)),
                              cxm::score_chart(shown, asked.name + " by touchpoint"),
                              cxm::tabulate(shown));
}

}  // namespace detail

template <class Joined>
void add_last_touchpoints(page_parts& parts, survey const& asked, Joined const& answers,
                          cxm::symbols const& names, showing const& how) {
  auto const score = cxm::on(&answer::score, asked.metric);
  auto const found =
      cxm::measure(answers, cxm::all(score, cxm::by(cxm::of_journey(cxm::last_touchpoint), score)));
  auto const result = found.result();
  auto const label = [&](std::optional<std::uint32_t> at) {
    return at ? std::string(names[*at]) : std::string("(no journey)");
  };
  auto const shown = cxm::publish(std::get<1>(result), how.least, cxm::labelled{label},
                                  cxm::with_total{std::get<0>(result)});
  detail::add_groups(parts, asked, shown, "Touchpoints",
                     "The answers name no touchpoint: here they stand by the one at which their "
                     "journey was last.");
}

/// Members that are alike in some features: how they differ, and how they score. `score` gives the
/// groups of scores by the model that is found. No section without at least two groups of the
/// minimum.
template <class Table, class Score>
void add_segments(page_parts& parts, Table const& table, std::vector<std::string> features,
                  std::string who, Score const& score, showing const& how) {
  std::string const title = "Segments";
  if (table.rows() < 2 * how.least.n || table.rows() < 20) {
    parts.sections.emplace_back(title,
                                cxm::sentence("There are too few " + who + " to look for groups."));
    return;
  }
  auto const chosen =
      cxm::choose_k(table, 2, 6, cxm::seed{1}, cxm::restarts{4}, cxm::sample_above{1000});
  auto const& silhouette = chosen.silhouette();
  if (chosen.model.size() < 2 || !silhouette.mean) {
    parts.sections.emplace_back(title, cxm::sentence("All " + who + " are alike."));
    return;
  }
  auto const effects = cxm::publish_profile(
      cxm::effects_of(cxm::profile(table, chosen.model), {}, features), how.least);
  cxm::section made(
      title,
      cxm::sentence("The " + who + " in groups that are alike, as many as fit best; silhouette ",
                    cxm::figure{silhouette.mean, cxm::unit::number, 2},
                    *silhouette.mean < 0.25 ? ", below 0.25: there is no clear structure." : "."),
      cxm::profile_chart(effects, "What sets the segments apart"), cxm::tabulate(effects));
  score(chosen.model, made);
  parts.sections.push_back(std::move(made));
}

/// "segment 1", or what is said of those that have none.
inline auto segment_names(std::string none) {
  return cxm::labelled{[none](std::optional<std::uint32_t> segment) {
    return segment ? "segment " + std::to_string(*segment + 1) : none;
  }};
}

}  // namespace report
