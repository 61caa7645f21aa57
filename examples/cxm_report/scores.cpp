// SPDX-License-Identifier: BSL-1.0
//
// scores: NPS, CSAT, CES or a mean of a column, with its interval, in total and by group. One tally
// a group and period, chosen at run time out of one_of, with weights or without; the rows are
// streamed, none is kept.
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/core/calendar.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/response.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "output.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace report {

namespace {

/// A row as the plan sees it: the fields of the groups by position, the answer, its weight, and
/// its period.
struct answer_row {
  input const* fields;
  std::optional<double> answer;
  double weight = 1;
  cxm::calendar_period period = {};
  std::string_view operator[](std::size_t place) const { return fields->field(place); }
};

/// What the options ask for.
struct request {
  question asked;
  std::string interval;
  any_metric metric;
  std::string score;
  std::vector<std::string> missing, by;
  std::optional<std::string> time, weight;
  cxm::calendar length = cxm::calendar::day;
  std::optional<std::uint64_t> invited;

  explicit request(options const& given)
      : asked(given),
        interval(interval_of(asked.metric, given)),
        metric(metric_of(asked, interval, given)),
        score(given.required("--score")),
        missing(given.list("--missing")),
        by(given.list("--by")),
        time(given.text("--time")),
        weight(given.text("--weight")) {
    if (time && !given.has("--every")) throw usage_error("--every: is needed with --time");
    if (!time && given.has("--every")) throw usage_error("--time: is needed with --every");
    auto const each = given.one_of("--every", {"day", "week", "month"});
    length = each == "day"    ? cxm::calendar::day
             : each == "week" ? cxm::calendar::week
                              : cxm::calendar::month;
    if (auto const count = given.integer("--invited")) {
      if (*count < 1) throw usage_error("--invited: must be above 0");
      invited = static_cast<std::uint64_t>(*count);
    }
  }
};

/// The score that leads the results of a metric.
template <class Result>
auto const& score_of(Result const& result) {
  return std::get<0>(result);
}
template <class AnyScore>
cxm::score const& plain_score(AnyScore const& any) {
  return std::visit([](auto const& result) -> cxm::score const& { return score_of(result); }, any);
}

/// The difference between a period and the one before.
template <class AnyScore>
cxm::comparison change_of(AnyScore const& now, AnyScore const& before, question const& asked) {
  return std::visit(
      [&](auto const& one, auto const& other) {
        if constexpr (std::is_same_v<decltype(one), decltype(other)>)
          return cxm::compare(score_of(one), score_of(other), asked.level, asked.least);
        else
          return cxm::comparison{};  // never: all periods have the same metric
      },
      now, before);
}

/// Who of the invited gave a valid answer.
cxm::response response_of(cxm::score const& total, std::uint64_t invited) {
  return options::checked("--invited",
                          [&] { return cxm::response_of(total, cxm::invitations{invited}); });
}
// --- JSON ---------------------------------------------------------------------------------------

void write_ends(cxm::json_writer& json, cxm::maybe<cxm::bounded_interval> const& interval) {
  json.member("low", interval.transform([](auto const& ends) { return ends.low; }));
  json.member("high", interval.transform([](auto const& ends) { return ends.high; }));
}

/// A count of a score, withheld where its value is.
void write_count(cxm::json_writer& json, std::string_view name, cxm::score const& score,
                 std::uint64_t count) {
  json.member(name, score.value.transform([count](double) { return count; }));
}

using counts_of_points = cxm::maybe<std::vector<std::uint64_t>>;

/// What only this metric counts.
void write_counted(cxm::json_writer& json, cxm::nps_score const& score) {
  write_count(json, "promoters", score, score.promoters);
  write_count(json, "passives", score, score.passives);
  write_count(json, "detractors", score, score.detractors);
}
void write_counted(cxm::json_writer& json, cxm::csat_score const& score) {
  write_count(json, "good", score, score.good);
}
void write_counted(cxm::json_writer&, cxm::mean_score const&) {}
void write_counted(cxm::json_writer& json, cxm::maybe<double> const& median) {
  json.member("median", median);
}
void write_counted(cxm::json_writer& json, counts_of_points const& counts) {
  json.key("counts");
  if (counts)
    json.numbers(*counts);
  else
    json.value(nullptr).reason_of(counts.why());
}

void write_weighing(cxm::json_writer&, cxm::score const&) {}
template <class Score>
void write_weighing(cxm::json_writer& json, cxm::weighted_score<Score> const& score) {
  json.member("effective_n", score.effective_n).member("design_n", score.design_n);
}

template <class AnyScore>
void write_any(cxm::json_writer& json, AnyScore const& any) {
  cxm::score const& score = plain_score(any);
  json.member("n", score.n).member("missing", score.missing).member("invalid", score.invalid);
  json.member("value", score.value).member("se", score.standard_error);
  write_ends(json, score.interval);
  std::visit(
      [&](auto const& result) {
        std::apply([&](auto const&... part) { (write_counted(json, part), ...); }, result);
        write_weighing(json, score_of(result));
      },
      any);
}

void write_change(cxm::json_writer& json, cxm::comparison const& change) {
  json.begin_object().member("value", change.value);
  write_ends(json, change.interval);
  json.member("p", change.p).end_object();
}

template <class Periods>
void write_periods(cxm::json_writer& json, request const& what, Periods const& periods) {
  json.key("periods").begin_array();
  auto const* before = periods.begin() == periods.end() ? nullptr : &periods.begin()->result;
  for (auto const& [period, result] : periods) {
    json.begin_object().member("period", period.label());
    write_any(json, result);
    json.key("change");
    if (&result == before)
      json.value(nullptr);
    else
      write_change(json, change_of(result, *before, what.asked));
    before = &result;
    json.end_object();
  }
  json.end_array();
}

template <class Results>
std::string to_json(row_counts const& counts, request const& what, Results const& results) {
  auto const& total = std::get<0>(results);
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  counts.write(json);
  json.member("metric", what.asked.metric);
  json.key("scale").numbers(std::vector{what.asked.scale.low(), what.asked.scale.high()});
  json.member("interval", what.interval).member("confidence", what.asked.level.level());
  json.key("total").begin_object();
  write_any(json, total);
  if (what.invited)
    json.member("response_rate", *response_of(plain_score(total), *what.invited).rate);
  json.end_object();
  if (!what.by.empty()) {
    json.key("groups").begin_array();
    for (auto const& [key, result] : std::get<1>(results)) {
      json.begin_object().key("key").numbers(key);
      write_any(json, result);
      json.end_object();
    }
    json.end_array();
  }
  if (what.time) write_periods(json, what, std::get<2>(results));
  return json.end_object().text() + "\n";
}

// --- The table for people -----------------------------------------------------------------------

struct shown_as {
  double unit;
  int decimals;
  explicit shown_as(std::string const& metric)
      : unit(metric == "csat" ? 100 : 1), decimals(metric == "nps" || metric == "csat" ? 1 : 2) {}

