// SPDX-License-Identifier: BSL-1.0
//
// cxm_report on public data sets, against figures that were computed independently (truth.json
// beside each). CXM_DATA names their folder; they are not part of this repository.
#include "catch.hpp"
#include "report_program.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;

namespace {

/// The folder of a data set; empty, with a word, where there are none.
std::string folder(std::string const& name) {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr || !program()) {
    WARN("skipped: CXM_DATA and CXM_EXAMPLES name the data sets and the programs");
    return {};
  }
  return data + ("/" + name);
}

json truth_of(std::string const& data) {
  INFO(data);
  REQUIRE(std::filesystem::exists(data + "/truth.json"));
  json tree;
  boost::property_tree::read_json(data + "/truth.json", tree);
  return tree;
}

/// A child whose name may hold points.
json const& child(json const& tree, std::string const& name) {
  return tree.get_child(json::path_type(name, '\0'));
}

void check_near(double found, double expected) {
  CHECK_THAT(found, WithinAbs(expected, 1e-9 * std::max(1.0, std::abs(expected))));
}

void check_counts(json const& found, json const& expected) {
  for (auto const& [name, count] : expected) {
    INFO(name);
    CHECK(child(found, name).get_value<long>() == count.get_value<long>());
  }
}

void check_touchpoints(json const& found, json const& expected) {
  CHECK(found.size() == expected.size());
  for (auto const& pair : found)
    CHECK(pair.second.get<long>("count") ==
          child(expected, pair.second.get<std::string>("name")).get_value<long>());
}

void check_edges(json const& found, json const& expected) {
  for (auto const& pair : expected) {
    json const& edge = pair.second;  // clang 14 captures no bindings
    auto const same = std::find_if(found.begin(), found.end(), [&](auto const& one) {
      return one.second.template get<std::string>("from") == edge.get<std::string>("src") &&
             one.second.template get<std::string>("to") == edge.get<std::string>("dst");
    });
    REQUIRE(same != found.end());
    CHECK(same->second.get<long>("count") == edge.get<long>("count"));
    check_near(number(same->second, "mean_seconds"), number(edge, "mean_s"));
    check_near(number(same->second, "median_seconds"), number(edge, "median_s"));
  }
}

void check_variants(json const& found, json const& file_order) {
  CHECK(found.get<long>("distinct") == file_order.get<long>("variants"));
  std::vector<std::string> const counts = rows(found.get_child("top"), {"count"});
  std::vector<std::string> expected = rows(file_order.get_child("top_variants"), {"count"});
  expected.resize(std::min(expected.size(), counts.size()));
  CHECK(counts == expected);
  CHECK(texts(found.get_child("top").front().second.get_child("path")).size() > 0);
}

void check_distribution(json const& found, json const& expected,
                        std::vector<std::string> const& names) {
  for (auto const& name : names) {
    INFO(name);
    check_near(number(found, name), number(expected, name));
  }
}

/// A log, read as `arguments` say (from a pipe where it is packed), against its truth.
void check_log(json const& truth, std::string const& arguments, std::string const& pipe = {}) {
  auto const journeys = answer("journeys " + arguments, pipe);
  auto const paths = answer("paths " + arguments, pipe);
  auto const& order = truth.get_child("file_order");
  CHECK(journeys.get<long>("journeys") == truth.get<long>("cases"));
  CHECK(journeys.get<long>("events") == truth.get<long>("events"));
  CHECK(journeys.get<long>("input.rows") == truth.get<long>("events"));
  auto const part = [&](char const* name) {
    return truth.count(name) > 0 ? truth.get_child(name) : order.get_child(name);
  };
  check_distribution(journeys.get_child("cycle_time_seconds"), part("case_duration_s"),
                     {"n", "mean", "median", "p90", "p95", "min", "max"});
  check_distribution(journeys.get_child("events_per_journey"), part("case_length"),
                     {"mean", "median", "min", "max"});
  CHECK(paths.get<long>("journeys") == truth.get<long>("cases"));
  CHECK(paths.get_child("touchpoints").size() == truth.get<std::size_t>("activities"));
  if (truth.count("activity_counts") > 0)
    check_touchpoints(paths.get_child("touchpoints"), truth.get_child("activity_counts"));
  CHECK(paths.get_child("edges").size() == order.get<std::size_t>("directly_follows_distinct"));
  check_counts(paths.get_child("start"), order.get_child("start_activities"));
  check_counts(paths.get_child("end"), order.get_child("end_activities"));
  check_edges(paths.get_child("edges"), order.get_child("directly_follows_top"));
  check_variants(paths.get_child("variants"), order);
}

