// SPDX-License-Identifier: BSL-1.0
//
// attribution: which channels deserve the credit for conversions, from a table of paths.
#include <cxm/event/symbols.hpp>
#include <cxm/path/credit.hpp>
#include <cxm/path/paths_to.hpp>
#include <cxm/path/removal_effect.hpp>
#include <cxm/path/shapley.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "options.hpp"
#include "output.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace report {

namespace {

/// One row of the file.
struct path_row {
  std::vector<std::uint32_t> steps;
  std::uint64_t conversions = 0, nulls = 0;
  double value = 0;
};

/// Separates the path; false where a touchpoint has no name.
bool split(std::string_view text, std::string_view separator, cxm::symbols& names,
           std::vector<std::uint32_t>& steps) {
  steps.clear();
  for (;;) {
    auto const end = text.find(separator);
    auto const name = text.substr(0, end);
    if (name.empty()) return false;
    steps.push_back(names.id_of(name));
    if (end == text.npos) return true;
    text.remove_prefix(end + separator.size());
  }
}

/// A count: a whole number that is not negative.
std::optional<std::uint64_t> count_of(std::optional<double> const& number) {
  if (!number || !(*number >= 0 && *number < 0x1p53)) return std::nullopt;
  auto const whole = static_cast<std::uint64_t>(*number);
  if (static_cast<double>(whole) != *number) return std::nullopt;
  return whole;
}

constexpr cxm::at_most exactly_all{UINT64_MAX};  // an answer for outside checks is never capped

auto plan() {
  return cxm::bind<path_row>(
      cxm::paths_to(cxm::aggregated{&path_row::conversions, &path_row::nulls}, &path_row::value,
                    cxm::along{&path_row::steps}, exactly_all));
}
using path_plan = decltype(plan());
using credits = cxm::credit_summary<std::uint32_t>;

/// What the file holds.
struct path_file {
  cxm::symbols names;
  path_plan paths = plan();
  row_counts counts;
};

path_file load_paths(options const& given) {
  path_file loaded;
  auto const separator = given.text("--separator").value_or(" > ");
  if (separator.empty()) throw usage_error("--separator: must not be empty");
  input rows(given);
  auto const path = rows.column("--path", given.required("--path"));
  auto const conversions = rows.column("--conversions", given.required("--conversions"));
  std::optional<std::size_t> nulls, value;
  if (auto const name = given.text("--nulls")) nulls = rows.column("--nulls", *name);
  if (auto const name = given.text("--value")) value = rows.column("--value", *name);
  path_row row;
  while (rows.next()) {
    if (!split(rows.field(path), separator, loaded.names, row.steps)) {
      rows.counts().reject(rejection::missing_touchpoint);
      continue;
    }
    // An empty field of nulls or value is none of them, as a missing column is.
    auto const optional_number = [&](std::optional<std::size_t> const& place) {
      return place && !rows.field(*place).empty() ? rows.number(*place) : std::optional(0.0);
    };
    auto const converted = count_of(rows.number(conversions));
    auto const missed = count_of(optional_number(nulls));
    auto const worth = optional_number(value);
    if (!converted || !missed || !worth) {
      rows.counts().reject(rejection::bad_weight);
      continue;
    }
    rows.counts().use();
    row.conversions = *converted, row.nulls = *missed, row.value = *worth;
    loaded.paths.add(row);
  }
  loaded.counts = rows.counts();
  return loaded;
}

credits credit_by(std::string const& model, cxm::path_table<std::uint32_t> const& paths,
                  std::size_t order) {
  if (model == "first") return cxm::credit(paths, cxm::first_touch{});
  if (model == "last") return cxm::credit(paths, cxm::last_touch{});
  if (model == "linear") return cxm::credit(paths, cxm::linear_touch{});
  if (model == "position") return cxm::credit(paths, cxm::u_shaped{});
  if (model == "shapley") return cxm::credit(paths, cxm::shapley{});
  if (model == "shapley_rate")
    return options::checked("--model", [&] { return cxm::credit(paths, cxm::shapley_rate{}); });
  return options::checked("--order", [&] { return cxm::credit(paths, cxm::markov{order}); });
}

/// What the command shows.
struct credit_report {
  path_file const& file;
  std::string const& model;
  bool valued;
  credits found;

  bool of_chain() const { return model == "markov"; }
  std::string_view name(cxm::credited<std::uint32_t> const& one) const {
    return file.names[one.touchpoint];
  }
  cxm::maybe<double> value(cxm::credited<std::uint32_t> const& one) const {
    return valued ? one.value : cxm::maybe<double>(cxm::reason::no_data);
  }
  void sort() {
    std::sort(found.touchpoints.begin(), found.touchpoints.end(),
              [this](auto const& a, auto const& b) { return name(a) < name(b); });
  }
};

std::string to_json(credit_report const& shown) {
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  shown.file.counts.write(json);
  json.member("conversions", shown.found.conversions);
  json.member("conversion_probability", shown.found.conversion_probability);
  json.key("channels").begin_array();
  for (auto const& one : shown.found.touchpoints) {
    json.begin_object().member("channel", shown.name(one)).member("credit", one.credit);
    json.member("value", shown.value(one)).member("removal_effect", one.removal_effect);
    json.end_object();
  }
  json.end_array();
  return json.end_object().text() + "\n";
}

std::string to_table(credit_report const& of) {
  using enum cxm::alignment;
  std::vector<cxm::table_column> columns = {{"channel"}, {"credit", right}};
  bool const valued = of.valued && of.model != "shapley_rate";
  if (valued) columns.push_back({"value", right});
  if (of.of_chain()) columns.push_back({"removal effect", right});
  cxm::text_table table(columns);
  for (auto const& one : of.found.touchpoints) {
    std::vector<std::string> row = {std::string(of.name(one)),
                                    shown(one.credit, of.model == "shapley_rate" ? 4 : 1)};
    if (valued) row.push_back(shown(one.value, 2));
    if (of.of_chain()) row.push_back(percent(one.removal_effect));
    table.add_row(row);
  }
  return shown(of.found.conversions) + " conversions, " + shown(of.found.nulls) +
         " journeys without, by the model " + of.model + "\n\n" + table.text() + "\n" +
         of.file.counts.text();
}

}  // namespace

void attribution(std::vector<std::string> const& arguments) {
  auto known = input::known_options();
  known.insert(known.end(), {"--path", "--separator", "--conversions", "--nulls", "--value",
                             "--model", "--order"});
  options const given("attribution", arguments, known, {});
  given.required("--model");
  auto const model = given.one_of(
      "--model", {"first", "last", "linear", "position", "markov", "shapley", "shapley_rate"});
  auto const order = given.integer("--order").value_or(1);
  if (order < 1) throw usage_error("--order: must be at least 1");
  auto const file = load_paths(given);
  credit_report of{file, model, given.has("--value"),
                   credit_by(model, file.paths.result(), static_cast<std::size_t>(order))};
  of.sort();
  deliver(
      given, [&] { return to_json(of); }, [&] { return to_table(of); });
}

}  // namespace report