  std::string operator()(cxm::maybe<double> const& value) const {
    return shown(value.transform([this](double x) { return unit * x; }), decimals);
  }
  std::string low(cxm::maybe<cxm::bounded_interval> const& interval) const {
    return (*this)(interval.transform([](auto const& ends) { return ends.low; }));
  }
  std::string high(cxm::maybe<cxm::bounded_interval> const& interval) const {
    return (*this)(interval.transform([](auto const& ends) { return ends.high; }));
  }
};

cxm::text_table table_of(request const& what, std::vector<std::string> const& names,
                         std::vector<std::string> const& more) {
  std::vector<cxm::table_column> columns;
  for (auto const& name : names) columns.push_back({name});
  if (names.empty()) columns.push_back({""});
  auto const right = cxm::alignment::right;
  for (char const* const name : {"n", "missing", "invalid"}) columns.push_back({name, right});
  columns.push_back({what.asked.metric + (what.asked.metric == "csat" ? " %" : ""), right});
  for (char const* const name : {"low", "high"}) columns.push_back({name, right});
  for (auto const& name : more) columns.push_back({name, right});
  return cxm::text_table(columns);
}

void add_row(cxm::text_table& table, std::vector<std::string> cells, cxm::score const& score,
             shown_as const& text, std::vector<std::string> const& more = {}) {
  for (auto const count : {score.n, score.missing, score.invalid}) cells.push_back(shown(count));
  cells.push_back(text(score.value));
  cells.push_back(text.low(score.interval));
  cells.push_back(text.high(score.interval));
  cells.insert(cells.end(), more.begin(), more.end());
  table.add_row(cells);
}

template <class Periods>
std::string period_table(request const& what, Periods const& periods) {
  shown_as const text(what.asked.metric);
  auto table = table_of(what, {"period"}, {"change", "low", "high", "p"});
  auto const* before = periods.begin() == periods.end() ? nullptr : &periods.begin()->result;
  for (auto const& [period, result] : periods) {
    std::vector<std::string> more(4);
    if (&result != before) {
      auto const change = change_of(result, *before, what.asked);
      more = {text(change.value), text.low(change.interval), text.high(change.interval),
              shown(change.p, 3)};
    }
    add_row(table, {period.label()}, plain_score(result), text, more);
    before = &result;
  }
  return table.text() + "\n";
}

/// The response rate, and the bounds that the silent leave the score.
std::string response_text(request const& what, cxm::score const& total, shown_as const& text) {
  auto const found = response_of(total, *what.invited);
  auto const& metric = what.asked.metric;
  cxm::interval range{static_cast<double>(what.asked.scale.low()),
                      static_cast<double>(what.asked.scale.high())};
  if (metric == "nps") range = {-100, 100};
  if (metric == "csat") range = {0, 1};
  std::string line = "response rate: " + percent(*found.rate);
  if (auto const bounds = cxm::with_silent(total, found, range))
    line += "; if all had answered, the score would lie within " + text(bounds->score.low) +
            " and " + text(bounds->score.high);
  return line + "\n";
}

template <class Results>
std::string to_table(row_counts const& counts, request const& what, Results const& results) {
  shown_as const text(what.asked.metric);
  auto const& total = std::get<0>(results);
  auto table = table_of(what, what.by, {});
  if (!what.by.empty())  // else there is one group, the total
    for (auto const& [key, result] : std::get<1>(results))
      add_row(table, key, plain_score(result), text);
  std::vector<std::string> cells(std::max<std::size_t>(what.by.size(), 1));
  cells.front() = "total";
  add_row(table, cells, plain_score(total), text);
  std::string page = table.text() + "\n";
  if (what.time) page += period_table(what, std::get<2>(results));
  page += counts.text() + "interval: " + what.interval + " at " +
          shown_shortest(100 * what.asked.level.level()) + " %\n";
  if (what.weight) page += "weighted by " + *what.weight + "\n";
  if (what.invited) page += response_text(what, plain_score(total), text);
  return page;
}

/// Makes the rows of a file what the plan counts.
class row_maker {
 public:
  row_maker(request const& what, input& file)
      : what_(what),
        file_(file),
        score_(file.column("--score", what.score)),
        time_(what.time ? file.column("--time", *what.time) : 0),
        weight_(what.weight ? file.column("--weight", *what.weight) : 0) {}