/// One score against the counts, the value, its error and its Wald interval.
void check_nps(json const& found, json const& expected) {
  for (char const* const name : {"n", "promoters", "passives", "detractors"})
    CHECK(found.get<long>(name) == expected.get<long>(name));
  check_near(number(found, "value"), number(expected, "nps"));
  check_near(number(found, "se"), number(expected, "se_points"));
  auto const ends = texts(expected.get_child("wald95"));
  check_near(number(found, "low"), std::max(-100.0, std::stod(ends[0])));
  check_near(number(found, "high"), std::min(100.0, std::stod(ends[1])));
}

void check_scores(std::string const& data, std::string const& file, std::string const& column,
                  std::string const& group, std::string const& groups) {
  auto const truth = truth_of(data);
  std::string const in =
      "scores --in '" + data + "/" + file + "' --score " + column + " --scale 0:10 ";
  auto const found = answer(in + "--metric nps --interval wald --by " + group);
  check_nps(found.get_child("total"), truth.get_child("overall"));
  REQUIRE(found.get_child("groups").size() == truth.get_child(groups).size());
  for (auto const& [none, one] : found.get_child("groups"))
    check_nps(one, child(truth.get_child(groups), texts(one.get_child("key")).front()));
  check_near(number(answer(in + "--metric mean"), "total.value"), number(truth, "overall.mean"));
}

}  // namespace

TEST_CASE("cxm_report on nps_bank2021 and nps_rpackage_testdata") {
  if (auto const data = folder("nps_bank2021"); !data.empty())
    check_scores(data, "nps_bank2021.csv", "nps_score", "market", "by_market");
  if (auto const data = folder("nps_rpackage_testdata"); !data.empty())
    check_scores(data, "testdata.csv", "REC", "Region", "by_region");
}

TEST_CASE("cxm_report on nps_preppin_sudzilla: the published -35.9 of 39") {
  auto const data = folder("nps_preppin_sudzilla");
  if (data.empty()) return;
  auto const found = answer("scores --in '" + data + "/input_01.csv' --scale 0:10 --metric nps " +
                            "--score 'On a scale of 0-10, how would you rate Sudzilla?'");
  CHECK(found.get<int>("total.n") == 39);
  CHECK_THAT(number(found, "total.value"), WithinAbs(-35.9, 0.05));
  CHECK(found.get<int>("total.promoters") == 8);
  CHECK(found.get<int>("total.detractors") == 22);
}

TEST_CASE("cxm_report on event logs: cases, variants, edges and times") {
  auto const columns = [](char const* key, char const* time, char const* touchpoint) {
    return std::string("--case ") + key + " --time " + time + " --touchpoint " + touchpoint;
  };
  auto const xes = columns("case:concept:name", "time:timestamp", "concept:name");
  if (auto const data = folder("log_running_example"); !data.empty())
    check_log(truth_of(data), xes + " --in '" + data + "/running-example.csv'");
  if (auto const data = folder("log_receipt"); !data.empty())
    check_log(truth_of(data), xes + " --in '" + data + "/receipt.csv'");
  for (char const* const name : {"log_bpic2012", "log_bpic2013_incidents"})
    if (auto const data = folder(name); !data.empty())
      check_log(truth_of(data), columns("case_id", "timestamp", "activity") + " --in -",
                "gzip -dc '" + data + "/events.csv.gz' | ");
}

