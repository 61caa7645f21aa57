// SPDX-License-Identifier: BSL-1.0
//
// segments: groups of rows that are alike in some columns, by k-means; how many there are if that
// is left open, and what each is like.
#include <cxm/report/json.hpp>
#include <cxm/report/table.hpp>
#include <cxm/segment/choose_k.hpp>
#include <cxm/segment/features.hpp>
#include <cxm/segment/kmeans.hpp>
#include <cxm/segment/profile.hpp>
#include <cxm/segment/scaling.hpp>
#include <cxm/segment/silhouette.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "options.hpp"
#include "output.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace report {

namespace {

/// The rows that have all features, and where in the file they stand.
struct feature_rows {
  std::vector<double> values;  // one row after the other
  std::vector<std::uint64_t> data_row;
  std::uint64_t data_rows = 0;
  row_counts counts;
  std::vector<std::string> names;

  std::vector<std::span<double const>> rows() const {
    std::vector<std::span<double const>> views;
    for (std::size_t i = 0; i < data_row.size(); ++i)
      views.emplace_back(values.data() + i * names.size(), names.size());
    return views;
  }
  std::vector<cxm::column> fields() const {
    std::vector<cxm::column> columns;
    for (auto const& name : names) columns.emplace_back(columns.size(), name);
    return columns;
  }
};

feature_rows load_features(options const& given) {
  feature_rows loaded;
  loaded.names = given.required_list("--features");
  input rows(given);
  auto const places = rows.columns("--features", loaded.names);
  std::vector<double> row(places.size());
  while (rows.next()) {
    bool complete = true;
    for (std::size_t j = 0; j < places.size(); ++j) {
      auto const number = rows.number(places[j]);
      complete = complete && number && cxm::is_feature(*number);
      row[j] = number.value_or(0);
    }
    if (!complete) {
      rows.counts().reject(rejection::missing_feature);
      continue;
    }
    rows.counts().use();
    loaded.values.insert(loaded.values.end(), row.begin(), row.end());
    loaded.data_row.push_back(rows.row());
  }
  loaded.data_rows = rows.rows();
  loaded.counts = rows.counts();
  return loaded;
}

/// What the options say about the fit.
struct request {
  std::size_t low, high;
  cxm::any_scaling scaling;
  cxm::restarts starts;
  cxm::seed from;
};

std::size_t positive(std::string const& option, std::int64_t value) {
  if (value < 1) throw usage_error(option + ": must be at least 1");
  return static_cast<std::size_t>(value);
}

request request_of(options const& given) {
  auto const k = given.required("--k");
  given.one_of("--method", {"kmeans"});
  std::pair<std::int64_t, std::int64_t> range;
  if (k.find(':') != k.npos) {
    range = *given.range("--k");
  } else {
    range.first = range.second = *given.integer("--k");
  }
  auto const low = positive("--k", range.first);
  auto const high = positive("--k", range.second);
  if (low > high) throw usage_error("--k: the first number must not be larger than the second");
  return {low, high, cxm::any_scaling(given.one_of("--scaling", {"none", "zscore", "robust"})),
          cxm::restarts{positive("--restarts", given.integer("--restarts").value_or(10))},
          cxm::seed{static_cast<std::uint64_t>(given.integer("--seed").value_or(1))}};
}

using table_type = decltype(cxm::features(std::declval<std::vector<std::span<double const>>>(),
                                          std::declval<cxm::any_scaling>(),
                                          std::declval<std::vector<cxm::column>>()));
using model_type = decltype(cxm::kmeans(std::declval<table_type>(), 1));

struct segment_summary {
  feature_rows const& input;
  table_type const& table;
  model_type model;
  cxm::maybe<double> silhouette;
  std::vector<cxm::segment_profile> profiles;