  /// The row that the file is at; none where it is rejected, and then it is counted as such.
  std::optional<answer_row> operator()() const {
    answer_row row{&file_, answer_in(file_, score_, what_.missing)};
    if (what_.time) {
      auto const at = file_.time(time_);
      if (!at) return rejected(rejection::bad_time);
      row.period = cxm::calendar_period(
          what_.length, std::chrono::floor<std::chrono::days>(file_.zone()(at->at)));
    }
    if (what_.weight) {
      auto const number = file_.number(weight_);
      if (!number || !cxm::weight_from(*number)) return rejected(rejection::bad_weight);
      row.weight = *number;
    }
    file_.counts().use();
    return row;
  }

 private:
  std::nullopt_t rejected(rejection why) const {
    file_.counts().reject(why);
    return std::nullopt;
  }

  request const& what_;
  input& file_;
  std::size_t score_, time_, weight_;
};

/// Counts every row of the file with `plan` and delivers what it says.
template <class Plan>
void count_rows(options const& given, request const& what, input& file, Plan plan) {
  row_maker const row_of(what, file);
  while (file.next())
    if (auto const row = row_of()) plan.add(*row);
  auto const results = plan.result();
  deliver(
      given, [&] { return to_json(file.counts(), what, results); },
      [&] { return to_table(file.counts(), what, results); });
}

}  // namespace

void scores(std::vector<std::string> const& arguments) {
  auto known = input::known_options();
  for (char const* const name :
       {"--score", "--scale", "--metric", "--good", "--bad", "--by", "--time", "--every",
        "--weight", "--missing", "--interval", "--seed", "--replicates", "--min-n", "--invited"})
    known.emplace_back(name);
  options const given("scores", arguments, known, {});
  if (!given.has("--metric"))
    throw usage_error("--metric: is needed: nps, csat, ces, ces_1 or mean");
  request const what(given);
  input file(given);
  auto const answer = [](answer_row const& row) { return row.answer; };
  auto const period = [](answer_row const& row) { return row.period; };
  auto const weight = [](answer_row const& row) { return row.weight; };
  auto const score = cxm::on(answer, what.metric);
  cxm::at_most const all{UINT64_MAX};
  auto const plan =
      cxm::all(score, cxm::by(cxm::columns(file.columns("--by", what.by)), score, all),
               cxm::by(period, score, all));
  if (what.weight)
    count_rows(given, what, file, cxm::bind<answer_row>(cxm::weighted(weight, plan)));
  else
    count_rows(given, what, file, cxm::bind<answer_row>(plan));
}

}  // namespace report
