// SPDX-License-Identifier: BSL-1.0
//
// scores: NPS, CSAT, CES or a mean of a column, with its interval, in total and by group. One tally
// a group, chosen at run time out of one_of; the rows are streamed, none is kept.
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "output.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace report {

namespace {

/// A row as the plan sees it: the fields of the groups by position, and the answer.
struct answer_row {
  input const* fields;
  std::optional<double> answer;
  std::string_view operator[](std::size_t place) const { return fields->field(place); }
};

// --- JSON ---------------------------------------------------------------------------------------

void write_score(cxm::json_writer& json, cxm::score const& score) {
  json.member("n", score.n).member("missing", score.missing).member("invalid", score.invalid);
  json.member("value", score.value).member("se", score.standard_error);
  json.member("low", score.interval.transform([](auto const& ends) { return ends.low; }));
  json.member("high", score.interval.transform([](auto const& ends) { return ends.high; }));
}

/// A count of a score, withheld where its value is.
void write_count(cxm::json_writer& json, std::string_view name, cxm::score const& score,
                 std::uint64_t count) {
  json.member(name, score.value.transform([count](double) { return count; }));
}

using counts_of_points = cxm::maybe<std::vector<std::uint64_t>>;

void write_counts(cxm::json_writer& json, counts_of_points const& counts) {
  json.key("counts");
  if (counts)
    json.numbers(*counts);
  else
    json.value(nullptr).reason_of(counts.why());
}

void write_result(cxm::json_writer& json,
                  std::tuple<cxm::nps_score, counts_of_points> const& result) {
  auto const& [score, counts] = result;
  write_score(json, score);
  write_count(json, "promoters", score, score.promoters);
  write_count(json, "passives", score, score.passives);
  write_count(json, "detractors", score, score.detractors);
  write_counts(json, counts);
}
void write_result(cxm::json_writer& json,
                  std::tuple<cxm::csat_score, counts_of_points> const& result) {
  auto const& [score, counts] = result;
  write_score(json, score);
  write_count(json, "good", score, score.good);
  write_counts(json, counts);
}
void write_result(cxm::json_writer& json,
                  std::tuple<cxm::mean_score, cxm::maybe<double>, counts_of_points> const& result) {
  auto const& [score, median, counts] = result;
  write_score(json, score);
  json.member("median", median);
  write_counts(json, counts);
}
void write_any(cxm::json_writer& json, any_score const& score) {
  std::visit([&](auto const& result) { write_result(json, result); }, score);
}

template <class Groups>
std::string to_json(row_counts const& counts, question const& asked, std::string const& interval,
                    any_score const& total, Groups const& groups, bool grouped) {
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  counts.write(json);
  json.member("metric", asked.metric);
  json.key("scale").numbers(std::vector{asked.scale.low(), asked.scale.high()});
  json.member("interval", interval).member("confidence", asked.level.level());
  json.key("total").begin_object();
  write_any(json, total);
  json.end_object();
  if (grouped) {
    json.key("groups").begin_array();
    for (auto const& [key, result] : groups) {
      json.begin_object().key("key").numbers(key);
      write_any(json, result);
      json.end_object();
    }
    json.end_array();
  }
  return json.end_object().text() + "\n";
}

// --- The table for people -----------------------------------------------------------------------

void add_row(cxm::text_table& table, std::vector<std::string> cells, any_score const& any,
             bool share) {
  cxm::score const& score =
      std::visit([](auto const& result) -> cxm::score const& { return std::get<0>(result); }, any);
  int const decimals = std::get_if<5>(&any) != nullptr ? 2 : 1;
  double const unit = share ? 100 : 1;
  auto const scaled = [&](cxm::maybe<double> const& value) {
    return shown(value.transform([&](double x) { return unit * x; }), decimals);
  };
  cells.push_back(shown(score.n));
  cells.push_back(shown(score.missing));
  cells.push_back(shown(score.invalid));
  cells.push_back(scaled(score.value));
  cells.push_back(scaled(score.interval.transform([](auto const& ends) { return ends.low; })));
  cells.push_back(scaled(score.interval.transform([](auto const& ends) { return ends.high; })));
  table.add_row(cells);
}

template <class Groups>
std::string to_table(row_counts const& counts, question const& asked, std::string const& interval,
                     std::vector<std::string> const& names, any_score const& total,
                     Groups const& groups) {
  using enum cxm::alignment;
  bool const share = asked.metric == "csat";
  std::vector<cxm::table_column> columns;
  for (auto const& name : names) columns.push_back({name});
  if (names.empty()) columns.push_back({""});
  for (std::string const& name :
       {std::string("n"), std::string("missing"), std::string("invalid"),
        asked.metric + (share ? " %" : ""), std::string("low"), std::string("high")})
    columns.push_back({name, right});
  cxm::text_table table(columns);
  if (!names.empty())  // else there is one group, the total
    for (auto const& [key, result] : groups) add_row(table, key, result, share);
  std::vector<std::string> cells(std::max<std::size_t>(names.size(), 1));
  cells.front() = "total";
  add_row(table, cells, total, share);
  return table.text() + "\n" + counts.text() + "interval: " + interval + " at " +
         shown_shortest(100 * asked.level.level()) + " %\n";
}

}  // namespace

void scores(std::vector<std::string> const& arguments) {
  auto known = input::known_options();
  for (char const* const name : {"--score", "--scale", "--metric", "--good", "--bad", "--by",
                                 "--missing", "--interval", "--min-n"})
    known.emplace_back(name);
  options const given("scores", arguments, known, {});
  if (!given.has("--metric"))
    throw usage_error("--metric: is needed: nps, csat, ces, ces_1 or mean");
  std::string const score_column = given.required("--score");
  question const asked(given);
  std::string const interval = interval_of(asked.metric, given);
  any_metric const metric = metric_of(asked, interval, given);
  auto const missing = given.list("--missing"), by = given.list("--by");

  input file(given);
  std::size_t const place = file.column("--score", score_column);
  auto const answer = [](answer_row const& row) { return row.answer; };
  auto plan = cxm::bind<answer_row>(cxm::all(
      cxm::on(answer, metric), cxm::by(cxm::columns(file.columns("--by", by)),
                                       cxm::on(answer, metric), cxm::at_most{UINT64_MAX})));
  while (file.next()) {
    file.counts().use();
    plan.add(answer_row{&file, answer_in(file, place, missing)});
  }
  auto const result = plan.result();  // no bindings: clang 14 does not capture them
  auto const& total = std::get<0>(result);
  auto const& groups = std::get<1>(result);
  deliver(
      given, [&] { return to_json(file.counts(), asked, interval, total, groups, !by.empty()); },
      [&] { return to_table(file.counts(), asked, interval, by, total, groups); });
}

}  // namespace report
