// SPDX-License-Identifier: BSL-1.0
#include "sections.hpp"

#include <cxm/path.hpp>

#include "promises.hpp"

#include <fmt/format.h>

#include <chrono>

namespace report {

namespace {

/// The first day of the month, week or day.
struct period {
  std::string every;
  date operator()(date day) const {
    using namespace std::chrono;
    if (every == "week") return day - (weekday(day) - Monday);
    year_month_day const of(day);
    return every == "month" ? date(local_days(of.year() / of.month() / 1)) : day;
  }
  std::string label(date first) const {
    std::chrono::year_month_day const of(first);
    auto const month =
        fmt::format("{}-{:02}", static_cast<int>(of.year()), static_cast<unsigned>(of.month()));
    return every == "month" ? month
                            : fmt::format("{}-{:02}", month, static_cast<unsigned>(of.day()));
  }
};

auto label_in(cxm::symbols const& names) {
  return cxm::labelled{[&names](std::uint32_t at) {
    return at == contact::no_id ? std::string("(none)") : std::string(names[at]);
  }};
}

}  // namespace

void add_score(page_parts& parts, survey const& asked, showing const& how) {
  auto const total = cxm::measure(asked.table.rows, cxm::on(&answer::score, asked.metric));
  parts.cards.emplace_back(asked.name, cxm::publish(total.result(), how.least));
}

void add_touchpoints(page_parts& parts, survey const& asked, showing const& how) {
  auto const score = cxm::on(&answer::score, asked.metric);
  auto const found =
      cxm::measure(asked.table.rows,
                   cxm::all(score, cxm::by(cxm::field<"touchpoint">(&answer::touchpoint), score)));
  auto const result = found.result();
  auto const shown = cxm::publish(std::get<1>(result), how.least, label_in(asked.table.touchpoints),
                                  cxm::with_total{std::get<0>(result)});
  detail::add_groups(parts, asked, shown, "Touchpoints",
                     "How each touchpoint is lived, with the interval that its answers allow.");
}

void add_trend(page_parts& parts, survey const& asked, showing const& how) {
  auto const score = cxm::on(&answer::score, asked.metric);
  period const periods{how.every};
  auto const when = cxm::field<"period">([periods](answer const& one) { return periods(one.day); });
  auto const found = cxm::measure(asked.table.rows, cxm::all(score, cxm::by(when, score)));
  auto const result = found.result();
  auto const shown =
      cxm::publish(std::get<1>(result), how.least,
                   cxm::labelled{[periods](date first) { return periods.label(first); }},
                   cxm::with_total{std::get<0>(result)});
  parts.attend(cxm::needs_attention(shown, asked.name, asked.good_end));
  parts.sections.emplace_back("Over time", cxm::sentence("By the " + how.every + " of the answer."),
                              cxm::trend_chart(shown, asked.name + " by " + how.every),
                              cxm::tabulate(shown));
}

void add_times(page_parts& parts, contact_table const& table, journeys const& found,
               options const& given, showing const& how) {
  auto const goals = touchpoints_named(table, given.list("--goal"));
  auto const measured =
      cxm::measure(found, cxm::all(cxm::on(cxm::cycle_time, cxm::quantiles()),
                                   cxm::on(cxm::contacts, cxm::quantiles()),
                                   cxm::on(cxm::time_to{cxm::reached(goals)}, cxm::quantiles())));
  auto const result = measured.result();
  auto const times = cxm::publish_distribution(std::get<0>(result), how.least);
  auto const sizes = cxm::publish_distribution(std::get<1>(result), how.least);
  auto const& to_goal = std::get<2>(result);
  parts.cards.emplace_back("Journeys", cxm::figure::count(found.size()));
  if (!times.quantiles().empty())
    parts.cards.emplace_back("Cycle time, median", times.quantiles().front().value);
  cxm::section made(
      "Journeys",
      cxm::sentence(cxm::figure::count(found.size()), " journeys with ",
                    cxm::figure::count(found.events()),
                    " contacts: how long they take from the "
                    "first start to the latest end, and how many contacts they have."),
      cxm::distribution_chart(times, "Cycle time"), cxm::tabulate(times),
      cxm::distribution_chart(sizes, "Contacts of a journey"), cxm::tabulate(sizes));
  if (given.has("--goal")) {
    parts.cards.emplace_back("Reached the goal",
                             cxm::publish(cxm::share_of(to_goal.n(), found.size()), how.least));
    auto const shown = cxm::publish_distribution(to_goal, how.least);
    made.add(cxm::distribution_chart(shown, "Time to the goal"));
    made.add(cxm::tabulate(shown));
  }
  parts.sections.push_back(std::move(made));
}

void add_promises(page_parts& parts, contact_table const& table, journeys const& found,
                  options const& given, showing const& how) {
  if (!given.has("--promise")) {
    parts.sections.emplace_back(
        "Promises", cxm::sentence("No column of promises was named: --promise COL shows which "
                                  "were kept."));
    return;
  }
  period const periods{how.every};
  auto const begun = cxm::field<"begun">(
      [periods](auto const& journey) { return periods(cxm::first(&contact::end_date)(journey)); });
  with_promises(table, given, [&](auto const& plan) {
    auto const measured = cxm::measure(found, cxm::all(plan, cxm::by(begun, plan)));
    auto const result = measured.result();
    auto const all = cxm::publish(std::get<0>(result), how.least);
    auto const shown =
        cxm::publish(std::get<1>(result), how.least,
                     cxm::labelled{[periods](date first) { return periods.label(first); }},
                     cxm::with_total{std::get<0>(result)});
    parts.cards.emplace_back("Promises broken",
                             all.transform([](auto const& one) { return one.broken_share; }));
    parts.sections.emplace_back("Promises",
                                cxm::sentence("Kept, late, or broken without an end; by the " +
                                              how.every + " in which the journey began."),
                                cxm::promise_chart(all, "What became of promises"),
                                cxm::tabulate(shown));
  });
}

void add_flow(page_parts& parts, contact_table const& table, journeys const& found,
              showing const& how) {
  auto const measured = cxm::measure(found, cxm::flow_graph());
  auto const ways = cxm::publish_flow(measured.result(), how.least, label_in(table.touchpoints));
  parts.sections.emplace_back("Ways", cxm::sentence("Which contact follows which."),
                              cxm::flow_chart(ways, "From touchpoint to touchpoint"),
                              cxm::tabulate(ways));
}

cxm::sentence fate_of(cxm::join_counts const& counts) {
  auto const n = [](std::uint64_t count) { return cxm::figure::count(count); };
  return {n(counts.total()),          " answers: ",
          n(counts.matched()),        " belong to a journey (",
          n(counts.by_case),          " by their case, ",
          n(counts.by_customer),      " by their customer); ",
          n(counts.unmatched()),      " are unmatched (unknown case ",
          n(counts.unknown_case),     ", unknown customer ",
          n(counts.unknown_customer), ", out of time ",
          n(counts.out_of_time),      ", without a key ",
          n(counts.without_key),      "); ",
          n(counts.ambiguous()),      " are ambiguous (a case of several journeys ",
          n(counts.several_journeys), ", journeys with equal ends ",
          n(counts.equal_ends),       ")."};
}

cxm::sentence fate_of(std::string what, row_counts const& counts) {
  return {"Rows of " + std::move(what) + ": ", cxm::figure::count(counts.rows()), ", of which ",
          cxm::figure::count(counts.used()), " were used."};
}

}  // namespace report