TEST_CASE("cxm_report on log_bpic2012: activities with their lifecycle, and completions alone") {
  auto const data = folder("log_bpic2012");
  if (data.empty()) return;
  auto const truth = truth_of(data);
  std::string const pipe = "gzip -dc '" + data + "/events.csv.gz' | ";
  std::string const columns = "paths --case case_id --time timestamp --in - --touchpoint activity";
  auto const both = answer(columns + ",transition", pipe);
  auto const& parts = truth.get_child("activity_plus_lifecycle");
  CHECK(both.get_child("touchpoints").size() == parts.get<std::size_t>("activities"));
  CHECK(both.get<long>("variants.distinct") == parts.get<long>("variants_file_order"));
  check_touchpoints(both.get_child("touchpoints"), parts.get_child("activity_counts"));
  auto const completions = answer(columns + " --where transition=COMPLETE", pipe);
  auto const& known = truth.get_child("complete_events_only");
  CHECK(completions.get<long>("journeys") == known.get<long>("cases"));
  CHECK(completions.get<long>("events") == known.get<long>("events"));
  CHECK(completions.get_child("touchpoints").size() == known.get<std::size_t>("activities"));
  CHECK(completions.get<long>("variants.distinct") == known.get<long>("variants"));
  check_edges(completions.get_child("edges"), known.get_child("directly_follows_top"));
}

TEST_CASE("cxm_report on bpi2016_complaints: complaints of customers by theme and channel") {
  auto const data = folder("bpi2016_complaints");
  if (data.empty()) return;
  auto const truth = truth_of(data);
  std::string const columns = " --delimiter ';' --customer CustomerID --time ContactDate --in '" +
                              data + "/BPI2016_Complaints.csv'";
  auto const journeys =
      answer("journeys --touchpoint ComplaintTheme_EN --department ContactChannelID" + columns);
  CHECK(journeys.get<long>("input.used") == truth.get<long>("rows"));
  CHECK(journeys.get<long>("customers") == truth.get<long>("customers"));
  CHECK(journeys.get<long>("journeys") == truth.get<long>("customers"));
  for (auto const& pair : journeys.get_child("departments"))
    CHECK(pair.second.get<long>("events") ==
          child(truth.get_child("by_channel"), pair.second.get<std::string>("department"))
              .get_value<long>());
  auto const counts = [&](char const* column) {
    return answer(std::string("paths --touchpoint ") + column + columns).get_child("touchpoints");
  };
  check_touchpoints(counts("ComplaintTheme_EN"), truth.get_child("by_theme_en"));
  check_touchpoints(counts("AgeCategory"), truth.get_child("by_age"));
}

TEST_CASE("cxm_report on log_retentioneering_ecom: 30 minutes of silence give its sessions") {
  auto const data = folder("log_retentioneering_ecom");
  if (data.empty()) return;
  std::string const columns = " user_id --time timestamp --touchpoint event --in -";
  std::string const pipe = "gzip -dc '" + data + "/ecom.csv.gz' | ";
  auto const truth = truth_of(data);
  check_log(truth.get_child("by_user"), "--case" + columns, pipe);
  check_log(truth.get_child("by_session"), "--customer" + columns + " --gap 30m", pipe);
  CHECK(truth.get<long>("sessions") == 3605);
}

TEST_CASE("cxm_report on the reviews of olist_sample_a") {
  auto const data = folder("olist_sample_a");
  if (data.empty()) return;
  auto const truth = truth_of(data).get_child("reviews.all_rows.csat");
  std::string const in = "scores --in '" + data + "/olist_order_reviews_dataset.csv' " +
                         "--score review_score --scale 1:5 --metric ";
  auto const csat = answer(in + "csat").get_child("total");
  CHECK(csat.get<long>("n") == truth.get<long>("n"));
  CHECK(csat.get<long>("good") == truth.get<long>("top2"));
  auto const ends = texts(truth.get_child("wilson95_pct"));
  check_near(100 * number(csat, "low"), std::stod(ends[0]));
  check_near(100 * number(csat, "high"), std::stod(ends[1]));
  check_near(number(answer(in + "mean"), "total.value"), number(truth, "mean"));
}
