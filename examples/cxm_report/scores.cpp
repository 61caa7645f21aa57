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

cxm::any_points scale_of(options const& given, std::string const& metric) {
  auto range = given.range("--scale");
  if (!range && metric == "ces") range = {1, 7};
  if (!range && metric == "ces_1") range = {1, 5};
  if (!range) throw usage_error("--scale: is needed, as in --scale 0:10");
  auto const good = metric == "ces_1" ? cxm::better::low : cxm::better::high;
  return options::checked("--scale",
                          [&] { return cxm::any_points(range->first, range->second, good); });
}

/// What all metrics are told.
struct question {
  std::string metric;
  cxm::any_points scale;
  cxm::confidence level;
  cxm::min_n least;

  explicit question(options const& given)
      : metric(given.one_of("--metric", {"nps", "csat", "ces", "ces_1", "mean"})),
        scale(scale_of(given, metric)),
        level(options::checked(
            "--confidence", [&] { return cxm::confidence(given.number("--confidence", 0.95)); })),
        least{0} {
    auto const n = given.integer("--min-n").value_or(1);
    if (n < 0) throw usage_error("--min-n: must not be negative");
    least.answers = static_cast<std::uint64_t>(n);
    if (metric != "nps" && given.has("--bad")) throw usage_error("--bad: belongs to --metric nps");
    if (metric != "nps" && metric != "csat" && given.has("--good"))
      throw usage_error("--good: belongs to --metric nps and csat");
  }
};

auto nps_by(auto method, question const& asked, cxm::promoters_from good, cxm::detractors_to bad) {
  return cxm::tally(cxm::nps(asked.scale, good, bad, method, asked.level, asked.least),
                    cxm::point_counts(asked.least));
}
auto csat_by(auto method, question const& asked, cxm::good_at good) {
  return cxm::tally(cxm::csat(asked.scale, good, method, asked.level, asked.least),
                    cxm::point_counts(asked.least));
}
auto mean_by(auto method, question const& asked) {
  return cxm::tally(cxm::mean(asked.scale, method, asked.level, asked.least),
                    cxm::median(asked.least), cxm::point_counts(asked.least));
}

template <class Method>
using nps_tally = decltype(nps_by(Method{}, std::declval<question const&>(), {}, {}));
template <class Method>
using csat_tally = decltype(csat_by(Method{}, std::declval<question const&>(), {}));
using mean_tally = decltype(mean_by(cxm::student{}, std::declval<question const&>()));

/// Any metric with any of its intervals.
using any_metric =
    cxm::one_of<nps_tally<cxm::adjusted_wald>, nps_tally<cxm::wald>, nps_tally<cxm::student>,
                csat_tally<cxm::wilson>, csat_tally<cxm::wald>, mean_tally>;
using any_score = cxm::result_of<any_metric>;

any_metric nps_of(question const& asked, std::string const& interval, options const& given) {
  auto const good = given.integer("--good"), bad = given.integer("--bad");
  bool const usual = asked.scale.low() == 0 && asked.scale.high() == 10;
  if (!usual && !(good && bad))
    throw usage_error(std::string(good ? "--bad" : "--good") +
                      ": is needed: on a scale other than 0:10 NPS has no usual bands");
  cxm::promoters_from const promoters{good.value_or(9)};
  cxm::detractors_to const detractors{bad.value_or(6)};
  return options::checked(good ? "--good" : "--bad", [&]() -> any_metric {
    if (interval == "wald") return nps_by(cxm::wald{}, asked, promoters, detractors);
    if (interval == "t") return nps_by(cxm::student{}, asked, promoters, detractors);
    return nps_by(cxm::adjusted_wald{}, asked, promoters, detractors);
  });
}

any_metric csat_of(question const& asked, std::string const& interval, options const& given) {
  cxm::good_at const good{given.integer("--good").value_or(asked.scale.high() - 1)};
  return options::checked("--good", [&]() -> any_metric {
    if (interval == "wald") return csat_by(cxm::wald{}, asked, good);
    return csat_by(cxm::wilson{}, asked, good);
  });
}

std::string interval_of(std::string const& metric, options const& given) {
  if (metric == "nps") return given.one_of("--interval", {"adjusted_wald", "wald", "t"});
  if (metric == "csat") return given.one_of("--interval", {"wilson", "wald"});
  return given.one_of("--interval", {"t"});
}

any_metric metric_of(question const& asked, std::string const& interval, options const& given) {
  if (asked.metric == "nps") return nps_of(asked, interval, given);
  if (asked.metric == "csat") return csat_of(asked, interval, given);
  return mean_by(cxm::student{}, asked);
}

/// The answer in a field; none where it is empty or one of `missing`, and off every scale where it
/// is not a number.
std::optional<double> answer_in(input const& file, std::size_t place,
                                std::vector<std::string> const& missing) {
  auto const text = file.field(place);
  if (text.empty() || std::find(missing.begin(), missing.end(), text) != missing.end()) return {};
  return file.number(place).value_or(std::numeric_limits<double>::infinity());
}

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