  /// The profile of a feature in a segment.
  cxm::feature_profile const& feature(std::size_t segment, std::size_t place) const {
    auto const& all = profiles[segment].features;
    return *std::find_if(all.begin(), all.end(),
                         [&](auto const& one) { return one.feature == place; });
  }
  std::vector<cxm::maybe<std::uint32_t>> labels() const {
    std::vector<cxm::maybe<std::uint32_t>> of_row(input.data_rows, cxm::reason::no_data);
    for (std::size_t i = 0; i < table.rows(); ++i)
      of_row[input.data_row[table.member(i)]] = model.labels()[i];
    return of_row;
  }
};

segment_summary summarised(feature_rows const& input, table_type const& table,
                           request const& asked) {
  auto chosen = cxm::choose_k(table, asked.low, asked.high, asked.starts, asked.from);
  auto profiles = cxm::profile(table, chosen.model);
  auto const silhouette = chosen.silhouette().mean;
  return {input, table, std::move(chosen.model), silhouette, std::move(profiles)};
}

// --- JSON ---------------------------------------------------------------------------------------

std::string to_json(segment_summary const& found, bool labels) {
  cxm::json_writer json(cxm::json_layout::pretty);
  json.begin_object();
  found.input.counts.write(json);
  json.member("k", found.model.size());
  json.member("inertia", found.model.inertia());
  json.member("silhouette", found.silhouette);
  json.key("sizes").numbers(found.model.sizes());
  json.key("centres").begin_array();
  auto const centres = found.model.centres();
  for (Eigen::Index c = 0; c < centres.rows(); ++c)
    json.numbers(std::span(centres.row(c).data(), found.input.names.size()));
  json.end_array();
  json.key("profile").begin_array();
  for (std::size_t j = 0; j < found.input.names.size(); ++j) {
    std::vector<cxm::maybe<double>> means;
    for (std::size_t c = 0; c < found.model.size(); ++c) means.push_back(found.feature(c, j).mean);
    json.begin_object().member("feature", found.input.names[j]);
    json.key("means").numbers(means);
    json.end_object();
  }
  json.end_array();
  if (labels) json.key("labels").numbers(found.labels());
  return json.end_object().text() + "\n";
}

// --- The table for people -----------------------------------------------------------------------

/// "high x (+1.2), low y (-0.9)": the features that set a segment apart, at most three.
std::string telling(cxm::segment_profile const& segment) {
  std::string text;
  std::size_t named = 0;
  for (auto const& one : segment.features) {
    if (named == 3 || !one.difference || (*one.difference < 0.5 && *one.difference > -0.5)) break;
    bool const high = *one.difference > 0;
    text += (named++ > 0 ? ", " : "") + std::string(high ? "high " : "low ") + one.name + " (" +
            (high ? "+" : "") + shown(*one.difference, 1) + ")";
  }
  return text;
}

std::string to_table(segment_summary const& found) {
  std::vector<cxm::table_column> columns = {{"segment", cxm::alignment::right},
                                            {"n", cxm::alignment::right},
                                            {"share", cxm::alignment::right}};
  for (auto const& name : found.input.names) columns.push_back({name, cxm::alignment::right, 20});
  columns.push_back({"against the rest (in deviations)", cxm::alignment::left, 80});
  cxm::text_table table(columns);
  for (std::size_t c = 0; c < found.model.size(); ++c) {
    auto const& segment = found.profiles[c];
    std::vector<std::string> row = {shown(std::uint64_t{c}), shown(segment.n),
                                    percent(segment.share)};
    for (std::size_t j = 0; j < found.input.names.size(); ++j)
      row.push_back(shown_shortest(*found.feature(c, j).mean));
    row.push_back(telling(segment));
    table.add_row(row);
  }
  std::string text = shown(std::uint64_t{found.model.size()}) + " segments, inertia " +
                     shown(found.model.inertia(), 4) + ", silhouette " +
                     shown(found.silhouette, 3) + "\n";
  if (found.silhouette && *found.silhouette < 0.25)
    text += "a silhouette below 0.25: there is no clear structure\n";
  for (auto const& name : found.table.without_spread())
    text += "not scaled, because it has no spread: " + name + "\n";
  return text + "\n" + table.text() + "\n" + found.input.counts.text();
}

}  // namespace

void segments(std::vector<std::string> const& arguments) {
  auto known = input::known_options();
  known.insert(known.end(), {"--features", "--scaling", "--k", "--method", "--restarts", "--seed"});
  options const given("segments", arguments, known, {"--labels"});
  auto const asked = request_of(given);
  auto const rows = load_features(given);
  auto const table = cxm::features(rows.rows(), asked.scaling, rows.fields());
  auto const found = summarised(rows, table, asked);
  deliver(
      given, [&] { return to_json(found, given.has("--labels")); },
      [&] { return to_table(found); });
}

}  // namespace report
